// A factor for each channel.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => conv(8, 3) mul[id | gap fc(4) sigmoid] fc(10);
}

fn main() {}
