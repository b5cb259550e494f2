// Two networks of one call have two names.
use cnn::network;

network! {
    pub struct Net: 784 => fc(10);
    pub struct Net: 784 => fc(20);
}

fn main() {}
