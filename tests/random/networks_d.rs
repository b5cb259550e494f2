//! Random networks 168 to 223 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

use cnn::network;
use cnn_tests::check::{check, check_all};

network! {
    struct Random168: 6x7x5 =>
        silu  drop(0)  dw(3, dilation = 2, valid, nobias)  bn  fc(12);

    struct Random169: 13x13x5 =>
        id  conv(16, 3x4, dilation = 2)  conv(3, 7, nobias)  tanh  conv(3, 1, s1, g3, p0x0, nobias)  fc(8);

    struct Random170: 17x17x4 =>
        sigmoid  sigmoid  sigmoid  avg(4, s2, floor)  fc(10);

    struct Random171: 5x5x3 =>
        relu  leaky  dw(3, p?)  relu  leaky(0.3)  fc(9);

    struct Random172: 13x13x8 =>
        hardsigmoid  pool(2, ceil, s1)  fc(9);

    struct Random173: 12x12x16 =>
        pool(1x3, floor)  hardswish  avg(2)  hardswish  flatten  fc(11);

    struct Random174: 14x14x17 =>
        avg(4x2, stride = 3, ceil)  bn  id  dw(3, s2)  elu  dw(3, p?, s3)  fc(11);

    struct Random175: 13x10x20 =>
        conv(3, 3, s3, d2, floor)  dw(3, p2)  elu(0.3)  gelu  id  fc(12);
}

network! {
    struct Random176: 12x12x8 =>
        conv(4, 5x3, ceil, g2, p3, s2)  bn  id  tanh  gap;

    struct Random177: 6x20x5 =>
        dw(3, same, d1x2)  hardsigmoid  hardswish  fc(9);

    struct Random178: 40 =>
        hardswish  hardswish  elu  fc(5);

    struct Random179: 17x7x5 =>
        prelu  dw(7x3, p3, floor)  softmax  relu  gap  gelu  fc(3);

    struct Random180: 19x8x2 =>
        hardsigmoid  flatten  elu(0.75)  fc(2);

    struct Random181: 29 =>
        gelu  softplus  silu  id  fc(4);

    struct Random182: 12x12x2 =>
        silu  softmax  conv(16, 3, p1, d2)  fc(6);

    struct Random183: 14x20x16 =>
        pool(4, floor)  gelu  gmax  fc(9);
}

network! {
    struct Random184: 16x19x2 =>
        elu(0.3)  conv(16, 5, d3, p1, floor)  softplus  gelu  conv(8, 2, ceil, p1)  gelu
        avg(4, s2, floor);

    struct Random185: 15x15x3 =>
        pool(3x2, s3x1)  softmax  leaky(0.3)  hardsigmoid  tanh  pool(4, s1)  fc(6);

    struct Random186: 9x9x2 =>
        conv(4, 1, g2, p3)  silu  fc(10);

    struct Random187: 19x6x1 =>
        gelu  conv(5, 4, floor)  gap  fc(12);

    struct Random188: 5x20x3 =>
        hardsigmoid  prelu  prelu  hardswish  leaky(0.3)  fc(10);

    struct Random189: 18x18x4 =>
        pool(2x3)  avg(4, ceil)  softmax  id  fc(5);

    struct Random190: 16x16x3 =>
        conv(2, 3, p[1, 0, 0, 1])  elu(0.3)  conv(8, 2, g2, p2)  dw(3, stride = 2, p1, floor)
        fc(1, nobias)  fc(5);

    struct Random191: 13x11x1 =>
        dw(2, floor, p1)  elu(0.75)  prelu  hardsigmoid  silu  silu  fc(4);
}

network! {
    struct Random192: 17x17x3 =>
        relu  sigmoid  flatten  drop(0)  fc(3);

    struct Random193: 11x11x1 =>
        conv(3, 3, same)  sigmoid  id  fc(9);

    struct Random194: 8x8x8 =>
        id  flatten  drop(0)  fc(12);

    struct Random195: 13x10x12 =>
        relu  conv(2, 1x2, s3x1, g2)  elu(0.75)  sigmoid  sigmoid  elu(0.3)  fc(11);

    struct Random196: 6x20x16 =>
        avg(2, p1, s1)  dw(1, s2x3, same)  pool(4, p2, ceil)  softmax  pool(3, p[1, 1, 1, 0], ceil)
        softmax;

    struct Random197: 17x17x2 =>
        sigmoid  dw(3x5, s2, ceil, d2)  hardsigmoid  gelu  relu  fc(10);

    struct Random198: 5x5x12 =>
        pool(2, floor)  id  leaky  avg(2)  gmax  hardswish  fc(12);

    struct Random199: 13x13x8 =>
        drop(0)  sigmoid  avg(3, p1)  prelu  conv(17, 3, s2, p1)  silu  fc(7);
}

network! {
    struct Random200: 10x16x20 =>
        pool(4, same, s2)  pool(2, ceil, s2x1)  bn  conv(6, 5, nobias, ceil, p2)  fc(9);

    struct Random201: 14x7x2 =>
        conv(6, 3, g2)  conv(1, 2, p3, ceil)  gmax  leaky(0.75)  fc(7);

    struct Random202: 7x7x12 =>
        hardsigmoid  bn  pool(2x3, same)  id  pool(1x3, floor)  id  id;

    struct Random203: 14x20x17 =>
        conv(1, 5, d2x1, p1x2)  pool(3x3, ceil)  tanh  prelu  dw(3);

    struct Random204: 38 =>
        tanh  silu  bn  sigmoid  leaky(0.75)  leaky  fc(8);

    struct Random205: 13x12x4 =>
        silu  sigmoid  bn  conv(10, 3, p1, floor)  fc(11);

    struct Random206: 10x10x2 =>
        conv(16, 1x3, s1)  pool(3, ceil, p1)  hardswish  fc(9);

    struct Random207: 8x8x2 =>
        avg(2)  softmax  hardswish  fc(5);
}

network! {
    struct Random208: 11x14x17 =>
        avg(4, ceil, s1)  conv(12, 3)  gap  elu(0.75);

    struct Random209: 8x8x1 =>
        silu  gelu  id  gap  relu  fc(12);

    struct Random210: 15x15x3 =>
        softplus  conv(2, 3)  bn  softplus  sigmoid  gelu  fc(6);

    struct Random211: 16x12x3 =>
        relu  conv(17, 1, same, s2)  sigmoid  fc(4);

    struct Random212: 34 =>
        drop(0)  hardswish  drop(0)  prelu  gelu  hardsigmoid  fc(7);

    struct Random213: 17x17x2 =>
        bn  pool(2, floor)  conv(4, 3x3, ceil, p3, g2)  bn  id  fc(3);

    struct Random214: 10x10x1 =>
        pool(3, floor, p[0, 1, 1, 0])  pool(1x2, s3, same)  conv(5, 2, p?, s1)  hardsigmoid  hardsigmoid;

    struct Random215: 14x14x8 =>
        softplus  leaky(0.75)  gmax  relu  fc(4);
}

network! {
    struct Random216: 20x15x8 =>
        conv(12, 3, d3, ceil, valid)  pool(3, s2, same)  gelu  dw(3, p?)  gmax  fc(12);

    struct Random217: 12x19x2 =>
        conv(4, 3x3, p?)  relu  bn  avg(2, s2, floor)  relu  dw(7x5, nobias, p2)  fc(6);

    struct Random218: 13x14x8 =>
        gelu  gelu  conv(5, 3, s3, ceil)  leaky  conv(2, 1x3, floor, p2x2)  relu  fc(12);

    struct Random219: 16 =>
        tanh  hardsigmoid  sigmoid  prelu  hardsigmoid  leaky  fc(7);

    struct Random220: 12x11x20 =>
        pool(2, s1)  conv(2, 3x7, p[0, 1, 1, 1])  gmax  sigmoid  fc(9);

    struct Random221: 13x13x5 =>
        sigmoid  hardsigmoid  conv(3, 7, ceil)  pool(2, floor, padding = 1, s3)  bn  pool(2, ceil)  fc(12);

    struct Random222: 13x13x5 =>
        leaky(0.1)  gelu  bn  fc(10);

    struct Random223: 13x13x3 =>
        tanh  conv(6, 3, groups = 3, p1x2, s2)  drop(0)  prelu  relu  hardswish  fc(1);
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
