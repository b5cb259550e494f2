// 16x5x5 and 5x5x16 hold as many numbers and are not the same.
use cnn::network;

network! {
    pub struct Net: 28x28x1 => conv(6, 5, p2) pool(2) conv(16, 5) pool(2) -> 16x5x5 fc(10);
}

fn main() {}
