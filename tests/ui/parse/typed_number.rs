// Numbers carry no Rust type.
use cnn::network;

network! {
    pub struct Net: 28x28x1 => conv(6, 5usize) fc(1f32);
}

fn main() {}
