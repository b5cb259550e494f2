// Layers take no attributes.
use cnn::network;

network! {
    pub struct Net: 28x28x1 => #[frozen] conv(6, 5);
}

fn main() {}
