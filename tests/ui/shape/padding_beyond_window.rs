// A pool of nothing but padding has no largest value.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => pool(2, p2);
}

fn main() {}
