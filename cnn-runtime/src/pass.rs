//! What one run of a generated pass works on.

use crate::arena::Arena;
use crate::optim::Step;

/// A group of samples on its way through a network, forward or backward.
///
/// The generated code hands it from layer to layer; a layer takes from it what it needs.
#[derive(Debug)]
pub struct Pass<'a> {
    /// Samples in the group, at most the arena's capacity.
    pub(crate) samples: usize,
    /// Samples in the whole batch, of which the group is a part.
    pub(crate) batch: usize,
    /// The inputs of the group, one behind the other, HWC, no border.
    pub(crate) inputs: &'a [f32],
    /// The outputs of the group, one behind the other. Written by `sample::store`.
    pub(crate) outputs: &'a mut [f32],
    /// The gradient of the loss for each output. Read by `sample::load_gradient`.
    pub(crate) d_outputs: &'a [f32],
    /// Where the gradient for each input goes, if it is asked for.
    pub(crate) d_inputs: Option<&'a mut [f32]>,
    /// All parameters, in the kernels' order, with slack behind.
    pub(crate) parameters: &'a [f32],
    /// Weights in the form that some kernels of the forward pass want them in, with slack behind.
    pub(crate) derived: &'a [f32],
    /// Weights rearranged for backward data: at the same offsets as in `parameters`, further forms behind them; with
    /// slack.
    pub(crate) prepared: &'a [f32],
    /// What a network keeps besides parameters: running statistics.
    pub(crate) state: &'a [f32],
    /// This segment's parameter gradients, in the order of `parameters`. Kernels add to them.
    pub(crate) gradients: &'a mut [f32],
    /// What this segment contributes to a statistic of the whole batch.
    pub(crate) partial: &'a mut [f32],
    /// The statistics of the whole batch, combined from all segments.
    pub(crate) exchange: &'a [f32],
    /// What the group's samples put together for layers that work on the whole batch: `record` floats a sample.
    pub(crate) records: &'a mut [f32],
    pub(crate) record: usize,
    /// What such a layer computed for the whole batch.
    pub(crate) results: &'a [f32],
    /// Activations and their gradients.
    pub(crate) arena: &'a mut Arena,
    /// Where random numbers of this pass come from.
    pub(crate) noise: Noise,
    /// Threads that a layer may use: more than one only where a single sample runs alone.
    pub(crate) threads: usize,
    /// How much of the network the pass runs through.
    pub(crate) stretch: Stretch,
    /// For fully connected layers with many weights, which threads then share: outputs of the group in strips. Empty
    /// where the group is not a whole batch.
    pub(crate) strips: &'a mut [f32],
}

/// A part of an inference pass.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Stretch {
    #[default]
    Whole,
    /// From the inputs to what is handed on, which goes where outputs go.
    Front,
    /// From what was handed on, which stands where inputs stand.
    Back,
}

/// The origin of a training pass's random numbers: the same for any number of threads.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Noise {
    /// Differs from step to step.
    pub(crate) seed: u64,
    /// The position in the batch of the group's first sample.
    pub(crate) first_sample: u64,
}

/// Work on weights that is done when they have changed: for the forward pass, and once per batch for the backward pass.
#[derive(Debug)]
pub struct Prepare<'a> {
    /// All parameters, in the kernels' order, with slack behind.
    pub(crate) parameters: &'a [f32],
    /// Where the forms of weights go that the forward pass reads, with slack behind. Empty while `prepared` is made.
    pub(crate) derived: &'a mut [f32],
    /// Where those go that the backward pass reads, with slack behind. Empty while `derived` is made.
    pub(crate) prepared: &'a mut [f32],
    /// What the network keeps besides parameters. Empty while `prepared` is made.
    pub(crate) state: &'a [f32],
    /// Whether the gradient for the network's input is asked for.
    pub(crate) wants_d_input: bool,
}

/// What segments measured or put together, on its way to the whole batch.
#[derive(Debug)]
pub struct Exchange<'a> {
    /// For each segment of the batch, in order: how many samples it holds, and its contributions.
    pub(crate) partials: &'a [(usize, &'a [f32])],
    /// The statistics of the whole batch.
    pub(crate) exchange: &'a mut [f32],
    /// What the network keeps besides parameters: running statistics.
    pub(crate) state: &'a mut [f32],
    /// For layers that work on the whole batch.
    pub(crate) whole: Whole<'a>,
}

/// What a layer needs that works on the whole batch at once.
#[derive(Debug, Default)]
pub(crate) struct Whole<'a> {
    /// Samples in the batch.
    pub(crate) batch: usize,
    /// Their inputs, one behind the other.
    pub(crate) inputs: &'a [f32],
    /// All parameters, in the kernels' order, with slack behind.
    pub(crate) parameters: &'a mut [f32],
    /// What the samples have put together: `record` floats each.
    pub(crate) records: &'a [f32],
    pub(crate) record: usize,
    /// Where a layer's results go, for the segments to fetch.
    pub(crate) results: &'a mut [f32],
    /// The gradients for all parameters. Kernels add to them.
    pub(crate) gradients: &'a mut [f32],
    /// Those for the weights of such a layer hold something old: they are to be overwritten.
    pub(crate) overwrites: bool,
    /// Changes the weights of such a layer as soon as their gradients are there; what `gradients` holds for them is
    /// then of no use.
    pub(crate) step: Option<Step<'a>>,
    pub(crate) wants_d_input: bool,
}

impl Exchange<'_> {
    /// Whether the gradient for the network's input is asked for.
    pub fn wants_d_input(&self) -> bool {
        self.whole.wants_d_input
    }
}

impl Pass<'_> {
    /// Whether the gradient for the network's input is asked for.
    pub fn wants_d_input(&self) -> bool {
        self.d_inputs.is_some()
    }

    /// Whether the pass ends where a batch is handed on.
    pub fn is_front(&self) -> bool {
        self.stretch == Stretch::Front
    }

    /// Whether the pass begins with what has been handed on.
    pub fn is_back(&self) -> bool {
        self.stretch == Stretch::Back
    }

    /// The position in the batch of the group's first sample.
    pub(crate) fn first_sample(&self) -> usize {
        self.noise.first_sample as usize
    }
}

impl Prepare<'_> {
    /// Whether the gradient for the network's input is asked for.
    pub fn wants_d_input(&self) -> bool {
        self.wants_d_input
    }
}
