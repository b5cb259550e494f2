//! Random networks 0 to 63 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

#![allow(deprecated, reason = "what is drawn is often not what anybody would mean")]

use cnn::network;
use cnn_tests::check::{check, check_all};

network! {
    struct Random000: 19x18x3 =>
        reshape([2, 9, 57])  gelu  fc(12, nobias)  bn  fc(5);

    struct Random001: 20x5x3 =>
        tanh  reshape([10, 6, 5])  dw(3, p?)  fc(1);

    struct Random002: 19x19x4 =>
        pixelshuffle(2)  prelu  avg(2)  rnn(8, last)  softplus  fc(2);

    struct Random003: 20x9x5 =>
        silu  up(1x2, bilinear)  fc(7);

    struct Random004: 20x20x4 =>
        softplus  adaptive(2x3)  prelu  gap  drop(0)  fc(3);

    struct Random005: 11x7x8 =>
        pool(3, same, s1x2)  conv(5, 4x1, same)  leaky(0.75)  bn  conv(5, 5, p2, ceil, g5)  fc(6);

    struct Random006: 5x5x3 =>
        deconv(6, 2, g3, p[0, 1, 1, 0], nobias)  elu(0.75)  bn  avg(4, ceil, p2, stride = 3)  ln(channels)
        dw(3);

    struct Random007: 19x6x3 =>
        lrn(3, beta = 0.6, alpha = 0.3)  relu  lrn(3, k = 2.0, alpha = 1.0)  gn(3)  shuffle(3)
        hardsigmoid  fc(5);
}

network! {
    struct Random008: 28 =>
        fc(16)  hardswish  relu  hardsigmoid  l2norm  hardswish  fc(11);

    struct Random009: 16x16x1 =>
        sigmoid  sigmoid  conv(4, 3, stride = 1)  sigmoid  relu  inorm  fc(7);

    struct Random010: 20x20x1 =>
        slice(0, 1)  reshape([16, 5, 5])  logsoftmax  pool(3, ceil, p[0, 0, 1, 0])  deconv(2, 3)  fc(9);

    struct Random011: 35 =>
        l2norm  relu  logsoftmax  tanh  softplus  fc(7);

    struct Random012: 12x12x20 =>
        adaptive(1x4)  fc(6);

    struct Random013: 17x12x1 =>
        gn(1)  sigmoid  sigmoid  conv(5, 3, ceil, s2)  lstm(1)  fc(12);

    struct Random014: 18x18x1 =>
        slice(0, 1)  conv(6, 7x3, p1)  id  avg(2, padding = 1, floor)  avg(2, s2, ceil)  elu  fc(2);

    struct Random015: 7x11x5 =>
        conv(16, 3, p[2, 1, 1, 0], stride = 3, floor)  pixelshuffle(2)  shuffle(4)  bn  adaptive(4)
        lstm(5);
}

network! {
    struct Random016: 20x11x20 =>
        adaptive(2x4)  relu  leaky(0.1)  deconv(3, 1x5, o1, s2, p1)  fc(9);

    struct Random017: 13x12x8 =>
        tanh  softmax  dw(3x7, s1)  pool(1x3, same, s3x1)  gn(8)  fc(8);

    struct Random018: 35 =>
        hardswish  bn  prelu  elu(0.75)  fc(2);

    struct Random019: 18x14x16 =>
        pool(2, same, s3)  pool(3, ceil, p[1, 0, 1, 0])  softmax  flatten  relu  fc(4);

    struct Random020: 9x9x1 =>
        silu  inorm  conv(12, 1, d2, s2)  gru(8)  gru(17)  fc(12);

    struct Random021: 14x19x3 =>
        lrn(2, k = 2.0, alpha = 1.0)  silu  ln  slice(0, 3)  relu  gmax  elu(0.3);

    struct Random022: 44 =>
        softplus  hardsigmoid  bn  tanh  leaky(0.3)  hardswish  fc(8);

    struct Random023: 12x9x1 =>
        deconv(3, 2, nobias, s2)  conv(3, 3, p[1, 0, 0, 0], floor, d2)  fc(4);
}

network! {
    struct Random024: 8x8x3 =>
        conv(6, 2, nobias, p?)  dw(3, p[1, 0, 2, 1], d1x2)  adaptive(3x1)  conv(17, 3x2, p[2, 2, 1, 0])
        avg(4, s1, same)  fc(7);

    struct Random025: 12x12x1 =>
        prelu  dw(3, p[0, 0, 0, 2], s1)  inorm  gelu  slice(0, 1)  conv(1, 3, floor)  fc(3);

    struct Random026: 19x19x1 =>
        avg(4, same)  drop(0.0)  avg(2, s1, same)  inorm  fc(3);

    struct Random027: 15x15x17 =>
        conv(8, 5x1, dilation = 2)  fc(6);

    struct Random028: 16x16x8 =>
        leaky(0.3)  pool(3, s2, p[1, 1, 1, 0], ceil)  rnn(1)  adaptive(4)  fc(11);

    struct Random029: 6x11x17 =>
        inorm  hardswish  softmax  rnn(8)  pixelshuffle(2)  fc(12);

    struct Random030: 5x5x3 =>
        drop(0.0)  conv(9, 7x3, same, g3)  id  deconv(6, 5x3, p1, s2x3)  dw(3, p3, s2)  fc(6);

    struct Random031: 14x11x3 =>
        conv(10, 3x5, p3)  slice(8, 9)  sigmoid  dw(5, p1)  fc(5)  drop(0)  fc(10);
}

network! {
    struct Random032: 5x5x3 =>
        prelu  conv(8, 3)  pixelshuffle(2)  fc(8);

    struct Random033: 10x13x8 =>
        hardswish  reshape(16x1x65)  shuffle(5)  gmax  fc(12);

    struct Random034: 15 =>
        bn  gelu  id  id  sigmoid  l2norm  relu;

    struct Random035: 12x16x5 =>
        avg(4, ceil)  hardswish  prelu  softmax  gmax  prelu  fc(11);

    struct Random036: 8x8x3 =>
        adaptive(3)  up(2x1)  conv(3, 5, nobias, ceil, g3, p1)  fc(10);

    struct Random037: 10x10x17 =>
        softplus  conv(17, 3x3, ceil, s2)  drop(0)  conv(5, 3, p?)  up(1x2)  fc(12);

    struct Random038: 16x8x1 =>
        silu  up(1x2, nearest)  hardsigmoid  drop(0)  drop(0)  dw(1, same, s3)  lstm(8);

    struct Random039: 13x15x12 =>
        silu  adaptive(1x3)  silu  logsoftmax  lrn(1, alpha = 0.5)  rnn(12)  fc(12);
}

network! {
    struct Random040: 6x13x12 =>
        sigmoid  relu  deconv(2, 4x4, d2, o1, s3, p[0, 1, 0, 0])  gap  leaky  fc(3);

    struct Random041: 8x8x17 =>
        dw(3, same, d1x2)  bn  fc(6);

    struct Random042: 8x19x3 =>
        tanh  relu  leaky(0.75)  softmax  gap  fc(7);

    struct Random043: 5x5x5 =>
        elu  ln  pool(4, same)  fc(12);

    struct Random044: 11x14x12 =>
        pool(4, floor, s2)  gelu  avg(2)  pixelshuffle(2)  fc(12);

    struct Random045: 16x7x2 =>
        logsoftmax  reshape(14x4x4)  gmax  bn  relu;

    struct Random046: 15x15x5 =>
        slice(2, 3)  up(1x2, bilinear)  prelu  tanh  adaptive(2x1)  sigmoid  fc(7);

    struct Random047: 12x7x1 =>
        slice(0, 1)  hardswish  softplus  elu(0.3)  fc(11);
}

network! {
    struct Random048: 17x17x1 =>
        gn(1)  up(2x1, nearest)  gru(2)  fc(12);

    struct Random049: 16x12x5 =>
        bn  dw(3, p?, nobias)  softplus  fc(8);

    struct Random050: 11x20x2 =>
        bn  deconv(8, 4x4, padding = 1)  pool(2x3)  ln  fc(11);

    struct Random051: 11x18x2 =>
        up(2, bilinear)  hardswish  dw(3, floor, stride = 2, p[1, 1, 2, 1])  gn(2)  gelu  gap  leaky(0.75);

    struct Random052: 9x9x1 =>
        softplus  up(3)  avg(2, ceil)  pool(2x2)  inorm  fc(4);

    struct Random053: 20x17x1 =>
        softplus  gelu  lrn(6, k = 2.0, alpha = 1.0)  gap  bn  id;

    struct Random054: 10 =>
        leaky  id  silu  hardsigmoid  fc(5);

    struct Random055: 15x10x3 =>
        tanh  flatten  softplus  fc(9);
}

network! {
    struct Random056: 6x16x3 =>
        conv(5, 7, floor, p1)  conv(8, 1, s2, d2x1, nobias, ceil, p[1, 1, 0, 1])  adaptive(4x2)  gap  gelu
        fc(3);

    struct Random057: 13x13x1 =>
        ln  pool(3, p1)  gn(1);

    struct Random058: 20x20x2 =>
        shuffle(2)  slice(1, 2)  dw(3, p1, d2)  pool(2, p1)  ln  lrn(3);

    struct Random059: 20x14x17 =>
        adaptive(3x2)  pool(3, p1, floor)  pool(4, floor, s1x2, p2)  prelu  reshape([17, 1, 2])  gmax
        fc(11);

    struct Random060: 12x18x20 =>
        conv(2, 2x3, d3)  shuffle(2)  relu  gru(8, last)  softplus  fc(1);

    struct Random061: 9x20x20 =>
        avg(2, same)  conv(12, 3)  conv(1, 1, dilation = 2)  gelu  dw(3, nobias, p1)  flatten  fc(12);

    struct Random062: 14x14x8 =>
        softplus  conv(1, 3, s1, same, nobias)  deconv(1, 1, p[0, 1, 2, 0], s2)  hardswish  gmax  sigmoid
        fc(6);

    struct Random063: 5x18x12 =>
        dw(3, stride = 1, floor, valid, nobias)  gn(3)  shuffle(4)  l2norm  rnn(1, last)  leaky(0.1)
        softplus;
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
