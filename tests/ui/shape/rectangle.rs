// Rectangles: each direction has its own arithmetic.
use cnn::network;

network! {
    pub struct Net: 20x30x3 => conv(8, 3x5, s2x3);
}

fn main() {}
