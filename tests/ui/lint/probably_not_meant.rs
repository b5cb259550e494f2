// What compiles and is probably not meant is a warning at its word; here warnings are errors.
#![deny(deprecated)]
use cnn::network;

network! {
    pub struct Bias: 32x32x3 => conv(8, 3) bn relu fc(10);
    pub struct Softmax: 32x32x3 => fc(10) softmax softmax;
    pub struct Linear: 32x32x3 => fc(64) drop(0.5) fc(10);
    pub struct Skips: 32x32x3 => conv(8, 2, s3, floor) relu pool(2, s3, floor) fc(10);
    #[min(field = 32)]
    pub struct Short: 32x32x3 => conv(8, 3) relu conv(8, 3) relu pool(2) conv(10, 3) relu;
    #[allow(deprecated)]
    pub struct Meant: 32x32x3 => conv(8, 3) bn relu fc(10);
    pub struct Right: 32x32x3 => conv(8, 3, nobias) bn relu conv(8, 1, s2, floor) gap softmax;
}

fn main() {}
