//! Networks that keep what came before: dense blocks and fire modules.

use crate::network;

network! {
    block grow() { cat[id | bn relu conv(128, 1, nobias) bn relu conv(32, 3, p1, nobias)] }
    block halve(channels) { bn relu conv(channels, 1, nobias) avg(2) }

    /// DenseNet-121 (Huang et al., *Densely connected convolutional networks*, 2017).
    pub struct DenseNet121: 224x224x3 =>
        conv(64, 7, s2, p3, nobias, floor) bn relu pool(3, s2, p1, floor)
        6 * grow halve(128)  12 * grow halve(256)  24 * grow halve(512)  16 * grow
        bn relu gap fc(1000);
}

network! {
    block fire(squeeze, expand) { conv(squeeze, 1) relu cat[conv(expand, 1) relu | conv(expand, 3, p1) relu] }

    /// SqueezeNet 1.1 (Iandola et al., 2016).
    pub struct SqueezeNet: 224x224x3 =>
        conv(64, 3, s2, floor) relu          pool(3, s2, ceil)
        2 * fire(16, 64)                     pool(3, s2, ceil)
        2 * fire(32, 128)                    pool(3, s2, ceil)
        2 * fire(48, 192)  2 * fire(64, 256)
        drop(0.5) conv(1000, 1) relu gap;
}

const _: () = {
    assert!(DenseNet121::PARAMS == 7_978_856);
    assert!(SqueezeNet::PARAMS == 1_235_496);
};
