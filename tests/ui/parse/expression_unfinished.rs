// An expression that breaks off is shown where it does.
use cnn::network;

network! {
    let filters = 2 * ;
    pub struct Net: 28x28x1 => conv(filters, 5) conv(3 + , 5);
}

fn main() {}
