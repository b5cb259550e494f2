// One-sided padding appears in the arithmetic as it was written.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => conv(8, 4, s3, p[0, 1, 0, 1]);
}

fn main() {}
