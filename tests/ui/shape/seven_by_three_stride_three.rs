// The lecture's example: a 3x3 filter with stride 3 does not fit a 7x7 input.
use cnn::network;

network! {
    pub struct Net: 7x7x3 => conv(10, 3, s3);
}

fn main() {}
