// The batch is no part of a shape.
use cnn::network;

network! {
    pub struct Net: [64, 28, 28, 1] => conv(10, 5) relu;
}

fn main() {}
