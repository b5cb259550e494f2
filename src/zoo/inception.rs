//! Networks within networks.

use crate::network;

network! {
    /// Network in Network for CIFAR-10 (Lin, Chen, Yan, 2014).
    pub struct NetworkInNetwork: 32x32x3 =>
        conv(192, 5, p2) relu  conv(160, 1) relu  conv(96, 1) relu   pool(3, s2, ceil) drop(0.5)
        conv(192, 5, p2) relu  2 * { conv(192, 1) relu }             avg(3, s2, ceil)  drop(0.5)
        conv(192, 3, p1) relu  conv(192, 1) relu  conv(10, 1) relu   gap;
}

network! {
    block unit(filters, size = 1, padding = 0) { conv(filters, size, pad = padding, nobias) bn(eps = 1e-3) relu }
    block inception(one, narrow3, wide3, narrow5, wide5, pooled) {
        cat[
            unit(one)
          | unit(narrow3) unit(wide3, 3, 1)
          | unit(narrow5) unit(wide5, 3, 1)
          | pool(3, s1, p1) unit(pooled)
        ]
    }

    /// GoogLeNet (Szegedy et al., *Going deeper with convolutions*, 2015) with batch norms and without the side heads,
    /// as torchvision has it: its third branch has 3 x 3 filters too.
    pub struct GoogLeNet: 224x224x3 =>
        conv(64, 7, s2, p3, nobias, floor) bn(eps = 1e-3) relu  pool(3, s2, ceil)
        unit(64) unit(192, 3, 1)  pool(3, s2, ceil)
        inception(64, 96, 128, 16, 32, 32)     inception(128, 128, 192, 32, 96, 64)   pool(3, s2, ceil)
        inception(192, 96, 208, 16, 48, 64)    inception(160, 112, 224, 24, 64, 64)
        inception(128, 128, 256, 24, 64, 64)   inception(112, 144, 288, 32, 64, 64)
        inception(256, 160, 320, 32, 128, 128) pool(2, ceil)
        inception(256, 160, 320, 32, 128, 128) inception(384, 192, 384, 48, 128, 128)
        gap drop(0.2) fc(1000);
}

const _: () = {
    assert!(NetworkInNetwork::PARAMS == 966_986);
    assert!(GoogLeNet::PARAMS == 6_624_904);
};
