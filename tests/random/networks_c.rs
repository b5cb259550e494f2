//! Random networks 128 to 191 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

use cnn::network;
use cnn_tests::check::{check, check_all};

network! {
    struct Random128: 7x7x2 =>
        avg(1x3, same)  shuffle(2)  drop(0)  conv(18, 2, dilation = 2, g2, p1)  shuffle(6)  prelu
        dw(1x3, ceil);

    struct Random129: 8x9x2 =>
        leaky(0.1)  silu  leaky(0.1)  conv(16, 5, p?)  relu  fc(9);

    struct Random130: 8x8x8 =>
        conv(3, 2, s2x1, ceil, p[2, 0, 2, 1])  softplus  conv(8, 1, p[0, 2, 1, 0], d1x2, floor)
        avg(2, same)  fc(5);

    struct Random131: 8x15x12 =>
        hardswish  l2norm  avg(1x3, s2, same)  avg(2, ceil, s3)  leaky  pixelshuffle(2)  fc(10);

    struct Random132: 13x17x8 =>
        softmax  avg(2, s2, ceil)  fc(10);

    struct Random133: 10x10x2 =>
        dw(5, p1)  gelu  avg(2)  pool(3x2, same)  fc(3);

    struct Random134: 15x10x3 =>
        conv(16, 3x2, valid, d2)  bn  hardswish  conv(6, 4)  conv(8, 3, floor, valid, s2)
        pool(2, s2x3, same)  fc(7);

    struct Random135: 11x9x8 =>
        slice(4, 7)  hardswish  tanh  logsoftmax  dw(5, valid)  gap  tanh;
}

network! {
    struct Random136: 19x19x2 =>
        relu  logsoftmax  avg(4x3, floor)  slice(1, 2)  fc(1);

    struct Random137: 30 =>
        silu  hardsigmoid  relu  bn  fc(9);

    struct Random138: 9x7x8 =>
        conv(8, 3, floor, p3, groups = 8, s2)  pixelshuffle(2)  bn  adaptive(1x3)  bn  reshape([3, 2, 1])
        fc(9);

    struct Random139: 14x9x2 =>
        relu  lrn(6)  prelu  slice(1, 2)  bn  relu  fc(1);

    struct Random140: 14x6x1 =>
        slice(0, 1)  gmax  fc(4);

    struct Random141: 16x6x4 =>
        softmax  conv(4, 3, floor, stride = 2)  pixelshuffle(2)  silu  gap  prelu  silu;

    struct Random142: 11x11x1 =>
        deconv(4, 4, p1)  inorm  pixelshuffle(2)  gn(1)  lrn(5, k = 2.0, alpha = 1.0)  fc(6);

    struct Random143: 5x5x17 =>
        drop(0.0)  id  logsoftmax  relu  ln(channels)  fc(3);
}

network! {
    struct Random144: 8x15x20 =>
        silu  adaptive(1x2)  conv(16, 1x3, same)  tanh  pixelshuffle(4)  fc(12);

    struct Random145: 28 =>
        softplus  ln(channels)  softplus  bn  fc(6);

    struct Random146: 11x11x2 =>
        gmax  logsoftmax  fc(10);

    struct Random147: 15x5x1 =>
        hardswish  flatten  prelu  fc(10);

    struct Random148: 14x5x16 =>
        silu  drop(0.0)  avg(3, floor, p[0, 1, 1, 0])  dw(2, s2, floor, padding = 2)  relu  id  fc(4);

    struct Random149: 10x10x4 =>
        leaky(0.1)  softplus  bn  dw(5, floor, s3, nobias, d3, p3)  bn  fc(8);

    struct Random150: 42 =>
        drop(0.0)  bn  sigmoid  silu  ln(eps = 1e-3)  fc(3);

    struct Random151: 9x19x20 =>
        adaptive(2x4)  deconv(8, 2, s2)  gn(1)  silu  fc(4);
}

network! {
    struct Random152: 7x7x16 =>
        pixelshuffle(4)  silu  slice(0, 1)  lrn(3, k = 2.0, alpha = 1.0)  fc(2);

    struct Random153: 7x7x1 =>
        drop(0)  lrn(5)  lrn(3, beta = 0.6, alpha = 0.3)  gelu  deconv(17, 2, o1, s3x1, p1, d2)
        conv(16, 3, s2, floor, p1x1, dilation = 2)  fc(10);

    struct Random154: 15x15x3 =>
        avg(2, ceil, s1)  silu  elu  drop(0)  gap  hardswish  fc(11);

    struct Random155: 10x10x5 =>
        relu  hardswish  pool(4, s2, ceil)  softmax  hardswish  shuffle(5)  fc(1);

    struct Random156: 8x8x1 =>
        gelu  conv(2, 4, same, s3x1)  relu  deconv(1, 2, p[1, 1, 2, 0], s2, o1)  bn
        conv(12, 5x1, s1x2, p0x0)  fc(6);

    struct Random157: 14x19x16 =>
        avg(4, floor, s2x3)  adaptive(1x2)  pixelshuffle(4)  drop(0.0)  fc(7);

    struct Random158: 18x5x12 =>
        pixelshuffle(2)  conv(2, 2, nobias, p?)  logsoftmax  prelu  conv(4, 1, s3, same)
        conv(12, 1, same, stride = 3)  fc(10);

    struct Random159: 8x8x3 =>
        logsoftmax  pool(2, s2x3)  up(2, bilinear)  flatten  fc(3);
}

network! {
    struct Random160: 16x16x1 =>
        inorm  softplus  silu  conv(4, 3, p1, floor, s2)  adaptive(2x3)  fc(8);

    struct Random161: 42 =>
        id  elu(0.1)  logsoftmax  hardswish  relu  id  fc(5);

    struct Random162: 11x11x1 =>
        dw(7x5, s2, nobias)  prelu  conv(3, 3x1, ceil, s2x1)  prelu  fc(4);

    struct Random163: 19x19x3 =>
        inorm  softplus  leaky  gap  fc(4);

    struct Random164: 17x18x1 =>
        conv(3, 2, valid, s1, floor)  gelu  lrn(6)  hardsigmoid  gmax  fc(1);

    struct Random165: 10x10x1 =>
        deconv(17, 4, p1)  adaptive(4x1)  deconv(8, 2, p[0, 1, 0, 0], stride = 2)  conv(1, 4, p?)  gap  bn
        fc(9);

    struct Random166: 19x19x1 =>
        up(1x2, nearest)  slice(0, 1)  gmax  hardswish  fc(11);

    struct Random167: 19x17x3 =>
        ln(eps = 1e-3)  dw(7, floor, d2x1)  inorm  gap;
}

network! {
    struct Random168: 6x6x1 =>
        prelu  ln  deconv(2, 1)  avg(2, floor, p1)  gap  softplus  prelu;

    struct Random169: 9x8x3 =>
        tanh  gelu  shuffle(3)  relu  conv(20, 1, d2x1, ceil, p[0, 2, 2, 2])  gap  fc(5);

    struct Random170: 5x5x16 =>
        logsoftmax  pixelshuffle(4)  reshape([16, 5, 5])  prelu  fc(9);

    struct Random171: 16x20x12 =>
        pool(2, s2, same)  slice(7, 8)  pool(4x2)  ln  fc(1);

    struct Random172: 19x19x3 =>
        lrn(5)  gn(3)  gmax  prelu;

    struct Random173: 16x16x12 =>
        adaptive(1x4)  conv(20, 1, valid, g4)  avg(4, floor, s2, p2)  relu  fc(11);

    struct Random174: 20x6x1 =>
        adaptive(3x1)  slice(0, 1)  fc(1);

    struct Random175: 11x11x3 =>
        conv(6, 1, g3, p2, dilation = 2)  sigmoid  pool(3, s2, ceil, p[0, 0, 1, 0])
        dw(3, s3, nobias, same);
}

network! {
    struct Random176: 11x17x3 =>
        slice(1, 3)  conv(16, 3, p[2, 1, 0, 1])  conv(3, 3, s3, d2, floor)  bn
        lrn(5, beta = 0.6, alpha = 0.3)  tanh  fc(12);

    struct Random177: 12x14x5 =>
        dw(1, same)  ln  tanh  ln  avg(3, same)  relu  fc(2);

    struct Random178: 20x11x2 =>
        gap  elu(0.1)  fc(2);

    struct Random179: 11x11x16 =>
        bn  avg(3, ceil, s2, p[0, 1, 1, 0])  deconv(1, 4, s1)  leaky(0.1)  lrn(4, k = 2.0, alpha = 1.0)
        prelu  reshape([27, 1, 3]);

    struct Random180: 17x6x2 =>
        shuffle(2)  avg(1x3, ceil, s2x1)  tanh  sigmoid  fc(12);

    struct Random181: 11x11x16 =>
        conv(8, 2)  leaky(0.3)  lrn(1)  pool(2, floor)  pixelshuffle(2)  fc(3);

    struct Random182: 10x17x20 =>
        conv(8, 3, p0x1, s3, floor, dilation = 2)  relu  pixelshuffle(2)  gmax  fc(1);

    struct Random183: 7x7x1 =>
        hardsigmoid  inorm  elu(0.3)  up(2x1, nearest)  fc(9);
}

network! {
    struct Random184: 19x19x2 =>
        dw(5, p?, s2)  fc(9);

    struct Random185: 16x14x12 =>
        slice(8, 10)  inorm  deconv(4, 2, g2, d2)  adaptive(4x2)  slice(3, 4)  relu  fc(8);

    struct Random186: 5x14x17 =>
        lrn(5, alpha = 0.5)  gelu  relu  pool(4, ceil, s2)  fc(2);

    struct Random187: 19x19x1 =>
        hardsigmoid  inorm  dw(7, p1, nobias, stride = 2, ceil)
        conv(3, 2, p[2, 0, 2, 1], s3, nobias, floor)  fc(10);

    struct Random188: 13x11x1 =>
        up(1x2, bilinear)  prelu  bn  gmax  fc(1);

    struct Random189: 44 =>
        silu  softmax  fc(3);

    struct Random190: 12x14x12 =>
        reshape(12x24x7)  slice(1, 4)  adaptive(4)  reshape([3, 16, 1])  gmax  sigmoid  fc(4);

    struct Random191: 25 =>
        l2norm  silu  bn  hardsigmoid  drop(0)  silu  silu;
}

#[test]
fn networks_c() {
    check_all(&[
        check::<Random128>,
        check::<Random129>,
        check::<Random130>,
        check::<Random131>,
        check::<Random132>,
        check::<Random133>,
        check::<Random134>,
        check::<Random135>,
        check::<Random136>,
        check::<Random137>,
        check::<Random138>,
        check::<Random139>,
        check::<Random140>,
        check::<Random141>,
        check::<Random142>,
        check::<Random143>,
        check::<Random144>,
        check::<Random145>,
        check::<Random146>,
        check::<Random147>,
        check::<Random148>,
        check::<Random149>,
        check::<Random150>,
        check::<Random151>,
        check::<Random152>,
        check::<Random153>,
        check::<Random154>,
        check::<Random155>,
        check::<Random156>,
        check::<Random157>,
        check::<Random158>,
        check::<Random159>,
        check::<Random160>,
        check::<Random161>,
        check::<Random162>,
        check::<Random163>,
        check::<Random164>,
        check::<Random165>,
        check::<Random166>,
        check::<Random167>,
        check::<Random168>,
        check::<Random169>,
        check::<Random170>,
        check::<Random171>,
        check::<Random172>,
        check::<Random173>,
        check::<Random174>,
        check::<Random175>,
        check::<Random176>,
        check::<Random177>,
        check::<Random178>,
        check::<Random179>,
        check::<Random180>,
        check::<Random181>,
        check::<Random182>,
        check::<Random183>,
        check::<Random184>,
        check::<Random185>,
        check::<Random186>,
        check::<Random187>,
        check::<Random188>,
        check::<Random189>,
        check::<Random190>,
        check::<Random191>,
    ]);
}
