// A label names one layer.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => stem: conv(10, 5) relu stem: conv(10, 5);
}

fn main() {}
