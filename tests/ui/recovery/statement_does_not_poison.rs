// A wrong statement changes no shape: the next mistake is found.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => conv(10, 5) -> 30x30x10 pool(3) -> 9x9x10;
}

fn main() {}
