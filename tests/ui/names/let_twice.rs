// A number is declared once.
use cnn::network;

network! {
    let n = 10;
    let n = 20;
    pub struct Net: 784 => fc(n);
}

fn main() {}
