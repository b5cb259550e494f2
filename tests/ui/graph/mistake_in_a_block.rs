// What is wrong in any use of a block is said once; what is wrong in one use says in which.
use cnn::network;

network! {
    block wrong(n) { conv(n, 3, same) rleu }
    block halved(n) { conv(n, 3, same) pool(2) }
    pub struct Twice: 32x32x3 => wrong(8) wrong(16) fc(10);
    pub struct Deep: 20x20x3 => halved(8) halved(16) halved(32) fc(10);
}

fn main() {}
