// A long spelling is answered as well.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => conv(10, 5, strode = 3);
}

fn main() {}
