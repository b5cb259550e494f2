//! Fully connected layer.

use super::activation::Activation;
use crate::map::Map;
use crate::pass::{Pass, Prepare};

/// The constants of a fully connected layer.
#[derive(Clone, Copy, Debug)]
pub struct Fc {
    /// Floats of an input sample. Its map has no border.
    pub inputs: usize,
    /// Outputs.
    pub outputs: usize,
    /// Offset of the weights, in `Layout::Fc`.
    pub weight: usize,
    /// Offset of the biases, if there are any.
    pub bias: Option<usize>,
    /// Applied to the output.
    pub activation: Activation,
}

/// `output = activation(weight * input + bias)`.
pub fn forward(_pass: &mut Pass<'_>, _fc: &Fc, _input: &Map, _output: &Map) {
    unimplemented!()
}

/// Rearranges the weights for [`backward`]'s `d_input`.
pub fn prepare(_prepare: &mut Prepare<'_>, _fc: &Fc) {
    unimplemented!()
}

/// Adds to the gradients of weights and biases and overwrites `d_input`. `d_output` is the gradient before the
/// activation.
pub fn backward(_pass: &mut Pass<'_>, _fc: &Fc, _input: &Map, _d_output: &Map, _d_input: Option<&Map>) {
    unimplemented!()
}
