//! Depends on cnn under another name.

use convnet::network;

network! {
    /// A network by another crate's name.
    pub struct Net: 32x32x3 => conv(10, 5, s1, p2) relu pool(2) fc(10);
}

const _: () = assert!(Net::PARAMS == 760 + 25_610);
