// One-sided padding names all four sides.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => conv(10, 5, p[0, 1, 0]);
}

fn main() {}
