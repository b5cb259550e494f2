// A window larger than its input, and the padding that makes room for it.
use cnn::network;

network! {
    pub struct Net: 4x4x3 => conv(10, 7);
}

fn main() {}
