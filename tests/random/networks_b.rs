//! Random networks 64 to 127 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

#![allow(deprecated, reason = "what is drawn is often not what anybody would mean")]

use cnn::network;
use cnn_tests::check::{check, check_all};

network! {
    struct Random064: 12x9x17 =>
        sigmoid  pool(4, s1)  conv(1, 1x3, p[1, 0, 0, 2], nobias)  drop(0)  pool(2, floor);

    struct Random065: 15x15x1 =>
        adaptive(2x3)  pool(3, same)  relu  leaky(0.75)  flatten  fc(4);

    struct Random066: 15x15x17 =>
        slice(12, 16)  slice(3, 4)  fc(6);

    struct Random067: 6x15x5 =>
        pool(3, same)  relu  lstm(1, last)  hardswish  hardsigmoid;

    struct Random068: 7x7x4 =>
        adaptive(3x4)  softmax  conv(3, 5, p1)  lrn(5)  logsoftmax  fc(12);

    struct Random069: 33 =>
        tanh  hardsigmoid  gelu  hardsigmoid  fc(4);

    struct Random070: 8x7x20 =>
        softplus  pixelshuffle(2)  hardswish  avg(2, ceil)  gap  hardsigmoid  fc(3);

    struct Random071: 10x9x5 =>
        shuffle(5)  conv(10, 5, p[1, 2, 1, 2])  pool(3, same, s2)  lstm(2)  lstm(3)  reshape(1x15x1);
}

network! {
    struct Random072: 15x15x12 =>
        deconv(1, 1)  adaptive(3x4)  prelu  conv(6, 1x1, dilation = 2, p3)  elu(0.1)  l2norm  fc(10);

    struct Random073: 5x5x16 =>
        lrn(3, k = 2.0, alpha = 1.0)  silu  logsoftmax  silu  fc(8);

    struct Random074: 17x10x20 =>
        conv(10, 3, same, g10, s3)  tanh  inorm  relu  lstm(2)  gap  fc(4);

    struct Random075: 6x6x20 =>
        gru(5, last)  softmax  fc(5);

    struct Random076: 6x6x4 =>
        gn(1)  up(2)  pixelshuffle(2)  bn  fc(10);

    struct Random077: 19x9x20 =>
        pool(2x3, floor)  logsoftmax  avg(4x2, floor)  hardsigmoid  ln(channels)  sigmoid  logsoftmax;

    struct Random078: 18 =>
        hardswish  ln(eps = 1e-3)  relu  drop(0.0)  bn  fc(7);

    struct Random079: 43 =>
        bn  gelu  hardsigmoid  elu(0.75)  l2norm  leaky(0.75)  id;
}

network! {
    struct Random080: 12x5x3 =>
        gn(1)  flatten  elu(0.1)  ln(channels);

    struct Random081: 6x7x8 =>
        adaptive(2x1)  hardsigmoid  deconv(16, 3x4, g4, p1, nobias)  softplus  ln(eps = 1e-3)
        gru(17, last)  fc(6);

    struct Random082: 8x8x12 =>
        reshape([192, 2, 2])  softmax  dw(2, s2, same)  logsoftmax  hardsigmoid  lstm(16)  fc(6);

    struct Random083: 10x18x16 =>
        gap  softplus  fc(4);

    struct Random084: 19x13x3 =>
        reshape(39x1x19)  fc(8);

    struct Random085: 7x7x5 =>
        reshape(7x7x5)  deconv(1, 2x2, s3)  tanh  up(3, nearest)  gap;

    struct Random086: 11x11x1 =>
        conv(4, 1, nobias, p[1, 0, 0, 0], s2, floor)  sigmoid  gelu  avg(4x2, s1)  gn(4)  shuffle(2)  tanh;

    struct Random087: 11x13x5 =>
        shuffle(5)  slice(4, 5)  pool(3, ceil, s2x1)  bn  fc(10);
}

network! {
    struct Random088: 12x15x5 =>
        conv(5, 5, p2, ceil, d3)  deconv(2, 4, p1)  dw(3, p[1, 2, 1, 1], nobias, floor)
        avg(3, s2, p1, floor)  flatten  hardsigmoid  fc(6);

    struct Random089: 9 =>
        softmax  prelu  bn  drop(0.0)  fc(2);

    struct Random090: 19x12x4 =>
        sigmoid  prelu  fc(5);

    struct Random091: 8x8x2 =>
        leaky  inorm  elu(0.1)  elu(0.1)  relu;

    struct Random092: 13x13x12 =>
        l2norm  adaptive(2)  adaptive(3x1)  pixelshuffle(2)  lrn(3, alpha = 0.5)  gmax  fc(3);

    struct Random093: 15x15x1 =>
        deconv(4, 1, s2)  adaptive(1)  pixelshuffle(2)  lrn(2)  relu  fc(9);

    struct Random094: 5x5x5 =>
        conv(8, 3, same, s2)  lrn(1, k = 2.0, alpha = 1.0)  gelu  logsoftmax;

    struct Random095: 13x13x5 =>
        relu  slice(3, 4)  id  fc(2);
}

network! {
    struct Random096: 10x5x20 =>
        conv(8, 3, floor, p1, s2)  conv(2, 1x1, p[2, 0, 1, 2], floor)  id  hardswish  gn(2)  dw(2)  fc(2);

    struct Random097: 12x12x17 =>
        conv(17, 3, g17, s3x1)  l2norm  lrn(1, alpha = 0.5)  gmax  bn  fc(9);

    struct Random098: 12x16x1 =>
        sigmoid  leaky(0.1)  flatten  hardsigmoid  fc(5);

    struct Random099: 5x6x16 =>
        adaptive(3x4)  gelu  dw(3, p1, nobias)  up(2x1, bilinear)  gelu  fc(9);

    struct Random100: 6x17x3 =>
        elu  hardsigmoid  conv(8, 3, s1, valid)  fc(3);

    struct Random101: 5x5x16 =>
        dw(3, ceil, s1x2, nobias)  relu  relu  deconv(3, 2, s1, p1)  fc(6);

    struct Random102: 11x12x5 =>
        pool(3x2, s1)  prelu  bn  pool(3, p[1, 1, 1, 0], ceil, s3x1)  fc(10);

    struct Random103: 27 =>
        ln(eps = 1e-3)  silu  relu  prelu  ln(channels)  fc(6);
}

network! {
    struct Random104: 15x14x3 =>
        avg(3x2, s2x1)  dw(5, p1)  ln  fc(4);

    struct Random105: 7x8x3 =>
        shuffle(3)  slice(0, 2)  sigmoid  prelu  softmax  fc(5);

    struct Random106: 32 =>
        softmax  drop(0.0)  drop(0.0)  fc(6);

    struct Random107: 11x11x3 =>
        inorm  gelu  inorm  avg(2, ceil)  rnn(3, last)  elu(0.3)  softplus;

    struct Random108: 12x12x3 =>
        relu  relu  tanh  hardswish  gn(3)  fc(7);

    struct Random109: 14x14x5 =>
        slice(0, 5)  id  inorm  gelu  gru(5)  gmax  fc(6);

    struct Random110: 16x16x4 =>
        relu  lstm(1)  fc(11);

    struct Random111: 14x14x12 =>
        l2norm  adaptive(1x4)  slice(11, 12)  hardswish  fc(3);
}

network! {
    struct Random112: 20x9x17 =>
        dw(3x5, nobias, p?)  conv(8, 4)  adaptive(3x2)  fc(8);

    struct Random113: 7x7x3 =>
        shuffle(3)  up(3, bilinear)  ln  gru(5)  up(2, bilinear)  fc(3);

    struct Random114: 14x11x2 =>
        softmax  relu  sigmoid  bn  conv(5, 3)  relu  fc(8);

    struct Random115: 9x15x3 =>
        lrn(6, k = 2.0, alpha = 1.0)  dw(3)  relu  dw(5, ceil, p0x1)  gmax  logsoftmax  prelu;

    struct Random116: 13x13x1 =>
        dw(1, nobias, same)  leaky(0.75)  inorm  conv(2, 5x1, s3x1, same)  slice(1, 2)  fc(4);

    struct Random117: 13x13x1 =>
        adaptive(2x3)  gn(1)  up(3, nearest)  avg(4, same)  pool(2, floor)  up(2, nearest)  fc(1);

    struct Random118: 18x9x3 =>
        elu(0.75)  deconv(17, 4, p1)  conv(2, 1, same)  silu  rnn(1, last)  sigmoid  fc(10);

    struct Random119: 10x15x5 =>
        shuffle(5)  conv(4, 5, d2)  tanh  conv(3, 3, same)  softplus  gru(5, last)  bn;
}

network! {
    struct Random120: 11x11x16 =>
        dw(5)  pixelshuffle(4)  dw(1x3, ceil)  hardswish  adaptive(3)  reshape(3x1x3);

    struct Random121: 8x15x12 =>
        tanh  inorm  slice(5, 8)  avg(2x3, s3)  deconv(1, 3, o1, s2, p1)  relu  fc(10);

    struct Random122: 21 =>
        relu  prelu  tanh  fc(40);

    struct Random123: 11x10x1 =>
        relu  conv(1, 2, same)  prelu  deconv(3, 5, s2, o1)  tanh  avg(2, ceil, s3)  fc(10);

    struct Random124: 10x17x8 =>
        lrn(2)  logsoftmax  conv(4, 4, same, g2)  pool(3, s2x3, p[1, 1, 1, 0], ceil)  gmax  fc(11);

    struct Random125: 6x19x17 =>
        conv(12, 3, s2x3, ceil)  slice(4, 5)  gru(8)  l2norm  conv(4, 1, same, nobias);

    struct Random126: 19x19x2 =>
        slice(0, 2)  gru(12, last)  fc(4);

    struct Random127: 18x18x4 =>
        inorm  softplus  dw(2, s1x2)  lstm(17)  gmax;
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
