// `8e4` is a floating-point number in Rust.
use cnn::network;

network! {
    pub struct Net: 784 => fc(8e4);
}

fn main() {}
