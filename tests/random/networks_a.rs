//! Random networks 0 to 55 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

use cnn::network;
use cnn_tests::check::{check, check_all};

network! {
    struct Random000: 19x18x3 =>
        avg(2, floor)  hardsigmoid  conv(9, 3, p1, groups = 3)  conv(12, 5, p[0, 0, 2, 1], ceil, d2)
        fc(8);

    struct Random001: 13x17x5 =>
        dw(3, p[1, 0, 1, 0], floor)  id  bn  lstm(2)  fc(5);

    struct Random002: 13x17x5 =>
        conv(10, 4, g5, p3, d1x2)  avg(4, s2, floor)  pool(2, ceil)  prelu  fc(8);

    struct Random003: 9x9x3 =>
        conv(12, 3, ceil, p3, g3, s2)  pool(2, same)  drop(0)  flatten  fc(12);

    struct Random004: 5 =>
        bn  softplus  hardswish  elu(0.3)  relu  hardsigmoid  relu;

    struct Random005: 10x10x5 =>
        softplus  conv(5, 2, p?, g5, s1)  dw(5, floor, s1x2, d2, p0x0)  fc(7);

    struct Random006: 11x11x1 =>
        gelu  tanh  hardswish  silu  conv(16, 7x7, p3, s1, nobias, floor)  fc(5);

    struct Random007: 17x17x8 =>
        conv(12, 1, same, s2)  gap  fc(40)  bn;
}

network! {
    struct Random008: 19x19x3 =>
        dw(3, p[1, 0, 2, 0])  relu  gelu  dw(7x5, nobias, floor)  fc(12);

    struct Random009: 20x20x2 =>
        dw(2, p1)  avg(2, stride = 2, same)  gap  fc(6);

    struct Random010: 14x6x1 =>
        relu  lstm(17, last)  relu  fc(8);

    struct Random011: 18x18x4 =>
        relu  tanh  lstm(2)  leaky(0.1)  fc(9);

    struct Random012: 9x17x1 =>
        conv(17, 5, s1x2, p3)  softplus  conv(4, 4, s1)  pool(2, ceil, s3x1)  gmax  silu  fc(12);

    struct Random013: 18x18x3 =>
        elu(0.3)  sigmoid  prelu  softmax  gmax  softplus  fc(9);

    struct Random014: 9x7x5 =>
        conv(2, 7, ceil)  hardsigmoid  relu  gelu  conv(8, 3, g2, same, d2x1)  rnn(3)  fc(3);

    struct Random015: 7x11x12 =>
        tanh  bn  leaky(0.1)  conv(3, 3, g3, ceil, p3, s1)  rnn(16)  fc(12);
}

network! {
    struct Random016: 14x14x16 =>
        avg(4, s3x1, same)  conv(6, 5)  relu  gap  softmax  fc(4);

    struct Random017: 9x9x8 =>
        silu  conv(12, 2, ceil, dilation = 2)  pool(2, stride = 2, p1, ceil)  fc(2);

    struct Random018: 5x7x2 =>
        leaky(0.3)  elu(0.1)  conv(8, 5, s2, g2, nobias)  gelu  softmax;

    struct Random019: 14x14x17 =>
        dw(7)  lstm(1)  tanh  fc(9);

    struct Random020: 14x14x12 =>
        silu  pool(4, same)  pool(4, stride = 1)  hardswish  bn  hardswish  conv(1, 7, same, nobias);

    struct Random021: 5x5x1 =>
        prelu  relu  fc(7);

    struct Random022: 10x10x17 =>
        id  conv(17, 3x3, ceil, s2)  dw(2, s1, ceil)  tanh  pool(2x3, ceil, stride = 3)  fc(8);

    struct Random023: 19x13x8 =>
        conv(20, 5, s3, floor, p[2, 2, 2, 2])  conv(10, 7, g10, p[2, 1, 2, 1])  id  prelu  relu  sigmoid
        fc(1);
}

network! {
    struct Random024: 19x19x8 =>
        dw(3, s2)  gelu  drop(0)  rnn(3)  softplus  fc(3);

    struct Random025: 20x15x1 =>
        avg(2, floor, s2, p1)  dw(7, p?)  sigmoid  leaky(0.1)  pool(4, same)  relu  fc(12);

    struct Random026: 9x17x20 =>
        conv(1, 3, p1)  id  sigmoid  gru(5)  flatten  softplus;

    struct Random027: 11x14x12 =>
        pool(4, floor, s2)  tanh  avg(2)  gmax  fc(5);

    struct Random028: 7x19x2 =>
        sigmoid  gelu  bn  lstm(5)  fc(8);

    struct Random029: 9x9x2 =>
        tanh  conv(4, 3, g2, s2, ceil, p2x1)  drop(0)  bn  gmax  tanh  fc(3);

    struct Random030: 5x5x16 =>
        bn  dw(3, valid, floor, s2)  bn  silu  avg(2, ceil)  bn  fc(1);

    struct Random031: 15x15x17 =>
        dw(5, floor, d3)  conv(5, 7, same)  bn  conv(10, 1x5, same, nobias)  avg(2, floor)  leaky(0.3);
}

network! {
    struct Random032: 20x9x16 =>
        dw(1, s2, same, nobias)  softmax  conv(1, 1, p2)  rnn(1)  flatten  fc(2);

    struct Random033: 15x15x1 =>
        elu  drop(0)  relu  sigmoid  dw(3, same, d2)  tanh  fc(8);

    struct Random034: 8x8x4 =>
        pool(2, s2x1, same)  prelu  elu(0.75)  conv(12, 1, g2, s1)  prelu  fc(8);

    struct Random035: 10x10x1 =>
        hardswish  pool(4, same)  bn  elu(0.3)  drop(0)  conv(8, 1, nobias, valid)  fc(11);

    struct Random036: 10x10x3 =>
        silu  avg(2)  leaky(0.75)  relu  fc(1);

    struct Random037: 12x12x5 =>
        avg(3, same)  dw(3x3, same)  hardsigmoid  conv(20, 3, ceil)  rnn(1, last)  fc(10);

    struct Random038: 16x17x12 =>
        avg(3, p[1, 0, 1, 0], ceil)  conv(16, 5x3, valid, floor, g4)  conv(2, 1)  conv(8, 1, ceil, p0x2)
        lstm(2, last)  gelu  fc(8);

    struct Random039: 19x12x1 =>
        dw(3, nobias, same)  hardswish  prelu  pool(3, p[1, 1, 1, 0], floor)  drop(0)  elu(0.1)  fc(12);
}

network! {
    struct Random040: 11x11x17 =>
        gelu  avg(3x3, floor)  avg(1x3, floor, s1)  hardsigmoid  gelu  gelu  gru(5);

    struct Random041: 15x9x20 =>
        conv(20, 3, g20)  fc(8);

    struct Random042: 31 =>
        softmax  prelu  softmax  softplus  softplus  relu  fc(6);

    struct Random043: 9x9x17 =>
        conv(5, 1x5, s1, d1x2, floor)  prelu  prelu  avg(3, floor, p1, s2)  gmax  drop(0)  gelu;

    struct Random044: 8 =>
        hardswish  tanh  softmax  hardsigmoid  fc(12);

    struct Random045: 19x19x2 =>
        drop(0)  prelu  flatten  relu  fc(8);

    struct Random046: 19x13x17 =>
        conv(2, 5x5, p2x0, floor)  id  gap  sigmoid  fc(1);

    struct Random047: 11x11x1 =>
        softplus  elu  sigmoid  bn  sigmoid  fc(5);
}

network! {
    struct Random048: 11x11x4 =>
        relu  conv(17, 3, valid, nobias)  prelu  conv(12, 3, s3)  leaky(0.3)  fc(4);

    struct Random049: 6x6x1 =>
        id  relu  dw(3x7, p3, nobias)  gru(3, last)  fc(2);

    struct Random050: 12x12x17 =>
        dw(3)  conv(12, 3, valid)  rnn(2)  prelu  fc(11);

    struct Random051: 13x13x4 =>
        conv(1, 5, dilation = 2, ceil)  pool(3, same, s3)  dw(7, p3)  gap  leaky(0.1)  fc(6);

    struct Random052: 11x12x1 =>
        pool(3, s1, floor)  drop(0)  hardsigmoid  silu  fc(5);

    struct Random053: 7x7x1 =>
        conv(4, 3x1, p?)  conv(4, 3, g4, s2)  drop(0)  bn  fc(12);

    struct Random054: 8x11x17 =>
        hardsigmoid  conv(3, 5, s1x2, p2, floor)  tanh  gmax  softmax  fc(6);

    struct Random055: 34 =>
        softmax  drop(0)  fc(17)  silu  softmax  sigmoid  fc(2);
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
    ]);
}
