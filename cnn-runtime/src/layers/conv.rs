//! Convolution, grouped and dilated ones included.

use super::activation::Activation;
use crate::map::Map;
use crate::pass::{Pass, Prepare};

/// The constants of a convolution. Pairs are `[vertical, horizontal]`.
#[derive(Clone, Copy, Debug)]
pub struct Conv {
    /// Channels of the input.
    pub in_channels: usize,
    /// Filters.
    pub out_channels: usize,
    /// Rows and columns of a filter.
    pub kernel: [usize; 2],
    /// Steps of the window.
    pub stride: [usize; 2],
    /// Distance of a filter's taps.
    pub dilation: [usize; 2],
    /// Zeros around the input: top, bottom, left, right. The input's map has at least this border.
    pub padding: [usize; 4],
    /// Groups of channels that see only each other.
    pub groups: usize,
    /// Offset of the weights, in `Layout::Conv`.
    pub weight: usize,
    /// Offset of the biases, if there are any.
    pub bias: Option<usize>,
    /// Applied to the output.
    pub activation: Activation,
}

/// `output = activation(conv(input) + bias)`.
pub fn forward(_pass: &mut Pass<'_>, _conv: &Conv, _input: &Map, _output: &Map) {
    unimplemented!()
}

/// Rearranges the weights for [`backward`]'s `d_input`.
pub fn prepare(_prepare: &mut Prepare<'_>, _conv: &Conv) {
    unimplemented!()
}

/// Adds to the gradients of weights and biases and overwrites `d_input`. `d_output` is the gradient before the
/// activation; its map has the border that `gradient_border` of the macro crate states.
pub fn backward(_pass: &mut Pass<'_>, _conv: &Conv, _input: &Map, _d_output: &Map, _d_input: Option<&Map>) {
    unimplemented!()
}
