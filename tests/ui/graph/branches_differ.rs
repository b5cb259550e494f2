// Branches that are added must have one shape.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => conv(8, 3, same) relu add[id | conv(16, 3, same) relu] fc(10);
}

fn main() {}
