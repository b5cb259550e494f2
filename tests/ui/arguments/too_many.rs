// A number too many is often a stride.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => conv(10, 5, 1);
}

fn main() {}
