// Dilation spreads a filter: its reach is worked out first.
use cnn::network;

network! {
    pub struct Net: 8x8x3 => conv(8, 5, d2);
}

fn main() {}
