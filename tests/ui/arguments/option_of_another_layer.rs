// A layer lists its options if none is near.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => fc(10, s2);
}

fn main() {}
