// A tap has the shape that it had where it was named.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => conv(8, 3, same) @fine pool(2) conv(8, 3, same) cat[id | @fine] fc(10);
}

fn main() {}
