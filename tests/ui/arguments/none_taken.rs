// A word without arguments takes none.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => conv(10, 5) relu(6);
}

fn main() {}
