// A number with a mistake is one error, however often it is used.
use cnn::network;

network! {
    let filters = 3 / 0;
    let more = filters * 2;
    pub struct Net: 32x32x3 => conv(filters, 5) relu conv(more, 5);
}

fn main() {}
