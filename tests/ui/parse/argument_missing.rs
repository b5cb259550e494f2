// Between two commas stands an argument.
use cnn::network;

network! {
    pub struct Net: 28x28x1 => conv(6, , s2);
}

fn main() {}
