//! What a chain of layers computes, slowly and obviously, in float64.
//!
//! The reference reads the words of a network's table of layers, as text, and follows PyTorch's documentation. It
//! shares nothing with the macro or the runtime: neither shape arithmetic, nor order in memory, nor kernels. Values are
//! `[samples, channels, height, width]` and tensors lie as in files.

mod activation;
mod arrange;
mod bn;
mod chain;
mod conv;
mod deconv;
mod fc;
mod layer;
mod norm;
mod pool;
mod recurrent;
mod values;
mod window;
mod words;

#[cfg(test)]
mod tests;

pub use chain::{Chain, Mode, Tensors};
pub use layer::Layer;
pub use values::{Shape, Values};
