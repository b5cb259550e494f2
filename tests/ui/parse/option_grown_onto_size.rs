// `3x3s2` is one literal: a comma makes it two arguments.
use cnn::network;

network! {
    pub struct Net: 28x28x1 => conv(6, 3x3s2);
}

fn main() {}
