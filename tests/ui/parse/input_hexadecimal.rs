// `0x..` is a hexadecimal number in Rust, not a shape.
use cnn::network;

network! {
    pub struct Net: 0x3 => fc(10);
}

fn main() {}
