//! A convolution and the largest of 2 x 2 of its outputs, for kernels that do not do that in registers: some rows of
//! the convolution's output, then the largest of them. The whole output is never in memory.

use super::{Conv, Run, products};
use crate::buffer::LANES;
use crate::kernels::grid::{Grid, Steps};
use crate::kernels::{activate, largest};
use crate::map::Part;

/// Pixels of a sample that are computed at once, at least: enough to fill register tiles.
const PIXELS: usize = 64;

/// Pixels that the samples of small maps should have together. What they take must stay in the first level cache.
const TOGETHER: usize = 128;

/// Samples and rows of the convolution's output that are computed at once, for a pooled map of this height and width.
/// The macro crate states the memory that they take.
fn strip(height: usize, width: usize) -> [usize; 2] {
    let (height, width) = (2 * height, 2 * width);
    match TOGETHER.div_ceil((height * width).max(1)) {
        1 => [1, (2 * (PIXELS / 2).div_ceil(width)).min(height)],
        samples => [samples, height],
    }
}

/// `output` is the pooled map.
pub(super) fn forward(conv: &Conv, run: Run<'_>, input: &Part, output: &Part) {
    let Run { samples: count, parameters, x, y, scratch, .. } = run;
    let whole = conv.grid(count, input, output);
    let [samples, rows] = strip(output.height, output.width);
    let row = 2 * output.width * conv.out_channels;
    let taps = conv.taps(input);
    let fused = activate::is_fused(conv.activation);
    for first in (0..count).step_by(samples) {
        for top in (0..2 * output.height).step_by(rows) {
            let samples = samples.min(count - first);
            let rows = rows.min(2 * output.height - top);
            let strip = &mut scratch[..samples * rows * row + LANES];
            let grid = Grid { counts: conv.counts(count, output), b: Steps { start: 0, steps: [0; 3] }, ..whole };
            let mut grid = grid.samples(first, samples).rows(top, rows);
            grid.b.steps = [rows * row, row, conv.out_channels];
            products(conv, grid, taps, parameters, x, strip);
            let pools_first = conv.activation.is_monotone();
            if !fused && !pools_first {
                activate::row(conv.activation, &mut strip[..samples * rows * row]);
            }
            for sample in 0..samples {
                let start = (first + sample) * output.stored() + output.origin() + top / 2 * output.row();
                let y = &mut y[start..];
                for (i, to) in y.chunks_mut(output.row()).take(rows / 2).enumerate() {
                    let rows = [0, 1].map(|below| &strip[(sample * rows + 2 * i + below) * row..][..row + LANES]);
                    let to = &mut to[..(output.width - 1) * output.pitch + output.channels];
                    largest::largest(rows, output.channels, output.pitch, to);
                    if !fused && pools_first {
                        let (step, count, len) = output.runs_of_a_row();
                        let runs = to.chunks_mut(step).take(count);
                        runs.for_each(|run| activate::row(conv.activation, &mut run[..len]));
                    }
                }
            }
        }
    }
}
