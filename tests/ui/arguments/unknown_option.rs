// A misspelt option is answered with the one that was meant.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => conv(10, 5, nobais);
}

fn main() {}
