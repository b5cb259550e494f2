//! The gradients of a convolution's weights and biases.

use super::{Algorithm, Conv, blocks, narrow, winograd};
use crate::buffer::LANES;
use crate::kernels::grid::Grid;
use crate::kernels::rank1::{self, Rank1, copied};
use crate::kernels::run_lane::{self, filtered};
use crate::kernels::{pair_lane, sums};
use crate::map::{Map, Part};
use crate::pass::Pass;

/// Taps from which on a pixel is used often enough to be touched first.
const MANY: usize = 32;

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
        if filtered::fits(&rank1) {
            filtered::runs(&rank1, scratch, pass.gradients);
            return biases(conv, d, grid, pass.gradients);
        }
    }
    // The sums of a block stay in registers and are then added to memory: large blocks save memory traffic, small ones
    // keep their rows in the cache.
    //
    // Of few panels, each pixel is read once or twice: beforehand would be once more.
    let touches = conv.groups * conv.panels(0).count() > 2 && conv.taps(input).count() >= MANY;
    for block in blocks::blocks(conv, [input, d_output], [samples, d_output.height], true) {
        let grid = block.of(grid);
        if touches {
            block.touch(conv, [input, d_output], [x, d]);
        }
        // First: they read what lies side by side in one go, as far away as it may be.
        biases(conv, d, grid, pass.gradients);
        for group in 0..conv.groups {
            let rank1 = Rank1 {
                input: x,
                d_output: d,
                grid: match lanes {
                    Lanes::Filters => grid.shifted(group * conv.group_inputs(), group * conv.group_outputs()).joined(),
                    _ => grid,
                },
                taps: conv.taps(input),
                panels: conv.panels(group),
                row: 0,
            };
            match lanes {
                Lanes::Filters if copied::fits(&rank1) => copied::add(&rank1, scratch, pass.gradients),
                Lanes::Filters => rank1::rank1(&rank1, pass.gradients),
                Lanes::Runs => run_lane::runs(&rank1, pass.gradients),
                Lanes::Pairs => pair_lane::pairs(&rank1, pass.gradients),
            }
        }
    }
}
