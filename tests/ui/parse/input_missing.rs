// A network needs the shape of its input.
use cnn::network;

network! {
    pub struct Net => conv(10, 5) relu;
}

fn main() {}
