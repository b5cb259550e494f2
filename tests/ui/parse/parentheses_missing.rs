// Arguments stand in parentheses.
use cnn::network;

network! {
    pub struct Net: 28x28x1 => conv[6, 5] relu fc 10;
}

fn main() {}
