// A block is declared before its use and does not use itself.
use cnn::network;

network! {
    block endless(n) { conv(n, 3, same) endless(n) }
    block conv(n) { fc(n) }
    pub struct Early: 32x32x3 => late(8) fc(10);
    block late(n) { conv(n, 3) }
    block late(n) { conv(n, 5) }
}

fn main() {}
