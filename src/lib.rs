//! Convolutional networks declared in Rust source.

pub use cnn_runtime::*;
