// An index is a float, which cannot tell apart all numbers; and a table has two sizes.
use cnn::network;

network! {
    pub struct Large: 20 => embed(20_000_000, 4);
    pub struct Half: 20 => embed(1000) rnn(8);
}

fn main() {}
