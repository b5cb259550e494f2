//! Random networks 192 to 255 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

use cnn::network;
use cnn_tests::check::{check, check_all};

network! {
    struct Random192: 18x18x8 =>
        adaptive(2x3)  deconv(8, 1, s3)  up(1x2)  gn(8)  drop(0.0)  fc(11);

    struct Random193: 13x18x17 =>
        dw(5, d2, ceil)  pool(4, floor)  relu  fc(4);

    struct Random194: 18x10x16 =>
        conv(3, 5, s1, p[2, 1, 0, 0])  pool(2, p1, ceil)  hardswish  elu(0.75)  softplus  fc(11);

    struct Random195: 9x9x3 =>
        bn  sigmoid  leaky(0.75)  logsoftmax  slice(2, 3)  dw(7, ceil)  fc(8);

    struct Random196: 10x11x16 =>
        prelu  conv(8, 4, g8, ceil, p[1, 2, 0, 2], s3)  l2norm  pixelshuffle(2)  drop(0)  fc(10);

    struct Random197: 7x7x4 =>
        relu  conv(16, 1, s3, nobias, same)  pixelshuffle(4)  bn  id  gn(1)  fc(4);

    struct Random198: 14x13x1 =>
        relu  silu  softplus  reshape(7x26x1)  silu  flatten  fc(5);

    struct Random199: 5x5x20 =>
        hardsigmoid  relu  l2norm  lrn(6, alpha = 0.5)  conv(8, 5, nobias, p[2, 1, 2, 1], floor)  fc(12);
}

network! {
    struct Random200: 10 =>
        tanh  bn  leaky(0.75)  ln(channels)  leaky(0.1)  ln(channels);

    struct Random201: 18x18x4 =>
        conv(12, 1, s2x3, same)  pixelshuffle(2)  up(2x1, nearest)  dw(5, floor, nobias)  pool(2, s2)
        gmax;

    struct Random202: 30 =>
        bn  id  id  l2norm  id  fc(5);

    struct Random203: 7x18x3 =>
        softplus  hardswish  conv(3, 3, g3)  gn(1)  leaky  reshape(24x1x10)  gmax;

    struct Random204: 34 =>
        drop(0.0)  fc(8)  drop(0.0)  hardswish  fc(9);

    struct Random205: 10x10x4 =>
        pixelshuffle(2)  softplus  up(1x2)  pool(2, p1)  gelu  bn  fc(6);

    struct Random206: 11x18x5 =>
        reshape(18x5x11)  lrn(6, beta = 0.6, alpha = 0.3)  adaptive(2x4)  gn(1)  shuffle(11)  shuffle(11)
        fc(6);

    struct Random207: 12x12x3 =>
        sigmoid  silu  up(1x2, bilinear)  softmax  hardsigmoid
        conv(12, 3, floor, p[0, 0, 1, 1], groups = 3, s2)  pool(3, same);
}

network! {
    struct Random208: 19x19x3 =>
        elu(0.75)  fc(4);

    struct Random209: 19x7x17 =>
        dw(3x5, s2)  logsoftmax  hardswish  fc(5);

    struct Random210: 20x20x1 =>
        lrn(4, alpha = 0.5)  lrn(5, alpha = 0.5)  gmax  id  fc(2);

    struct Random211: 19x10x17 =>
        conv(2, 3, p3, floor)  logsoftmax  dw(5x5, s2, floor, p2)  softplus  pool(2x3, s2)  gap  fc(8);

    struct Random212: 13x12x4 =>
        relu  leaky(0.3)  conv(10, 3, p1, floor)  silu  fc(3);

    struct Random213: 7x7x3 =>
        relu  gelu  slice(0, 1)  fc(6);

    struct Random214: 10x10x2 =>
        up(2, bilinear)  softmax  elu  reshape(16x50x1)  sigmoid  fc(9);

    struct Random215: 8x8x2 =>
        pool(3, ceil, p[1, 1, 1, 0])  elu(0.1)  up(2x1)  fc(10);
}

network! {
    struct Random216: 11x11x3 =>
        softmax  deconv(3, 2, p1)  softmax  deconv(3, 4, s2, o1, p[0, 1, 2, 0])  bn  pool(2, s2x3, floor)
        fc(10);

    struct Random217: 19x19x5 =>
        softmax  conv(2, 1, p1, ceil, d2x1)  avg(4, floor)  lrn(3, k = 2.0, alpha = 1.0)
        lrn(4, beta = 0.6, alpha = 0.3)  prelu;

    struct Random218: 11x18x16 =>
        adaptive(2x1)  ln  tanh  shuffle(2)  dw(2, p[1, 2, 1, 1])  fc(1);

    struct Random219: 16x13x2 =>
        inorm  sigmoid  gn(2)  prelu  conv(10, 5, g2, p?, d1x2)  fc(3);

    struct Random220: 33 =>
        ln(eps = 1e-3)  elu(0.1)  sigmoid  relu  drop(0.0)  fc(5);

    struct Random221: 6x6x3 =>
        pool(1x2, floor, stride = 2)  softmax  gelu  elu(0.3)  id  fc(7);

    struct Random222: 17x17x12 =>
        adaptive(4)  inorm  flatten  fc(4);

    struct Random223: 17x17x8 =>
        shuffle(2)  fc(5)  prelu  sigmoid;
}

network! {
    struct Random224: 18x14x5 =>
        bn  lrn(2, beta = 0.6, alpha = 0.3)  slice(4, 5)  adaptive(2)  softplus  fc(7);

    struct Random225: 14x10x16 =>
        inorm  conv(5, 3, s3, ceil)  leaky(0.3)  conv(16, 4, p0x1)  hardswish  fc(3);

    struct Random226: 7x6x4 =>
        leaky(0.75)  tanh  sigmoid  reshape([56, 3, 1])  tanh  pool(2x3, s2)  fc(3);

    struct Random227: 16x11x20 =>
        conv(12, 5, p0x0, g2, ceil, s1x2)  relu  pool(3, s1, floor)  slice(9, 11)  bn  gap  softmax;

    struct Random228: 17x17x16 =>
        conv(5, 3, p?, s2)  avg(3, ceil, p[0, 1, 1, 0])  conv(4, 3)  fc(5);

    struct Random229: 21 =>
        relu  drop(0.0)  fc(24)  fc(40)  softplus  gelu  fc(3);

    struct Random230: 20x5x17 =>
        avg(1x2, floor, s2)  hardsigmoid  gap  hardsigmoid  fc(8);

    struct Random231: 7x7x3 =>
        tanh  sigmoid  slice(0, 1)  slice(0, 1)  fc(10);
}

network! {
    struct Random232: 17x18x3 =>
        gn(1)  softplus  softplus  shuffle(3)  conv(1, 2, s2x3, ceil)  gn(1);

    struct Random233: 13x14x17 =>
        avg(3, floor)  prelu  fc(5);

    struct Random234: 13x13x2 =>
        avg(4, floor)  silu  fc(10);

    struct Random235: 11x11x5 =>
        softplus  inorm  sigmoid  avg(3, same)  shuffle(5)  shuffle(5)  fc(2);

    struct Random236: 18x8x5 =>
        avg(2)  leaky(0.1)  pool(3, ceil, s3x1, p[0, 1, 1, 0])  conv(10, 3, nobias, g5, p1x1)  hardsigmoid
        hardswish  slice(3, 7);

    struct Random237: 18 =>
        l2norm  tanh  hardswish  hardswish  silu  fc(7);

    struct Random238: 17x17x4 =>
        id  bn  pool(3, s2, p[0, 1, 1, 0], floor)  fc(9);

    struct Random239: 9 =>
        tanh  drop(0.0)  softmax  relu  bn  drop(0)  tanh;
}

network! {
    struct Random240: 18x9x3 =>
        conv(8, 5x5, floor)  pixelshuffle(2)  bn  conv(10, 7, floor, s1x2, nobias)  prelu
        deconv(16, 3, groups = 2, p1)  fc(5);

    struct Random241: 13x5x4 =>
        drop(0)  pixelshuffle(2)  bn  reshape([13, 2, 10])  shuffle(2)  ln(eps = 1e-3)  fc(4);

    struct Random242: 7x7x8 =>
        up(2x1, bilinear)  conv(8, 3, s2x1, same, g4)  fc(2);

    struct Random243: 16x16x3 =>
        dw(3, p2x2)  elu(0.1)  conv(20, 7, p[0, 0, 0, 2], d2, nobias)  bn  adaptive(4x2)  l2norm
        slice(13, 17);

    struct Random244: 8x7x16 =>
        shuffle(16)  ln  id  pixelshuffle(4)  avg(2)  flatten  fc(4);

    struct Random245: 13x15x1 =>
        reshape([15, 1, 13])  gelu  gn(1)  deconv(13, 3x3, groups = 13, s3, p1, o1)  deconv(2, 4, s3)
        fc(7);

    struct Random246: 7x7x20 =>
        avg(2, floor, s3)  fc(33)  ln(channels)  fc(3);

    struct Random247: 11x17x3 =>
        pool(2, stride = 2, ceil)  tanh  relu  up(1x2, bilinear)  fc(8);
}

network! {
    struct Random248: 16x12x3 =>
        conv(4, 3, p[2, 0, 1, 0], s2, ceil)  pixelshuffle(2)  tanh  gelu  ln(eps = 1e-3)  fc(1);

    struct Random249: 9x9x3 =>
        reshape(3x1x81)  relu  gn(1)  elu(0.75)  flatten  hardswish  fc(9);

    struct Random250: 19x12x3 =>
        relu  pool(3, p1, ceil)  elu(0.75)  conv(9, 3, p1x1, d2, g3, ceil)  relu  conv(8, 3, valid)  gmax;

    struct Random251: 17x17x4 =>
        gn(2)  conv(5, 3x3, ceil)  avg(2x2, floor)  deconv(8, 3x2, nobias, p[0, 1, 0, 0])  gmax  fc(9);

    struct Random252: 30 =>
        softplus  relu  prelu  l2norm  drop(0.0)  hardswish  fc(9);

    struct Random253: 15x15x3 =>
        hardsigmoid  ln(eps = 1e-3)  fc(6);

    struct Random254: 22 =>
        leaky  gelu  id  sigmoid  relu  fc(12);

    struct Random255: 11x11x8 =>
        hardswish  conv(20, 5, ceil, p0x1, g4)  logsoftmax  adaptive(4x2)  elu(0.1)  fc(4);
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
