// An algorithm is a word, and there is one that can be asked for.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => conv(16, 3, p1) conv(16, 3, p1, algorithm = direct) conv(16, 3, p1, winograd);
}

fn main() {}
