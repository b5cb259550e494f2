// A word stands alone.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => conv(10, 5, padding = same, bias = false);
}

fn main() {}
