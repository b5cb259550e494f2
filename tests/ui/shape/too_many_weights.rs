// A tensor beyond any memory is refused with its size.
use cnn::network;

network! {
    pub struct Net: 224x224x64 => fc(100000);
}

fn main() {}
