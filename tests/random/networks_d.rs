//! Random networks 192 to 255 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

#![allow(deprecated, reason = "what is drawn is often not what anybody would mean")]

use cnn::network;
use cnn_tests::check::{check, check_all};

network! {
    struct Random192: 20x20x3 =>
        leaky(0.1)  ln(eps = 1e-3)  hardswish  adaptive(4x1)  reshape(1x12x1)  sigmoid  fc(11);

    struct Random193: 8x8x16 =>
        pixelshuffle(2)  dw(3x7, p0x2)  lrn(3, beta = 0.6, alpha = 0.3)  conv(5, 3)  lstm(17)  gmax  fc(2);

    struct Random194: 8x8x17 =>
        pool(3, s2, ceil, p[0, 0, 1, 0])  inorm  lrn(2)  ln(channels)  rnn(5, last)  elu(0.3)  fc(8);

    struct Random195: 14x15x17 =>
        adaptive(1x4)  hardswish  drop(0.0)  slice(6, 16)  flatten  tanh  fc(1);

    struct Random196: 9x9x1 =>
        lrn(4, k = 2.0, alpha = 1.0)  inorm  hardswish  tanh  lstm(3)  fc(11);

    struct Random197: 10x10x16 =>
        prelu  conv(20, 3, g4, d1x2)  pool(2)  fc(11);

    struct Random198: 10x7x2 =>
        dw(7, s1)  logsoftmax  relu  drop(0.0)  gn(1)  lrn(4, beta = 0.6, alpha = 0.3)  fc(8);

    struct Random199: 13x8x20 =>
        adaptive(3x1)  logsoftmax  dw(1, same, nobias)  relu  gru(2)
        conv(17, 1, stride = 2, dilation = 2, same)  fc(5);
}

network! {
    struct Random200: 18 =>
        l2norm  softplus  l2norm  id  gelu  fc(7);

    struct Random201: 30 =>
        prelu  l2norm  tanh  bn  fc(12);

    struct Random202: 10x10x20 =>
        conv(10, 1, s2, groups = 10, floor)  sigmoid  ln(channels)  adaptive(4x1)  hardsigmoid
        conv(12, 1, dilation = 2, same)  shuffle(3);

    struct Random203: 24 =>
        hardsigmoid  elu(0.75)  bn  tanh  elu(0.1)  fc(4);

    struct Random204: 11x6x3 =>
        avg(2x3, s3)  inorm  slice(1, 3);

    struct Random205: 8x8x16 =>
        dw(3x5)  up(2, bilinear)  sigmoid  conv(4, 3, s2, nobias, same)  fc(5);

    struct Random206: 8x5x2 =>
        conv(16, 5, p3, floor)  leaky(0.1)  fc(2);

    struct Random207: 10x10x20 =>
        gap  softplus  bias;
}

network! {
    struct Random208: 12x13x12 =>
        elu  fc(6);

    struct Random209: 12x12x12 =>
        shuffle(6)  adaptive(3)  logsoftmax  gelu  shuffle(6)  deconv(17, 3, d2, p1)  fc(3);

    struct Random210: 11 =>
        ln(channels)  id  bn  id  gelu  fc(4);

    struct Random211: 11x10x3 =>
        hardsigmoid  slice(2, 3)  gru(5)  pool(2, ceil, p1)  fc(12);

    struct Random212: 7x7x12 =>
        reshape([4, 49, 3])  adaptive(2x4)  lrn(2, alpha = 0.5)  elu(0.1)  fc(5);

    struct Random213: 13x14x16 =>
        avg(3, s3, ceil, p1)  drop(0.0)  pool(2, s1)  adaptive(2x3)  deconv(2, 2, stride = 2, d2, p1)
        bias  fc(6);

    struct Random214: 18 =>
        l2norm  drop(0)  drop(0)  fc(1);

    struct Random215: 15x15x12 =>
        dw(2, d3)  slice(9, 10)  slice(0, 1)  pool(2, s2, same);
}

network! {
    struct Random216: 15x17x3 =>
        reshape([15, 3, 17])  conv(8, 1)  pixelshuffle(2)  flatten  relu  fc(4);

    struct Random217: 5x5x1 =>
        relu  relu  deconv(16, 3, p[0, 1, 0, 0], s3, o1)  pool(2, ceil, p1, s2x3)  adaptive(4x3)
        avg(2, s1, floor)  fc(8);

    struct Random218: 6x6x3 =>
        conv(10, 3, same, s2)  ln(channels)  softplus  shuffle(5)  gap  fc(2);

    struct Random219: 14x14x16 =>
        conv(5, 1, p1)  pool(4, p2)  conv(2, 1, p3, floor)  avg(3, p[0, 1, 1, 0], ceil, s2x1)  slice(1, 2);

    struct Random220: 10x10x17 =>
        elu(0.75)  adaptive(2x4)  up(2, bilinear)  silu  conv(3, 5, s1, p[2, 1, 0, 0])
        conv(20, 7, nobias, p[2, 2, 2, 1])  avg(2, p1, ceil);

    struct Random221: 17x17x3 =>
        conv(3, 5, s3x1, floor)  dw(5x3, nobias, p?)  slice(1, 3)  bn  fc(4);

    struct Random222: 10x10x16 =>
        leaky(0.75)  pixelshuffle(4)  adaptive(2x4)  relu  id  up(3, bilinear)  fc(10);

    struct Random223: 5x7x12 =>
        drop(0)  gap  prelu  fc(9);
}

network! {
    struct Random224: 20x18x4 =>
        pixelshuffle(2)  pool(3, ceil, s2, p[1, 0, 1, 0])  up(1x2, bilinear)  silu  lstm(3)  adaptive(4x2)
        fc(9);

    struct Random225: 20x20x5 =>
        slice(2, 4)  reshape(25x1x32)  gelu  conv(6, 1, s1x2, same)  fc(8);

    struct Random226: 13x6x1 =>
        bias  prelu  ln  lstm(5, last)  fc(11);

    struct Random227: 16x14x5 =>
        conv(20, 3, valid, g5)  gmax  fc(8);

    struct Random228: 18x9x8 =>
        sigmoid  relu  adaptive(1x2)  bn  gap  l2norm  fc(1);

    struct Random229: 6x6x8 =>
        hardsigmoid  deconv(2, 2, p1)  id  up(2x1, bilinear)  fc(7);

    struct Random230: 7x7x1 =>
        avg(2, s2, floor)  bn  hardsigmoid  gmax  fc(11);

    struct Random231: 13 =>
        hardsigmoid  bias  relu  tanh  fc(9);
}

network! {
    struct Random232: 9 =>
        elu  prelu  relu  fc(5);

    struct Random233: 18x18x3 =>
        gelu  gelu  softmax  hardswish  adaptive(3x1)  lstm(16, last)  fc(9);

    struct Random234: 10x10x2 =>
        gn(1)  drop(0)  inorm  reshape([20, 1, 10])  relu  inorm  fc(3);

    struct Random235: 12x12x12 =>
        hardswish  conv(12, 7, valid, s2, floor)  ln  shuffle(12)  rnn(12)  fc(2);

    struct Random236: 6x6x3 =>
        gn(1)  softplus  lrn(6, alpha = 0.5)  hardswish  shuffle(3)  adaptive(3x4)  fc(7);

    struct Random237: 9x9x1 =>
        dw(3, ceil)  bn  avg(2, floor, s3)  fc(5, nobias)  fc(7);

    struct Random238: 18x5x1 =>
        slice(0, 1)  adaptive(4x2)  bn  bias  flatten;

    struct Random239: 38 =>
        sigmoid  bias  l2norm  silu  relu  softplus  fc(5);
}

network! {
    struct Random240: 15x13x20 =>
        avg(3, p[0, 0, 1, 0], floor)  bn  pool(2, same)  fc(8);

    struct Random241: 17x13x1 =>
        pool(3x3, s1)  relu  dw(7)  hardsigmoid  flatten  fc(2);

    struct Random242: 20x20x1 =>
        lrn(4)  up(1x2, nearest)  softplus  silu  drop(0)  fc(3);

    struct Random243: 18x18x4 =>
        up(2x1, nearest)  conv(5, 5, floor, nobias, s2x3, p2)  pool(3, p1, s1, ceil)  pool(4, floor)
        lstm(1)  drop(0)  pool(2, same);

    struct Random244: 9x5x3 =>
        softmax  elu  elu  gap  drop(0)  fc(11);

    struct Random245: 9x9x3 =>
        conv(1, 1, p[0, 2, 1, 1])  leaky  fc(2);

    struct Random246: 20x20x1 =>
        conv(16, 7, ceil, p[1, 2, 0, 0], s2)  avg(3, ceil, p[0, 0, 1, 0])  dw(3, p1)  silu  lstm(5)
        deconv(8, 4, p1)  fc(7);

    struct Random247: 11x11x2 =>
        hardsigmoid  hardswish  tanh  inorm  fc(5);
}

network! {
    struct Random248: 18x18x1 =>
        gru(16)  pixelshuffle(2)  fc(11);

    struct Random249: 9x9x16 =>
        pixelshuffle(4)  dw(3, p1x0, floor)  fc(1)  fc(3);

    struct Random250: 6x18x8 =>
        inorm  pixelshuffle(2)  conv(16, 1, p1x2, s3, ceil)  gelu  rnn(16)  relu;

    struct Random251: 12x15x4 =>
        up(2x1, bilinear)  rnn(8)  pixelshuffle(2)  fc(2);

    struct Random252: 15x15x8 =>
        slice(4, 6)  leaky(0.75)  elu(0.3)  pool(3x2, ceil, s3)  fc(11);

    struct Random253: 15x15x4 =>
        hardsigmoid  gap  fc(12);

    struct Random254: 19x19x4 =>
        lrn(6)  hardswish  slice(1, 2)  avg(3, ceil, p1)  softplus  gn(1)  fc(7);

    struct Random255: 14x18x4 =>
        hardswish  bn  id  conv(5, 3, s3, ceil)  rnn(2, last)  fc(11);
}

#[test]
fn networks_d() {
    check_all(&[
        check::<Random192>,
        check::<Random193>,
        check::<Random194>,
        check::<Random195>,
        check::<Random196>,
        check::<Random197>,
        check::<Random198>,
        check::<Random199>,
        check::<Random200>,
        check::<Random201>,
        check::<Random202>,
        check::<Random203>,
        check::<Random204>,
        check::<Random205>,
        check::<Random206>,
        check::<Random207>,
        check::<Random208>,
        check::<Random209>,
        check::<Random210>,
        check::<Random211>,
        check::<Random212>,
        check::<Random213>,
        check::<Random214>,
        check::<Random215>,
        check::<Random216>,
        check::<Random217>,
        check::<Random218>,
        check::<Random219>,
        check::<Random220>,
        check::<Random221>,
        check::<Random222>,
        check::<Random223>,
        check::<Random224>,
        check::<Random225>,
        check::<Random226>,
        check::<Random227>,
        check::<Random228>,
        check::<Random229>,
        check::<Random230>,
        check::<Random231>,
        check::<Random232>,
        check::<Random233>,
        check::<Random234>,
        check::<Random235>,
        check::<Random236>,
        check::<Random237>,
        check::<Random238>,
        check::<Random239>,
        check::<Random240>,
        check::<Random241>,
        check::<Random242>,
        check::<Random243>,
        check::<Random244>,
        check::<Random245>,
        check::<Random246>,
        check::<Random247>,
        check::<Random248>,
        check::<Random249>,
        check::<Random250>,
        check::<Random251>,
        check::<Random252>,
        check::<Random253>,
        check::<Random254>,
        check::<Random255>,
    ]);
}
