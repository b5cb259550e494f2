// Filters are counted by one number.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => conv(3x3, 10);
}

fn main() {}
