// Subtractions may go too far.
use cnn::network;

network! {
    let k = 3;
    pub struct Net: 32x32x3 => conv(10, k - 5) pool(-2);
}

fn main() {}
