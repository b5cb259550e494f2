//! What a network computes, slowly and obviously, in float64.
//!
//! The reference reads a declaration's text, or for a chain the words of a network's table of layers, and follows
//! PyTorch's documentation. It shares nothing with the macro or the runtime: neither parser, nor names, nor shape
//! arithmetic, nor order in memory, nor kernels. Values are `[samples, channels, height, width]` and tensors lie as in
//! files.

mod activation;
mod arrange;
mod bn;
mod conv;
mod declaration;
mod deconv;
mod expression;
mod fc;
mod graph;
mod join;
mod layer;
mod names;
mod norm;
mod pool;
mod recurrent;
mod run;
mod tokens;
mod unroll;
mod values;
mod window;
mod words;

#[cfg(test)]
mod graph_tests;
#[cfg(test)]
mod tests;

pub use graph::{Graph, Mode, Node, Tensors};
pub use layer::Layer;
pub use values::{Shape, Values};
