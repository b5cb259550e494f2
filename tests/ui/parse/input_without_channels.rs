// A shape is height x width x channels; two sizes are not enough.
use cnn::network;

network! {
    pub struct Net: 28x28 => conv(10, 5) relu;
}

fn main() {}
