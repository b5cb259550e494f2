// A number gets its name before it is used.
use cnn::network;

network! {
    let filters = 16;
    pub struct Net: 32x32x3 => conv(filers * 2, 5);
    pub struct Other: 32x32x3 => conv(2 * CLASSES, 5);
}

fn main() {}
