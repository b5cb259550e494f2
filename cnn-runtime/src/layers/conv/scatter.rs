//! The gradient for the input of a convolution with few input channels, output by output.
//!
//! Input by input (see `data`), a layer of 6 channels would use 6 of 16 lanes, and a 5x5 window without padding would
//! go over as many zeros as values. Here the lanes are a filter row's contiguous columns and channels, 30 floats for
//! such a layer: the products of an output are added to the input pixels that it saw.

use super::{Conv, steps};
use crate::kernels::grid::Grid;
use crate::kernels::panels::Panels;
use crate::kernels::scatter::{self, Scatter};
use crate::kernels::transpose::{self, Block};
use crate::map::Map;
use crate::pass::{Pass, Prepare};

/// Most input channels for which this is the faster way, without padding and with it. (With padding measured on
/// Sapphire Rapids for 1 and 3 channels, where it is 3 to 5 times faster; 6 is what the lanes would allow.)
const CHANNELS: [usize; 2] = [12, 6];

/// Whether this is the way for a convolution. It depends on constants alone: the weights are prepared for one way, and
/// the macro crate (`layers::conv`, `scatters`) gives the output's gradient no border.
pub(super) fn fits(conv: &Conv) -> bool {
    let most = CHANNELS[usize::from(conv.padding != [0; 4])];
    conv.groups == 1 && conv.dilation[1] == 1 && conv.kernel[1] > 1 && conv.in_channels <= most
}

/// The prepared weights of a filter row: a row for each filter, a column for each input float that it sees.
fn panels(conv: &Conv, row: usize) -> Panels {
    let (rows, outputs) = (conv.out_channels, conv.kernel[1] * conv.in_channels);
    Panels { offset: conv.weight + row * rows * outputs, rows, outputs, pitch: None }
}

/// Rearranges the weights.
pub(super) fn prepare(prepare: &mut Prepare<'_>, conv: &Conv) {
    for row in 0..conv.kernel[0] {
        let to = panels(conv, row);
        let block = Block { weights: prepare.parameters, panels: conv.panels(0), row: row * to.outputs };
        transpose::transpose(&block, to, 0, prepare.prepared);
    }
}

/// Overwrites `d_input`.
pub(super) fn backward(pass: &mut Pass<'_>, conv: &Conv, d_output: &Map, d_input: &Map) {
    let [d_out, d_in] = pass.arena.views([d_output, d_input]);
    for sample in d_in.chunks_mut(d_input.stored()).take(pass.samples) {
        d_input.rows_mut(sample).for_each(|row| row.fill(0.0));
    }
    let scatter = Scatter {
        d_output: d_out,
        weights: pass.prepared,
        panels: panels(conv, 0),
        kernel: conv.kernel,
        stride: conv.stride,
        dilation: conv.dilation[0],
        padding: [conv.padding[0], conv.padding[2]],
        size: [d_input.height, d_input.width],
        grid: Grid { counts: [pass.samples, d_output.height, d_output.width], a: steps(d_output), b: steps(d_input) },
    };
    scatter::scatter(&scatter, d_in);
}
