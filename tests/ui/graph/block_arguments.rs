// Blocks take the numbers that they declare.
use cnn::network;

network! {
    block basic(filters, stride = 1) { conv(filters, 3, s = stride, p1, floor) bn relu }
    pub struct TooFew: 32x32x3 => basic fc(10);
    pub struct TooMany: 32x32x3 => basic(8, 1, 2) fc(10);
    pub struct Unknown: 32x32x3 => basic(8, depth = 3) fc(10);
    pub struct Twice: 32x32x3 => basic(8, 2, stride = 2) fc(10);
    pub struct NotANumber: 32x32x3 => basic(0.5) fc(10);
}

fn main() {}
