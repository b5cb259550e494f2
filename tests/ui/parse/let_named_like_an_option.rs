// A number cannot have a name that reads as an option.
use cnn::network;

network! {
    let s2 = 2;
    let o2 = 5;
    pub struct Net: 28x28x1 => conv(6, 4, s2);
}

fn main() {}
