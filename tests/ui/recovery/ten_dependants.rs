// One mistake is one error, whatever depends on it.
use cnn::network;

network! {
    pub struct Net: 32x32x3 =>
        conv(10, 3, s2) bn relu
        conv(20, 3) bn relu pool(2)
        conv(40, 3, g4) -> 9x9x9
        pool(2) drop(0.5) fc(10) softmax;
}

fn main() {}
