//! The layers: one file a kind, each with forward, backward, a slow obvious reference and their tests.
//!
//! A layer's sizes and offsets come in a small constant that `network!` wrote; where its data lies comes in
//! [`Map`](crate::map::Map)s. Parameter gradients accumulate, input gradients overwrite (the interior: borders stay
//! zero). No layer allocates. Layers know nothing of the language, of training or of files.

pub mod activation;
pub mod avg;
pub mod bn;
pub mod border;
mod channels;
pub mod conv;
pub mod drop;
pub mod dw;
pub mod embed;
pub mod fc;
pub mod gap;
pub mod gmax;
pub mod pool;
pub mod prelu;
pub mod recurrent;
mod runs;
pub mod sample;
pub mod softmax;
mod windows;
