// A label stands before a layer.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => conv(10, 5) last: ;
}

fn main() {}
