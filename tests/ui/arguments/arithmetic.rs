// Arithmetic is checked.
use cnn::network;

network! {
    let big = 9223372036854775807;
    let zero = big - big;
    pub struct Overflow: 784 => fc(big * 2);
    pub struct Zero: 784 => fc(10 / zero);
    pub struct Digits: 784 => fc(99999999999999999999999);
}

fn main() {}
