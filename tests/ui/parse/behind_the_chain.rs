// Nothing stands behind the closing `>`.
use cnn::network;

network! {
    pub struct Net: 28x28x1 => <conv(6, 5)> relu;
}

fn main() {}
