// A network has at least one layer.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => ;
}

fn main() {}
