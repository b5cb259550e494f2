//! The first convolutional networks.

use crate::network;

network! {
    // Four maps of the second layer, which see the same eight of the first.
    block four { conv(4, 5, s2, p2, floor, nobias) }

    /// LeNet of 1989 (LeCun et al., *Backpropagation applied to handwritten zip code recognition*): weights are shared,
    /// biases are each unit's own, and a map of the second layer sees eight of the first layer's twelve.
    ///
    /// The paper says that this scheme is not of interest and does not give it: here, maps 0 to 3 see the first eight
    /// maps, 4 to 7 the last eight, 8 to 11 the first and the last four. It surrounds pictures of -1 to 1 with -1, the
    /// colour of their background; zeros stand around them here. Its hyperbolic tangent is scaled, 1.7159 tanh(2x / 3),
    /// which this one is not.
    pub struct LeNet1989: 16x16x1 =>
        conv(12, 5, s2, p2, floor, nobias) bias tanh
        cat[slice(0, 8) four | slice(4, 12) four | cat[slice(0, 4) | slice(8, 12)] four] bias tanh
        fc(30) tanh  fc(10) tanh;

    /// LeNet-5 (LeCun et al., *Gradient-based learning applied to document recognition*, 1998), as it is drawn today:
    /// full connections between maps, a fully connected output.
    pub struct LeNet5: 28x28x1 =>
        conv(6, 5, p2) tanh  pool(2)
        conv(16, 5)    tanh  pool(2)
        fc(120) tanh  fc(84) tanh  fc(10);
}

const _: () = assert!(LeNet1989::PARAMS == 1_068 + 2_592 + 5_790 + 310); // 9,760
const _: () = assert!(LeNet5::PARAMS == 61_706);
