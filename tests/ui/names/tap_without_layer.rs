// A tap stands directly behind its layer and has a name.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => @first conv(10, 5) @ fc(10) @3;
}

fn main() {}
