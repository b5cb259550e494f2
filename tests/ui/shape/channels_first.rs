// The channels come last.
use cnn::network;

network! {
    pub struct Net: 3x32x32 => conv(8, 5) relu fc(10);
}

fn main() {}
