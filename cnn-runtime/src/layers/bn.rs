//! Batch normalisation (Ioffe, Szegedy, 2015), with statistics of the whole batch in training.
//!
//! Training crosses two barriers: `measure` (each segment) -> `combine` (once) -> `forward` (each segment), and
//! `measure_gradient` -> `combine_gradient` -> `backward`.

use super::activation::Activation;
use crate::map::Map;
use crate::pass::{Exchange, Pass};

/// The constants of a batch norm.
#[derive(Clone, Copy, Debug)]
pub struct BatchNorm {
    /// Channels, each normalised over the batch and all pixels.
    pub channels: usize,
    /// Pixels of a sample.
    pub pixels: usize,
    /// Offset of the scales (gamma) in the parameters.
    pub weight: usize,
    /// Offset of the shifts (beta) in the parameters.
    pub bias: usize,
    /// Offset of the running means in the state.
    pub running_mean: usize,
    /// Offset of the running variances (unbiased) in the state.
    pub running_var: usize,
    /// Offset of this layer's 4 * `channels` floats of exchanged statistics: mean and 1 / sqrt(var + eps), then the
    /// sums of d_output and of d_output * normalised input.
    pub exchange: usize,
    /// Added to the variance.
    pub epsilon: f32,
    /// Weight of the newest batch in the running statistics.
    pub momentum: f32,
    /// Applied to the output.
    pub activation: Activation,
}

/// Inference: normalises with the running statistics. `input` and `output` may be the same map.
pub fn infer(_pass: &mut Pass<'_>, _bn: &BatchNorm, _input: &Map, _output: &Map) {
    unimplemented!()
}

/// Training: leaves this segment's mean and sum of squared deviations of each channel in `pass.partial`. A segment of a
/// network with batch norm is always one group.
pub fn measure(_pass: &mut Pass<'_>, _bn: &BatchNorm, _input: &Map) {
    unimplemented!()
}

/// Combines the segments' statistics and updates the running ones.
pub fn combine(_exchange: &mut Exchange<'_>, _bn: &BatchNorm) {
    unimplemented!()
}

/// Training: normalises with the batch's statistics. `input` and `output` differ.
pub fn forward(_pass: &mut Pass<'_>, _bn: &BatchNorm, _input: &Map, _output: &Map) {
    unimplemented!()
}

/// Adds to the gradients of scales and shifts and leaves this segment's sums in `pass.partial`. `d_output` is the
/// gradient before the activation.
pub fn measure_gradient(_pass: &mut Pass<'_>, _bn: &BatchNorm, _input: &Map, _d_output: &Map) {
    unimplemented!()
}

/// Adds up the segments' sums.
pub fn combine_gradient(_exchange: &mut Exchange<'_>, _bn: &BatchNorm) {
    unimplemented!()
}

/// Overwrites `d_input`, which may be the same map as `d_output`. The batch has `pass.batch` samples.
pub fn backward(_pass: &mut Pass<'_>, _bn: &BatchNorm, _input: &Map, _d_output: &Map, _d_input: &Map) {
    unimplemented!()
}
