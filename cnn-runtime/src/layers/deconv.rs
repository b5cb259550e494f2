//! Transposed convolution: a convolution's input gradient as a layer of its own (Zeiler et al., 2010).
//!
//! It spreads every input over a window of outputs. The convolution that it turns around reads its output and makes its
//! input, so what is a gradient there is a forward pass here: forward, phases of outputs that see the same taps (see
//! `conv::phase`) are convolutions with a stride of 1; backward, the gradient for the input is a plain convolution.

use super::activation::{Activation, activate};
use super::bn::fold;
use super::bn::{BatchNorm, Folded};
use super::conv::phase::{self, Phase};
use super::conv::{self, Algorithm, Conv};
use crate::buffer::LANES;
use crate::kernels::grid::{Cursor, Grid};
use crate::kernels::panels::Panels;
use crate::kernels::row_fma::{self, Product};
use crate::kernels::sums;
use crate::map::{Map, Part};
use crate::pass::{Pass, Prepare};

/// The constants of a transposed convolution. Pairs are `[vertical, horizontal]`.
#[derive(Clone, Copy, Debug)]
pub struct Deconv {
    /// Channels of the input.
    pub in_channels: usize,
    /// Filters.
    pub out_channels: usize,
    /// Rows and columns of a filter.
    pub kernel: [usize; 2],
    /// Steps in the output from one input to the next.
    pub stride: [usize; 2],
    /// Distance of a filter's taps.
    pub dilation: [usize; 2],
    /// Top, bottom, left, right: how far windows reach beyond the output. The map of the output's gradient has at least
    /// this border.
    pub padding: [usize; 4],
    /// Groups of channels that see only each other.
    pub groups: usize,
    /// Offset of the weights, in `Layout::Conv` of the convolution that is turned around.
    pub weight: usize,
    /// Offset of the weights that the forward pass reads, among the derived ones.
    pub derived: usize,
    /// Offset of the biases, if there are any.
    pub bias: Option<usize>,
    /// Applied to the output.
    pub activation: Activation,
}

impl Deconv {
    /// The convolution that it turns around: from its output to its input.
    fn conv(&self) -> Conv {
        Conv {
            in_channels: self.out_channels,
            out_channels: self.in_channels,
            kernel: self.kernel,
            stride: self.stride,
            dilation: self.dilation,
            padding: self.padding,
            groups: self.groups,
            weight: self.weight,
            bias: None,
            activation: Activation::Identity,
            pool: false,
            adds: false,
            algorithm: Algorithm::Plain,
        }
    }

    /// Channels of the input and filters of one group.
    fn of_group(&self) -> [usize; 2] {
        [self.in_channels, self.out_channels].map(|channels| channels / self.groups)
    }

    /// The phases of the output, with the derived weights of the first group: a row for each tap of the phase and input
    /// channel, a column for each filter. Groups lie behind each other in a phase.
    fn phases(&self, output: [usize; 2]) -> impl Iterator<Item = ([Phase; 2], Panels)> {
        phase::all(&self.conv(), self.derived, output)
    }
}

/// Makes the weights that [`forward`] reads: turned around, and put together by phases.
pub fn derive(prepare: &mut Prepare<'_>, deconv: &Deconv) {
    phase::turn(&deconv.conv(), deconv.derived, prepare.parameters, prepare.derived);
}

/// Makes the weights that [`forward`] reads, and the biases, both including the batch norm behind the layer.
pub fn fold(prepare: &mut Prepare<'_>, deconv: &Deconv, bn: &BatchNorm, to: Folded) {
    derive(prepare, deconv);
    let [_, filters] = deconv.of_group();
    for group in 0..deconv.groups {
        for (panel, first) in (0..filters).step_by(LANES).enumerate() {
            let outputs = [first, filters.min(first + LANES)].map(|filter| group * filters + filter);
            let scales = fold::biases(prepare, bn, deconv.bias, to, outputs[0]..outputs[1]);
            for (_, panels) in deconv.phases([0, 0]) {
                let panels = phase::of_group(panels, group);
                let width = panels.width(panel);
                let rows = &mut prepare.derived[panels.at(panel, 0)..][..panels.rows * width];
                for row in rows.chunks_exact_mut(width) {
                    row.iter_mut().zip(&scales).for_each(|(weight, scale)| *weight *= scale);
                }
            }
        }
    }
}

/// Pixels that should at least go by while the weights of a panel stay in the caches, as for a convolution.
const PIXELS: usize = 128;

/// `output = activation(transposed convolution(input) + bias)`. The map of the input has the border that
/// `gradient_border` of the macro crate states for the convolution that is turned around.
pub fn forward(pass: &mut Pass<'_>, deconv: &Deconv, input: &Map, output: &Part) {
    let Pass { samples, parameters, derived, .. } = *pass;
    let [x, y] = pass.arena.views([input, output]);
    let [inputs, filters] = deconv.of_group();
    for (phases, panels) in deconv.phases([output.height, output.width]) {
        let grid = phase::grid(samples, &phases, deconv.stride, input, output);
        if grid.pixels() == 0 {
            continue;
        }
        if panels.rows == 0 {
            let bias = deconv.bias.map(|at| &parameters[at..][..deconv.out_channels]);
            fill(grid, bias, deconv.activation == Activation::Relu, output.channels, y);
            continue;
        }
        let taps = phase::taps(&phases, input, inputs);
        let at_once = PIXELS.div_ceil(phases[0].count * phases[1].count);
        for first in (0..samples).step_by(at_once) {
            let grid = grid.samples(first, at_once.min(samples - first));
            for group in 0..deconv.groups {
                let product = Product {
                    input: x,
                    weights: derived,
                    bias: deconv.bias.map(|at| &parameters[at + group * filters..]),
                    relu: deconv.activation == Activation::Relu,
                    grid: grid.shifted(group * inputs, group * filters),
                    taps,
                    panels: phase::of_group(panels, group),
                    adds: false,
                    height: usize::MAX,
                };
                row_fma::product(&product, y);
            }
        }
    }
    activate(deconv.activation, output, y, 0..samples);
}

/// The pixels that no tap reaches: nothing but biases.
fn fill(grid: Grid, bias: Option<&[f32]>, relu: bool, channels: usize, y: &mut [f32]) {
    let mut cursor = Cursor::new(grid);
    for _ in 0..grid.pixels() {
        let (_, at) = cursor.next();
        let pixel = &mut y[at..][..channels];
        match bias {
            Some(bias) => pixel.copy_from_slice(bias),
            None => pixel.fill(0.0),
        }
        if relu {
            pixel.iter_mut().for_each(|y| *y = y.max(0.0));
        }
    }
}

/// Adds to the gradients of weights and biases and overwrites `d_input`. `d_output` is the gradient before the
/// activation; its map has a border as wide as the padding.
pub fn backward(pass: &mut Pass<'_>, deconv: &Deconv, input: &Map, d_output: &Map, d_input: Option<&Map>) {
    let conv = deconv.conv();
    // What the convolution reads is the gradient, and what it would be told to change is the input.
    conv::backward(pass, &conv, d_output, input, None);
    if let Some(bias) = deconv.bias {
        let pixels = conv::steps(d_output);
        let grid = Grid { counts: [pass.samples, d_output.height, d_output.width], a: pixels, b: pixels };
        let d = pass.arena.view(d_output);
        sums::add_pixels(d, grid.joined(), &mut pass.gradients[bias..][..deconv.out_channels]);
    }
    if let Some(d_input) = d_input {
        backward_data(pass, deconv, d_output, d_input);
    }
}

/// Overwrites `d_input`. `d_output` is the gradient before the activation.
pub fn backward_data(pass: &mut Pass<'_>, deconv: &Deconv, d_output: &Map, d_input: &Map) {
    conv::forward(pass, &deconv.conv(), d_output, d_input);
}

#[cfg(test)]
mod reference;
#[cfg(test)]
mod tests;
