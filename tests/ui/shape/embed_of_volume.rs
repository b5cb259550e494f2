// Indices come as a vector.
use cnn::network;

network! {
    pub struct Net: 20x1x1 => embed(1000, 64) lstm(64, last);
}

fn main() {}
