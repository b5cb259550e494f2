// A macro call holds networks and numbers.
use cnn::network;

network! {
    pub enum Net { Conv }
}

fn main() {}
