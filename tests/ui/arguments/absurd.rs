// A size that no machine holds is refused by name, before it is multiplied.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => conv(10, 5, p4294967296);
}

fn main() {}
