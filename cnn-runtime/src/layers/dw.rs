//! Depthwise convolution: every channel has filters of its own.

use super::activation::Activation;
use crate::map::Map;
use crate::pass::Pass;

/// The constants of a depthwise convolution. Pairs are `[vertical, horizontal]`.
#[derive(Clone, Copy, Debug)]
pub struct Depthwise {
    /// Channels of input and output.
    pub channels: usize,
    /// Rows and columns of a filter.
    pub kernel: [usize; 2],
    /// Steps of the window.
    pub stride: [usize; 2],
    /// Distance of a filter's taps.
    pub dilation: [usize; 2],
    /// Zeros around the input: top, bottom, left, right. The input's map has at least this border.
    pub padding: [usize; 4],
    /// Offset of the weights, in `Layout::Depthwise`.
    pub weight: usize,
    /// Offset of the biases, if there are any.
    pub bias: Option<usize>,
    /// Applied to the output.
    pub activation: Activation,
}

/// `output = activation(depthwise(input) + bias)`.
pub fn forward(_pass: &mut Pass<'_>, _dw: &Depthwise, _input: &Map, _output: &Map) {
    unimplemented!()
}

/// Adds to the gradients of weights and biases and overwrites `d_input`. `d_output` is the gradient before the
/// activation.
pub fn backward(_pass: &mut Pass<'_>, _dw: &Depthwise, _input: &Map, _d_output: &Map, _d_input: Option<&Map>) {
    unimplemented!()
}
