//! The gradient for the input of a convolution without padding and with few input channels, output by output.
//!
//! Input by input (see `data`), a layer of 6 channels would use 6 of 16 lanes, and a 5x5 window without padding would
//! go over as many zeros as values. Here the lanes are a filter row's contiguous columns and channels, 30 floats for
//! such a layer: the products of an output are added to the input pixels that it saw.

use super::{Conv, steps};
use crate::kernels::grid::{Grid, Steps};
use crate::kernels::panels::Panels;
use crate::kernels::scatter::{self, Scatter};
use crate::kernels::transpose::{self, Block};
use crate::map::Map;
use crate::pass::{Pass, Prepare};

/// Most input channels for which this is the faster way.
const CHANNELS: usize = 12;

/// Whether this is the way for a convolution. It depends on constants alone: the weights are prepared for one way.
pub(super) fn fits(conv: &Conv) -> bool {
    conv.groups == 1
        && conv.dilation[1] == 1
        && conv.padding == [0; 4]
        && conv.kernel[1] > 1
        && conv.in_channels <= CHANNELS
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
    for first in 0..pass.samples {
        let sample = &mut d_in[first * d_input.stored()..];
        d_input.rows_mut(sample).for_each(|row| row.fill(0.0));
        let (from, to) = (steps(d_output), steps(d_input));
        for row in 0..conv.kernel[0] {
            // Down the columns: the pixels of a tile must not share an input, and those in different rows do not.
            let grid = Grid {
                counts: [1, d_output.width, d_output.height],
                a: Steps { start: from.start, steps: [0, from.steps[2], from.steps[1]] },
                b: Steps {
                    start: to.start + row * conv.dilation[0] * to.steps[1],
                    steps: [0, conv.stride[1] * to.steps[2], conv.stride[0] * to.steps[1]],
                },
            };
            let scatter = Scatter {
                input: &d_out[first * d_output.stored()..],
                weights: pass.prepared,
                panels: panels(conv, row),
                grid,
            };
            scatter::scatter(&scatter, sample);
        }
    }
}
