//! What `network!` implements for every network: its constants and its passes.

use crate::map::Part;
use crate::model::Model;
use crate::pass::{Exchange, Pass, Prepare};
use crate::volume::Sample;

/// A network declared with `network!`: its types, the numbers that the compiler worked out, and its parameters.
///
/// Most of this is also there as an inherent item of the network's own type; the types, `NAME`, `TAPS`, `model` and
/// `model_mut` are on the trait only. The trait is for code that works with any network, such as
/// [`Trainer`](crate::Trainer).
pub trait Network: Passes {
    /// One sample: a [`Volume`](crate::Volume) or a vector `[f32; N]`.
    type Input: Sample;
    /// What the network makes of a sample: a [`Volume`](crate::Volume) or a vector `[f32; N]`.
    type Output: Sample;
    /// The name it was declared with.
    const NAME: &'static str;
    /// How many numbers training learns.
    const PARAMS: usize;
    /// Multiply-adds of one forward pass of one sample, in convolutions of all kinds, fully connected and recurrent
    /// layers.
    const MACS: u64;
    /// The layers in order.
    const LAYERS: &'static [LayerInfo];
    /// Every named tensor: parameters, then state.
    const TENSORS: &'static [TensorInfo];
    /// Bytes of activations that inference needs for one sample.
    const INFER_BYTES: usize;
    /// Bytes of activations and their gradients that training needs for one sample.
    const TRAIN_BYTES: usize;
    /// The values named with `@tap`.
    const TAPS: &'static [TapInfo];

    /// Parameters, memory and drivers.
    fn model(&self) -> &Model<Self>;
    /// Parameters, memory and drivers, to change.
    fn model_mut(&mut self) -> &mut Model<Self>;
}

/// The code that `network!` generates: straight-line passes over a group of samples.
///
/// Training runs in stages because a batch norm needs a statistic of the whole batch, and a fully connected layer with
/// many weights is computed for the whole batch at once. Such barriers end a stage: it runs for all segments of a
/// batch, what they measured or put together is worked on, then the next begins. Without barriers there is one stage.
pub trait Passes: Sized + Send + Sync + 'static {
    /// Stages of a training pass: one more than barriers.
    const STAGES: usize;
    /// Floats of statistics that stages exchange.
    const EXCHANGE: usize;
    /// Floats that a sample puts together for layers that work on the whole batch.
    const RECORD: usize;
    /// Floats per sample of what such a layer computes.
    const RESULTS: usize;
    /// Parameters of such layers: the first ones. Their gradients are not added up by segments.
    const WHOLE_PARAMS: usize;
    /// Floats of state: running statistics.
    const STATE: usize;
    /// Floats per sample of the arena that `infer` works in.
    const INFER_FLOATS: usize;
    /// Floats per sample of the arena that `forward` and `backward` work in.
    const TRAIN_FLOATS: usize;
    /// Floats that a layer may use while it runs in `infer`, for a whole group.
    const INFER_SCRATCH: usize;
    /// Floats that a layer may use while it runs in `forward` or `backward`, for a whole group.
    const TRAIN_SCRATCH: usize;
    /// Floats of weights in other forms that `infer` reads: those that `forward` reads, and behind them weights that
    /// include a batch norm. As many as for `forward` if there are no such weights; then the forms are the same.
    const INFER_DERIVED: usize;
    /// Floats of weights in other forms that `forward` reads.
    const TRAIN_DERIVED: usize;
    /// Floats of weights in other forms that `backward` reads.
    const PREPARED: usize;

    /// Whether the only input is read where the caller's samples lie, and not copied to the arena.
    const SAMPLES_IN_PLACE: bool = false;
    /// Floats of a sample that `infer` hands from its front to its back where a batch runs in two parts: 0 if it does
    /// not. The back begins with the first fully connected layer with many weights.
    const HANDED: usize = 0;
    /// Floats per sample of the arena that the back works in.
    const BACK_FLOATS: usize = 0;
    /// Most outputs of the back's fully connected layers with many weights, in whole strips.
    const STRIPS: usize = 0;

    /// Makes the forms of weights that `infer` reads, after parameters or state have changed; in training those that
    /// `forward` reads, after parameters have changed.
    fn derive(training: bool, prepare: &mut Prepare<'_>);
    /// Inference: inputs to outputs, or the part of it that the pass says.
    fn infer(pass: &mut Pass<'_>);
    /// Rearranges weights for the backward passes that follow.
    fn prepare(prepare: &mut Prepare<'_>);
    /// One stage of the forward pass of training.
    fn forward(stage: usize, pass: &mut Pass<'_>);
    /// Combines what the segments measured in a stage of the forward pass.
    fn combine_forward(stage: usize, exchange: &mut Exchange<'_>);
    /// Reports the kernel that runs each layer of inference which has a choice: the layer's place in `LAYERS`, and the
    /// kernel in words.
    fn kernels(_report: &mut dyn FnMut(usize, String)) {}
    /// One stage of the backward pass; stages run from the last to the first.
    fn backward(stage: usize, pass: &mut Pass<'_>);
    /// Combines what the segments measured in a stage of the backward pass.
    fn combine_backward(stage: usize, exchange: &mut Exchange<'_>);
}

/// A row of the table of layers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayerInfo {
    /// The label, or the word and its running number: `conv1`.
    pub name: &'static str,
    /// The layer as it was written: `conv(6, 5, p2)`.
    pub words: &'static str,
    /// Its output: height, width, channels; a vector is 1 x 1 x N.
    pub output: [usize; 3],
    /// Numbers that it learns.
    pub params: usize,
    /// Multiply-adds for one sample.
    pub macs: u64,
    /// Rows and columns of the input that one output can see.
    pub receptive_field: [usize; 2],
}

/// A value named with `@tap`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TapInfo {
    /// The name behind the `@`.
    pub name: &'static str,
    /// Where inference leaves it.
    #[doc(hidden)]
    pub map: Part,
}

/// A tensor of a network, by name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TensorInfo {
    /// The layer's name and the tensor's: `conv1.weight`.
    pub name: &'static str,
    /// Its shape in files, which is PyTorch's: `[out, in / groups, height, width]`.
    pub shape: &'static [usize],
    /// Its first float in the flat buffer of parameters, or of state.
    pub offset: usize,
    /// Which of the two buffers holds it.
    pub kind: TensorKind,
    /// How it starts.
    pub init: Init,
    /// How its floats lie in memory.
    pub layout: Layout,
    /// Factor of its learning rate (`#[lr = 0.1]`); 0 if it is frozen.
    pub rate: f32,
}

impl TensorInfo {
    /// How many numbers it holds.
    pub const fn len(&self) -> usize {
        let (mut product, mut axis) = (1, 0);
        while axis < self.shape.len() {
            product *= self.shape[axis];
            axis += 1;
        }
        product
    }

    /// Whether it holds nothing, which no tensor of a network does.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Which buffer holds a tensor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TensorKind {
    /// Learnt: has a gradient.
    Parameter,
    /// Kept along: running statistics.
    State,
}

/// How a tensor starts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Init {
    /// All the same.
    Constant(f32),
    /// Normal with variance 2 / fan_in (He et al., 2015), for layers that a relu-like activation follows.
    He {
        /// Inputs of one output.
        fan_in: usize,
    },
    /// Uniform within sqrt(6 / (fan_in + fan_out)) of zero (Glorot, Bengio, 2010).
    Glorot {
        /// Inputs of one output.
        fan_in: usize,
        /// Outputs of one input.
        fan_out: usize,
    },
    /// Normal with a deviation of its own (`#[init = 0.01]`).
    Normal {
        /// Root of the variance.
        deviation: f32,
    },
}

/// How the floats of a tensor lie in memory.
///
/// Kernels read weights in panels: 16 outputs side by side (fewer in the last panel), one row of such a panel per
/// input. Nothing is padded, so a tensor takes as many floats in memory as in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// As in the file.
    Plain,
    /// Weights of a convolution, in files `[out, in / groups, height, width]`: for each group, panels of
    /// `[height][width][in / groups][16 outputs]`.
    Conv {
        /// Groups of channels that see only each other.
        groups: usize,
    },
    /// Weights of a depthwise convolution, in files `[out, 1, height, width]`: `[height][width][out]`.
    Depthwise,
    /// Weights of a fully connected layer, in files `[out, channels * height * width]`: panels of
    /// `[height][width][channels][16 outputs]`, or rows of `[height][width][channels]` where there are less than 16
    /// outputs and at least 256 inputs. A tensor of one axis, or of three, has one number for each float of the input.
    Fc {
        /// Rows of the input.
        height: usize,
        /// Columns of the input.
        width: usize,
        /// Channels of the input.
        channels: usize,
    },
    /// As `Fc`, of an input that is several vectors one behind the other: in files `[out, inputs]` with the channels of
    /// each part before its pixels, panels or rows of all parts, `[height][width][channels]` each.
    Parts {
        /// Rows, columns and channels of the volumes that were flattened, or 1 x 1 x N.
        parts: &'static [[usize; 3]],
    },
}

impl Layout {
    /// Whether the weights of a fully connected layer lie in rows: where there are fewer outputs than a panel has, and
    /// enough inputs to make up for sums across lanes.
    pub(crate) const fn fc_lies_in_rows(inputs: usize, outputs: usize) -> bool {
        outputs < crate::buffer::LANES && inputs >= 256
    }
}
