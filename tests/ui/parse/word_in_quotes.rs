// Words stand without quotes.
use cnn::network;

network! {
    pub struct Net: 28x28x1 => conv(6, 3, "same");
}

fn main() {}
