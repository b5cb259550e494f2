//! Chains of convolutions: AlexNet and what followed.

use crate::network;

network! {
    /// AlexNet (Krizhevsky, Sutskever, Hinton, *ImageNet classification with deep convolutional neural networks*,
    /// 2012): both halves in one, with the groups that kept them apart.
    pub struct AlexNet: 227x227x3 =>
        conv(96, 11, s4)      relu lrn(5) pool(3, s2)
        conv(256, 5, p2, g2)  relu lrn(5) pool(3, s2)
        conv(384, 3, p1)      relu
        conv(384, 3, p1, g2)  relu
        conv(256, 3, p1, g2)  relu pool(3, s2)
        fc(4096) relu drop(0.5)  fc(4096) relu drop(0.5)  fc(1000);

    /// ZFNet (Zeiler, Fergus, *Visualizing and understanding convolutional networks*, 2014).
    pub struct ZfNet: 224x224x3 =>
        conv(96, 7, s2, p1, floor) relu pool(3, s2, p1, floor) lrn(5)
        conv(256, 5, s2, floor)    relu pool(3, s2, p1, floor) lrn(5)
        conv(384, 3, p1) relu  conv(384, 3, p1) relu  conv(256, 3, p1) relu pool(3, s2, floor)
        fc(4096) relu drop(0.5)  fc(4096) relu drop(0.5)  fc(1000);
}

network! {
    block stage(filters) { conv(filters, 3, p1) relu }
    block head() { fc(4096) relu drop(0.5) fc(4096) relu drop(0.5) fc(1000) }

    /// VGG-11 (Simonyan, Zisserman, *Very deep convolutional networks for large-scale image recognition*, 2015).
    pub struct Vgg11: 224x224x3 =>
        stage(64) pool(2)  stage(128) pool(2)  2 * stage(256) pool(2)  2 * stage(512) pool(2)  2 * stage(512) pool(2)
        head;

    /// VGG-16.
    pub struct Vgg16: 224x224x3 =>
        2 * stage(64) pool(2)  2 * stage(128) pool(2)  3 * stage(256) pool(2)  3 * stage(512) pool(2)
        3 * stage(512) pool(2)  head;

    /// VGG-19.
    pub struct Vgg19: 224x224x3 =>
        2 * stage(64) pool(2)  2 * stage(128) pool(2)  4 * stage(256) pool(2)  4 * stage(512) pool(2)
        4 * stage(512) pool(2)  head;
}

const _: () = {
    assert!(AlexNet::PARAMS == 60_965_224);
    assert!(ZfNet::PARAMS == 62_357_608);
    assert!(Vgg11::PARAMS == 132_863_336);
    assert!(Vgg16::PARAMS == 138_357_544);
    assert!(Vgg19::PARAMS == 143_667_240);
};
