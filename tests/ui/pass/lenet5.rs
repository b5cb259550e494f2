// LeNet-5 as the lecture draws it: 61,706 parameters.
#![deny(warnings, missing_docs)]
//! LeNet-5.

use cnn::network;

network! {
    /// LeNet-5 (LeCun et al., 1998).
    pub struct LeNet5: 28x28x1 =>
        conv(6, 5, p2) tanh  pool(2)
        conv(16, 5)    tanh  pool(2)
        fc(120) tanh  fc(84) tanh  fc(10);
}

const _: () = {
    assert!(LeNet5::PARAMS == 61_706);
    assert!(LeNet5::MACS == 416_520);
    assert!(LeNet5::LAYERS.len() == 11);
    assert!(LeNet5::LAYERS[0].macs == 117_600 && LeNet5::LAYERS[0].params == 156);
    let output = LeNet5::LAYERS[10].output;
    assert!(output[0] == 1 && output[1] == 1 && output[2] == 10);
};

fn main() {}
