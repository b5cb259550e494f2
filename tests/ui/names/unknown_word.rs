// A word that is like none lists the words that there are.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => transformer(8);
}

fn main() {}
