// A number has a name and a value.
use cnn::network;

network! {
    let filters;
    pub struct Net: 28x28x1 => conv(filters, 5);
}

fn main() {}
