//! The one door for generated code. Nothing here is covered by semantic versioning.

pub use crate::error::Result;
pub use crate::layers::activation::Activation;
pub use crate::layers::bn::{BatchNorm, Folded};
pub use crate::layers::conv::{Algorithm, Conv, Winograd};
pub use crate::layers::drop::Dropout;
pub use crate::layers::dw::Depthwise;
pub use crate::layers::embed::Embedding;
pub use crate::layers::fc::{Fc, Wide, wide};
pub use crate::layers::pool::Window;
pub use crate::layers::prelu::Prelu;
pub use crate::layers::recurrent::{Cell, Recurrent};
pub use crate::layers::{
    activation, avg, bn, border, conv, drop, dw, embed, fc, gap, gmax, pool, prelu, recurrent, sample, softmax,
};
pub use crate::loss::Loss;
pub use crate::map::Map;
pub use crate::model::Model;
pub use crate::network::{Init, LayerInfo, Layout, Network, Passes, TapInfo, TensorInfo, TensorKind};
pub use crate::pass::{Exchange, Pass, Prepare};
pub use crate::summary::summary;
pub use crate::tensor::Tensor;
pub use crate::volume::{Sample, Volume};
pub use crate::words;
pub use crate::workbench::{Workbench, fma, read};
