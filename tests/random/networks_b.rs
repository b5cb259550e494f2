//! Random networks 64 to 127 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

#![allow(deprecated, reason = "what is drawn is often not what anybody would mean")]

use cnn::network;
use cnn_tests::check::{check, check_all};

network! {
    struct Random064: 8x15x16 =>
        leaky  adaptive(2x1)  bn  gelu  fc(8);

    struct Random065: 13x20x12 =>
        avg(2, floor, p1, s3x1)  rnn(5, last)  logsoftmax  id;

    struct Random066: 5x14x5 =>
        dw(3)  silu  inorm  dw(3, valid)  prelu  drop(0.0)  fc(5);

    struct Random067: 17x17x1 =>
        bn  pool(2, s1)  sigmoid  gap  drop(0.0)  fc(7);

    struct Random068: 20x19x12 =>
        rnn(1)  hardswish  lrn(2, k = 2.0, alpha = 1.0);

    struct Random069: 12x12x1 =>
        gelu  hardswish  leaky(0.1)  elu(0.3)  fc(8)  bn  fc(6);

    struct Random070: 5x9x12 =>
        deconv(16, 3)  avg(2, same)  dw(1x3, nobias, ceil, p[2, 0, 0, 1])  up(2x1, nearest)  conv(12, 3)
        inorm  fc(2);

    struct Random071: 13x13x1 =>
        conv(20, 3, p?)  deconv(1, 4, nobias, p1)  conv(10, 3)  logsoftmax  gmax  prelu  fc(8);
}

network! {
    struct Random072: 37 =>
        ln(channels)  silu  leaky(0.1)  softplus  gelu  fc(6);

    struct Random073: 9x13x5 =>
        relu  lrn(1, alpha = 0.5)  gn(5)  dw(1, p1x0, dilation = 2, ceil)  gelu  hardsigmoid  fc(11);

    struct Random074: 5x6x12 =>
        ln(channels)  conv(4, 3, p1, floor)  gn(4)  elu  softmax  flatten  softmax;

    struct Random075: 17x14x1 =>
        conv(6, 3, s1, p?)  shuffle(3)  prelu  slice(4, 6)  leaky(0.3)  fc(4);

    struct Random076: 15x15x17 =>
        conv(17, 1, d2x1, g17, s2)  gru(1, last)  fc(12);

    struct Random077: 12x8x1 =>
        pool(4x3, same)  dw(3, floor, p1)  reshape([1, 3, 3])  fc(5);

    struct Random078: 14x14x1 =>
        bias  softplus  pool(2, ceil)  relu  conv(3, 5, p1, d2x1)  fc(6);

    struct Random079: 7x5x3 =>
        deconv(17, 2)  sigmoid  shuffle(17)  avg(4, s2, floor)  flatten  logsoftmax  fc(7);
}

network! {
    struct Random080: 10x11x2 =>
        drop(0.0)  dw(1, p[0, 0, 0, 1], dilation = 2, floor)  shuffle(2)  fc(10);

    struct Random081: 12x12x1 =>
        elu(0.3)  id  flatten  drop(0.0)  fc(9);

    struct Random082: 20x9x2 =>
        inorm  up(3, bilinear)  pool(4, s2, ceil)  pool(4, ceil)  fc(3);

    struct Random083: 12x7x17 =>
        id  lrn(5, k = 2.0, alpha = 1.0)  pool(3, s2x3, p[1, 0, 1, 0], ceil)  reshape(18x1x17)
        deconv(2, 3x2, d2, p1, s1)  sigmoid  fc(1);

    struct Random084: 8 =>
        hardsigmoid  gelu  tanh  leaky(0.1)  bn  drop(0);

    struct Random085: 14x14x3 =>
        silu  silu  adaptive(3)  gn(3)  tanh  gmax  relu;

    struct Random086: 11x11x1 =>
        conv(12, 1, same, s1)  bn  shuffle(6)  gap  fc(3);

    struct Random087: 13x13x5 =>
        up(2x1)  shuffle(5)  gmax  softmax  fc(5);
}

network! {
    struct Random088: 8x8x4 =>
        sigmoid  hardsigmoid  relu  shuffle(2)  gru(8, last)  id  fc(8);

    struct Random089: 19x5x8 =>
        lrn(4, alpha = 0.5)  pixelshuffle(2)  ln  fc(8);

    struct Random090: 16x18x3 =>
        slice(1, 3)  conv(4, 4, s2, g2)  slice(1, 2)  conv(3, 1, s1)  fc(4);

    struct Random091: 5x5x1 =>
        leaky  relu  silu  bn  tanh  gru(12, last);

    struct Random092: 9x9x1 =>
        bias  up(2, nearest)  bn  drop(0)  bn  reshape(12x3x9)  fc(1);

    struct Random093: 10x10x5 =>
        adaptive(1)  pool(3, p1)  tanh  up(2, nearest)  lstm(16)  silu  gelu;

    struct Random094: 12x12x1 =>
        reshape(6x1x24)  reshape([1, 72, 2])  avg(1x2, s2)  slice(1, 2)  relu  fc(1);

    struct Random095: 11x11x3 =>
        softmax  elu(0.3)  bias  conv(3, 3, padding = 3, g3)  rnn(2, last)  bias  leaky(0.3);
}

network! {
    struct Random096: 9x6x2 =>
        pool(4, floor, s1)  avg(1x2, same)  tanh  avg(3, same)  tanh  fc(4);

    struct Random097: 7x18x12 =>
        flatten  fc(1);

    struct Random098: 9x9x8 =>
        reshape([27, 12, 2])  gn(1)  adaptive(2x1)  prelu  reshape(1x4x1)  reshape(1x1x4)  shuffle(2);

    struct Random099: 18x18x1 =>
        drop(0)  dw(5, nobias)  deconv(1, 2, s2, padding = 1)  relu  fc(8);

    struct Random100: 19x12x4 =>
        pixelshuffle(2)  reshape([6, 19, 8])  id  hardsigmoid  rnn(2)  conv(2, 1, nobias, s1x2);

    struct Random101: 13x13x20 =>
        adaptive(4)  pixelshuffle(2)  ln  shuffle(5)  lrn(1, alpha = 0.5)  fc(16)  fc(1);

    struct Random102: 10x10x2 =>
        relu  pool(2, s2)  hardswish  softmax  fc(8);

    struct Random103: 9x9x3 =>
        softmax  conv(12, 3, g3, same, s1x2)  pixelshuffle(2)  bias  adaptive(1x3)  sigmoid;
}

network! {
    struct Random104: 10x10x20 =>
        bias  pool(3, floor)  pixelshuffle(2)  deconv(3, 1, s2)  avg(3, p1, s2)  tanh  fc(11);

    struct Random105: 19x5x20 =>
        avg(2, p1, ceil)  l2norm  pixelshuffle(2)  reshape([120, 5, 1])  leaky(0.1)  fc(3);

    struct Random106: 6x6x12 =>
        dw(7, nobias, p3, floor)  prelu  gelu  deconv(4, 3, p1)  drop(0.0)  fc(9);

    struct Random107: 9x10x3 =>
        softplus  hardsigmoid  dw(7, floor)  logsoftmax  reshape(2x18x1)  fc(8);

    struct Random108: 7x7x17 =>
        hardsigmoid  hardswish  pool(3x3, floor)  hardsigmoid  fc(12);

    struct Random109: 15x15x4 =>
        conv(8, 3, p[0, 1, 0, 2])  hardsigmoid  fc(1)  prelu  fc(10);

    struct Random110: 20x19x5 =>
        dw(3, ceil, s1x2, p2)  gn(5)  avg(3, floor, p[1, 0, 1, 0])  pool(2, same, s3)  reshape([3, 5, 2])
        hardswish;

    struct Random111: 19x19x8 =>
        dw(7, floor)  slice(6, 7)  adaptive(1x2)  silu  fc(33)  fc(8);
}

network! {
    struct Random112: 5x5x1 =>
        hardswish  up(2, bilinear)  hardswish  conv(1, 5, dilation = 2)  bias  reshape(4x1x1)  fc(10);

    struct Random113: 18x18x1 =>
        gn(1)  lrn(4, beta = 0.6, alpha = 0.3)  avg(3, s1)  inorm  drop(0)  slice(0, 1)  fc(10);

    struct Random114: 8x8x2 =>
        dw(1, same)  inorm  conv(10, 3, p?, stride = 1)  reshape([60, 2, 3])
        dw(2, ceil, p[1, 2, 0, 0], nobias)  softmax  shuffle(3);

    struct Random115: 9x8x3 =>
        id  bias  fc(1);

    struct Random116: 5x5x8 =>
        pixelshuffle(2)  up(3)  pool(1x2, floor, s3)  prelu  fc(4);

    struct Random117: 9x9x5 =>
        lrn(3, k = 2.0, alpha = 1.0)  gmax  hardswish  fc(3);

    struct Random118: 9x9x2 =>
        shuffle(2)  shuffle(2)  hardsigmoid  ln(eps = 1e-3)  lrn(2, k = 2.0, alpha = 1.0)
        lrn(6, alpha = 0.5);

    struct Random119: 13x13x4 =>
        shuffle(4)  leaky(0.75)  gelu  gap  fc(12);
}

network! {
    struct Random120: 19x12x3 =>
        ln(eps = 1e-3)  pool(3, s2, floor, p[0, 1, 1, 0])  logsoftmax  avg(2, p1, floor, s2)  relu  fc(2);

    struct Random121: 7x20x1 =>
        elu(0.3)  conv(12, 3, s3, floor, p1)  fc(1);

    struct Random122: 13 =>
        hardsigmoid  logsoftmax  prelu  fc(33)  l2norm  hardsigmoid  fc(6);

    struct Random123: 15x6x20 =>
        pixelshuffle(2)  deconv(1, 3)  fc(8);

    struct Random124: 7x11x4 =>
        hardsigmoid  conv(12, 1, s2x1, d1x2)  avg(3, p[0, 0, 1, 0], stride = 1)  fc(6);

    struct Random125: 9x9x20 =>
        prelu  conv(10, 5, p?)  hardswish  l2norm  gru(12)  lstm(3)  fc(12);

    struct Random126: 26 =>
        id  ln  id  hardswish  fc(2);

    struct Random127: 19x19x12 =>
        pool(3, same)  pool(4, ceil)  lstm(1, last)  relu  fc(12);
}

#[test]
fn networks_b() {
    check_all(&[
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
        check::<Random112>,
        check::<Random113>,
        check::<Random114>,
        check::<Random115>,
        check::<Random116>,
        check::<Random117>,
        check::<Random118>,
        check::<Random119>,
        check::<Random120>,
        check::<Random121>,
        check::<Random122>,
        check::<Random123>,
        check::<Random124>,
        check::<Random125>,
        check::<Random126>,
        check::<Random127>,
    ]);
}
