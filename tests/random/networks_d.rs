//! Random networks 168 to 223 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

use cnn::network;
use cnn_tests::check::{check, check_all};

network! {
    struct Random168: 6x6x1 =>
        silu  conv(5, 5, ceil)  softmax  elu(0.75)  elu(0.75)  fc(16)  fc(11);

    struct Random169: 10x10x1 =>
        relu  silu  dw(5, p[1, 1, 0, 1])  rnn(1)  gap  fc(8);

    struct Random170: 16x16x3 =>
        tanh  flatten  fc(3);

    struct Random171: 15x15x16 =>
        conv(20, 7x1, floor, stride = 3)  conv(12, 3, p[2, 1, 0, 0], g2, d2x1)  softplus  elu(0.3)
        avg(2, ceil, s2)  fc(12);

    struct Random172: 19x8x20 =>
        avg(3, p1, ceil)  dw(7, nobias, p2, ceil)  gru(5)  fc(5);

    struct Random173: 13x13x4 =>
        prelu  pool(3, s2, p1)  fc(7);

    struct Random174: 6x15x2 =>
        dw(1, same, s2x1)  relu  hardswish;

    struct Random175: 8x17x8 =>
        softmax  softplus  pool(2, ceil)  bn  sigmoid  gru(12, last)  fc(4);
}

network! {
    struct Random176: 12x17x16 =>
        pool(3x2, same)  conv(17, 3, ceil)  elu(0.3)  relu  rnn(12)  bn;

    struct Random177: 6x19x2 =>
        leaky(0.1)  prelu  relu  fc(12, nobias)  bn  fc(8);

    struct Random178: 12x12x20 =>
        avg(2, ceil)  elu(0.1)  gru(5, last)  fc(5);

    struct Random179: 31 =>
        relu  hardsigmoid  prelu  relu  leaky(0.1)  bn;

    struct Random180: 18x8x3 =>
        softplus  dw(7x3, p2x2)  gru(3, last)  fc(4);

    struct Random181: 9x9x16 =>
        elu(0.3)  drop(0)  avg(2, ceil, p1, s2)  conv(17, 5, s2, floor)  fc(3);

    struct Random182: 18x18x3 =>
        gap  silu  fc(5);

    struct Random183: 20x19x1 =>
        dw(5, valid)  prelu  pool(3, floor, p[0, 1, 1, 0])  fc(2);
}

network! {
    struct Random184: 7x7x3 =>
        leaky  gelu  conv(1, 3, p?)  rnn(1, last)  bn  fc(12);

    struct Random185: 19x15x8 =>
        pool(3, same)  bn  silu  conv(16, 3, p2x2, g4)  gmax  fc(6);

    struct Random186: 16x16x8 =>
        bn  conv(2, 3, s1, p?)  sigmoid  dw(7, stride = 2, floor, p1x1)  relu  fc(10);

    struct Random187: 15x15x3 =>
        dw(3x3, p3, nobias, ceil, s3)  relu  sigmoid  tanh  gmax  relu  fc(1);

    struct Random188: 20x9x16 =>
        conv(6, 3, floor, s2)  bn  conv(5, 5x3, p2x0, floor)  conv(5, 1x1, g5, stride = 1)  sigmoid  gelu
        prelu;

    struct Random189: 6x15x1 =>
        drop(0)  gelu  conv(12, 5x1, s1x2, p0x0)  flatten  fc(11);

    struct Random190: 20x17x1 =>
        tanh  dw(3, p2x0, stride = 3, floor)  elu(0.75)  lstm(2)  bn;

    struct Random191: 33 =>
        relu  bn  sigmoid  relu  leaky(0.1)  fc(3)  fc(1);
}

network! {
    struct Random192: 20x19x5 =>
        prelu  conv(4, 1, s3, same)  conv(12, 1, same, stride = 3)  elu(0.3)  fc(3);

    struct Random193: 11x8x3 =>
        drop(0)  dw(3, nobias, p0x1)  prelu  conv(1, 2, p1)  avg(3, p[0, 1, 1, 0], s1)  fc(6);

    struct Random194: 15x15x20 =>
        conv(1, 3x3, ceil, valid, nobias, s1x2)  id  bn  tanh  elu(0.3)  gap  fc(12);

    struct Random195: 17x5x1 =>
        avg(3, same)  bn  conv(3, 2, valid, s1, floor)  conv(16, 5x3, same)  sigmoid  fc(8);

    struct Random196: 5x15x1 =>
        conv(17, 3, same, s1)  bn  avg(4, s3, ceil, p2)  gmax  fc(11);

    struct Random197: 5x5x16 =>
        conv(12, 3, d1x2, valid)  bn  gru(3)  sigmoid  fc(2);

    struct Random198: 8x13x17 =>
        relu  gap  hardswish  fc(10);

    struct Random199: 15x15x3 =>
        dw(3, p1, s2, nobias)  silu  avg(2)  drop(0)  conv(6, 5, p1)  fc(9);
}

network! {
    struct Random200: 9x9x3 =>
        softmax  conv(20, 3, s1, nobias, d1x2)  relu  conv(8, 2, floor, p2, s3)  hardsigmoid  fc(1);

    struct Random201: 16x20x12 =>
        avg(4, p2, ceil)  silu  gru(1, last)  hardsigmoid  fc(5);

    struct Random202: 37 =>
        hardsigmoid  prelu  hardsigmoid  silu  silu  sigmoid  fc(7);

    struct Random203: 19x10x5 =>
        gelu  prelu  dw(3x5, nobias, p1)  avg(3, ceil, p[1, 0, 1, 0])  bn  sigmoid  fc(11);

    struct Random204: 10x7x2 =>
        conv(10, 3, s2, same)  relu  dw(5, p1)  dw(5, same)  drop(0)  pool(3, p[0, 0, 1, 0])  fc(12);

    struct Random205: 12x12x3 =>
        hardsigmoid  bn  sigmoid  fc(7);

    struct Random206: 8x18x3 =>
        conv(12, 3, g3)  conv(2, 5, p1, ceil)  lstm(1)  gru(16)  fc(11);

    struct Random207: 5x6x12 =>
        drop(0)  pool(2, floor, s2)  hardswish  elu(0.75)  dw(1, floor, d2, s2)  softmax  lstm(3, last);
}

network! {
    struct Random208: 10 =>
        id  relu  bn  tanh  softmax  hardswish  fc(10);

    struct Random209: 16x16x1 =>
        avg(4x2, s2, ceil)  silu  tanh  flatten  fc(7);

    struct Random210: 5x6x5 =>
        prelu  leaky  gelu  prelu  gmax  bn  fc(3);

    struct Random211: 10x10x8 =>
        softmax  conv(5, 4, s2, p2x1, ceil)  dw(2x2, ceil, s1)  gmax  relu  fc(10);

    struct Random212: 17x17x4 =>
        drop(0)  softmax  relu  fc(8);

    struct Random213: 18x18x8 =>
        pool(4, same)  id  conv(10, 3)  lstm(5)  gmax  fc(4);

    struct Random214: 13x13x5 =>
        softplus  conv(1, 1x7, padding = 2, ceil)  tanh  flatten  prelu  fc(10);

    struct Random215: 14x20x3 =>
        bn  pool(3, ceil)  gru(5, last)  fc(5);
}

network! {
    struct Random216: 18x18x4 =>
        drop(0)  dw(5x7, floor, s2, dilation = 2)  softmax  prelu  flatten  leaky  prelu;

    struct Random217: 17x15x1 =>
        dw(2)  silu  bn  prelu  conv(2, 7, s2, same)  bn;

    struct Random218: 18x18x2 =>
        softmax  relu  pool(1x3, ceil, s2x1)  gap  fc(4);

    struct Random219: 19x20x3 =>
        bn  relu  silu  gap  id  prelu;

    struct Random220: 12x12x1 =>
        sigmoid  silu  id  bn  relu  fc(5);

    struct Random221: 5x11x16 =>
        conv(8, 1, nobias, g2, d3)  fc(10);

    struct Random222: 6x12x1 =>
        drop(0)  dw(2, ceil, s2x3, p2, nobias)  dw(5x1, same)  fc(6);

    struct Random223: 7x6x2 =>
        sigmoid  gelu  softmax  leaky(0.3)  hardswish  sigmoid  fc(4);
}

#[test]
fn networks_d() {
    check_all(&[
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
        check::<Random192>,
        check::<Random193>,
        check::<Random194>,
        check::<Random195>,
        check::<Random196>,
        check::<Random197>,
        check::<Random198>,
        check::<Random199>,
        check::<Random200>,
        check::<Random201>,
        check::<Random202>,
        check::<Random203>,
        check::<Random204>,
        check::<Random205>,
        check::<Random206>,
        check::<Random207>,
        check::<Random208>,
        check::<Random209>,
        check::<Random210>,
        check::<Random211>,
        check::<Random212>,
        check::<Random213>,
        check::<Random214>,
        check::<Random215>,
        check::<Random216>,
        check::<Random217>,
        check::<Random218>,
        check::<Random219>,
        check::<Random220>,
        check::<Random221>,
        check::<Random222>,
        check::<Random223>,
    ]);
}
