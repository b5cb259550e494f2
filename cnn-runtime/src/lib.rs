//! Kernels, layers, training, data and files: what the code that `network!` generates calls.
//!
//! Use it through the crate `cnn`, which re-exports everything here.

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod arena;
mod buffer;
pub mod data;
mod error;
mod init;
pub mod io;
pub mod gemm;
mod kernels;
mod layers;
pub mod loss;
mod map;
mod model;
mod network;
pub mod optim;
mod parallel;
mod pass;
#[doc(hidden)]
pub mod simd;
mod summary;
mod tensor;
#[cfg(test)]
mod testing;
pub mod train;
mod volume;
#[doc(hidden)]
pub mod words;

pub use error::{Error, Result, TensorProblem};
pub use model::Model;
pub use network::{Init, LayerInfo, Layout, Network, TapInfo, TensorInfo, TensorKind};
pub use simd::{Isa, cpu};
pub use summary::summary;
pub use tensor::Tensor;
pub use volume::{Sample, Volume};
