// A `let` number with a slip.
use cnn::network;

network! {
    let width = 16;
    pub struct Net: 28x28x1 => conv(wdith, 3);
}

fn main() {}
