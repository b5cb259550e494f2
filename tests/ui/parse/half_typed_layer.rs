// A layer that is still being typed is one mistake, at the place where its next argument goes.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => conv(10, ) relu pool(2);
}

fn main() {}
