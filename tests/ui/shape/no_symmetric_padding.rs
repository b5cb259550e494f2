// F = 5, S = 2: no symmetric padding fits 32, and a one-sided one does.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => conv(10, 5, s2, p?);
}

fn main() {}
