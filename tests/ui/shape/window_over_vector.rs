// A vector has no height and width.
use cnn::network;

network! {
    pub struct Net: 28x28x1 => fc(100) conv(10, 5);
}

fn main() {}
