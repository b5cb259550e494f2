//! Convolution, grouped and dilated ones included: an implicit matrix product over windows read in place.

mod blocks;
mod choice;
mod data;
mod mosaic;
mod narrow;
pub(super) mod phase;
mod pooled;
#[cfg(test)]
mod reference;
mod scatter;
mod small;
mod split;
mod strip;
#[cfg(test)]
mod tests;
mod weights;
mod winograd;

use super::activation::{Activation, activate};
use super::bn::fold::{self, Outputs};
use super::bn::{BatchNorm, Folded};
use crate::kernels::grid::{Grid, Steps};
use crate::kernels::panels::Panels;
use crate::kernels::row_fma::{self, Product, Taps};
use crate::kernels::short_runs;
use crate::map::{Map, Part};
use crate::pass::{Pass, Prepare};

use choice::Kernel;
pub use choice::kernel;
pub use data::{backward as backward_data, prepare};
pub use winograd::derive;

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
    /// Whether the output is then pooled: the largest of 2 x 2, two steps apart. In inference only.
    pub pool: bool,
    /// Whether it is added to what the output's map holds, before the activation. In inference only, and never with
    /// `pool`.
    pub adds: bool,
    /// How it is computed.
    pub algorithm: Algorithm,
}

/// How a convolution is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// As a sum of products over every window.
    Direct,
    /// The same by kernels that take no scratch memory. (Transposed convolutions plan none for what is a forward pass
    /// here.)
    Plain,
    /// As a sum of products, with fewer multiplications down the columns where a kernel of few channels knows how.
    Vertical,
    /// With fewer multiplications, by minimal filtering of tiles.
    Winograd(Winograd),
}

/// The constants of a convolution by minimal filtering (Winograd, 1980; Lavin, Gray, 2016).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Winograd {
    /// Rows and columns of a tile of outputs: 4 or 2.
    pub tile: usize,
    /// Offset of the transformed filters among the derived weights.
    pub weights: usize,
    /// Offset of the transformed filters of the backward pass among the prepared weights.
    pub d_weights: usize,
    /// Whether the gradients of the filters are computed this way too.
    pub backward_weights: bool,
    /// Samples that lie below each other and beside each other in one image in training, where a group has as many: one
    /// or two. More than one only if the padding keeps a map's size.
    pub together: [usize; 2],
}

impl Conv {
    /// The weights of a group: a row for each tap and input channel, a column for each filter.
    fn panels(&self, group: usize) -> Panels {
        let rows = self.kernel[0] * self.kernel[1] * self.group_inputs();
        let outputs = self.group_outputs();
        Panels { offset: self.weight + group * rows * outputs, rows, outputs, pitch: None }
    }

    /// Input channels that a filter sees.
    fn group_inputs(&self) -> usize {
        self.in_channels / self.groups
    }

    /// Filters that see the same input channels.
    fn group_outputs(&self) -> usize {
        self.out_channels / self.groups
    }

    /// Rows and columns of the convolution for one of the output: two if it is pooled.
    fn shrinks(&self) -> usize {
        if self.pool { 2 } else { 1 }
    }

    /// Rows of the input that a filter spans.
    fn reach(&self) -> usize {
        (self.kernel[0] - 1) * self.dilation[0] + 1
    }

    /// The window of a filter in a map.
    fn taps(&self, input: &Part) -> Taps {
        Taps {
            rows: self.kernel[0],
            row_step: self.dilation[0] * input.row(),
            runs: self.kernel[1],
            run_step: self.dilation[1] * input.pitch,
            run: self.group_inputs(),
        }
        .joined()
    }

    /// Samples, rows and columns of the convolution itself, before any pooling.
    fn counts(&self, samples: usize, output: &Part) -> [usize; 3] {
        [samples, self.shrinks() * output.height, self.shrinks() * output.width]
    }

    /// The first window's place in `input` and each output's in `output`.
    fn grid(&self, samples: usize, input: &Part, output: &Part) -> Grid {
        debug_assert!(
            self.padding.iter().zip(input.border).all(|(&padding, border)| padding <= border),
            "the border {:?} of a convolution's input is smaller than its padding {:?}",
            input.border,
            self.padding,
        );
        debug_assert_eq!([input.channels, output.channels], [self.in_channels, self.out_channels]);
        let [top, _, left, _] = self.padding;
        Grid {
            counts: [samples, output.height, output.width],
            a: Steps {
                start: input.origin() - top * input.row() - left * input.pitch,
                steps: [input.stored(), self.stride[0] * input.row(), self.stride[1] * input.pitch],
            },
            b: steps(output),
        }
    }
}

/// The pixels of a map, or of a part of one.
pub(super) fn steps(map: &Part) -> Steps {
    Steps { start: map.origin(), steps: [map.stored(), map.row(), map.pitch] }
}

/// `output = activation(conv(input) + bias)` (`+ output`, if the convolution adds), and the largest of 2 x 2 of it if
/// the convolution pools.
pub fn forward(pass: &mut Pass<'_>, conv: &Conv, input: &Part, output: &Part) {
    run(pass, conv, input, output, false);
}

/// The same in training, where the samples of a group may be computed together in images of several. Not in inference:
/// the bits depend on the samples beside one.
pub fn train(pass: &mut Pass<'_>, conv: &Conv, input: &Part, output: &Part) {
    debug_assert!(!conv.pool && !conv.adds, "{conv:?} is one of inference");
    run(pass, conv, input, output, true);
}

fn run(pass: &mut Pass<'_>, conv: &Conv, input: &Part, output: &Part, joins: bool) {
    let Pass { samples, parameters, derived, threads, .. } = *pass;
    let ([x, y], scratch) = pass.arena.views_and_scratch([input, output]);
    let run = Run { samples, parameters, derived, x, y, scratch, joins };
    split::forward(conv, run, input, output, threads);
}

/// What a forward pass reads and writes.
#[derive(Debug)]
struct Run<'a> {
    samples: usize,
    parameters: &'a [f32],
    derived: &'a [f32],
    x: &'a [f32],
    y: &'a mut [f32],
    scratch: &'a mut [f32],
    /// Whether several samples may lie in one image.
    joins: bool,
}

/// Computes the output by the kernel that suits it.
fn compute(conv: &Conv, run: Run<'_>, input: &Part, output: &Part) {
    let maps = small::Maps { input, output };
    match Kernel::of(conv, run.samples, maps) {
        Kernel::OutputLane(windows) => narrow::output_lane(conv, windows, run, maps),
        Kernel::Column(columns) => narrow::column(conv, &columns, run, output),
        Kernel::PixelLane => small::forward(conv, run, maps),
        Kernel::Winograd(winograd) => winograd::forward(conv, winograd, run, input, output),
        Kernel::Products if conv.pool => pooled::forward(conv, run, input, output),
        Kernel::Products => windows(conv, run, input, output),
    }
}

/// Computes the output as products of windows and panels, block by block.
fn windows(conv: &Conv, run: Run<'_>, input: &Part, output: &Part) {
    let Run { samples, parameters, x, y, .. } = run;
    let grid = conv.grid(samples, input, output);
    let is_grouped = conv.groups > 1;
    for block in blocks::blocks(conv, [input, output], [samples, output.height], is_grouped) {
        if is_grouped {
            block.touch(conv, [input, output], [x, y]);
        }
        products(conv, block.of(grid), conv.taps(input), parameters, x, y);
        activate(conv.activation, &block.part(output), y, block.samples);
    }
}

/// The outputs of a grid, group by group.
fn products(conv: &Conv, grid: Grid, taps: Taps, parameters: &[f32], x: &[f32], y: &mut [f32]) {
    for group in 0..conv.groups {
        let bias = conv.bias.map(|at| &parameters[at + group * conv.group_outputs()..]);
        let product = Product { bias, ..products_of(conv, grid, taps, group, [x, parameters]) };
        if short_runs::fits(&product) {
            short_runs::product(&product, y);
        } else {
            row_fma::product(&product, y);
        }
    }
}

/// The product of a group, without its bias.
fn products_of<'a>(conv: &Conv, grid: Grid, taps: Taps, group: usize, [input, weights]: [&'a [f32]; 2]) -> Product<'a> {
    Product {
        input,
        weights,
        bias: None,
        relu: conv.activation == Activation::Relu,
        grid: grid.shifted(group * conv.group_inputs(), group * conv.group_outputs()),
        taps,
        panels: conv.panels(group),
        adds: conv.adds,
        height: usize::MAX,
    }
}

/// Makes the weights, or the transformed filters, and the biases that include the batch norm behind the convolution.
pub fn fold(prepare: &mut Prepare<'_>, conv: &Conv, bn: &BatchNorm, to: Folded) {
    if let Algorithm::Winograd(winograd) = conv.algorithm {
        return winograd::fold(prepare, conv, winograd, bn, to);
    }
    let blocks = (0..conv.groups).flat_map(|group| {
        let panels = conv.panels(group);
        Outputs::of_panels(panels, group * panels.outputs, panels.offset - conv.weight)
    });
    fold::fold(prepare, bn, (conv.weight, conv.bias), to, blocks);
}

/// Adds to the gradients of weights and biases and overwrites `d_input`. `d_output` is the gradient before the
/// activation; its map has the border that `gradient_border` of the macro crate states.
pub fn backward(pass: &mut Pass<'_>, conv: &Conv, input: &Part, d_output: &Map, d_input: Option<&Map>) {
    weights::backward(pass, conv, input, d_output);
    if let Some(d_input) = d_input {
        backward_data(pass, conv, d_output, d_input);
    }
}
