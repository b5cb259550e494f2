// Only the direction that does not fit is worked out.
use cnn::network;

network! {
    pub struct Net: 32x33x3 => pool(2);
}

fn main() {}
