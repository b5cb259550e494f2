//! The two networks: Faster R-CNN's trunk with the region proposal network, and Fast R-CNN's head for one region.

use cnn::network;

/// Channels of the features that both share.
pub(crate) const DEPTH: usize = 48;

network! {
    let depth = 48;

    /// The trunk, whose features are shared, and the region proposal network behind it: for each of 9 anchors at each
    /// place, whether it shows an object, and how the object's box is seen from it. (Figure 3 of the paper: a 3x3
    /// convolution, then two sibling 1x1 ones.)
    pub(crate) struct Proposer: 64x64x1 =>
        conv(16, 3, same) relu pool(2)  conv(32, 3, same) relu pool(2)
        conv(depth, 3, same) relu  conv(depth, 3, same) relu @trunk
        conv(64, 3, same) relu
        => { features: @trunk, objectness: #[init = 0.01] conv(9, 1), boxes: #[init = 0.01] conv(36, 1) };
}

network! {
    /// What stands in one region: which digit, or none (class 10), and for each of the digits how its box is seen from
    /// the region.
    pub(crate) struct Reader: 5x5x48 => fc(128) relu => { class: fc(11), boxes: #[init = 0.01] fc(40) };
}
