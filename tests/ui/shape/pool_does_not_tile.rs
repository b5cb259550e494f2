// A pool that would lose rows says which sizes and roundings fit.
use cnn::network;

network! {
    pub struct Net: 28x28x1 => conv(6, 5) pool(5);
}

fn main() {}
