//! The gradients of a convolution's weights and biases.

use super::{Algorithm, Conv, narrow, winograd};
use crate::buffer::LANES;
use crate::kernels::grid::Grid;
use crate::kernels::rank1::{self, Rank1};
use crate::kernels::run_lane::{self, filtered};
use crate::kernels::{pair_lane, sums};
use crate::map::{Map, Part};
use crate::pass::Pass;

/// Bytes of input and gradient rows that should stay in the second level cache while all weights go by. The gradients of
/// the weights are read and written once a block: those of 28x28x512 to 512 filters are 9 MB, which come from afar.
/// (That layer, Zen 4: 76 to 79 % of the peak with a quarter of a megabyte, 83 to 84 % with half, 85 to 87 % with three
/// quarters, of the 1 MB that its cores have; Sapphire Rapids, 2 MB: 6 points more with a whole one than with half.)
const WORKING_SET: usize = 768 << 10;

/// Pixels of a block, at least: small maps of several samples are taken together, since the gradients are read and
/// written once a block.
const PIXELS: usize = 256;

/// What lies in the lanes of the vectors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lanes {
    /// 16 filters.
    Filters,
    /// A row of taps, for each of few filters.
    Runs,
    /// Two pixels of few filters, for one channel.
    Pairs,
}

impl Lanes {
    /// What fills them best.
    fn of(conv: &Conv, input: &Part, d_output: &Map) -> Self {
        let filters = conv.out_channels;
        if conv.groups > 1 || conv.dilation[1] > 1 || filters > LANES || !input.is_whole() {
            return Self::Filters;
        }
        // Useful lanes of 16.
        let run = conv.kernel[1] * conv.in_channels;
        let of_runs = run * LANES / run.next_multiple_of(LANES);
        let pairs = conv.in_channels == 1 && conv.stride[1] == 1 && d_output.width.is_multiple_of(2);
        let of_pairs = if pairs && filters <= pair_lane::FILTERS { 2 * filters } else { 0 };
        if of_pairs > filters.max(of_runs) {
            Self::Pairs
        } else if of_runs > filters + 1 {
            Self::Runs
        } else {
            Self::Filters
        }
    }
}

/// Adds to the gradients of weights and biases.
pub(super) fn backward(pass: &mut Pass<'_>, conv: &Conv, input: &Part, d_output: &Map) {
    match conv.algorithm {
        Algorithm::Winograd(winograd) if winograd.backward_weights => {
            winograd::weights(pass, conv, winograd, input, d_output);
        }
        _ if narrow::weights(pass, conv, input, d_output) => {}
        _ => return weights(pass, conv, input, d_output),
    }
    biases(conv, pass.arena.view(d_output), conv.grid(pass.samples, input, d_output), pass.gradients);
}

/// Adds to the gradients of biases, of the pixels of a grid.
fn biases(conv: &Conv, d_output: &[f32], grid: Grid, gradients: &mut [f32]) {
    if let Some(bias) = conv.bias {
        sums::add_pixels(d_output, grid.joined(), &mut gradients[bias..][..conv.out_channels]);
    }
}

/// The gradients of weights and biases, the direct way.
fn weights(pass: &mut Pass<'_>, conv: &Conv, input: &Part, d_output: &Map) {
    let samples = pass.samples;
    let grid = conv.grid(samples, input, d_output);
    let ([x, d], scratch) = pass.arena.views_and_scratch([input, d_output]);
    let lanes = Lanes::of(conv, input, d_output);
    if lanes == Lanes::Runs && conv.algorithm == Algorithm::Vertical {
        let (taps, panels) = (conv.taps(input), conv.panels(0));
        let rank1 = Rank1 { input: x, d_output: d, grid, taps, panels, row: 0 };
        if filtered::fits(&rank1, scratch.len()) {
            filtered::runs(&rank1, scratch, pass.gradients);
            return biases(conv, d, grid, pass.gradients);
        }
    }
    // The sums of a block stay in registers and are then added to memory: large blocks save memory traffic, small ones
    // keep their rows in the cache. Several samples make a block where one has few pixels.
    let at_once = PIXELS.div_ceil((d_output.height * d_output.width).max(1));
    let rows = rows_at_once(conv, input, d_output);
    for first in (0..samples).step_by(at_once) {
        let grid = grid.samples(first, at_once.min(samples - first));
        for row in (0..d_output.height).step_by(rows) {
            let grid = grid.rows(row, rows.min(d_output.height - row));
            // First: they read what lies side by side in one go, as far away as it may be.
            biases(conv, d, grid, pass.gradients);
            for group in 0..conv.groups {
                let rank1 = Rank1 {
                    input: x,
                    d_output: d,
                    grid: match lanes {
                        Lanes::Filters => {
                            grid.shifted(group * conv.group_inputs(), group * conv.group_outputs()).joined()
                        }
                        _ => grid,
                    },
                    taps: conv.taps(input),
                    panels: conv.panels(group),
                    row: 0,
                };
                match lanes {
                    Lanes::Filters => rank1::rank1(&rank1, pass.gradients),
                    Lanes::Runs => run_lane::runs(&rank1, pass.gradients),
                    Lanes::Pairs => pair_lane::pairs(&rank1, pass.gradients),
                }
            }
        }
    }
}

/// Rows of the output in a block.
fn rows_at_once(conv: &Conv, input: &Part, d_output: &Map) -> usize {
    let row = size_of::<f32>() * (conv.stride[0] * input.row() + d_output.row());
    (WORKING_SET / row.max(1)).clamp(1, d_output.height.max(1))
}
