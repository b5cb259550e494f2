//! The forward pass of convolutions with few channels and few filters: pixels in the lanes.

use super::strip::{STRIP, Strip, TAPS};
use super::{Algorithm, Conv, Run};
use crate::kernels::pixel_lane::{self, FILTERS, Layer, filtered};
use crate::map::Part;
use crate::simd;

/// Most channels that are put apart.
const CHANNELS: usize = 4;

/// Columns of the output from which on lanes are full enough.
const COLUMNS: usize = 8;

/// What a forward pass works on.
#[derive(Clone, Copy)]
pub(super) struct Maps<'a> {
    pub(super) input: &'a Part,
    pub(super) output: &'a Part,
}

/// Whether this is the way for a convolution.
pub(super) fn fits(conv: &Conv, Maps { input, output }: Maps<'_>) -> bool {
    let small = conv.out_channels <= FILTERS && conv.in_channels <= CHANNELS && output.width >= COLUMNS;
    let strip = Strip::new(conv, input, output.width, conv.shrinks());
    let rows = conv.shrinks();
    // Whole vectors are read and written across pixels, which must lie side by side.
    input.is_whole()
        && output.is_whole()
        && conv.groups == 1
        && !conv.adds
        && conv.stride[1] == 1
        && small
        && conv.kernel[0] * conv.kernel[1] * conv.in_channels <= TAPS
        && (strip.in_place || strip.rows(conv) >= rows)
}

/// Computes the output.
pub(super) fn forward(conv: &Conv, run: Run<'_>, maps: Maps<'_>) {
    let strip = Strip::new(conv, maps.input, maps.output.width, conv.shrinks());
    // Zeroing much for a small image would show.
    if strip.lines(conv, conv.shrinks() * maps.output.height) * strip.line <= STRIP / 3 {
        with_strip::<{ STRIP / 3 }>(conv, run, maps);
    } else {
        with_strip::<STRIP>(conv, run, maps);
    }
}

fn with_strip<const N: usize>(conv: &Conv, run: Run<'_>, maps: Maps<'_>) {
    let Maps { input, output } = maps;
    let Run { samples, parameters, x, y, scratch, .. } = run;
    let grid = conv.grid(samples, input, output);
    let phases = conv.shrinks();
    let strip = Strip::new(conv, input, output.width, phases);
    let mut taps = [[0_u32; 2]; TAPS];
    let taps = strip.taps(conv, &mut taps);
    let mut planes = [0.0; N];
    let rows = rows_at_once(conv, &strip, output);
    for sample in 0..grid.counts[0] {
        for first in (0..output.height).step_by(rows.max(1)) {
            let height = rows.min(output.height - first);
            let from = grid.a.start + sample * grid.a.steps[0] + first * phases * grid.a.steps[1];
            let to = grid.b.start + sample * grid.b.steps[0] + first * grid.b.steps[1];
            let (pixels, start) = if strip.in_place {
                (x, from)
            } else {
                strip.fill(conv, &x[from..], height * phases, &mut planes);
                (&planes[..], 0)
            };
            let layer = Layer {
                input: pixels,
                from: [start, conv.stride[0] * strip.line],
                taps,
                weights: &parameters[conv.weight..],
                bias: conv.bias.map(|at| &parameters[at..]),
                filters: conv.out_channels,
                activation: conv.activation,
                pool: conv.pool,
                size: [height, output.width],
                to: [to, grid.b.steps[1]],
            };
            if is_filtered(conv, height) {
                filtered::layer(&layer, conv.kernel[0], scratch, y);
            } else {
                pixel_lane::layer(&layer, y);
            }
        }
    }
}

/// Rows of the output that a strip serves.
fn rows_at_once(conv: &Conv, strip: &Strip, output: &Part) -> usize {
    if strip.in_place { output.height } else { (strip.rows(conv) / conv.shrinks()).min(output.height) }
}

/// Whether so many rows of the output at once are computed with fewer multiplications.
fn is_filtered(conv: &Conv, rows: usize) -> bool {
    conv.algorithm == Algorithm::Vertical
        && matches!(conv.kernel[0], 3 | 5)
        && conv.stride[0] == 1
        && conv.dilation[0] == 1
        && conv.shrinks() * rows >= filtered::ROWS
        && (!conv.pool || conv.activation.is_monotone())
        && simd::has_32_registers()
}

/// Whether all rows are, but for some at the end.
pub(super) fn is_mostly_filtered(conv: &Conv, Maps { input, output }: Maps<'_>) -> bool {
    let strip = Strip::new(conv, input, output.width, conv.shrinks());
    is_filtered(conv, rows_at_once(conv, &strip, output))
}
