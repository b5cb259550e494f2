// A word that is still being typed does not disturb its neighbours.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => conv(10, 5) rel pool(2);
}

fn main() {}
