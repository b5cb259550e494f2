// The x between sizes is a small one.
use cnn::network;

network! {
    pub struct Net: 28X28X1 => fc(10);
}

fn main() {}
