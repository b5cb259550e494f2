//! More than one answer for a picture: per pixel, or per place.

use crate::network;

network! {
    block twice(filters) { 2 * { conv(filters, 3, p1) relu } }
    block rise(filters) { deconv(filters, 2, s2) }

    /// U-Net (Ronneberger, Fischer, Brox, 2015) with padding, so that the output is as large as the input.
    pub struct UNet: 256x256x1 =>
        twice(64) @a pool(2)  twice(128) @b pool(2)  twice(256) @c pool(2)  twice(512) @d pool(2)  twice(1024)
        rise(512) cat[@d | id] twice(512)
        rise(256) cat[@c | id] twice(256)
        rise(128) cat[@b | id] twice(128)
        rise(64)  cat[@a | id] twice(64)
        conv(2, 1);
}

network! {
    block stage(filters) { conv(filters, 3, p1) relu }

    /// The trunk of Faster R-CNN (Ren et al., 2015) and its proposals: for each of 9 anchors at each place, whether
    /// there is something, and how its box differs from the anchor.
    pub struct FasterRcnn: 224x224x3 =>
        2 * stage(64) pool(2)  2 * stage(128) pool(2)  3 * stage(256) pool(2)  3 * stage(512) pool(2)  3 * stage(512)
        @features  conv(512, 3, p1) relu
        => { objectness: conv(18, 1), boxes: conv(36, 1) };
}

const _: () = {
    assert!(UNet::PARAMS == 31_030_658);
    // VGG-16's convolutions, and those of the proposals.
    assert!(FasterRcnn::PARAMS == 14_714_688 + 2_359_808 + 9_234 + 18_468);
};
