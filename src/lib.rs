//! Convolutional networks declared in Rust source.

pub use cnn_runtime::*;

#[doc(hidden)]
pub use cnn_macros::__network;

/// Declares networks.
#[macro_export]
macro_rules! network {
    ($($tokens:tt)*) => { $crate::__network! { ($crate) $($tokens)* } };
}
