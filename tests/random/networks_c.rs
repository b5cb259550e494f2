//! Random networks 128 to 191 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

#![allow(deprecated, reason = "what is drawn is often not what anybody would mean")]

use cnn::network;
use cnn_tests::check::{check, check_all};

network! {
    struct Random128: 12x16x16 =>
        slice(15, 16)  gn(1)  slice(0, 1)  rnn(1)  adaptive(3x1)  fc(12);

    struct Random129: 12x14x3 =>
        silu  hardswish  rnn(3, last)  prelu  fc(7);

    struct Random130: 6x6x2 =>
        leaky(0.1)  elu(0.75)  hardsigmoid  inorm  shuffle(2)  fc(5);

    struct Random131: 10x15x17 =>
        deconv(3, 2, s2, p1)  adaptive(2x1)  bn  fc(10);

    struct Random132: 6x18x8 =>
        ln(channels)  deconv(8, 3)  adaptive(3x1)  softplus  fc(8);

    struct Random133: 9x9x16 =>
        logsoftmax  relu  conv(8, 3, p0x1)  pixelshuffle(2)  rnn(17, last)  prelu  leaky(0.75);

    struct Random134: 17x17x1 =>
        hardswish  bn  conv(6, 7, d2x1, p1x2, s2)  conv(8, 3, ceil, p2x2, s1)  fc(10);

    struct Random135: 17x14x5 =>
        relu  deconv(3, 4x3, s3x1, p1)  avg(4, ceil)  softmax  lstm(12, last)  relu  fc(1);
}

network! {
    struct Random136: 12 =>
        silu  drop(0)  logsoftmax  fc(2);

    struct Random137: 8x8x8 =>
        pixelshuffle(2)  bias  adaptive(1)  conv(1, 3, ceil, p1)  bn  lrn(5)  elu(0.3);

    struct Random138: 11x17x5 =>
        conv(5, 1, p[2, 2, 2, 0], s1, d2)  adaptive(2)  fc(12);

    struct Random139: 19x8x3 =>
        conv(6, 3, g3)  bn  lrn(3)  slice(5, 6)  adaptive(4x2)  fc(5);

    struct Random140: 17x17x1 =>
        elu(0.1)  lrn(5)  flatten  fc(7);

    struct Random141: 11x17x1 =>
        prelu  tanh  inorm  up(1x2)  fc(9);

    struct Random142: 14x14x5 =>
        pool(1x2, s1, same)  pool(2, floor)  avg(2, same, s3)  leaky  gn(5)  fc(12);

    struct Random143: 16x8x20 =>
        gru(17)  slice(2, 12)  fc(9);
}

network! {
    struct Random144: 33 =>
        bn  gelu  bias  fc(12);

    struct Random145: 15x6x2 =>
        bn  avg(4, floor)  adaptive(2x1)  bn  adaptive(4x3)  relu  fc(6);

    struct Random146: 7x7x8 =>
        shuffle(8)  conv(3, 5, s2)  up(3, bilinear)  gelu  bias  fc(6);

    struct Random147: 16x16x12 =>
        adaptive(2x4)  relu  l2norm  conv(16, 1, g4, s1, d2)  l2norm  gmax  fc(3);

    struct Random148: 8x8x1 =>
        relu  reshape(8x1x8)  pixelshuffle(2)  conv(4, 3, ceil, p3)  fc(2);

    struct Random149: 16x5x12 =>
        bn  slice(1, 9)  gelu  softmax  rnn(12, last)  l2norm  bias;

    struct Random150: 6x13x3 =>
        up(2, bilinear)  inorm  pool(4, s1, floor)  sigmoid  silu  dw(3, p1, s3x1, floor)  fc(8);

    struct Random151: 14x14x16 =>
        conv(8, 4x4, p[0, 2, 2, 0], g8)  conv(1, 5, s2)  deconv(1, 2)  conv(1, 3, d2)  prelu  prelu;
}

network! {
    struct Random152: 20x12x1 =>
        softplus  deconv(16, 3, p[0, 1, 2, 0], s1)  conv(3, 4, d1x2, p0x0, stride = 2, nobias, ceil)  id
        avg(4, floor)  tanh  fc(8);

    struct Random153: 20x20x3 =>
        slice(1, 3)  silu  lrn(2)  deconv(3, 2, nobias)  rnn(2, last)  silu  fc(10);

    struct Random154: 16 =>
        relu  gelu  fc(7);

    struct Random155: 9x9x20 =>
        pixelshuffle(2)  adaptive(2x1)  bn  prelu  id  fc(12);

    struct Random156: 5x5x5 =>
        deconv(1, 1, p1)  bn  deconv(2, 4, p1)  rnn(17, last)  softplus  l2norm;

    struct Random157: 7x7x12 =>
        slice(5, 10)  rnn(2)  tanh  flatten;

    struct Random158: 10x6x12 =>
        avg(2)  softmax  softplus  tanh  conv(12, 1, p2x1, g6, nobias)  fc(1);

    struct Random159: 10x16x17 =>
        avg(3x3, same)  conv(2, 3x3, nobias, p1)  deconv(4, 4, s2, p1)  conv(4, 2, stride = 3, p?)
        flatten;
}

network! {
    struct Random160: 13x15x1 =>
        drop(0.0)  conv(17, 3, valid)  conv(12, 5, nobias, same, stride = 3)  softmax  gap  fc(5);

    struct Random161: 12x9x5 =>
        logsoftmax  dw(5, p?)  conv(10, 1x3, floor, g5, p1)  silu  shuffle(2)  fc(12)  fc(2);

    struct Random162: 17x17x3 =>
        slice(2, 3)  lrn(4)  gn(1)  fc(3);

    struct Random163: 17x17x5 =>
        reshape(5x1x289)  gmax  fc(17)  fc(3);

    struct Random164: 18x7x3 =>
        conv(9, 3, g3)  bn  pixelshuffle(3)  adaptive(1x4)  dw(1x3, p?)  conv(20, 5x3, p?)  fc(11);

    struct Random165: 6x6x12 =>
        gn(12)  adaptive(4x2)  softmax  pool(3, p[0, 1, 1, 0], ceil)  deconv(6, 4, p1)
        deconv(8, 2, o1, p1, d2, s1x2);

    struct Random166: 19x6x20 =>
        pixelshuffle(2)  adaptive(1x4)  tanh  slice(3, 5)  sigmoid  avg(2, s3x1, same)  fc(9);

    struct Random167: 6x6x20 =>
        conv(4, 3, floor, stride = 2)  shuffle(2)  softmax  dw(2, same)  bn  relu  fc(6);
}

network! {
    struct Random168: 13 =>
        gelu  id  silu  elu  fc(11);

    struct Random169: 9x7x3 =>
        dw(3, ceil, s3x1)  conv(5, 3, p?)  gn(1)  rnn(2, last)  logsoftmax  fc(3);

    struct Random170: 14x14x8 =>
        pixelshuffle(2)  avg(3, p[1, 0, 1, 0], s2)  avg(2, ceil, p1, s2)  shuffle(2)
        deconv(2, 2, p1, d2, s3)  fc(10);

    struct Random171: 14x5x16 =>
        silu  drop(0.0)  pool(3, floor, p[0, 1, 1, 0])  dw(2, s2, floor, padding = 2)  drop(0.0)
        pixelshuffle(4)  fc(2);

    struct Random172: 6x6x2 =>
        slice(1, 2)  softplus  conv(8, 3, floor, p1)  gelu  leaky(0.3)  fc(8);

    struct Random173: 16x5x17 =>
        conv(4, 3, s2, same)  leaky  prelu  pool(3, p[1, 1, 1, 0], ceil)  hardsigmoid  silu  fc(10);

    struct Random174: 17x17x3 =>
        logsoftmax  elu(0.1)  hardsigmoid  fc(8);

    struct Random175: 5x17x1 =>
        conv(6, 5, nobias, d1x2, stride = 2)  prelu  softmax  prelu  up(3, bilinear)  fc(1);
}

network! {
    struct Random176: 19x19x3 =>
        id  gn(1)  slice(1, 3)  hardswish  rnn(3, last)  gelu  logsoftmax;

    struct Random177: 7x7x8 =>
        bn  pool(3, p1, ceil)  leaky  bias  gn(4)  shuffle(4)  fc(10);

    struct Random178: 11x11x1 =>
        deconv(4, 2, s1x2)  deconv(4, 4, g4)  shuffle(4)  fc(1)  fc(12);

    struct Random179: 28 =>
        l2norm  elu  fc(6);

    struct Random180: 8x5x17 =>
        dw(3, same)  ln(eps = 1e-3)  avg(3, s1, floor, p1)  prelu
        deconv(4, 4, output_padding = 1, stride = 2, d2, p1)  fc(5);

    struct Random181: 8x8x2 =>
        gn(2)  bias  leaky  dw(5x3, p[0, 1, 1, 2])  leaky(0.3)  conv(8, 4, nobias, d2, padding = 1, ceil)
        fc(5);

    struct Random182: 11x14x20 =>
        avg(4, floor, s2x3)  relu  avg(2, floor, s2)  conv(16, 2, nobias, floor, p1, s2)  gap  leaky
        fc(5);

    struct Random183: 17x17x2 =>
        silu  adaptive(4)  conv(16, 3, p1x1)  fc(5);
}

network! {
    struct Random184: 9x9x5 =>
        drop(0.0)  up(2)  fc(7);

    struct Random185: 8x8x12 =>
        leaky  fc(8);

    struct Random186: 5x11x1 =>
        tanh  dw(1, p?)  reshape(11x5x1)  bias  fc(8);

    struct Random187: 15x17x5 =>
        dw(5, s1, same)  lrn(1, beta = 0.6, alpha = 0.3)  conv(3, 7, nobias)  up(1x2, bilinear)
        deconv(1, 3)  gmax  fc(4);

    struct Random188: 7x7x16 =>
        relu  relu  l2norm  gru(8, last)  silu  gelu;

    struct Random189: 5x9x5 =>
        dw(2, p?)  hardswish  inorm  tanh  tanh  gelu  fc(12);

    struct Random190: 18x18x12 =>
        adaptive(3x4)  up(2)  adaptive(1)  softplus  fc(11);

    struct Random191: 17x19x4 =>
        elu(0.3)  drop(0)  avg(2, ceil)  fc(8);
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
