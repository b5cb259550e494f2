// Channels lie side by side only where heights and widths agree.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => cat[conv(8, 1) | conv(8, 3) | pool(2)] fc(10);
}

fn main() {}
