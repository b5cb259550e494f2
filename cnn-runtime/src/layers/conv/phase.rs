//! A convolution turned around, from its output to its input: the gradient for the input, or a transposed convolution.
//!
//! The rows of the input with the same `(row + padding) mod stride` see the same taps: every stride / gcd-th one, at a
//! distance of dilation / gcd rows of the output, where gcd is that of stride and dilation. So do columns. Each pair of
//! phases is a convolution of its own, with a stride of 1 and the filters flipped, whose outputs are stored a stride
//! apart. No tap is wasted.

use super::{Conv, steps};
use crate::kernels::grid::{Grid, Steps};
use crate::kernels::panels::Panels;
use crate::kernels::row_fma::Taps;
use crate::kernels::transpose::{self, Block};
use crate::map::Part;

/// The rows (or columns) of an input that see the same taps.
#[derive(Clone, Copy, Debug)]
pub(in crate::layers) struct Phase {
    /// The first row.
    pub(in crate::layers) first: usize,
    /// How many rows, a stride apart.
    pub(in crate::layers) count: usize,
    /// The first tap.
    pub(in crate::layers) tap: usize,
    /// From a tap to the next.
    pub(in crate::layers) tap_step: usize,
    /// How many taps.
    pub(in crate::layers) taps: usize,
    /// The output row that the first row's last tap multiplies: negative in the border.
    pub(in crate::layers) start: isize,
    /// Output rows from a tap to the one before it.
    pub(in crate::layers) dilation: usize,
}

/// One axis of a convolution.
#[derive(Clone, Copy, Debug)]
pub(in crate::layers) struct Axis {
    pub(in crate::layers) kernel: usize,
    pub(in crate::layers) stride: usize,
    pub(in crate::layers) dilation: usize,
    pub(in crate::layers) padding: usize,
}

impl Axis {
    /// The phase whose rows have `(row + padding) % stride == residue`, of an input of `len` rows.
    pub(in crate::layers) fn phase(self, residue: usize, len: usize) -> Phase {
        let Self { kernel, stride, dilation, padding } = self;
        let first = (residue + stride - padding % stride) % stride;
        let common = gcd(stride, dilation);
        let tap_step = stride / common;
        let tap = (0..tap_step.min(kernel)).find(|tap| tap * dilation % stride == residue);
        let taps = tap.map_or(0, |tap| (kernel - tap).div_ceil(tap_step));
        let tap = tap.unwrap_or(0);
        let last = (tap + taps.saturating_sub(1) * tap_step) * dilation;
        let start = ((first + padding).cast_signed() - last.cast_signed()) / stride.cast_signed();
        let count = len.saturating_sub(first).div_ceil(stride);
        Phase { first, count, tap, tap_step, taps, start, dilation: dilation / common }
    }
}

/// Rows, columns.
pub(super) fn axes(conv: &Conv) -> [Axis; 2] {
    let Conv { kernel, stride, dilation, padding, .. } = *conv;
    [0, 1].map(|i| Axis { kernel: kernel[i], stride: stride[i], dilation: dilation[i], padding: padding[2 * i] })
}

/// The phases of an input of so many rows and columns, with the weights turned around: where those of the first group
/// lie, the first of all at `weight`, and their size. A row for each tap of the phase and output channel of the
/// convolution, a column for each input channel. They take exactly the place of the weights: phase after phase, in it
/// group after group.
pub(in crate::layers) fn all(
    conv: &Conv,
    weight: usize,
    [height, width]: [usize; 2],
) -> impl Iterator<Item = ([Phase; 2], Panels)> + use<> {
    let conv = *conv;
    let [vertical, horizontal] = axes(&conv);
    let residues = (0..conv.stride[0]).flat_map(move |y| (0..conv.stride[1]).map(move |x| (y, x)));
    residues.scan(weight, move |offset, (y, x)| {
        let phase = [vertical.phase(y, height), horizontal.phase(x, width)];
        let rows = phase[0].taps * phase[1].taps * conv.group_outputs();
        let panels = Panels { offset: *offset, rows, outputs: conv.group_inputs(), pitch: None };
        *offset += conv.groups * panels.size();
        Some((phase, panels))
    })
}

/// The panels of a group.
pub(in crate::layers) fn of_group(panels: Panels, group: usize) -> Panels {
    Panels { offset: panels.offset + group * panels.size(), ..panels }
}

/// Turns the weights of a convolution around, to where [`all`] says.
pub(in crate::layers) fn turn(conv: &Conv, weight: usize, parameters: &[f32], to: &mut [f32]) {
    // The weights do not depend on the size of the input.
    for ([vertical, horizontal], panels) in all(conv, weight, [0, 0]) {
        for group in 0..conv.groups {
            for y in 0..vertical.taps {
                for x in 0..horizontal.taps {
                    let tap_y = vertical.tap + y * vertical.tap_step;
                    let tap_x = horizontal.tap + x * horizontal.tap_step;
                    let row = (tap_y * conv.kernel[1] + tap_x) * conv.group_inputs();
                    let flipped = (vertical.taps - 1 - y) * horizontal.taps + horizontal.taps - 1 - x;
                    let block = Block { weights: parameters, panels: conv.panels(group), row };
                    transpose::transpose(&block, of_group(panels, group), flipped * conv.group_outputs(), to);
                }
            }
        }
    }
}

/// The windows of a phase in what the convolution makes, and its pixels in what it reads.
pub(in crate::layers) fn grid(
    samples: usize,
    [vertical, horizontal]: &[Phase; 2],
    stride: [usize; 2],
    from: &Part,
    to: &Part,
) -> Grid {
    let start = from.origin().cast_signed()
        + vertical.start * from.row().cast_signed()
        + horizontal.start * from.pitch.cast_signed();
    let pixels = steps(to);
    Grid {
        // A phase without taps has no windows; where they would start does not matter.
        counts: [samples, vertical.count, horizontal.count],
        a: Steps { start: start.max(0).cast_unsigned(), ..steps(from) },
        b: Steps {
            start: pixels.start + vertical.first * to.row() + horizontal.first * to.pitch,
            steps: [pixels.steps[0], stride[0] * pixels.steps[1], stride[1] * pixels.steps[2]],
        },
    }
}

/// The taps that the pixels of a vertical and a horizontal phase see in a map of outputs: `run` floats of each pixel.
pub(in crate::layers) fn taps([vertical, horizontal]: &[Phase; 2], outputs: &Part, run: usize) -> Taps {
    Taps {
        rows: vertical.taps,
        row_step: vertical.dilation * outputs.row(),
        runs: horizontal.taps,
        run_step: horizontal.dilation * outputs.pitch,
        run,
    }
    .joined()
}

const fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}
