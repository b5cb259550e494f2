// Arguments are separated by commas.
use cnn::network;

network! {
    pub struct Net: 28x28x1 => conv(6 5);
}

fn main() {}
