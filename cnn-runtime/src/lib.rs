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
pub mod gemm;
mod init;
pub mod io;
mod kernels;
mod layers;
pub mod loss;
mod map;
pub mod metrics;
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
mod workbench;

pub use error::{Error, Result, TensorProblem};
pub use loss::{
    BinaryCrossEntropyWithLogits, BinaryFocal, Class, Contrastive, Dice, Focal, Huber, Loss, MeanSquaredError,
    MulticlassHinge, NegativeLogLikelihood, PixelCrossEntropy, SmoothL1, SmoothedCrossEntropy, SoftmaxCrossEntropy,
    Triplet, Weighted,
};
pub use metrics::{ConfusionMatrix, accuracy, argmax, top_k};
pub use model::{Frozen, Model};
pub use network::{Init, LayerInfo, Layout, Network, TapInfo, TensorInfo, TensorKind};
pub use optim::{Adam, AdamW, Clip, Optimizer, RmsProp, Sgd};
pub use simd::{Isa, cpu};
pub use summary::summary;
pub use tensor::Tensor;
pub use train::{Epoch, Evaluation, Fit, Report, Schedule, Trainer};
pub use volume::{Sample, Volume};
