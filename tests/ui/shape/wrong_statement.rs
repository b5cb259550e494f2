// A checked shape that is wrong says what is there.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => conv(10, 5, p2) relu pool(2) -> 16x16x16 fc(10);
}

fn main() {}
