// Plain numbers come first.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => conv(10, s1, 5);
}

fn main() {}
