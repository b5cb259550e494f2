// Bounds on a network that stand twice, cannot be read or are beyond counting.
use cnn::network;

network! {
    #[max(params = 100, params = 1_000)]
    pub struct Twice: 8 => fc(10);
    #[min(32)]
    pub struct Field: 8x8x1 => conv(2, 3) fc(10);
    pub struct Uncounted: 23170x23170x1 => 70 * conv(1, 23169, same);
}

fn main() {}
