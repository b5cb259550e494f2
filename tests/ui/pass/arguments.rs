// Every spelling of an argument means what it says.
#![deny(warnings, missing_docs)]
//! Arguments.

use cnn::network;

network! {
    let n = 2 * (3 + 5);
    let k = n / 5;

    /// Strides.
    pub struct Strides: 33x33x3 =>
        conv(n, k, s2) -> 16x16x16
        conv(n, k + 1, s = 2) -> 7x7x16
        conv(n, 3, stride = 2) -> 3x3x16
        conv(n, 1, s2x1) -> 2x3x16
        conv(n, 1, stride = 1x2) -> 2x2x16;
    /// Paddings.
    pub struct Paddings: 8x8x3 =>
        conv(4, 3, p1) -> 8x8x4
        conv(4, 3, p0x1) -> 6x8x4
        conv(4, 3, pad = 1) -> 6x8x4
        conv(4, 3, padding = (n - 14) / 2) -> 6x8x4
        conv(4, 3, p[2, 0, 0, 0]) -> 6x6x4
        conv(4, 3, same) -> 6x6x4
        conv(4, 3, valid) -> 4x4x4
        conv(4, 3, s2, same) -> 2x2x4
        conv(4, 3, p?) -> 2x2x4;
    /// Windows.
    pub struct Windows: 20x20x4 =>
        conv(8, 3x5, s1) -> 18x16x8
        conv(8, 3 x 5) -> 16x12x8
        conv(8, 3, d2) -> 12x8x8
        conv(8, 3, dilation = 2, g2, nobias) -> 8x4x8
        dw(3, same) -> 8x4x8
        conv(16, 3, p1, direct) conv(16, 3, p1, algo = direct) conv(16, 3, rounding = floor, algorithm = direct, padding = 1) -> 8x4x16;
    /// Pools.
    pub struct Pools: 23x23x4 =>
        pool(2, floor) -> 11x11x4
        pool(2, ceil) -> 6x6x4
        pool(3, s1, p1) -> 6x6x4
        avg(2) -> 3x3x4
        avg(3x1, stride = 1) -> 1x3x4
        gap -> 4;
    /// AlexNet's overlapping pooling.
    pub struct Overlapping: [227, 227, 3] => conv(96, 11, s4) relu pool(3, s2) -> 27x27x96;
    block padded(pad, stride = 1) { conv(4, 3, s = stride, p = pad) }
    /// Letters set numbers of blocks.
    pub struct Blocks: 9x9x4 => padded(p1) -> 9x9x4 padded(s2, p = 1) -> 5x5x4 padded(padding = 0, stride = 2) -> 2x2x4;
    /// All other words.
    pub struct Words: 8 x 8 x 4 =>
        relu, leaky, leaky(0.2), elu, elu(0.5), gelu, silu, sigmoid, tanh, hardswish, hardsigmoid, softplus, id, prelu
        -> bn -> bn(momentum = 1) -> bn(eps = 1e-3, momentum = 0.01) -> drop(0.5) -> gmax -> softmax -> 4
        fc(10, nobias);
}

const _: () = {
    assert!(Windows::LAYERS[3].params == 8 * 4 * 9);
    assert!(Windows::LAYERS[4].params == 8 * 9 + 8);
    assert!(Words::PARAMS == 1 + 8 + 8 + 8 + 40);
};

fn main() {}
