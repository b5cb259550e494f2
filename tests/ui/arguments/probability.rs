// A probability lies between 0 and 1.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => drop(1.0) fc(10) drop(50) leaky(-0.1);
}

fn main() {}
