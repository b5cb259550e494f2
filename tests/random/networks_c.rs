//! Random networks 112 to 167 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

use cnn::network;
use cnn_tests::check::{check, check_all};

network! {
    struct Random112: 9x9x1 =>
        avg(2x2, ceil)  relu  dw(5, d3, p?, nobias)  bn;

    struct Random113: 13x13x4 =>
        bn  hardsigmoid  dw(2, ceil)  dw(3, p?, nobias)  fc(33)  fc(6);

    struct Random114: 20x17x2 =>
        bn  tanh  avg(2, floor)  tanh  gap  fc(16)  fc(5);

    struct Random115: 5x17x1 =>
        leaky(0.3)  drop(0)  drop(0)  conv(3, 3, s2, ceil, p[1, 1, 0, 1])  pool(2, p1, floor);

    struct Random116: 7x8x3 =>
        pool(1x2, s2x3, floor)  hardswish  leaky(0.1)  conv(4, 3, s2, same)  fc(2);

    struct Random117: 17x17x5 =>
        id  bn  gap  leaky(0.1);

    struct Random118: 20x14x4 =>
        pool(3, ceil)  hardswish  tanh  hardswish  gap  gelu  fc(8);

    struct Random119: 5x5x5 =>
        bn  conv(5, 3)  softmax  relu  bn  id  fc(12);
}

network! {
    struct Random120: 14x16x8 =>
        conv(2, 5, g2, same, s1)  avg(3, padding = 1, ceil, s1x2)  prelu  dw(3, s1, nobias, floor)  fc(4);

    struct Random121: 15x18x12 =>
        gap  fc(3, nobias)  fc(4);

    struct Random122: 20x9x17 =>
        dw(3, same, s2)  softmax  conv(17, 3, floor, s3, g17)  flatten  sigmoid  fc(5);

    struct Random123: 11x13x3 =>
        prelu  silu  conv(2, 4, s3, p?)  silu  prelu  dw(3, p1x0, s2, floor)  fc(2);

    struct Random124: 11x12x12 =>
        softplus  gmax  fc(1);

    struct Random125: 18x6x4 =>
        dw(2, ceil, p2)  avg(3, s2, same)  dw(3, s3, nobias, ceil)  softmax  avg(4, same, s2)  softmax
        gmax;

    struct Random126: 11x10x2 =>
        conv(6, 2)  avg(2x2, ceil)  avg(3x2, s1)  dw(5x5, floor, p[1, 2, 1, 0])  elu  relu  fc(4);

    struct Random127: 16x10x1 =>
        prelu  elu(0.75)  prelu  conv(17, 3)  avg(3, p[0, 1, 1, 0], s2x1)  conv(5, 5, p2, s2)  fc(8);
}

network! {
    struct Random128: 6x6x16 =>
        dw(5, s1)  drop(0)  fc(12, nobias)  prelu  fc(2);

    struct Random129: 10x14x2 =>
        bn  pool(4, same)  dw(3, nobias, d2, p[0, 2, 0, 1], ceil)  bn;

    struct Random130: 31 =>
        relu  hardsigmoid  bn  drop(0)  prelu  prelu  fc(4);

    struct Random131: 16x16x8 =>
        tanh  conv(3, 3x3, same)  avg(4, ceil, s3)  dw(2, s2, nobias, same)  gap  softmax  fc(1);

    struct Random132: 17x17x3 =>
        conv(20, 4, same, d2x1, s2)  conv(12, 1)  hardswish  conv(4, 4, ceil, p2, g4, s3, nobias)
        avg(1x3, ceil, s2)  avg(2, s3)  fc(9);

    struct Random133: 20x7x1 =>
        elu(0.75)  hardsigmoid  pool(2, floor, s1x2)  dw(5, s2, padding = 1)  leaky  elu(0.3)  fc(3);

    struct Random134: 7x16x1 =>
        prelu  conv(1, 4)  relu  avg(4, p2, stride = 1)  silu  conv(1, 3, d2)  fc(10);

    struct Random135: 14 =>
        silu  prelu  hardswish  prelu  silu  fc(11);
}

network! {
    struct Random136: 6x7x2 =>
        flatten  prelu  fc(11);

    struct Random137: 12x15x2 =>
        tanh  dw(5, ceil)  conv(12, 1, g2, floor)  hardsigmoid  fc(1);

    struct Random138: 5x10x1 =>
        gelu  dw(5, p1)  id  relu  drop(0)  bn  gap;

    struct Random139: 14x14x3 =>
        conv(8, 3, floor, valid, s2)  softmax  leaky(0.75)  pool(2, same)  avg(3x2, stride = 1)
        hardsigmoid  relu;

    struct Random140: 6x15x3 =>
        tanh  bn  elu(0.75)  softmax  hardswish  tanh  fc(11);

    struct Random141: 14x14x16 =>
        pool(3x3, same)  conv(2, 3x3, nobias, p1)  conv(8, 2)  avg(2, stride = 2)  softmax  prelu  fc(1);

    struct Random142: 14x14x5 =>
        elu  conv(12, 5, nobias, same, stride = 3)  gelu  relu  flatten  silu  fc(6);

    struct Random143: 9x18x1 =>
        dw(3, same)  leaky  softplus  pool(1x3, floor)  bn  fc(2);
}

network! {
    struct Random144: 7x18x3 =>
        gap  fc(40)  fc(11);

    struct Random145: 11x7x4 =>
        conv(16, 5x1, s1)  dw(3)  hardsigmoid  gap  fc(6);

    struct Random146: 17x18x4 =>
        prelu  dw(5, p[1, 1, 0, 1])  softmax  dw(5, dilation = 2)  conv(2, 5x3)  dw(2x3, p?)  leaky(0.1);

    struct Random147: 14x14x1 =>
        relu  id  silu  bn  avg(2, ceil, s2)  fc(12);

    struct Random148: 19x8x20 =>
        conv(1, 3x1, same, s1)  flatten  leaky(0.1)  fc(12);

    struct Random149: 7x17x4 =>
        silu  gap  relu  fc(2);

    struct Random150: 13x13x16 =>
        conv(8, 2, g2, same)  avg(3x3, s3x1, floor)  sigmoid  dw(1, same, s2x1)  fc(9);

    struct Random151: 13x5x17 =>
        prelu  prelu  fc(10);
}

network! {
    struct Random152: 17x17x5 =>
        bn  relu  avg(4, p2, ceil)  fc(4);

    struct Random153: 9x9x16 =>
        prelu  prelu  gmax  relu  fc(8);

    struct Random154: 5x16x3 =>
        leaky(0.75)  elu(0.3)  pool(2, ceil, p1, s2)  dw(5, p[1, 1, 2, 2], s1x2)  tanh  gmax  fc(11);

    struct Random155: 19x19x1 =>
        pool(3, p[0, 1, 1, 0], floor)  hardswish  gap  hardswish  fc(12);

    struct Random156: 13x13x12 =>
        silu  pool(2, floor, p1)  fc(7);

    struct Random157: 19x19x1 =>
        softplus  elu(0.75)  tanh  relu  leaky(0.1)  fc(9);

    struct Random158: 5x10x20 =>
        prelu  gelu  conv(20, 3, p2x2, g5)  fc(10);

    struct Random159: 10x10x2 =>
        pool(4, floor, s2x3)  tanh  prelu  gmax  hardsigmoid  fc(4);
}

network! {
    struct Random160: 5x5x12 =>
        avg(4x2, s2, same)  conv(12, 1, same, stride = 3)  silu  leaky  gmax  fc(5);

    struct Random161: 8x8x12 =>
        pool(2, ceil)  sigmoid  fc(6);

    struct Random162: 9x9x8 =>
        avg(3x3)  silu  elu  softplus  hardsigmoid  gap  fc(4);

    struct Random163: 6x6x5 =>
        dw(3, stride = 3, nobias)  elu(0.3)  leaky(0.3)  fc(3);

    struct Random164: 15x16x3 =>
        conv(6, 3, valid)  id  relu  pool(2, padding = 1, floor)  fc(12);

    struct Random165: 10x8x1 =>
        bn  pool(2, p1)  relu  tanh  conv(10, 4, p1)  fc(10);

    struct Random166: 12x6x3 =>
        sigmoid  bn  pool(2)  conv(6, 5, p1)  elu  fc(4);

    struct Random167: 9x9x16 =>
        softplus  gmax  bn  fc(7);
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
