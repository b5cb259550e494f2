//! Random networks 0 to 63 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

use cnn::network;
use cnn_tests::check::{check, check_all};

network! {
    struct Random000: 19x18x3 =>
        reshape([2, 9, 57])  gelu  flatten  fc(3)  fc(7);

    struct Random001: 5x5x1 =>
        conv(6, 3, floor, s1)  silu  sigmoid  shuffle(2)  pool(3, same, s2);

    struct Random002: 10x10x1 =>
        relu  tanh  fc(8)  l2norm  fc(6);

    struct Random003: 39 =>
        id  prelu  relu  silu  relu  fc(4);

    struct Random004: 15x6x2 =>
        slice(1, 2)  conv(1, 3, p?, s3)  adaptive(3x4)  flatten  tanh  softmax;

    struct Random005: 10x5x20 =>
        dw(7x5, nobias, floor)  hardsigmoid  pixelshuffle(2)  deconv(1, 2x2, p1)  dw(3x3, s1, p3, nobias)
        avg(3x3, ceil)  relu;

    struct Random006: 18x18x2 =>
        shuffle(2)  dw(3x7, s1)  pool(1x3, same, s3x1)  conv(8, 5, p2x0, groups = 2)  fc(5);

    struct Random007: 18x5x16 =>
        elu  pixelshuffle(4)  gap  hardswish  fc(1);
}

network! {
    struct Random008: 8x19x4 =>
        sigmoid  adaptive(4x1)  dw(3, p1x1, nobias, floor)  fc(4);

    struct Random009: 15x5x1 =>
        dw(1, floor, s1, padding = 3, d1x2)  bn  avg(3, s1, same)  conv(12, 2, same, s3)  fc(12);

    struct Random010: 9x9x1 =>
        silu  lrn(1, k = 2.0, alpha = 1.0)  bn  up(2, bilinear)  tanh  fc(1);

    struct Random011: 32 =>
        gelu  relu  hardswish  l2norm  elu  fc(10);

    struct Random012: 7x7x12 =>
        softmax  tanh  softplus  fc(12);

    struct Random013: 25 =>
        relu  relu  l2norm  softplus  fc(6);

    struct Random014: 6x6x2 =>
        silu  hardswish  dw(3, p[2, 0, 2, 2], dilation = 2, floor, nobias)  lrn(6, alpha = 0.5)  gn(1)
        dw(1, nobias, s1)  fc(12);

    struct Random015: 8x8x4 =>
        pool(2, p1, ceil)  adaptive(2x4)  inorm;
}

network! {
    struct Random016: 6x6x4 =>
        slice(3, 4)  lrn(2, beta = 0.6, alpha = 0.3)  reshape(6x3x2)  up(3)  conv(17, 3x2, p[2, 2, 1, 0])
        fc(3);

    struct Random017: 12x12x12 =>
        bn  adaptive(1x3)  fc(9);

    struct Random018: 10x16x5 =>
        drop(0.0)  adaptive(3x4)  conv(16, 1, floor, p[0, 0, 0, 1])  hardsigmoid  pixelshuffle(4)
        hardsigmoid  fc(1);

    struct Random019: 13x13x1 =>
        deconv(1, 2, d2)  ln  hardsigmoid  bn  prelu  fc(4);

    struct Random020: 20x20x3 =>
        elu(0.1)  softplus  elu(0.3)  gmax  fc(4);

    struct Random021: 12x10x8 =>
        pool(2)  up(2x1, bilinear)  bn  pool(3x2, same)  hardswish  fc(4);

    struct Random022: 12x9x20 =>
        inorm  adaptive(4x3)  hardswish  avg(3, p[1, 1, 1, 0], stride = 3, ceil)  sigmoid
        avg(3, p[1, 0, 1, 0], s2, floor)  reshape([1, 1, 20]);

    struct Random023: 28 =>
        ln(eps = 1e-3)  gelu  fc(8);
}

network! {
    struct Random024: 5x5x1 =>
        leaky  up(2, bilinear)  deconv(3, 3)  drop(0.0)  fc(8);

    struct Random025: 10x8x17 =>
        softmax  shuffle(17)  slice(11, 17)  deconv(2, 4, p1)  gap  softmax  tanh;

    struct Random026: 14x16x17 =>
        pool(3, floor, s2)  conv(12, 5)  avg(2, stride = 2, floor)  pixelshuffle(2)  fc(8);

    struct Random027: 11x17x3 =>
        ln(eps = 1e-3)  leaky(0.3)  deconv(1, 3)  up(2, bilinear)  inorm  prelu  gap;

    struct Random028: 7x7x17 =>
        pool(4x2, floor, s3)  prelu  logsoftmax  fc(9);

    struct Random029: 14x16x12 =>
        pool(2x3, same, s2)  id  dw(7, same, s2x3)  conv(8, 1, s1, ceil)  fc(9);

    struct Random030: 16x16x4 =>
        reshape([16, 16, 4])  slice(0, 3)  leaky  inorm  dw(7x3)  conv(2, 3, d1x2, valid, floor, nobias)
        fc(11);

    struct Random031: 10x15x5 =>
        lrn(2, k = 2.0, alpha = 1.0)  conv(20, 3, p0x0, s1x2)  leaky(0.1)  drop(0.0)  slice(15, 16)
        conv(5, 5)  fc(8);
}

network! {
    struct Random032: 9x6x20 =>
        pixelshuffle(2)  relu  softplus  dw(5, s1)  gap  silu;

    struct Random033: 19x19x5 =>
        gelu  pool(3, s2, ceil)  silu  dw(3, s2)  logsoftmax  shuffle(5)  fc(4);

    struct Random034: 19x18x2 =>
        elu  conv(8, 7x1, ceil, s2, p[2, 0, 0, 2])  leaky(0.75)  gmax;

    struct Random035: 26 =>
        logsoftmax  prelu  softmax  fc(40)  logsoftmax  drop(0.0)  fc(5);

    struct Random036: 20x9x16 =>
        slice(2, 5)  conv(10, 3, s2, same)  adaptive(3x1)  gn(5)  id  fc(2);

    struct Random037: 13x15x4 =>
        dw(5, d1x2)  conv(8, 1, valid, floor)  conv(12, 3x2, s3, p1x2, floor)  elu  avg(3, p1, floor)
        lrn(1, alpha = 0.5)  fc(1);

    struct Random038: 8x8x12 =>
        gn(12)  conv(6, 3)  reshape([108, 2, 1])  bn  dw(3, nobias, p1, ceil, s2x3)  fc(9);

    struct Random039: 16x16x8 =>
        pixelshuffle(2)  adaptive(2x3)  bn  silu  tanh;
}

network! {
    struct Random040: 11x11x17 =>
        gelu  deconv(1, 4, stride = 2)  avg(2, p1)  avg(2x3, s1x2)  fc(5);

    struct Random041: 7x15x16 =>
        bn  conv(6, 1, same)  slice(5, 6)  avg(3, p[0, 0, 1, 0], ceil)  fc(2);

    struct Random042: 16x18x16 =>
        conv(2, 3x5, ceil, nobias, s3x1)  adaptive(2)  hardsigmoid  elu(0.1)  logsoftmax;

    struct Random043: 17x17x4 =>
        bn  reshape([4, 1, 289])  hardsigmoid  gmax  fc(8);

    struct Random044: 6x5x12 =>
        up(2x1, bilinear)  lrn(6)  gap  fc(5);

    struct Random045: 13x9x3 =>
        tanh  conv(17, 1x4, p3)  conv(1, 4, nobias, ceil, s2, d3, p3)  deconv(6, 2, s1)  gmax  fc(9);

    struct Random046: 8x10x8 =>
        pool(3, p[0, 1, 1, 0], floor)  lrn(4)  pixelshuffle(2)  flatten  ln  fc(2);

    struct Random047: 11x13x20 =>
        conv(6, 3, p2, stride = 2)  l2norm  sigmoid  inorm  id  gmax  fc(9);
}

network! {
    struct Random048: 15x16x17 =>
        adaptive(1x3)  softmax  up(2)  dw(1x3, nobias, ceil, p[2, 0, 0, 1])  conv(12, 3)  fc(7);

    struct Random049: 14x6x1 =>
        reshape([6, 1, 14])  sigmoid  gn(14)  slice(4, 10)  gn(6)  dw(3, nobias, p1)  fc(6);

    struct Random050: 19x14x1 =>
        conv(20, 1, nobias, p3, ceil, s2)  dw(5, p?)  dw(7, nobias, p?)  pixelshuffle(2)
        conv(5, 2, g5, valid);

    struct Random051: 15x15x20 =>
        conv(2, 3, ceil)  pool(2, floor)  inorm  gmax  softmax;

    struct Random052: 13x13x8 =>
        adaptive(1x3)  l2norm  silu  ln(eps = 1e-3)  fc(10);

    struct Random053: 10x15x4 =>
        up(2, nearest)  dw(5, ceil)  adaptive(3x4)  relu  conv(3, 5, p1)  relu  fc(1);

    struct Random054: 20x19x3 =>
        hardswish  conv(3, 5, groups = 3, same)  flatten  fc(1);

    struct Random055: 21 =>
        fc(33, nobias)  l2norm  fc(11);
}

network! {
    struct Random056: 18x8x20 =>
        avg(2, p1, floor)  dw(5, s3, p[0, 2, 2, 0], ceil)  dw(5x1, same)  pool(3, same)  fc(8);

    struct Random057: 18x18x4 =>
        dw(3, floor, nobias, p2)  hardsigmoid  adaptive(3x2)  leaky(0.3)  fc(7);

    struct Random058: 16x9x1 =>
        dw(7x3, nobias, ceil, p3)  prelu  fc(1);

    struct Random059: 5x5x16 =>
        gn(8)  id  conv(8, 3, same, g8, s3)  hardswish  gmax  sigmoid  fc(9);

    struct Random060: 19x9x3 =>
        pool(4, same)  shuffle(3)  deconv(3, 3, g3, s2x1)  logsoftmax;

    struct Random061: 18x19x8 =>
        pool(3x3, same, s1x2)  gmax  logsoftmax  fc(3);

    struct Random062: 7x7x1 =>
        reshape(1x1x49)  logsoftmax  flatten  fc(4);

    struct Random063: 14x14x17 =>
        conv(8, 4x1, s2, ceil)  gn(2)  elu(0.75)  hardswish  deconv(1, 5, stride = 2)  fc(10);
}

#[test]
fn networks_a() {
    check_all(&[
        check::<Random000>,
        check::<Random001>,
        check::<Random002>,
        check::<Random003>,
        check::<Random004>,
        check::<Random005>,
        check::<Random006>,
        check::<Random007>,
        check::<Random008>,
        check::<Random009>,
        check::<Random010>,
        check::<Random011>,
        check::<Random012>,
        check::<Random013>,
        check::<Random014>,
        check::<Random015>,
        check::<Random016>,
        check::<Random017>,
        check::<Random018>,
        check::<Random019>,
        check::<Random020>,
        check::<Random021>,
        check::<Random022>,
        check::<Random023>,
        check::<Random024>,
        check::<Random025>,
        check::<Random026>,
        check::<Random027>,
        check::<Random028>,
        check::<Random029>,
        check::<Random030>,
        check::<Random031>,
        check::<Random032>,
        check::<Random033>,
        check::<Random034>,
        check::<Random035>,
        check::<Random036>,
        check::<Random037>,
        check::<Random038>,
        check::<Random039>,
        check::<Random040>,
        check::<Random041>,
        check::<Random042>,
        check::<Random043>,
        check::<Random044>,
        check::<Random045>,
        check::<Random046>,
        check::<Random047>,
        check::<Random048>,
        check::<Random049>,
        check::<Random050>,
        check::<Random051>,
        check::<Random052>,
        check::<Random053>,
        check::<Random054>,
        check::<Random055>,
        check::<Random056>,
        check::<Random057>,
        check::<Random058>,
        check::<Random059>,
        check::<Random060>,
        check::<Random061>,
        check::<Random062>,
        check::<Random063>,
    ]);
}
