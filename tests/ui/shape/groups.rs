// Groups divide the filters and the channels.
use cnn::network;

network! {
    pub struct Filters: 32x32x4 => conv(10, 3, g4);
    pub struct Channels: 32x32x6 => conv(16, 3, g4);
}

fn main() {}
