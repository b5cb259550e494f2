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
        dw(3, p[1, 0, 1, 0], floor)  id  bn  fc(5)  fc(5);

    struct Random002: 13x17x5 =>
        conv(10, 4, g5, p3, d1x2)  avg(4, s2, floor)  pool(2, ceil)  gelu  fc(8);

    struct Random003: 9x9x3 =>
        conv(12, 3, ceil, p3, g3, s2)  pool(2, same)  relu  gmax  fc(12);

    struct Random004: 13x16x3 =>
        tanh  bn  pool(2x3, floor)  softmax  dw(2, p?, s1)  conv(3, 2, s1x2, d2, floor, nobias, g3, p3)
        fc(6);

    struct Random005: 15x15x5 =>
        elu(0.75)  softplus  conv(12, 5, valid, ceil, stride = 2)  hardswish  fc(10);

    struct Random006: 19x20x1 =>
        avg(4, floor)  hardswish  leaky(0.75)  prelu  relu  sigmoid;

    struct Random007: 7x7x12 =>
        leaky(0.3)  silu  sigmoid  conv(18, 4, p2, g2)  bn  gap  fc(6);
}

network! {
    struct Random008: 13x13x17 =>
        dw(5, floor)  avg(2, s1x2, ceil)  fc(1)  fc(4);

    struct Random009: 8x8x2 =>
        relu  avg(4, s1, floor)  conv(4, 5, same, d2)  bn;

    struct Random010: 5x10x8 =>
        drop(0)  relu  softmax  conv(4, 3, ceil, p2)  dw(1x3, p2, ceil)  fc(9);

    struct Random011: 20x16x3 =>
        gelu  tanh  pool(4x2)  softplus  conv(16, 1, p1)  fc(9);

    struct Random012: 10x10x20 =>
        relu  pool(2)  gmax  fc(12);

    struct Random013: 15x15x20 =>
        conv(3, 1, floor, d1x2, p1, s2x3)  bn  sigmoid  gap  fc(11);

    struct Random014: 14x14x3 =>
        prelu  dw(3, p2)  conv(10, 3, d1x2, p?)  dw(7x3)  fc(1)  prelu  fc(1);

    struct Random015: 11x11x4 =>
        relu  elu  prelu  conv(20, 3, p0x0, s1x2)  silu  flatten  fc(1);
}

network! {
    struct Random016: 11x17x4 =>
        silu  relu  fc(12);

    struct Random017: 15 =>
        drop(0)  prelu  id  id  hardswish  bn  drop(0);

    struct Random018: 12x16x5 =>
        bn  pool(4, ceil)  softplus  bn  tanh  prelu  fc(8);

    struct Random019: 18x18x2 =>
        conv(1, 3, p1, ceil)  gelu  fc(9);

    struct Random020: 14x14x4 =>
        id  avg(4, floor)  prelu  prelu  fc(7);

    struct Random021: 5x5x1 =>
        hardswish  relu  elu  hardsigmoid  flatten  leaky(0.3)  fc(2);

    struct Random022: 10x13x1 =>
        id  silu  dw(2, s1, ceil)  hardswish  dw(2, nobias, same)  fc(4);

    struct Random023: 17x11x17 =>
        pool(4x3, ceil)  bn  softplus  hardswish  hardswish  fc(5);
}

network! {
    struct Random024: 17x16x1 =>
        conv(6, 5x4, nobias)  gelu  relu  elu(0.3)  gap  fc(3);

    struct Random025: 5x10x8 =>
        pool(3, ceil)  gelu  hardsigmoid  conv(3, 1, valid)  conv(16, 2, nobias)  hardsigmoid;

    struct Random026: 13x13x2 =>
        hardswish  conv(4, 2, floor, nobias, p2)  softmax  tanh  hardsigmoid  fc(10);

    struct Random027: 14x14x1 =>
        silu  avg(4, s2, floor, p2)  gmax  softplus  fc(3);

    struct Random028: 19x19x2 =>
        prelu  drop(0)  fc(12)  gelu  bn;

    struct Random029: 6x6x20 =>
        conv(5, 3, g5, s2, ceil, p2x1)  drop(0)  avg(2, s1x2, same)  softmax  gap  drop(0);

    struct Random030: 14x9x3 =>
        drop(0)  sigmoid  fc(6);

    struct Random031: 6x6x17 =>
        softplus  id  pool(2, ceil)  leaky(0.1)  avg(3, floor, p[1, 1, 1, 0])  fc(24)  fc(2);
}

network! {
    struct Random032: 6x6x12 =>
        conv(8, 2x1)  drop(0)  softmax  tanh  relu  fc(10);

    struct Random033: 8x15x3 =>
        gelu  conv(16, 3, nobias, s3, same)  relu  gelu  conv(8, 3, p0x2, g8)  gmax  fc(9);

    struct Random034: 18x5x5 =>
        avg(3, ceil, p1, s2)  dw(3, p1, s2, ceil)  dw(3, same)  relu  drop(0)  relu  fc(6);

    struct Random035: 18x18x1 =>
        elu  relu  tanh  bn  relu  fc(1);

    struct Random036: 13x7x3 =>
        conv(1, 4, p1, nobias)  pool(2, padding = 1, ceil)  dw(5, d2x1, p1)  conv(12, 5, same, nobias)
        fc(3);

    struct Random037: 12x12x5 =>
        pool(4, same)  bn  leaky(0.3)  leaky  flatten  softmax  drop(0);

    struct Random038: 11x14x20 =>
        conv(1, 5, nobias, floor)  avg(3, p1)  bn  gmax  id;

    struct Random039: 8x13x1 =>
        bn  dw(7x7, p?)  softplus  silu  dw(3x1, same)  silu  fc(9);
}

network! {
    struct Random040: 19x19x3 =>
        pool(3, floor, p[0, 0, 1, 0], s3)  relu  gelu  gmax  fc(8);

    struct Random041: 11x12x1 =>
        conv(6, 3, d3, same)  silu  gmax  relu;

    struct Random042: 44 =>
        elu  softmax  softplus  silu  silu  silu  fc(11);

    struct Random043: 12x12x20 =>
        conv(8, 5, valid, ceil, s2x3)  avg(4, floor)  conv(8, 1, p?)  fc(7);

    struct Random044: 9x9x12 =>
        id  tanh  tanh  avg(2, same, s2)  conv(6, 3)  flatten;

    struct Random045: 14x16x5 =>
        sigmoid  fc(5);

    struct Random046: 13x5x1 =>
        elu(0.3)  conv(12, 4x4, s3, same)  elu(0.3)  fc(11);

    struct Random047: 8x8x2 =>
        softmax  hardswish  conv(1, 3, d3)  leaky(0.75)  drop(0)  sigmoid  fc(11);
}

network! {
    struct Random048: 5x5x1 =>
        pool(4, floor, s1)  bn  leaky(0.1)  bn  drop(0)  fc(6);

    struct Random049: 12x12x1 =>
        pool(1x3, floor)  fc(17)  relu  gelu;

    struct Random050: 15x20x8 =>
        softplus  conv(2, 3x7, s3, nobias, d2, ceil)  leaky(0.3)  leaky(0.3)  dw(2)  elu(0.1);

    struct Random051: 12x12x8 =>
        bn  conv(12, 3, d2, p?, nobias)  dw(7, p1x1)  prelu  gap  drop(0)  fc(8);

    struct Random052: 15x15x1 =>
        conv(10, 3, d3)  softplus  hardsigmoid  silu  fc(5);

    struct Random053: 18x8x3 =>
        dw(2, p[2, 1, 2, 0])  hardsigmoid  leaky(0.1)  gap  hardsigmoid;

    struct Random054: 5x5x8 =>
        drop(0)  conv(1, 7, s3x1, same)  pool(2, ceil, s2)  pool(4, p2, ceil)  sigmoid  fc(2);

    struct Random055: 5 =>
        softplus  sigmoid  bn  id  tanh  relu;
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
