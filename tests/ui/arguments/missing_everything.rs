// A layer without its arguments says what it takes.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => conv relu;
}

fn main() {}
