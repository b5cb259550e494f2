// The next item is read although the `;` before it is missing.
use cnn::network;

network! {
    pub struct First: 32x32x3 => conv(10, 5) relu

    /// Unharmed.
    pub struct Second: 32x32x3 => conv(10, 5) relu;
}

fn both(_: First, _: Second) {}

fn main() {}
