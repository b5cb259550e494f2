//! Networks for telephones: depthwise convolutions, squeeze and excitation.

use crate::network;

network! {
    block apart(filters, stride = 1) {
        dw(3, s = stride, p1, nobias, floor) bn relu6
        conv(filters, 1, nobias) bn relu6
    }

    /// MobileNet (Howard et al., 2017).
    pub struct MobileNetV1: 224x224x3 =>
        conv(32, 3, s2, p1, nobias, floor) bn relu6
        apart(64)  apart(128, s2) apart(128)  apart(256, s2) apart(256)
        apart(512, s2) 5 * apart(512)  apart(1024, s2) apart(1024)
        gap fc(1000);
}

network! {
    block first(filters) { dw(3, p1, nobias) bn relu6 conv(filters, 1, nobias) bn }
    block wide(hidden, filters, stride = 1) {
        conv(hidden, 1, nobias) bn relu6
        dw(3, s = stride, p1, nobias, floor) bn relu6
        conv(filters, 1, nobias) bn
    }

    /// MobileNetV2 (Sandler et al., *Inverted residuals and linear bottlenecks*, 2018).
    pub struct MobileNetV2: 224x224x3 =>
        conv(32, 3, s2, p1, nobias, floor) bn relu6
        first(16)
        wide(96, 24, s2)   res { wide(144, 24) }
        wide(144, 32, s2)  2 * res { wide(192, 32) }
        wide(192, 64, s2)  3 * res { wide(384, 64) }
        wide(384, 96)      2 * res { wide(576, 96) }
        wide(576, 160, s2) 2 * res { wide(960, 160) }
        wide(960, 320)
        conv(1280, 1, nobias) bn relu6
        gap drop(0.2) fc(1000);
}

network! {
    block norm() { bn(eps = 1e-3, momentum = 0.01) }
    block excite(squeeze, channels) { mul[id | gap fc(squeeze) relu fc(channels) hardsigmoid] }
    block soft(hidden, size, squeeze, filters, stride = 1) {
        conv(hidden, 1, nobias) norm hardswish
        dw(size, s = stride, pad = size / 2, nobias, floor) norm hardswish
        excite(squeeze, hidden)
        conv(filters, 1, nobias) norm
    }
    block hard(hidden, filters, stride = 1) {
        conv(hidden, 1, nobias) norm relu
        dw(3, s = stride, p1, nobias, floor) norm relu
        conv(filters, 1, nobias) norm
    }

    /// MobileNetV3-small (Howard et al., *Searching for MobileNetV3*, 2019).
    pub struct MobileNetV3Small: 224x224x3 =>
        conv(16, 3, s2, p1, nobias, floor) norm hardswish
        dw(3, s2, p1, nobias, floor) norm relu excite(8, 16) conv(16, 1, nobias) norm
        hard(72, 24, s2)  res { hard(88, 24) }
        soft(96, 5, 24, 40, s2)  2 * res { soft(240, 5, 64, 40) }
        soft(120, 5, 32, 48)  res { soft(144, 5, 40, 48) }
        soft(288, 5, 72, 96, s2)  2 * res { soft(576, 5, 144, 96) }
        conv(576, 1, nobias) norm hardswish
        gap fc(1024) hardswish drop(0.2) fc(1000);
}

network! {
    // Half of the channels pass; the other half is worked on.
    block stay(half) {
        cat[
            slice(0, half)
          | slice(half, 2 * half) conv(half, 1, nobias) bn relu dw(3, p1, nobias) bn conv(half, 1, nobias) bn relu
        ]
        shuffle(2)
    }
    block shrink(half) {
        cat[
            dw(3, s2, p1, nobias, floor) bn conv(half, 1, nobias) bn relu
          | conv(half, 1, nobias) bn relu dw(3, s2, p1, nobias, floor) bn conv(half, 1, nobias) bn relu
        ]
        shuffle(2)
    }

    /// ShuffleNetV2, 1.0 (Ma et al., 2018).
    pub struct ShuffleNetV2: 224x224x3 =>
        conv(24, 3, s2, p1, nobias, floor) bn relu pool(3, s2, p1, floor)
        shrink(58) 3 * stay(58)  shrink(116) 7 * stay(116)  shrink(232) 3 * stay(232)
        conv(1024, 1, nobias) bn relu
        gap fc(1000);
}

network! {
    block excite(squeeze, channels) { mul[id | gap fc(squeeze) silu fc(channels) sigmoid] }
    block convert(hidden, size, squeeze, filters, stride = 1) {
        conv(hidden, 1, nobias) bn silu
        dw(size, s = stride, pad = size / 2, nobias, floor) bn silu
        excite(squeeze, hidden)
        conv(filters, 1, nobias) bn
    }

    /// EfficientNet-B0 (Tan, Le, 2019), without the dropping of whole blocks in training.
    pub struct EfficientNetB0: 224x224x3 =>
        conv(32, 3, s2, p1, nobias, floor) bn silu
        dw(3, p1, nobias) bn silu excite(8, 32) conv(16, 1, nobias) bn
        convert(96, 3, 4, 24, s2)    res { convert(144, 3, 6, 24) }
        convert(144, 5, 6, 40, s2)   res { convert(240, 5, 10, 40) }
        convert(240, 3, 10, 80, s2)  2 * res { convert(480, 3, 20, 80) }
        convert(480, 5, 20, 112)     2 * res { convert(672, 5, 28, 112) }
        convert(672, 5, 28, 192, s2) 3 * res { convert(1152, 5, 48, 192) }
        convert(1152, 3, 48, 320)
        conv(1280, 1, nobias) bn silu
        gap drop(0.2) fc(1000);
}

const _: () = {
    assert!(MobileNetV1::PARAMS == 4_231_976);
    assert!(MobileNetV2::PARAMS == 3_504_872);
    assert!(MobileNetV3Small::PARAMS == 2_542_856);
    assert!(ShuffleNetV2::PARAMS == 2_278_604);
    assert!(EfficientNetB0::PARAMS == 5_288_548);
};
