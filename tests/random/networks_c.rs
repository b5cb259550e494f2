//! Random networks 112 to 167 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

use cnn::network;
use cnn_tests::check::{check, check_all};

network! {
    struct Random112: 18x18x1 =>
        softplus  conv(2, 2, ceil, d2x1, valid)  silu  fc(11);

    struct Random113: 7x7x1 =>
        gmax  bn;

    struct Random114: 13 =>
        hardsigmoid  relu  leaky  hardsigmoid  softmax  drop(0)  fc(10);

    struct Random115: 20x13x1 =>
        dw(5, p1)  silu  dw(3, p1, nobias)  softplus  gru(17)  gmax  fc(2);

    struct Random116: 11x11x4 =>
        conv(12, 1, s2x1, d1x2)  pool(3, p[0, 0, 1, 0], stride = 1)  rnn(2, last)  softplus;

    struct Random117: 11x8x3 =>
        tanh  sigmoid  conv(10, 5, p?)  hardswish  fc(8);

    struct Random118: 15x15x3 =>
        gelu  avg(4, ceil)  bn  pool(2x3, stride = 1)  leaky(0.3)  gru(3, last)  id;

    struct Random119: 16x16x8 =>
        hardswish  avg(4, floor)  prelu  relu  prelu  tanh  fc(8);
}

network! {
    struct Random120: 14x14x8 =>
        pool(3, s2, p[0, 1, 1, 0])  conv(8, 1x3, s2)  rnn(1, last)  hardsigmoid  fc(9);

    struct Random121: 18x20x4 =>
        bn  gelu  avg(2)  avg(3, s1, p[1, 0, 1, 0])  gmax  elu  fc(12);

    struct Random122: 13x13x5 =>
        conv(17, 5, p[2, 2, 1, 1], d2, floor)  avg(3, p1, floor)  tanh  id  lstm(16, last)  id  fc(4);

    struct Random123: 18x18x2 =>
        conv(3, 1, p[2, 0, 2, 1])  conv(6, 4, nobias, d2)  silu  pool(2, floor)  lstm(2)  id  hardsigmoid;

    struct Random124: 13x13x20 =>
        conv(2, 3, s1, d1x2, nobias, p1)  hardsigmoid  bn  tanh  hardsigmoid  fc(4);

    struct Random125: 15x15x3 =>
        dw(5, same, d2x1)  drop(0)  prelu  relu  hardsigmoid  softplus  rnn(8);

    struct Random126: 15x15x1 =>
        bn  conv(8, 2, s2x1, floor)  silu  bn  drop(0)  sigmoid  fc(5);

    struct Random127: 5x6x16 =>
        pool(3, ceil, p1)  softmax  drop(0)  hardsigmoid  dw(2)  fc(9);
}

network! {
    struct Random128: 18x18x3 =>
        hardsigmoid  avg(3, ceil, p[0, 1, 1, 0])  softmax  conv(8, 3x3, p1)  gru(17)  flatten  fc(4);

    struct Random129: 33 =>
        sigmoid  bn  tanh  drop(0)  sigmoid  prelu  fc(1);

    struct Random130: 18x9x3 =>
        conv(8, 3x7, nobias, same)  bn  drop(0)  gap  fc(33)  prelu;

    struct Random131: 9x9x8 =>
        dw(5, same)  pool(3x2, s2x1)  dw(5, p1)  fc(24)  fc(4);

    struct Random132: 13x9x5 =>
        id  gru(2, last)  tanh  sigmoid;

    struct Random133: 16x16x1 =>
        silu  avg(2, p1, ceil)  avg(3, same)  bn  hardsigmoid  gelu  bn;

    struct Random134: 18x10x3 =>
        hardsigmoid  avg(2, ceil)  softmax  gap  fc(5);

    struct Random135: 20x20x4 =>
        gru(5)  flatten  fc(10);
}

network! {
    struct Random136: 20x20x5 =>
        pool(3, same)  id  id  bn  fc(11);

    struct Random137: 19x19x5 =>
        avg(3, p1, ceil)  dw(7, same)  hardsigmoid  relu  rnn(8)  silu  gap;

    struct Random138: 12x5x17 =>
        leaky(0.3)  conv(6, 1x1, p1x2, ceil)  silu  softmax  conv(2, 1x2, p3, s3)  fc(7);

    struct Random139: 12x12x20 =>
        avg(3, same, s2)  hardswish  lstm(17)  drop(0)  fc(12);

    struct Random140: 14x14x17 =>
        lstm(3, last)  fc(3);

    struct Random141: 14x6x1 =>
        softplus  gelu  silu  hardsigmoid  bn  fc(1);

    struct Random142: 8x8x8 =>
        avg(4, same)  elu(0.1)  hardsigmoid  gelu  bn  pool(3, p[0, 1, 1, 0], floor)  prelu;

    struct Random143: 8x19x17 =>
        dw(1, same, s3x1, d3)  softplus  conv(8, 3, ceil)  gap  tanh  tanh;
}

network! {
    struct Random144: 20x8x17 =>
        avg(2, p1, floor)  dw(3, s2, ceil)  drop(0)  gmax  fc(11);

    struct Random145: 19x19x1 =>
        conv(12, 5, d2, valid)  leaky  fc(2);

    struct Random146: 9x9x20 =>
        gmax  silu  fc(11);

    struct Random147: 18x12x12 =>
        conv(10, 1x3, floor)  rnn(3)  fc(9);

    struct Random148: 15x10x3 =>
        hardswish  tanh  bn  softplus  relu  fc(2);

    struct Random149: 7x10x2 =>
        softmax  pool(3, p[0, 1, 1, 0], s2, floor)  softmax  silu  avg(2, floor, s3x1)  flatten  fc(11);

    struct Random150: 7x7x17 =>
        id  pool(3, p[0, 1, 1, 0], ceil)  avg(2, p1, s1)  gru(1)  gap  fc(2);

    struct Random151: 14 =>
        prelu  hardsigmoid  silu  bn  id  fc(4);
}

network! {
    struct Random152: 16x16x1 =>
        conv(16, 5, p2)  conv(4, 4, ceil, p2, g4, s3, nobias)  pool(1x3, ceil, s2)  prelu  flatten  id
        fc(9);

    struct Random153: 7x20x3 =>
        conv(8, 4, p1, floor)  conv(16, 5x1, floor, s1, p2)  conv(1, 3, s3x1, same)  bn  silu  rnn(17)
        rnn(1);

    struct Random154: 8x11x2 =>
        softplus  conv(3, 3, same)  softmax  conv(2, 4, s3x1, ceil, valid)  flatten  fc(10);

    struct Random155: 18x17x4 =>
        prelu  gelu  bn  gap  id  fc(3);

    struct Random156: 15x19x2 =>
        bn  id  avg(4x3, s2, ceil)  relu  dw(7, nobias, s2)  lstm(3, last)  fc(2);

    struct Random157: 17x17x4 =>
        bn  drop(0)  prelu  gap;

    struct Random158: 5x5x5 =>
        avg(1x3, same)  elu(0.1)  gelu  fc(9);

    struct Random159: 7x8x12 =>
        relu  sigmoid  drop(0)  pool(2, s1)  lstm(16)  drop(0)  fc(3);
}

network! {
    struct Random160: 35 =>
        relu  bn  leaky(0.1)  leaky(0.3)  prelu  fc(11);

    struct Random161: 12x18x12 =>
        conv(4, 1, same, nobias)  gap  silu  fc(4);

    struct Random162: 9x16x12 =>
        bn  conv(1, 7, p?)  relu  leaky  silu  relu  fc(4);

    struct Random163: 14x9x2 =>
        conv(6, 1, s2, same, d1x2)  hardsigmoid  bn  hardsigmoid  avg(3, floor)  fc(1);

    struct Random164: 6x9x17 =>
        hardsigmoid  hardsigmoid  bn  leaky  fc(12);

    struct Random165: 11x15x8 =>
        silu  softmax  conv(2, 3x3, nobias, p1)  dw(2, d1x2, p?)  bn  lstm(8)  fc(2);

    struct Random166: 17x16x12 =>
        pool(3, s2x3, p1)  gelu  avg(3x2)  conv(2, 5x3, d2x1, p3)  flatten  leaky  fc(12);

    struct Random167: 18x18x3 =>
        leaky(0.1)  dw(5, s1, floor, nobias)  bn  avg(2)  pool(3, s2)  fc(2);
}

#[test]
fn networks_c() {
    check_all(&[
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
        check::<Random128>,
        check::<Random129>,
        check::<Random130>,
        check::<Random131>,
        check::<Random132>,
        check::<Random133>,
        check::<Random134>,
        check::<Random135>,
        check::<Random136>,
        check::<Random137>,
        check::<Random138>,
        check::<Random139>,
        check::<Random140>,
        check::<Random141>,
        check::<Random142>,
        check::<Random143>,
        check::<Random144>,
        check::<Random145>,
        check::<Random146>,
        check::<Random147>,
        check::<Random148>,
        check::<Random149>,
        check::<Random150>,
        check::<Random151>,
        check::<Random152>,
        check::<Random153>,
        check::<Random154>,
        check::<Random155>,
        check::<Random156>,
        check::<Random157>,
        check::<Random158>,
        check::<Random159>,
        check::<Random160>,
        check::<Random161>,
        check::<Random162>,
        check::<Random163>,
        check::<Random164>,
        check::<Random165>,
        check::<Random166>,
        check::<Random167>,
    ]);
}
