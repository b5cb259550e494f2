//! Random networks 56 to 111 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

use cnn::network;
use cnn_tests::check::{check, check_all};

network! {
    struct Random056: 32 =>
        bn  sigmoid  softplus  fc(5);

    struct Random057: 13x5x1 =>
        avg(4x2, ceil)  bn  drop(0)  avg(2, p1, ceil)  elu(0.1)  pool(2, s1, p1)  fc(1);

    struct Random058: 9x16x8 =>
        relu  prelu  bn  conv(8, 3x1, ceil, p[0, 1, 1, 2], s2)  gap  bn  fc(2);

    struct Random059: 5x5x1 =>
        avg(3, p[0, 1, 1, 0], floor)  avg(2, floor)  fc(3);

    struct Random060: 8x8x17 =>
        conv(3, 7)  gmax  hardswish  fc(5);

    struct Random061: 17x17x2 =>
        gelu  relu  silu  conv(8, 4, g2)  conv(2, 5, valid, floor)  fc(4);

    struct Random062: 5x5x1 =>
        sigmoid  fc(4);

    struct Random063: 14x14x1 =>
        leaky(0.75)  conv(3, 3)  dw(5, d2x1, p?)  bn  gelu  softmax  pool(2, s2, same);
}

network! {
    struct Random064: 16x16x3 =>
        relu  bn  hardswish  hardsigmoid  bn  fc(5);

    struct Random065: 5x10x3 =>
        dw(3)  hardswish  prelu  bn  fc(8);

    struct Random066: 31 =>
        elu(0.1)  bn  elu(0.1)  relu  softplus  fc(5);

    struct Random067: 9x9x17 =>
        conv(17, 5, valid, g17)  fc(12)  prelu  hardswish;

    struct Random068: 14x14x5 =>
        conv(1, 5)  relu  tanh  conv(1, 1, d2, same)  id  hardsigmoid  fc(6);

    struct Random069: 9x11x2 =>
        prelu  dw(7x3, s2, nobias, p2, d2)  fc(3);

    struct Random070: 11x11x16 =>
        hardsigmoid  pool(4, s2, ceil)  softmax  dw(5, nobias, valid)  flatten  relu  fc(7);

    struct Random071: 6x6x5 =>
        relu  silu  softmax  pool(2, s2)  bn;
}

network! {
    struct Random072: 17x10x3 =>
        fc(8)  prelu  fc(11);

    struct Random073: 18x20x4 =>
        prelu  gelu  avg(4x2, ceil)  conv(12, 3x7, groups = 4)  conv(12, 7, p2, g6)  fc(7);

    struct Random074: 5x5x8 =>
        id  dw(3, ceil, dilation = 2)  sigmoid  fc(12);

    struct Random075: 16x13x1 =>
        hardswish  conv(17, 3x3, ceil)  pool(4, floor, s2)  bn  hardswish  fc(12);

    struct Random076: 14x18x3 =>
        pool(2, floor)  conv(1, 2, ceil)  fc(8);

    struct Random077: 12x12x2 =>
        leaky  relu  fc(12)  hardsigmoid  fc(3);

    struct Random078: 11x11x12 =>
        tanh  hardswish  conv(12, 2x2, s2x1, floor, d2)  conv(6, 3, same, g6, s3)  hardsigmoid  gmax
        fc(6);

    struct Random079: 5x10x4 =>
        tanh  pool(1x3, floor)  softmax  tanh  hardswish  hardswish  fc(8);
}

network! {
    struct Random080: 10x10x2 =>
        softmax  pool(2x2)  dw(2, p[2, 2, 2, 2], d3)  gelu  conv(20, 1, p2, ceil)  fc(5);

    struct Random081: 8x8x1 =>
        conv(16, 7, p[0, 0, 0, 0], floor)  conv(6, 2, ceil, p1x1)  conv(4, 3, floor, g2)  gmax  sigmoid
        fc(3);

    struct Random082: 5x12x8 =>
        conv(4, 3, padding = 3)  conv(8, 4x1, s2, ceil)  fc(8)  softplus  fc(12);

    struct Random083: 17x17x12 =>
        conv(4, 3, same, s2, nobias)  dw(3, p3)  pool(3, s3, ceil, p1)  conv(2, 4, padding = 1, ceil)
        pool(3, p[0, 1, 1, 0], s1)  tanh  fc(7);

    struct Random084: 12x12x16 =>
        softmax  pool(4, floor)  id  conv(8, 3, s2, g8, ceil)  elu(0.75)  elu(0.75)  fc(2);

    struct Random085: 16x5x5 =>
        pool(2, p1, ceil)  softplus  dw(7, same, d1x2, s1)  conv(17, 4, p[0, 0, 2, 2])  flatten  silu
        fc(11);

    struct Random086: 17x17x4 =>
        elu  softmax  prelu  avg(2, floor)  avg(2)  dw(3, s1, p?);

    struct Random087: 9x14x3 =>
        softmax  tanh  relu  fc(1);
}

network! {
    struct Random088: 9x13x2 =>
        hardswish  bn  dw(5x5)  drop(0)  fc(1)  fc(12);

    struct Random089: 6x19x3 =>
        softplus  silu  pool(2, s2, floor)  softplus  relu  sigmoid  fc(5);

    struct Random090: 19x19x1 =>
        sigmoid  tanh  conv(6, 1)  fc(9);

    struct Random091: 14x14x1 =>
        drop(0)  pool(2x2, ceil)  hardswish  drop(0)  hardsigmoid  softplus  fc(10);

    struct Random092: 15x9x12 =>
        silu  gap  tanh  fc(6);

    struct Random093: 19x19x8 =>
        conv(4, 3, p[2, 2, 2, 0], d1x2)  dw(5, s2, p?)  softmax  fc(24)  fc(12);

    struct Random094: 20x20x3 =>
        gap  softmax  fc(8);

    struct Random095: 9x8x1 =>
        conv(1, 2, p1, floor)  sigmoid  softplus  gelu  leaky  fc(9);
}

network! {
    struct Random096: 16x16x17 =>
        avg(3, floor, p[1, 0, 1, 0])  pool(4x3, same)  softplus  dw(3, p?)  conv(6, 1, same, s2)  fc(12);

    struct Random097: 7x18x12 =>
        relu  prelu  avg(3, ceil, p[0, 0, 1, 0])  dw(2, dilation = 2, floor)  gelu  fc(3);

    struct Random098: 16x15x5 =>
        elu  sigmoid  prelu  gmax  leaky(0.75)  fc(1);

    struct Random099: 7x7x3 =>
        bn  hardsigmoid  tanh  id  elu  hardsigmoid  fc(2);

    struct Random100: 13x13x20 =>
        pool(4, floor)  drop(0)  hardsigmoid  relu  bn  avg(3x2, ceil)  fc(6);

    struct Random101: 11x19x8 =>
        dw(7x5, s1x2)  silu  avg(2, same, s3)  fc(11);

    struct Random102: 9x10x12 =>
        relu  bn  hardswish  gap  sigmoid  fc(11);

    struct Random103: 11x11x17 =>
        relu  conv(8, 5, s3)  tanh  elu(0.75)  sigmoid  leaky(0.3)  fc(1);
}

network! {
    struct Random104: 11x9x1 =>
        conv(3, 3)  gelu  gelu  softmax  sigmoid  fc(4);

    struct Random105: 16x16x5 =>
        gelu  pool(3, s1)  softmax  gmax  fc(2);

    struct Random106: 13x13x8 =>
        elu  bn  pool(3, s2x1, p[1, 1, 1, 0])  conv(4, 3, s2, g2, floor, p1)  tanh  avg(4x2, s1)  fc(6);

    struct Random107: 13x13x4 =>
        bn  softplus  drop(0)  drop(0)  hardsigmoid  fc(3)  fc(8);

    struct Random108: 15x15x1 =>
        conv(6, 5, d2)  hardswish  leaky(0.75)  bn  gap  fc(8);

    struct Random109: 7x7x3 =>
        hardsigmoid  avg(2, same, s2)  drop(0)  fc(5)  prelu  fc(12);

    struct Random110: 35 =>
        fc(8)  hardsigmoid  sigmoid  softmax  hardsigmoid  fc(9);

    struct Random111: 12x8x2 =>
        sigmoid  avg(3, floor, p[1, 0, 1, 0])  gelu  softmax  conv(20, 3, ceil, s2x3)  fc(10);
}

#[test]
fn networks_b() {
    check_all(&[
        check::<Random056>,
        check::<Random057>,
        check::<Random058>,
        check::<Random059>,
        check::<Random060>,
        check::<Random061>,
        check::<Random062>,
        check::<Random063>,
        check::<Random064>,
        check::<Random065>,
        check::<Random066>,
        check::<Random067>,
        check::<Random068>,
        check::<Random069>,
        check::<Random070>,
        check::<Random071>,
        check::<Random072>,
        check::<Random073>,
        check::<Random074>,
        check::<Random075>,
        check::<Random076>,
        check::<Random077>,
        check::<Random078>,
        check::<Random079>,
        check::<Random080>,
        check::<Random081>,
        check::<Random082>,
        check::<Random083>,
        check::<Random084>,
        check::<Random085>,
        check::<Random086>,
        check::<Random087>,
        check::<Random088>,
        check::<Random089>,
        check::<Random090>,
        check::<Random091>,
        check::<Random092>,
        check::<Random093>,
        check::<Random094>,
        check::<Random095>,
        check::<Random096>,
        check::<Random097>,
        check::<Random098>,
        check::<Random099>,
        check::<Random100>,
        check::<Random101>,
        check::<Random102>,
        check::<Random103>,
        check::<Random104>,
        check::<Random105>,
        check::<Random106>,
        check::<Random107>,
        check::<Random108>,
        check::<Random109>,
        check::<Random110>,
        check::<Random111>,
    ]);
}
