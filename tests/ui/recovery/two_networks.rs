// A wrong network does not disturb the right one beside it.
use cnn::network;

network! {
    pub struct Wrong: 32x32x3 => conv(10, 5, p2) pool(3);
    pub struct Right: 32x32x3 => conv(10, 5, p2) pool(2);
}

const _: () = assert!(Right::PARAMS == 760);

fn both(_: Wrong, _: Right) {}

fn main() {}
