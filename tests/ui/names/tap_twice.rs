// A tap names one value.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => conv(10, 5) @features relu @features fc(10);
}

fn main() {}
