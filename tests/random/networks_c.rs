//! Random networks 128 to 191 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

#![allow(deprecated, reason = "what is drawn is often not what anybody would mean")]

use cnn::network;
use cnn_tests::check::{check, check_all};

network! {
    struct Random128: 19x14x12 =>
        slice(10, 12)  silu  elu(0.3)  avg(3x3, same)  conv(2, 3x3, nobias, p1)  gmax  fc(10);

    struct Random129: 14x6x3 =>
        softmax  conv(17, 3, floor)  gn(17)  rnn(8)  gap  fc(5);

    struct Random130: 13x13x16 =>
        avg(1x3, floor)  ln(channels)  gru(2)  prelu  fc(5);

    struct Random131: 5x5x3 =>
        elu  bn  dw(5, p2x0, floor, s2x3)  reshape(9x1x1)  gmax  gelu  fc(8);

    struct Random132: 12x6x3 =>
        bn  fc(12);

    struct Random133: 17x17x3 =>
        gn(1)  leaky(0.1)  shuffle(3)  drop(0.0)  lstm(3, last)  silu  fc(2);

    struct Random134: 13x6x17 =>
        deconv(6, 4, p1)  deconv(8, 2, o1, p1, d2, s1x2)  gap  fc(9);

    struct Random135: 14x9x2 =>
        logsoftmax  slice(1, 2)  elu(0.1)  hardsigmoid  flatten  sigmoid  fc(8);
}

network! {
    struct Random136: 12x15x20 =>
        avg(2x2, floor)  conv(1, 4, p1, ceil)  adaptive(1x4)  gmax  tanh  fc(6);

    struct Random137: 5x5x8 =>
        drop(0)  ln(channels)  pixelshuffle(2)  reshape(1x40x5)  fc(10);

    struct Random138: 10x13x3 =>
        sigmoid  leaky(0.3)  softplus  fc(8);

    struct Random139: 20x15x1 =>
        relu  silu  relu  gelu  fc(5);

    struct Random140: 15x5x16 =>
        prelu  conv(10, 3, s1, same)  bn  gru(5, last)  softplus  fc(4);

    struct Random141: 20x20x5 =>
        hardswish  avg(3, same)  shuffle(5)  flatten  fc(10);

    struct Random142: 10x10x2 =>
        avg(4, floor, s2x3)  dw(3x5, s3x1, nobias, p1)  leaky(0.3)  relu  adaptive(3)  fc(1);

    struct Random143: 19x19x3 =>
        id  shuffle(3)  gn(3)  avg(4, ceil)  up(2, nearest)  deconv(2, 4, p[0, 1, 1, 0])  gap;
}

network! {
    struct Random144: 16x16x4 =>
        pool(4, p2)  flatten  fc(5);

    struct Random145: 12x12x3 =>
        slice(1, 3)  leaky  deconv(2, 4, nobias, p1, s1)  adaptive(2x3)  deconv(16, 2, p1)  fc(2);

    struct Random146: 8x20x12 =>
        leaky(0.75)  conv(2, 2, ceil)  inorm  conv(6, 3, valid)  fc(1)  drop(0)  fc(1);

    struct Random147: 16x13x2 =>
        bn  up(2x1, bilinear)  shuffle(2)  avg(4, s3, ceil, p2)  prelu  avg(4x3, s1, ceil)  fc(9);

    struct Random148: 31 =>
        fc(8)  id  l2norm  fc(1)  fc(6);

    struct Random149: 11x10x5 =>
        pool(3, same)  inorm  slice(1, 5)  elu(0.1)  rnn(1, last)  silu  fc(10);

    struct Random150: 7x7x20 =>
        reshape(70x1x14)  relu  gelu  fc(12);

    struct Random151: 13x11x3 =>
        gn(3)  conv(16, 7x5, dilation = 2, p1x1)  conv(6, 5, p1)  softmax  shuffle(6)  prelu  fc(7);
}

network! {
    struct Random152: 13x8x2 =>
        tanh  reshape([16, 1, 13])  inorm  conv(17, 7x2, dilation = 2, p[2, 2, 2, 2])  gmax  l2norm
        hardsigmoid;

    struct Random153: 13x5x12 =>
        avg(1x2, same)  pixelshuffle(2)  conv(3, 2x7, p[2, 1, 2, 2], ceil)  deconv(1, 3)  fc(11);

    struct Random154: 9x9x1 =>
        relu  leaky(0.3)  drop(0.0)  up(2x1, bilinear)  sigmoid  inorm;

    struct Random155: 16x7x12 =>
        conv(17, 1, p1x2, d2)  adaptive(3x4)  pool(2, ceil)  rnn(1)  reshape([1, 2, 1])  fc(10);

    struct Random156: 8x13x12 =>
        pixelshuffle(2)  gn(1)  relu  gap  sigmoid;

    struct Random157: 18x18x1 =>
        reshape([324, 1, 1])  up(2, nearest)  inorm  lrn(1)  gap  fc(1);

    struct Random158: 11x7x16 =>
        lrn(5, beta = 0.6, alpha = 0.3)  pixelshuffle(2)  rnn(16)  fc(5);

    struct Random159: 17x17x12 =>
        avg(1x3, s2)  pool(2, stride = 3, same)  reshape([2, 18, 3])  conv(6, 2, p0x0)  hardswish;
}

network! {
    struct Random160: 7x7x3 =>
        prelu  bn  deconv(17, 3, p1, o1, s2)  avg(3, p[1, 0, 1, 0], s2)  conv(10, 3)  gru(8, last)  fc(9);

    struct Random161: 5x11x2 =>
        id  inorm  conv(1, 1x7, padding = 2, ceil)  elu(0.1)  fc(6);

    struct Random162: 20x20x4 =>
        ln  deconv(1, 2, p1, nobias)  drop(0.0)  avg(4x3, same, s1)  fc(5);

    struct Random163: 7x7x3 =>
        logsoftmax  id  silu  logsoftmax  dw(7, s1x2)  fc(6);

    struct Random164: 16x5x17 =>
        elu(0.75)  shuffle(17)  rnn(8)  fc(10);

    struct Random165: 15x15x1 =>
        slice(0, 1)  bn  silu  relu  bn  reshape([45, 1, 5])  fc(8);

    struct Random166: 6x12x1 =>
        tanh  fc(12);

    struct Random167: 16x12x16 =>
        dw(5, nobias, ceil, s3)  softplus  hardswish  reshape([8, 20, 2])  ln  fc(7);
}

network! {
    struct Random168: 9 =>
        hardsigmoid  l2norm  gelu  hardswish  gelu  fc(2);

    struct Random169: 19x19x1 =>
        up(3)  adaptive(2)  avg(2, s3x1, ceil)  fc(6);

    struct Random170: 19x16x16 =>
        adaptive(1x3)  bn  pool(4, same)  gn(2);

    struct Random171: 11x8x2 =>
        softmax  conv(4, 5, s3, same)  inorm  tanh  dw(2, floor, p0x0, nobias)  fc(6);

    struct Random172: 14x14x1 =>
        up(1x2, bilinear)  prelu  lstm(2)  reshape(1x2x14)  fc(2);

    struct Random173: 35 =>
        elu  ln(channels)  hardswish  ln  fc(1);

    struct Random174: 10x10x2 =>
        reshape([10, 20, 1])  id  elu(0.1)  reshape(4x25x2)  sigmoid  fc(8);

    struct Random175: 18x18x5 =>
        logsoftmax  relu  adaptive(1x2)  id  tanh  ln(eps = 1e-3)  drop(0.0);
}

network! {
    struct Random176: 9x14x2 =>
        avg(2, same)  adaptive(4x1)  up(2, bilinear)  deconv(6, 3, g2)  sigmoid  fc(11);

    struct Random177: 6x6x5 =>
        prelu  logsoftmax  lrn(3, beta = 0.6, alpha = 0.3)  adaptive(4x2)  elu(0.75)  fc(10);

    struct Random178: 17x9x3 =>
        lrn(1, beta = 0.6, alpha = 0.3)  lrn(5, alpha = 0.5)  dw(2, d3, padding = 1)  prelu
        conv(3, 5, s1, p[2, 1, 0, 0])  fc(1);

    struct Random179: 12x12x20 =>
        dw(2x5, p0x0, d2, nobias)  prelu  fc(3)  softplus  fc(10);

    struct Random180: 17x11x1 =>
        conv(12, 5, same)  id  avg(3x2, ceil, s3)  lstm(2)  fc(5);

    struct Random181: 12x12x8 =>
        silu  pool(3, ceil, s2, p[1, 0, 1, 0])  up(1x2, bilinear)  prelu  lstm(3)  fc(3);

    struct Random182: 9x7x20 =>
        ln  pixelshuffle(2)  slice(4, 5)  sigmoid  fc(11);

    struct Random183: 10x14x3 =>
        bn  hardswish  conv(12, 3, floor, p[0, 0, 1, 1], groups = 3, s2)  fc(2);
}

network! {
    struct Random184: 12x12x2 =>
        gn(2)  dw(3x5, s1, same, nobias)  hardswish  shuffle(2)
        dw(3, ceil, d2x1, p[0, 0, 0, 1], s3, nobias)  silu  fc(11);

    struct Random185: 9x19x5 =>
        avg(2, floor, p1)  shuffle(5)  silu  logsoftmax  avg(3, same, s3x1)  slice(4, 5)  fc(4);

    struct Random186: 13x6x16 =>
        up(2x1, bilinear)  avg(2, s3x1)  lstm(5)  silu;

    struct Random187: 13x13x1 =>
        drop(0)  avg(2, floor)  adaptive(1x2)  up(2x1)  id  adaptive(4x2)  fc(7);

    struct Random188: 7x7x1 =>
        deconv(6, 2, o1, s2x3, p1)  conv(4, 7x1, p2)  elu  dw(3, d1x2, same)  fc(6);

    struct Random189: 20x14x17 =>
        conv(1, 7x1, floor, s3, valid)  inorm  slice(0, 1)  conv(16, 1, valid, nobias, s2)  fc(5)  tanh
        fc(10);

    struct Random190: 15x15x5 =>
        silu  softmax  dw(2)  gap  softplus;

    struct Random191: 16x16x1 =>
        lrn(3, k = 2.0, alpha = 1.0)  fc(12);
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
