// A transposed convolution fits with any padding that leaves something, and adds no rows that see nothing.
use cnn::network;

network! {
    pub struct Nothing: 3x3x4 => deconv(8, 3, p3);
    pub struct OneSide: 3x3x4 => deconv(8, 3x1, s1x2, p[0, 0, 2, 4]);
    pub struct Solved: 3x3x4 => deconv(8, 3, s2, p?);
    pub struct More: 3x3x4 => deconv(8, 3, s2, p1, o2);
    pub struct MoreOfOne: 3x3x4 => deconv(8, 3, s2x1, o1);
    pub struct Groups: 3x3x4 => deconv(8, 3, g3);
    pub struct Channels: 3x3x6 => deconv(8, 3, g4);
    pub struct Vector: 36 => deconv(8, 3);
    pub struct Same: 3x3x4 => deconv(8, 3, same);
}

fn main() {}
