// Groups, slices and squares of channels are whole ones, and there.
use cnn::network;

network! {
    pub struct Shuffle: 4x4x6 => shuffle(4);
    pub struct Groups: 4x4x30 => gn(8);
    pub struct Squares: 4x4x6 => pixelshuffle(2);
    pub struct Empty: 4x4x6 => slice(3, 3);
    pub struct Beyond: 4x4x6 => slice(3, 7);
    pub struct Flattened: 4x4x6 => flatten relu slice(0, 3);
    pub struct Neighbours: 4x4x6 => flatten lrn(5);
}

fn main() {}
