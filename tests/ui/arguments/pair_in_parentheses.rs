// A pair is `2x2`.
use cnn::network;

network! {
    pub struct Net: 29x29x1 => conv(8, (3, 3)) conv(8, 3, stride=(2, 2));
    pub struct Stride: 29x29x1 => conv(8, 3, stride=(2, 2));
}

fn main() {}
