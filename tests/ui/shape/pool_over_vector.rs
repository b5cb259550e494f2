// A vector has nothing to pool over.
use cnn::network;

network! {
    pub struct Net: 28x28x1 => fc(10) gap;
}

fn main() {}
