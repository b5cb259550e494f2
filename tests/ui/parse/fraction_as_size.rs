// Sizes are whole numbers.
use cnn::network;

network! {
    pub struct Net: 28x28x1 => conv(6, 2.5);
}

fn main() {}
