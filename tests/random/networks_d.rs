//! Random networks 192 to 255 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

#![allow(deprecated, reason = "what is drawn is often not what anybody would mean")]

use cnn::network;
use cnn_tests::check::{check, check_all};

network! {
    struct Random192: 14x9x20 =>
        conv(16, 5, floor, s2)  rnn(2)  conv(16, 1, p?, nobias)  fc(5);

    struct Random193: 8x8x4 =>
        inorm  dw(3, ceil)  gru(3, last)  sigmoid  fc(11);

    struct Random194: 20x20x4 =>
        ln(eps = 1e-3)  lrn(1, k = 2.0, alpha = 1.0)  gru(12, last)  fc(3);

    struct Random195: 9x19x2 =>
        gn(1)  dw(5, s2x1, p[0, 0, 1, 2])  fc(9);

    struct Random196: 16x16x3 =>
        silu  logsoftmax  leaky  pool(2, s2)  relu  gap  fc(11);

    struct Random197: 18x18x5 =>
        conv(6, 1, ceil, p1)  adaptive(1x2)  dw(5, d1x2, p?)  hardsigmoid  fc(3)  id  fc(3);

    struct Random198: 12 =>
        relu  hardsigmoid  ln  softplus  hardsigmoid  drop(0.0)  fc(1);

    struct Random199: 5x5x20 =>
        dw(5, p1, stride = 3, nobias, ceil)  deconv(8, 5, d2, s2)  id  softmax  gmax  logsoftmax;
}

network! {
    struct Random200: 9x9x20 =>
        conv(2, 3)  tanh  elu(0.75)  shuffle(2)  gru(16);

    struct Random201: 12x12x5 =>
        reshape(6x2x60)  deconv(8, 4, padding = 1, s2)  adaptive(4x2)  lrn(4, beta = 0.6, alpha = 0.3)
        lrn(4, beta = 0.6, alpha = 0.3);

    struct Random202: 8x8x16 =>
        adaptive(4)  relu  conv(12, 5, g4, p?, d1x2)  fc(3);

    struct Random203: 15x15x5 =>
        conv(4, 3, same)  conv(10, 5x2, d2x1)  shuffle(2)  lrn(1, alpha = 0.5)  gap  softmax  fc(9);

    struct Random204: 10x17x1 =>
        lrn(3)  rnn(5)  up(2, bilinear)  fc(12);

    struct Random205: 6x6x4 =>
        pool(2, same)  pixelshuffle(2)  deconv(8, 2)  softmax  pixelshuffle(2)  lrn(1, alpha = 0.5)  fc(3);

    struct Random206: 13x13x1 =>
        hardswish  up(3, bilinear)  slice(0, 1)  reshape(13x13x9)  rnn(5)  gmax  bn;

    struct Random207: 14x14x1 =>
        conv(3, 4, p2)  lrn(4, k = 2.0, alpha = 1.0)  logsoftmax  gmax  logsoftmax;
}

network! {
    struct Random208: 11x12x12 =>
        l2norm  gelu  conv(5, 3, s3, ceil)  pool(4x3, s2x1)  drop(0.0)  tanh  fc(3);

    struct Random209: 7x6x4 =>
        leaky(0.75)  tanh  silu  pixelshuffle(2)  hardswish  relu  fc(12);

    struct Random210: 15x15x4 =>
        bn  pixelshuffle(2)  silu  pool(3, same)  pool(3x2, s2, floor)  fc(4);

    struct Random211: 9x9x3 =>
        dw(5x5, p1x2, s1)  relu  bn  id  fc(9);

    struct Random212: 13x20x3 =>
        flatten  fc(5);

    struct Random213: 13x14x16 =>
        adaptive(4x2)  slice(12, 15)  gru(1)  up(1x2, bilinear)  fc(5);

    struct Random214: 17x17x3 =>
        gap  fc(2);

    struct Random215: 8x20x1 =>
        pool(2, s2, p1)  relu  prelu  inorm  fc(8);
}

network! {
    struct Random216: 12x15x4 =>
        lstm(5, last)  tanh  tanh;

    struct Random217: 16 =>
        sigmoid  hardswish  gelu  leaky(0.75)  drop(0)  elu(0.3)  fc(6);

    struct Random218: 11x15x3 =>
        adaptive(1x4)  leaky  slice(1, 3)  hardsigmoid  avg(3, s2, p[1, 1, 1, 0])  fc(3);

    struct Random219: 14x14x17 =>
        conv(17, 5x1, floor, g17, s3, p1)  lrn(6, k = 2.0, alpha = 1.0)  conv(17, 1, p[0, 1, 1, 1], g17)
        slice(12, 16)  conv(1, 2, s2x3, ceil)  conv(1, 3, p0x0);

    struct Random220: 16x9x1 =>
        inorm  up(2, bilinear)  reshape(72x2x4)  relu  pixelshuffle(2)  up(2, bilinear)  fc(5);

    struct Random221: 18x9x3 =>
        bn  prelu  shuffle(3)  conv(20, 3, p?)  gap  softmax;

    struct Random222: 10x16x1 =>
        leaky  gelu  flatten  relu  fc(9);

    struct Random223: 16x16x1 =>
        inorm  pool(2, floor, p1)  conv(16, 3x3, ceil)  up(2, nearest)  fc(2);
}

network! {
    struct Random224: 16x16x1 =>
        tanh  prelu  gelu  softplus  prelu  relu  fc(7);

    struct Random225: 5x5x16 =>
        conv(6, 1)  drop(0)  inorm  conv(8, 3, g2, p3, s1)  avg(3, p1, s2x1)  prelu  fc(6);

    struct Random226: 18x18x4 =>
        inorm  reshape([3, 8, 54])  conv(27, 1, same, g27)  slice(22, 23)  silu  relu  fc(7);

    struct Random227: 9x12x8 =>
        conv(2, 7, s3, floor)  reshape(4x1x1)  slice(0, 1)  prelu  rnn(2)  lstm(16)
        conv(3, 3, same, d1x2);

    struct Random228: 12x12x1 =>
        adaptive(4)  relu  gn(1)  lstm(16)  slice(15, 16)  fc(10);

    struct Random229: 9x7x3 =>
        relu  hardsigmoid  deconv(2, 3, p[1, 1, 2, 0], nobias, s2)  softplus  fc(4);

    struct Random230: 10x19x4 =>
        pixelshuffle(2)  bn  id  gru(3, last)  logsoftmax  fc(10);

    struct Random231: 18x18x8 =>
        conv(4, 3, s2, floor)  bn  dw(5x1)  pool(1x2, floor, s2x3)  bn  pixelshuffle(2)  fc(5);
}

network! {
    struct Random232: 34 =>
        drop(0)  gelu  silu  fc(8);

    struct Random233: 6x6x3 =>
        dw(5, p[0, 1, 2, 1], ceil, s2)  id  relu;

    struct Random234: 7x7x1 =>
        avg(2, p1, floor)  fc(6);

    struct Random235: 8x14x16 =>
        elu(0.75)  conv(6, 1, s3, p1x1)  sigmoid  pool(4x3)  rnn(8)  drop(0)  fc(7);

    struct Random236: 10x7x5 =>
        tanh  up(3, bilinear)  gru(5)  rnn(12)  fc(2);

    struct Random237: 8 =>
        softplus  ln(channels)  leaky(0.75)  fc(5);

    struct Random238: 5x5x4 =>
        flatten  silu  fc(12);

    struct Random239: 10x10x5 =>
        leaky(0.3)  dw(3, d2, floor, padding = 2)  slice(4, 5)  slice(0, 1)  avg(1x2)
        deconv(2, 4x4, p1, s1x2)  fc(10);
}

network! {
    struct Random240: 6x10x1 =>
        avg(2, floor, s3)  gelu  drop(0)  deconv(2, 2, s3, d2)  elu(0.3)  gn(2)  fc(5);

    struct Random241: 13x13x3 =>
        hardsigmoid  sigmoid  avg(3, s1, same)  hardsigmoid  prelu  ln  fc(12);

    struct Random242: 5x5x5 =>
        logsoftmax  drop(0.0)  hardswish  reshape(25x5x1)  reshape(25x5x1)  avg(4, p2, s2, floor)  fc(4);

    struct Random243: 11x11x17 =>
        sigmoid  conv(3, 4x2)  dw(2, s1, p1)  relu  fc(3);

    struct Random244: 19x9x4 =>
        shuffle(2)  slice(1, 2)  relu  ln  rnn(8)  reshape(152x1x1)  fc(10);

    struct Random245: 11x11x4 =>
        pool(3, ceil)  softplus  gmax  fc(3);

    struct Random246: 14x9x5 =>
        shuffle(5)  lrn(3, alpha = 0.5)  logsoftmax  deconv(1, 4, s3)  bn  fc(9);

    struct Random247: 11x11x2 =>
        tanh  logsoftmax  tanh  deconv(3, 1, s3, d2, p1)  fc(5)  fc(7);
}

network! {
    struct Random248: 17x17x12 =>
        fc(5)  logsoftmax  fc(12);

    struct Random249: 16x13x20 =>
        pool(4, ceil)  dw(1, nobias, p1x0)  lstm(17, last)  gelu;

    struct Random250: 9x9x4 =>
        softmax  conv(20, 5x5, nobias, g4)  dw(3, valid, nobias)  bn;

    struct Random251: 15x15x3 =>
        bn  relu  avg(2, s1)  bn  avg(3, s3x1, p[0, 1, 1, 0], floor)  fc(1);

    struct Random252: 19x19x3 =>
        gn(1)  conv(6, 3, valid, floor, g3)  pool(3, same)  adaptive(3x4)  avg(1x2, floor)  drop(0.0)
        fc(4);

    struct Random253: 12x12x12 =>
        tanh  avg(2x3, same)  lrn(4, alpha = 0.5)  bn  prelu  softplus  fc(5);

    struct Random254: 5x15x3 =>
        leaky  conv(17, 2, p0x2)  conv(17, 2, padding = 2, s2x1, floor)  fc(8);

    struct Random255: 13x5x4 =>
        adaptive(2)  avg(3, p[1, 0, 1, 0], s1, floor)  lrn(1, k = 2.0, alpha = 1.0)  pool(3, s3, p1)
        fc(11);
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
