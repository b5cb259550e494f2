// `same` is a padding, and so is `p2`.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => conv(10, 5, same, p2);
}

fn main() {}
