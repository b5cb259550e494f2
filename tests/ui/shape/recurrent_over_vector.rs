// The steps of a sequence are rows.
use cnn::network;

network! {
    pub struct Net: 20x1x8 => lstm(64, last) gru(32);
}

fn main() {}
