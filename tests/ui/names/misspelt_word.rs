// A misspelt word is answered with the call that was meant.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => cnov(10, 5, p2);
    pub struct Other: 32x32x3 => conv(10, 5) sofmax;
}

fn main() {}
