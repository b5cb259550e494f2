// Numbers of norms have bounds, and words their places.
use cnn::network;

network! {
    pub struct Size: 4x4x6 => lrn(0);
    pub struct Alpha: 4x4x6 => lrn(5, alpha = -1.0);
    pub struct Base: 4x4x6 => lrn(5, k = 0.0);
    pub struct Epsilon: 4x4x6 => ln(eps = 1.5);
    pub struct Momentum: 4x4x6 => bn(momentum = 1.5);
    pub struct Mode: 4x4x6 => up(2, bilinear, nearest);
    pub struct Cubic: 4x4x6 => up(2, bicubic);
    pub struct Axis: 4x4x6 => gn(3, channels);
    pub struct Groups: 4x4x6 => gn;
}

fn main() {}
