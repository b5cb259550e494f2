// A missing argument is named, with a call that works.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => conv(10);
}

fn main() {}
