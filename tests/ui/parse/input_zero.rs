// A size of zero is refused wherever it stands.
use cnn::network;

network! {
    pub struct Net: 32x0x3 => conv(10, 5) relu;
}

fn main() {}
