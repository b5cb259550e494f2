// A label may not be another layer's automatic name.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => conv(10, 5) conv1: conv(10, 5) input: relu;
}

fn main() {}
