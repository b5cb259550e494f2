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
        tanh  slice(1, 3)  prelu  fc(4);

    struct Random002: 12x18x16 =>
        conv(4, 3, p?)  dw(1, ceil, nobias, valid)  conv(2, 5, p[2, 0, 1, 0], nobias)  lstm(8, last)
        fc(12);

    struct Random003: 11x20x3 =>
        lrn(6, alpha = 0.5)  relu  lstm(8, last)  gelu  fc(12);

    struct Random004: 9x7x1 =>
        slice(0, 1)  deconv(1, 1, p1, s2)  dw(3, nobias, p1)  fc(6);

    struct Random005: 19x19x4 =>
        pixelshuffle(2)  conv(5, 5, dilation = 2, s3, same)  shuffle(5)  pool(3, s2x1)  adaptive(3x1)
        softplus  fc(1);

    struct Random006: 6x6x2 =>
        bn  pool(1x2, s1x2, floor)  sigmoid;

    struct Random007: 10x10x4 =>
        gn(2)  adaptive(1x3)  id  softplus  sigmoid  fc(10);
}

network! {
    struct Random008: 9x12x1 =>
        conv(5, 5, nobias, p[1, 2, 1, 1], s2, floor)  lrn(3, beta = 0.6, alpha = 0.3)  fc(1);

    struct Random009: 10x7x16 =>
        reshape(14x10x8)  conv(17, 3x2, p[2, 2, 1, 0])  gmax  fc(9);

    struct Random010: 10x16x5 =>
        relu  bn  conv(5, 3, groups = 5, p?, stride = 3)  avg(2x3, s1)  up(2x1)  up(1x2, nearest)  fc(9);

    struct Random011: 9x9x2 =>
        flatten  logsoftmax  fc(7);

    struct Random012: 10x20x16 =>
        conv(2, 3, d2x1, same)  pool(3, floor, p1)  leaky(0.3)  softmax  dw(2x2, p2x0)  logsoftmax  fc(3);

    struct Random013: 11x12x1 =>
        hardsigmoid  hardsigmoid  fc(5);

    struct Random014: 5x8x3 =>
        sigmoid  hardswish  gelu  gn(3)  bias  elu(0.3)  gmax;

    struct Random015: 20x20x3 =>
        bn  adaptive(4)  gelu  adaptive(3x4)  gmax  softmax  fc(2);
}

network! {
    struct Random016: 12x12x3 =>
        up(1x2)  logsoftmax  flatten  id  fc(3);

    struct Random017: 12x12x20 =>
        avg(3, floor, p[1, 1, 1, 0])  silu  drop(0.0)  hardswish  pixelshuffle(2)  flatten  fc(6);

    struct Random018: 13x20x2 =>
        logsoftmax  softplus  dw(5, floor, p[2, 2, 2, 0])  sigmoid  up(2, bilinear)  gap  fc(10);

    struct Random019: 8x8x4 =>
        bias  reshape(128x1x2)  gn(1)  prelu  rnn(1)  fc(2);

    struct Random020: 15 =>
        l2norm  prelu  bn  silu  bn  leaky;

    struct Random021: 18x19x1 =>
        sigmoid  rnn(5)  gn(5)  fc(9);

    struct Random022: 14x15x3 =>
        gn(3)  dw(3, ceil)  prelu  avg(4x2, floor, s3)  elu(0.75)  fc(9);

    struct Random023: 14x16x12 =>
        pool(2x3, same, s2)  softplus  id  gap  fc(9);
}

network! {
    struct Random024: 11x20x4 =>
        adaptive(3x2)  prelu  tanh  drop(0)  leaky(0.1);

    struct Random025: 13x13x3 =>
        drop(0)  inorm  elu(0.1)  dw(3, nobias)  elu(0.3)  gmax  fc(10);

    struct Random026: 20x20x3 =>
        relu  bn  slice(1, 3)  deconv(1, 2, p1, s1)  gru(12)  lstm(5, last)  elu;

    struct Random027: 19x19x8 =>
        avg(2, p1, ceil)  elu(0.3)  adaptive(2x4)  deconv(1, 3, nobias, d2, s1x2)  deconv(2, 1x2, p1)
        lrn(2, beta = 0.6, alpha = 0.3);

    struct Random028: 19x19x3 =>
        dw(7, p?)  relu  gn(1)  dw(3, p2x2)  relu  logsoftmax  fc(12);

    struct Random029: 17x17x5 =>
        conv(8, 2, same)  dw(5x2, same, s3)  silu  tanh  fc(3);

    struct Random030: 15x15x1 =>
        relu  deconv(2, 3, nobias, s2, p1)  gn(1)  dw(7, p1, s2x3)  dw(5x2, ceil, p[0, 2, 2, 2])
        rnn(12, last)  fc(7);

    struct Random031: 26 =>
        elu(0.3)  tanh  ln  hardswish  bn;
}

network! {
    struct Random032: 17x17x3 =>
        reshape([1, 17, 51])  hardsigmoid  avg(4x2, same)  bias  flatten  fc(10);

    struct Random033: 8x15x3 =>
        logsoftmax  conv(16, 3, nobias, s3, same)  gn(8)  conv(8, 3, p0x2, g8)  shuffle(8)  gru(17)
        fc(11);

    struct Random034: 5x5x17 =>
        shuffle(17)  up(3, bilinear)  slice(0, 1)  gmax  elu(0.3)  fc(1);

    struct Random035: 13x7x3 =>
        conv(1, 4, p1, nobias)  up(2, bilinear)  bn  conv(1, 3, p[0, 2, 0, 0], s2x3, ceil)  fc(1);

    struct Random036: 6x20x20 =>
        relu  slice(10, 11)  pool(2, ceil, s2)  conv(8, 5, p?, stride = 3)  fc(12);

    struct Random037: 17x17x4 =>
        leaky(0.1)  lstm(16)  rnn(3)  fc(5);

    struct Random038: 14x14x4 =>
        pool(3, s1, p1)  drop(0)  lrn(1, alpha = 0.5)  id  gn(1)  fc(2);

    struct Random039: 19x19x4 =>
        hardswish  ln(eps = 1e-3)  dw(3, same, s3)  bn  bias;
}

network! {
    struct Random040: 16x20x1 =>
        inorm  prelu  up(2x1, bilinear)  fc(6);

    struct Random041: 14x16x5 =>
        relu  fc(5);

    struct Random042: 13x5x1 =>
        lrn(4)  flatten  sigmoid  fc(9);

    struct Random043: 15x15x5 =>
        slice(2, 3)  up(1x2, bilinear)  bias  tanh  conv(5, 3, d3)  bias  fc(8);

    struct Random044: 19x5x4 =>
        pixelshuffle(2)  sigmoid  elu(0.1)  bn  pool(2, p1)  fc(12);

    struct Random045: 9x9x1 =>
        dw(1, p1, nobias)  ln(eps = 1e-3)  slice(0, 1)  bn  softplus  hardswish  fc(3);

    struct Random046: 14x10x12 =>
        conv(6, 1, same)  id  bias  avg(3, p[0, 0, 1, 0], ceil)  dw(5, p?, nobias)  fc(4);

    struct Random047: 9x9x20 =>
        gn(10)  hardsigmoid  gru(8)  gru(17, last)  fc(1);
}

network! {
    struct Random048: 17 =>
        l2norm  tanh  ln  softplus  fc(2);

    struct Random049: 18x18x1 =>
        conv(1, 3, ceil, p3, nobias)  hardsigmoid  adaptive(3x2)  relu  gru(2)  id  fc(10);

    struct Random050: 12x12x5 =>
        bn  adaptive(1x3)  up(2x1, bilinear)  lrn(6)  gap  fc(5);

    struct Random051: 13x9x3 =>
        silu  lrn(1, beta = 0.6, alpha = 0.3)  relu  tanh  dw(5, nobias, valid, dilation = 2)  fc(2);

    struct Random052: 18x9x12 =>
        slice(1, 5)  gru(3)  gmax  fc(1);

    struct Random053: 12x7x16 =>
        up(2x1, nearest)  deconv(4, 2, p1)  lstm(16)  lstm(5, last)  fc(6);

    struct Random054: 19x6x8 =>
        pixelshuffle(2)  softmax  hardswish  sigmoid  fc(1);

    struct Random055: 16x16x16 =>
        conv(1, 4, nobias, ceil, s2, d3, p3)  deconv(6, 2, s1)  pool(2)  fc(11);
}

network! {
    struct Random056: 7x13x17 =>
        l2norm  id  lstm(5, last)  sigmoid;

    struct Random057: 7x9x4 =>
        up(3, bilinear)  silu  dw(7x3, p0x1, nobias, s3, floor)  gap  silu  fc(3);

    struct Random058: 13x13x5 =>
        adaptive(1x3)  reshape([15, 1, 1])  sigmoid  ln  reshape([1, 1, 15]);

    struct Random059: 14x6x17 =>
        conv(16, 4, floor, s2x3)  inorm  prelu  fc(5);

    struct Random060: 7x5x2 =>
        bn  adaptive(2x3)  fc(8);

    struct Random061: 5x5x3 =>
        ln(eps = 1e-3)  dw(2, floor, s3x1, p[0, 0, 0, 1])  softmax  gap  fc(10);

    struct Random062: 37 =>
        drop(0.0)  l2norm  sigmoid  relu  relu  hardsigmoid  bias;

    struct Random063: 12x12x8 =>
        avg(4, ceil)  softmax  fc(24)  hardsigmoid  fc(4);
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
