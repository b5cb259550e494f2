// The layers are read although the `=>` before them is missing.
use cnn::network;

network! {
    pub struct Net: 32x32x3 conv(10, 5) relu;
}

fn main() {}
