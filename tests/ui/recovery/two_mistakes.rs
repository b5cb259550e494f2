// Two independent mistakes are two errors in one build.
use cnn::network;

network! {
    pub struct Net: 32x32x3 =>
        conv(10, 5, p2) relu
        pool(3)
        convv(20, 5) relu
        fc(10);
}

fn main() {}
