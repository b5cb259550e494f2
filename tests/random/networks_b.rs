//! Random networks 56 to 111 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

use cnn::network;
use cnn_tests::check::{check, check_all};

network! {
    struct Random056: 8x8x5 =>
        leaky(0.75)  conv(10, 2, g5, p3)  hardswish  fc(8)  fc(3)  fc(2);

    struct Random057: 10x7x12 =>
        avg(2, same, s2x3)  silu  conv(16, 5, same, d2x1)  dw(1, ceil)  gap  fc(8);

    struct Random058: 9x9x1 =>
        elu(0.3)  leaky(0.1)  sigmoid  conv(12, 7, floor, s1)  gmax  fc(1);

    struct Random059: 10x10x3 =>
        pool(3, same)  softplus  relu  dw(5, same)  relu;

    struct Random060: 9x17x1 =>
        gelu  avg(3, s3x1, same)  gelu  relu  conv(16, 1, stride = 3, same)  prelu  fc(12);

    struct Random061: 19x6x1 =>
        avg(3, ceil, p1, s1)  elu(0.1)  silu  gru(3)  softplus  fc(1);

    struct Random062: 14x14x3 =>
        relu  bn  prelu  relu  softmax  relu  fc(1);

    struct Random063: 14x14x3 =>
        prelu  pool(4, floor)  sigmoid  hardsigmoid  conv(10, 3, p1)  elu  fc(6);
}

network! {
    struct Random064: 10x20x3 =>
        prelu  id  flatten  leaky(0.75)  fc(9);

    struct Random065: 10x10x5 =>
        hardsigmoid  conv(12, 5, s2x1, same)  pool(2x2, ceil, s2x3)  sigmoid  gelu  hardsigmoid  fc(8);

    struct Random066: 16x15x4 =>
        relu  gap  relu  fc(7);

    struct Random067: 14x14x5 =>
        drop(0)  bn  sigmoid  fc(6);

    struct Random068: 18x15x3 =>
        hardsigmoid  pool(2, floor, stride = 3)  tanh  conv(9, 1, floor, g3)  flatten  softplus  fc(2);

    struct Random069: 17x17x5 =>
        dw(2, same)  drop(0)  fc(12)  hardswish  fc(8);

    struct Random070: 16x16x1 =>
        tanh  bn  hardswish  dw(2, floor, d1x2, nobias)  leaky  gru(3)  hardswish;

    struct Random071: 19x19x3 =>
        softplus  id  softmax  rnn(17, last)  id  fc(6);
}

network! {
    struct Random072: 17x17x2 =>
        softmax  softplus  fc(5)  fc(9);

    struct Random073: 15x9x1 =>
        hardswish  dw(2, s2, same)  elu(0.3)  hardswish  flatten  fc(1);

    struct Random074: 10x20x2 =>
        hardswish  gelu  gelu  hardswish  rnn(17)  hardsigmoid  fc(3);

    struct Random075: 19x5x3 =>
        elu(0.3)  relu  hardswish  dw(3, s2, same)  rnn(12)  gap  fc(2);

    struct Random076: 5x20x1 =>
        conv(5, 1, p1x1, floor, s2)  sigmoid  softmax  id  softmax  avg(2, p1, ceil)  fc(3);

    struct Random077: 11x11x16 =>
        elu  avg(2, ceil, s2)  conv(16, 3)  leaky(0.3)  gru(17, last)  elu(0.1);

    struct Random078: 7x10x5 =>
        gmax  relu  fc(6);

    struct Random079: 12x12x1 =>
        drop(0)  pool(2, p1)  conv(4, 7, p?, s3)  elu(0.75)  lstm(5, last)  bn  fc(5);
}

network! {
    struct Random080: 14x14x1 =>
        avg(2, same, s2x1)  prelu  relu  leaky(0.3)  pool(3, s2, p[0, 0, 1, 0])  id  fc(6);

    struct Random081: 5x11x3 =>
        silu  drop(0)  conv(1, 3, nobias, p?)  bn  hardswish  softplus;

    struct Random082: 13x13x12 =>
        id  pool(3, p1)  gru(16, last)  relu  fc(8);

    struct Random083: 10x10x1 =>
        bn  relu  relu  flatten  fc(4);

    struct Random084: 14x17x5 =>
        avg(4, same, s1)  tanh  gap  leaky(0.75)  fc(5);

    struct Random085: 20x20x8 =>
        pool(3, same)  lstm(5, last)  fc(10);

    struct Random086: 14x14x5 =>
        conv(1, 5)  relu  tanh  conv(1, 1, d2, same)  id  hardsigmoid  fc(6);

    struct Random087: 9x11x2 =>
        elu  conv(18, 3, s1x2, g2, valid)  fc(5);
}

network! {
    struct Random088: 15x15x2 =>
        leaky(0.75)  pool(4, s2, ceil)  softmax  avg(4, s3)  bn  drop(0)  fc(3);

    struct Random089: 8x8x3 =>
        elu(0.3)  conv(16, 4, p2x2, d1x2)  silu  relu  conv(8, 2, nobias, g8)  fc(3);

    struct Random090: 11x11x8 =>
        hardsigmoid  pool(3, p[0, 0, 1, 0], floor)  softmax  gap  relu  fc(6);

    struct Random091: 17x17x1 =>
        gelu  pool(2, same)  gru(2, last)  hardswish  hardswish;

    struct Random092: 15x15x5 =>
        relu  relu  sigmoid  pool(3, same)  gmax  gelu  fc(5);

    struct Random093: 7x13x4 =>
        softplus  tanh  dw(3, p1, nobias)  conv(12, 2x2, s2x1, floor, d2)  gmax  tanh  fc(7);

    struct Random094: 20x18x3 =>
        relu  relu  drop(0)  dw(5, s2, p2, ceil)  fc(8)  prelu;

    struct Random095: 12x12x2 =>
        softplus  conv(17, 5, same, d2x1)  conv(17, 5x3, g17)  pool(2)  conv(4, 2x3, nobias, valid, ceil)
        elu  fc(10);
}

network! {
    struct Random096: 18x18x5 =>
        pool(2, p1, ceil)  softplus  pool(4, ceil, s3)  dw(7, same, d1x2, s1)  lstm(8)  rnn(16, last)
        fc(9);

    struct Random097: 19x6x4 =>
        bn  tanh  conv(6, 1x3, padding = 3, floor)  softmax  fc(9);

    struct Random098: 5x5x5 =>
        conv(15, 3, g5, same, s1x2)  gelu  avg(2, ceil)  dw(3, d2x1, same)  tanh  bn  fc(5);

    struct Random099: 11x11x4 =>
        avg(2, ceil, p1)  bn  dw(5x5)  hardswish  gap  softplus  fc(12);

    struct Random100: 43 =>
        drop(0)  softmax  prelu  gelu  bn  fc(4);

    struct Random101: 18x18x1 =>
        softplus  sigmoid  gelu  conv(8, 1, same, nobias)  rnn(5)  prelu  fc(3);

    struct Random102: 35 =>
        bn  hardswish  id  elu(0.1)  softplus  hardswish  fc(8);

    struct Random103: 7x5x8 =>
        sigmoid  pool(4x3, s1)  dw(7, same)  gmax  fc(10);
}

network! {
    struct Random104: 20x20x8 =>
        conv(4, 3, p[0, 1, 0, 2], g4)  avg(4, ceil)  bn  gru(8, last)  id  bn;

    struct Random105: 7x7x3 =>
        hardswish  gelu  leaky(0.75)  leaky  dw(1, p?, s3)  avg(4x3, same)  fc(12);

    struct Random106: 18x20x8 =>
        dw(7)  conv(6, 1, same, s2)  id  avg(2, ceil)  conv(4, 1x4, same, s2, g2)  avg(2, s3, floor)
        fc(2);

    struct Random107: 20x20x1 =>
        tanh  rnn(16, last)  sigmoid  fc(12);

    struct Random108: 13x13x16 =>
        conv(24, 7, g8, s1)  conv(24, 3, stride = 2, g24)  lstm(5)  gap  fc(11);

    struct Random109: 17x17x1 =>
        elu(0.1)  id  gmax  fc(3);

    struct Random110: 19x19x5 =>
        pool(3x2, ceil)  bn  dw(7, floor, p[1, 0, 2, 2])  pool(4, same)  silu  sigmoid  fc(11);

    struct Random111: 15x15x12 =>
        avg(3, same)  id  hardsigmoid  leaky(0.3)  silu  fc(1);
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
