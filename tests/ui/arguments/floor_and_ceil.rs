// Rounding goes one way.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => pool(3, floor, ceil);
}

fn main() {}
