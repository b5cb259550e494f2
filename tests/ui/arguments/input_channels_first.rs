// Channels follow from the layer before: PyTorch's first number is left out.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => Conv2d(3, 10, 5);
}

fn main() {}
