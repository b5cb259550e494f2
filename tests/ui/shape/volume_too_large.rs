// A volume beyond any memory is refused with its size.
use cnn::network;

network! {
    pub struct Net: 4096x4096x3 => conv(256, 3, p1);
    pub struct Input: 65536x65536x3 => fc(1);
}

fn main() {}
