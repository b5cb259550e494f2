// Reading, words, arguments and shapes: each level reports its own.
use cnn::network;

network! {
    pub struct Net: 32x32x3 =>
        conv(10, 5, p2) relu |
        conv(20, 5, q2) relu
        Dense(100) relu
        fc(0);
}

fn main() {}
