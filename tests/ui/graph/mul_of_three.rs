// A product has two factors.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => mul[id | id | id] fc(10);
}

fn main() {}
