//! Residual networks (He, Zhang, Ren, Sun, *Deep residual learning for image recognition*, 2016).

use crate::network;

network! {
    block basic(filters, stride = 1) {
        res {
            conv(filters, 3, s = stride, p1, nobias, floor) bn relu
            conv(filters, 3, p1, nobias) bn
        } via auto relu
    }
    // The stride stands in the 3 x 3 convolution, as in torchvision.
    block bottleneck(filters, stride = 1) {
        res {
            conv(filters, 1, nobias) bn relu
            conv(filters, 3, s = stride, p1, nobias, floor) bn relu
            conv(4 * filters, 1, nobias) bn
        } via auto relu
    }
    block stem() { conv(64, 7, s2, p3, nobias, floor) bn relu pool(3, s2, p1, floor) }

    /// ResNet-18.
    pub struct ResNet18: 224x224x3 =>
        stem  2 * basic(64)
        basic(128, s2) basic(128)  basic(256, s2) basic(256)  basic(512, s2) basic(512)  gap fc(1000);

    /// ResNet-34.
    pub struct ResNet34: 224x224x3 =>
        stem  3 * basic(64)
        basic(128, s2) 3 * basic(128)  basic(256, s2) 5 * basic(256)  basic(512, s2) 2 * basic(512)  gap fc(1000);

    /// ResNet-50.
    pub struct ResNet50: 224x224x3 =>
        stem  3 * bottleneck(64)
        bottleneck(128, s2) 3 * bottleneck(128)  bottleneck(256, s2) 5 * bottleneck(256)
        bottleneck(512, s2) 2 * bottleneck(512)  gap fc(1000);
}

network! {
    block small(filters, stride = 1) {
        res { conv(filters, 3, s = stride, same) bn relu conv(filters, 3, same) bn } via { conv(filters, 1, s = stride, same) }
        relu
    }

    /// ResNet-8 of MLPerf Tiny (Banbury et al., 2021), for CIFAR-10: convolutions with biases, no batch norm on the way
    /// around a block.
    #[allow(deprecated, reason = "biases before norms are the benchmark's")]
    pub struct ResNet8: 32x32x3 =>
        conv(16, 3, same) bn relu
        res { conv(16, 3, same) bn relu conv(16, 3, same) bn } relu
        small(32, s2) small(64, s2) gap fc(10);
}

const _: () = {
    assert!(ResNet8::PARAMS == 78_186);
    assert!(ResNet18::PARAMS == 11_689_512);
    assert!(ResNet34::PARAMS == 21_797_672);
    assert!(ResNet50::PARAMS == 25_557_032);
};
