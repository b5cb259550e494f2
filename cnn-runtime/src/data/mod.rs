//! Data sets: two that are inside the crate, readers for the usual ones, and what is done to images before training.
//!
//! ```
//! use cnn_runtime::data;
//!
//! let (mut train, mut test) = data::digits();
//! let normalize = train.statistics();
//! normalize.apply(&mut train);
//! normalize.apply(&mut test);
//! print!("{}", data::to_text(&train.inputs()[0]));
//! ```
//!
//! Nothing here knows of networks: the trainer takes a [`Dataset`] and gathers its batches with [`Batches`].

mod augment;
mod batches;
mod cifar;
mod dataset;
mod draw;
mod embedded;
mod file;
pub mod idx;
mod mnist;
mod normalize;
mod order;
mod resize;

pub use augment::Augment;
pub use batches::Batches;
pub use cifar::{cifar10, cifar100, cifar100_coarse};
pub use dataset::Dataset;
pub use draw::to_text;
pub use embedded::{digits, fashion};
pub use mnist::{fashion_mnist, mnist};
pub use normalize::Normalize;
