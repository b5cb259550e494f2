// What is added must have the shape of the input; a projection gives it.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => conv(8, 3, same) res { conv(16, 3, s2, p1, floor) bn relu conv(16, 3, same) bn } fc(10);
}

fn main() {}
