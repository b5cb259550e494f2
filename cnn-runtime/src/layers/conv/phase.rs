//! The gradient for the input of a strided window, one axis of it.
//!
//! The rows of the input with the same `(row + padding) mod stride` see the same taps: every stride / gcd-th one, at a
//! distance of dilation / gcd rows of the output, where gcd is that of stride and dilation. So do columns.

use crate::kernels::row_fma::Taps;
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

/// The taps that the pixels of a vertical and a horizontal phase see in a map of outputs: `run` floats of each pixel.
pub(in crate::layers) fn taps([vertical, horizontal]: [&Phase; 2], outputs: &Part, run: usize) -> Taps {
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
