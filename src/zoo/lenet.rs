//! The first convolutional networks.

use crate::network;

network! {
    /// LeNet-5 (LeCun et al., *Gradient-based learning applied to document recognition*, 1998), as it is drawn today:
    /// full connections between maps, a fully connected output.
    pub struct LeNet5: 28x28x1 =>
        conv(6, 5, p2) tanh  pool(2)
        conv(16, 5)    tanh  pool(2)
        fc(120) tanh  fc(84) tanh  fc(10);
}

const _: () = assert!(LeNet5::PARAMS == 61_706);
