// A pair has two sizes.
use cnn::network;

network! {
    pub struct Net: 28x28x1 => conv(6, 3x);
}

fn main() {}
