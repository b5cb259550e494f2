//! The layers: one file a kind, each with forward, backward, a slow obvious reference and their tests.
//!
//! A layer's sizes and offsets come in a small constant that `network!` wrote; where its data lies comes in
//! [`Map`](crate::map::Map)s. Parameter gradients accumulate, input gradients overwrite (the interior: borders stay
//! zero). No layer allocates. Layers know nothing of the language, of training or of files.

pub mod activation;
pub mod adaptive;
pub mod avg;
pub mod bias;
pub mod bn;
pub mod border;
mod channels;
pub mod conv;
pub mod deconv;
pub mod drop;
pub mod dw;
pub mod embed;
pub mod fc;
pub mod gap;
pub mod gmax;
pub mod gn;
pub mod join;
pub mod l2norm;
pub mod ln;
pub mod logsoftmax;
pub mod lrn;
#[cfg(test)]
mod parts;
pub mod pixelshuffle;
pub mod pool;
pub mod prelu;
pub mod recurrent;
pub mod reshape;
mod runs;
pub mod sample;
pub mod shuffle;
pub mod slice;
pub mod softmax;
#[cfg(test)]
mod trial;
pub mod up;
mod windows;
