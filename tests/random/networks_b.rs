//! Random networks 64 to 127 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

use cnn::network;
use cnn_tests::check::{check, check_all};

network! {
    struct Random064: 13x13x1 =>
        dw(5, p?)  conv(5, 3, padding = 1, ceil)  leaky(0.75)  bn  prelu  fc(11);

    struct Random065: 12x12x3 =>
        relu  gn(3)  id  softplus  prelu  bn  fc(3);

    struct Random066: 14x14x1 =>
        bn  conv(1, 4, d2x1, valid, nobias)  gelu  elu(0.75)  fc(5);

    struct Random067: 14x14x2 =>
        adaptive(1)  shuffle(2)  fc(12)  relu  fc(1);

    struct Random068: 20x9x20 =>
        conv(8, 5, p[2, 1, 1, 0], d2)  silu  fc(7);

    struct Random069: 6x12x1 =>
        conv(1, 3, p?)  softplus  elu(0.1)  up(2, bilinear)  gelu  fc(7);

    struct Random070: 6x18x3 =>
        prelu  bn  id  gmax  fc(1);

    struct Random071: 20x20x2 =>
        bn  dw(3, p2)  gelu  logsoftmax  fc(10);
}

network! {
    struct Random072: 17x18x1 =>
        leaky(0.1)  bn  up(2, bilinear)  hardsigmoid  id  avg(4, floor, p2)  fc(8);

    struct Random073: 12x16x12 =>
        ln(eps = 1e-3)  adaptive(1)  softmax  relu  elu(0.1)  gmax  fc(11);

    struct Random074: 17x17x4 =>
        bn  dw(5, floor, p[0, 0, 0, 0], s3x1)  leaky(0.75)  pool(2x2, ceil, s1)  avg(2, s2)  hardswish;

    struct Random075: 19x19x5 =>
        prelu  dw(3, floor, s2x1)  dw(5, p1)  avg(3, same)  gap  drop(0.0)  fc(3);

    struct Random076: 14x19x1 =>
        deconv(3, 1, s2, o1)  avg(2, same)  dw(5, d2, p3)  pool(3x3, floor, s3)  avg(3x3, floor)  fc(12);

    struct Random077: 13x13x4 =>
        elu(0.75)  softplus  bn  pool(3, s1)  fc(5);

    struct Random078: 13x13x1 =>
        silu  prelu  hardsigmoid  fc(8);

    struct Random079: 9x9x2 =>
        conv(8, 4, p?)  softplus  deconv(17, 2, p1)  lrn(2, alpha = 0.5)  softplus  dw(3, floor)  fc(11);
}

network! {
    struct Random080: 10x18x8 =>
        slice(6, 8)  up(2, nearest)  gn(2)  gap  fc(12);

    struct Random081: 13x13x12 =>
        avg(2, ceil, s2)  drop(0.0)  reshape(7x4x21)  sigmoid  bn  gap  fc(1);

    struct Random082: 9x17x12 =>
        id  slice(6, 11)  dw(5, floor, s2, p0x1)  conv(5, 1x4, same, s2, g5)  up(2, nearest)  adaptive(4)
        fc(3);

    struct Random083: 7x7x20 =>
        deconv(2, 1, nobias, d2)  drop(0.0)  hardsigmoid  deconv(16, 4x4, p[1, 1, 1, 0], s2)
        conv(1, 3x3, p1x2)  avg(2, s3, ceil)  up(2x1, bilinear);

    struct Random084: 18x9x8 =>
        relu  conv(8, 1, same, s1)  conv(6, 5, padding = 1)  slice(4, 6)
        conv(1, 2, s2, dilation = 2, same)  fc(2);

    struct Random085: 6x6x12 =>
        relu  sigmoid  lrn(5, k = 2.0, alpha = 1.0)  lrn(6, alpha = 0.5)  dw(5, valid)  pixelshuffle(2)
        gap;

    struct Random086: 15 =>
        prelu  relu  prelu;

    struct Random087: 6x6x8 =>
        conv(17, 3x3, d1x2)  bn  pool(1x2, same)  ln  relu  fc(2);
}

network! {
    struct Random088: 12 =>
        softmax  prelu  tanh  fc(5)  hardswish  hardsigmoid  fc(8);

    struct Random089: 12x10x3 =>
        deconv(3, 2, stride = 1, p[1, 1, 1, 0])  pool(1x2, floor, s3)  gelu  avg(3x2, ceil, s2)  fc(11);

    struct Random090: 11x11x2 =>
        hardswish  ln(eps = 1e-3)  conv(8, 7, valid, ceil, g2)  tanh  inorm  pool(3, ceil, s2x1);

    struct Random091: 17x13x20 =>
        conv(8, 5, s3, p1x1, floor)  softmax  sigmoid  adaptive(1x2)  shuffle(4)  fc(9);

    struct Random092: 6x6x17 =>
        prelu  hardsigmoid  tanh  silu  conv(1, 3, ceil, nobias, p[0, 2, 1, 1])  gn(1)  fc(5);

    struct Random093: 19x19x5 =>
        inorm  pool(3x3, s2)  flatten  leaky(0.1)  fc(10);

    struct Random094: 13x13x3 =>
        conv(6, 3, p?, g3)  l2norm  lrn(5, k = 2.0, alpha = 1.0)  inorm  up(2x1)  adaptive(3)  fc(2);

    struct Random095: 7x7x16 =>
        pixelshuffle(4)  relu  inorm  hardsigmoid  pool(2, p1, ceil, s3)  fc(7);
}

network! {
    struct Random096: 6x6x1 =>
        slice(0, 1)  conv(20, 3, s1)  lrn(6, alpha = 0.5)  silu  ln  shuffle(4)  fc(9);

    struct Random097: 15x15x16 =>
        dw(7x3, s2x3)  inorm  id  gmax  ln  fc(11);

    struct Random098: 19x19x3 =>
        pool(3, s3x1, same)  gn(1)  shuffle(3)  elu(0.1)  softmax  softplus  fc(11);

    struct Random099: 6x6x20 =>
        conv(1, 5, p?)  deconv(2, 3, s1)  deconv(4, 4, g2, p[0, 1, 2, 0], s2x3, o1)  conv(16, 3x3, floor)
        softmax  gap  l2norm;

    struct Random100: 11x11x3 =>
        softplus  prelu  fc(4);

    struct Random101: 5x13x3 =>
        shuffle(3)  reshape(5x1x39)  fc(4);

    struct Random102: 11x5x17 =>
        conv(8, 5, s2x1, valid)  shuffle(8)  relu  hardsigmoid  ln(eps = 1e-3)  fc(2);

    struct Random103: 7x7x5 =>
        conv(3, 2, nobias, same)  hardswish  gn(3)  dw(2, same)  softmax  fc(4);
}

network! {
    struct Random104: 11x11x3 =>
        pool(3, p1, floor)  leaky(0.75)  lrn(6, beta = 0.6, alpha = 0.3)  shuffle(3)  reshape([16, 1, 3])
        fc(1);

    struct Random105: 17x17x5 =>
        inorm  reshape(85x1x17)  adaptive(1x4)  gelu  adaptive(2x1)  relu  fc(11);

    struct Random106: 18x18x3 =>
        adaptive(3x2)  lrn(5)  slice(2, 3)  bn  fc(5);

    struct Random107: 6x17x3 =>
        sigmoid  softplus  hardswish  id  fc(8);

    struct Random108: 16x16x1 =>
        ln(eps = 1e-3)  reshape(64x2x2)  fc(40)  sigmoid  fc(5);

    struct Random109: 32 =>
        softmax  drop(0.0)  drop(0.0)  fc(6);

    struct Random110: 11x11x3 =>
        slice(2, 3)  inorm  drop(0.0)  hardswish  flatten  drop(0)  softmax;

    struct Random111: 14x6x4 =>
        reshape([56, 2, 3])  tanh  fc(12);
}

network! {
    struct Random112: 13x10x8 =>
        gelu  shuffle(4)  dw(7, floor)  gelu  fc(9);

    struct Random113: 11x11x4 =>
        up(3, bilinear)  adaptive(3x4)  reshape(4x12x1)  silu  gap  leaky(0.75)  fc(9);

    struct Random114: 12x12x3 =>
        conv(16, 3x5, d2)  lrn(5, k = 2.0, alpha = 1.0)  reshape([256, 1, 2])
        lrn(5, k = 2.0, alpha = 1.0)  gn(2)  fc(12);

    struct Random115: 10x10x16 =>
        sigmoid  reshape([1600, 1, 1])  gap  bn  fc(10);

    struct Random116: 17x14x5 =>
        relu  prelu  pool(2, s2, floor)  tanh  drop(0)  conv(4, 5, s2, p3, floor, d3)  fc(9);

    struct Random117: 20x12x17 =>
        slice(1, 2)  pool(2, ceil)  dw(2, dilation = 2, p[1, 1, 2, 0], floor)  reshape([10, 2, 3])  fc(3);

    struct Random118: 11x10x16 =>
        relu  pool(2, floor)  conv(6, 3)  gn(3)  flatten  fc(5);

    struct Random119: 11x13x3 =>
        softmax  elu  deconv(6, 1, s1, p[1, 1, 2, 0], g3)  tanh  gn(2)  leaky  fc(9);
}

network! {
    struct Random120: 14x14x5 =>
        avg(1x2, s1, same)  avg(2, floor)  avg(2, same, s3)  elu  ln(eps = 1e-3)  fc(11);

    struct Random121: 9x9x3 =>
        bn  tanh  adaptive(3x4)  shuffle(3)  up(1x2, bilinear)  gmax  fc(6);

    struct Random122: 12x12x16 =>
        l2norm  deconv(1, 2, d2, p1)  dw(5, p2)  avg(4)  fc(5);

    struct Random123: 20x20x1 =>
        hardswish  gelu  pool(3, p[1, 0, 1, 0])  sigmoid  elu(0.1)  fc(11);

    struct Random124: 7x7x16 =>
        silu  prelu  reshape([98, 8, 1])  fc(6);

    struct Random125: 7 =>
        gelu  elu(0.1)  drop(0.0)  fc(5);

    struct Random126: 7x13x3 =>
        tanh  conv(5, 1, same, s2)  sigmoid  sigmoid  conv(8, 4, p1, floor)  deconv(17, 1, s3x1, o1, d2)
        fc(10);

    struct Random127: 5x15x3 =>
        dw(2, p?, d2x1)  hardsigmoid  logsoftmax  drop(0.0)  lrn(3, beta = 0.6, alpha = 0.3)  prelu  fc(5);
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
