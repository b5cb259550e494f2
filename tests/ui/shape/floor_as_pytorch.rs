// PyTorch leaves out what does not fill a window.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => conv(8, 3, s2, p1);
}

fn main() {}
