// All states, or the last one.
use cnn::network;

network! {
    pub struct Net: 20x1x8 => rnn(8, first) lstm(8, last = 2);
}

fn main() {}
