// Nothing is zero wide, and no stride stands still.
use cnn::network;

network! {
    pub struct Filters: 32x32x3 => conv(0, 5);
    pub struct Size: 32x32x3 => conv(10, 0);
    pub struct Stride: 32x32x3 => conv(10, 5, s0);
    pub struct Pool: 32x32x3 => pool(0);
    pub struct Outputs: 32x32x3 => fc(5 - 5);
    pub struct Groups: 32x32x3 => conv(10, 5, g0);
}

fn main() {}
