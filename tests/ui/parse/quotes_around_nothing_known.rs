// Words in quotes that are no options; braces where nothing is taken.
use cnn::network;

network! {
    pub struct Net: 28x28x1 => fc("ten");
    pub struct Braces: 28x28x1 => relu { x: 3 };
}

fn main() {}
