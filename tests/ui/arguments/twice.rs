// An option is given once.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => conv(10, 5, s1, stride = 3);
}

fn main() {}
