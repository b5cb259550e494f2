// 32 -> 28 -> 24 ..: the trail shows how 5x5 filters shrink their input to nothing.
use cnn::network;

network! {
    pub struct Net: 32x32x3 =>
        conv(6, 5) relu conv(6, 5) relu conv(6, 5) relu conv(6, 5) relu
        conv(6, 5) relu conv(6, 5) relu conv(6, 5) relu conv(6, 5) relu;
}

fn main() {}
