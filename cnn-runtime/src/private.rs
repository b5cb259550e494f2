//! The one door for generated code. Nothing here is covered by semantic versioning.

pub use crate::error::Result;
pub use crate::layers::activation::Activation;
pub use crate::layers::bias::Bias;
pub use crate::layers::bn::{BatchNorm, Folded};
pub use crate::layers::conv::{Algorithm, Conv, Winograd};
pub use crate::layers::deconv::Deconv;
pub use crate::layers::drop::Dropout;
pub use crate::layers::dw::Depthwise;
pub use crate::layers::embed::Embedding;
pub use crate::layers::fc::{Fc, Wide, wide};
pub use crate::layers::gn::GroupNorm;
pub use crate::layers::join::Sum;
pub use crate::layers::l2norm::L2Norm;
pub use crate::layers::ln::LayerNorm;
pub use crate::layers::lrn::Lrn;
pub use crate::layers::pixelshuffle::PixelShuffle;
pub use crate::layers::pool::Window;
pub use crate::layers::prelu::Prelu;
pub use crate::layers::recurrent::{Cell, Recurrent, States};
pub use crate::layers::sample::Source;
pub use crate::layers::shuffle::Shuffle;
pub use crate::layers::slice::Slice;
pub use crate::layers::up::Up;
pub use crate::layers::{
    activation, adaptive, avg, bias, bn, border, conv, deconv, drop, dw, embed, fc, gap, gmax, gn, join, l2norm, ln,
    logsoftmax, lrn, pixelshuffle, pool, prelu, recurrent, reshape, sample, shuffle, slice, softmax, up,
};
pub use crate::loss::Loss;
pub use crate::map::{Map, Part};
pub use crate::model::{Frozen, Model};
pub use crate::network::{Init, LayerInfo, Layout, Network, Passes, TapInfo, TensorInfo, TensorKind};
pub use crate::pass::{Exchange, Pass, Prepare};
pub use crate::summary::{kernels, summary};
pub use crate::tensor::Tensor;
pub use crate::volume::{Sample, Volume, part, part_mut};
pub use crate::words;
pub use crate::workbench::{Workbench, fma, read};
