// What works on rows and columns needs some.
use cnn::network;

network! {
    pub struct Up: 16 => up(2);
    pub struct Adaptive: 16 => adaptive(1);
    pub struct PixelShuffle: 16 => pixelshuffle(2);
    pub struct Inorm: 16 => inorm;
    pub struct Drop: 4x4x6 => fc(16) drop(0.5, channels);
}

fn main() {}
