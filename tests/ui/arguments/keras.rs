// Keras's named arguments are answered with our spelling of the whole call.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => conv(filters = 10, kernel_size = 3, padding = same) relu;
}

fn main() {}
