//! Convolutions to 16 filters with a stride of 1: the pixels of a column of the output in the registers.
//!
//! [`row_fma`](super::row_fma) with a single panel loads a float for every product, one more than a processor can do
//! with two multiply-adds and two loads a cycle. Here a broadcast float meets the weights of a column of taps, or the
//! gradients of as many rows, while these are in registers: three or five products for a load. Rows of the input are
//! copied so that they lie a constant distance apart and one address serves all of them.
//!
//! That takes 32 registers. Sapphire Rapids, 14x14x6 to 16 filters of 5x5: forward 88 to 91 % of the peak instead of
//! 62, gradients of the weights 89 to 92 % instead of 61; 32x32x3 to 16 filters of 3x3: 81 and 73 %.

pub(crate) mod filtered;

use super::panels::Panels;
use super::{activate, rolling, unroll};
use crate::buffer::LANES;
use crate::simd::{self, Tile, dispatch, math};
use fearless_simd::{Simd, SimdBase, SimdFloat, f32x16};

/// Windows with a stride of 1 and their outputs, 16 floats each, for a group of samples.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Columns {
    /// Rows of a filter, and floats of its rows.
    pub(crate) kernel: [usize; 2],
    pub(crate) channels: usize,
    /// Samples, rows and columns of the convolution's output.
    pub(crate) counts: [usize; 3],
    /// The first window of the first sample, and floats from a sample, and from a row, to the next.
    pub(crate) from: [usize; 3],
    /// The first output (or its gradient) of the first sample, and floats from a sample, and from a row, to the next.
    pub(crate) to: [usize; 3],
    /// Where the weights are.
    pub(crate) panels: Panels,
}

/// Floats from a copied row to the next: an odd number of cache lines.
const LINE: usize = 21 * LANES;

/// Copied rows: a register tile's and those that its windows reach into.
const LINES: usize = 20;

/// Floats of scratch memory.
pub(crate) const SCRATCH: usize = LINES * LINE;

impl Columns {
    /// Whether this is the way.
    pub(crate) fn fits(&self) -> bool {
        let [_, rows, _] = self.counts;
        self.panels.outputs == LANES
            && matches!(self.kernel[0], 3 | 5)
            && rows >= 8
            && self.floats() <= LINE
            && simd::has_32_registers()
    }

    /// Floats of a row that its windows see.
    fn floats(&self) -> usize {
        (self.counts[2] - 1) * self.channels + self.kernel[1]
    }

    /// Copies the rows that windows see.
    fn copy<'a>(&self, input: &[f32], [sample, first, rows]: [usize; 3], scratch: &'a mut [f32]) -> &'a [f32] {
        let input = &input[self.from[0] + sample * self.from[1] + first * self.from[2]..];
        let lines = &mut scratch[..(rows + self.kernel[0] - 1) * LINE];
        for (y, line) in lines.as_chunks_mut::<LINE>().0.iter_mut().enumerate() {
            line[..self.floats()].copy_from_slice(&input[y * self.from[2]..][..self.floats()]);
        }
        lines
    }
}

/// What becomes of the sums.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Finish<'a> {
    pub(crate) bias: Option<&'a [f32]>,
    pub(crate) relu: bool,
    /// Whether the outputs are pooled: the largest of 2 x 2. They are `to` half as many rows and columns then.
    pub(crate) pool: bool,
}

/// Computes the outputs. `scratch` has [`SCRATCH`] floats.
pub(crate) fn forward(
    columns: &Columns,
    input: &[f32],
    weights: &[f32],
    finish: Finish<'_>,
    scratch: &mut [f32],
    output: &mut [f32],
) {
    debug_assert!(scratch.len() >= SCRATCH, "the plan has too little scratch memory");
    dispatch!(simd => tiles(simd, columns, input, weights, finish, scratch, output));
}

/// Rows of a register tile, at most.
const MOST: usize = LINES - 4;

/// Outputs of a register tile, of a column or a row of at least 8: as few twice as possible, tiles as long as possible.
fn register_tile(outputs: usize) -> usize {
    let tiles = [MOST, 14, 12, 10, 8].into_iter().filter(|&tile| tile <= outputs);
    tiles.min_by_key(|&tile| (outputs.next_multiple_of(tile), MOST - tile)).unwrap_or(8)
}

#[inline(always)]
fn tiles<S: Tile>(
    simd: S,
    columns: &Columns,
    input: &[f32],
    weights: &[f32],
    finish: Finish<'_>,
    scratch: &mut [f32],
    output: &mut [f32],
) {
    let [samples, rows, _] = columns.counts;
    let weights = &weights[columns.panels.offset..][..columns.panels.size()];
    let tile = register_tile(rows);
    let shrinks = if finish.pool { 2 } else { 1 };
    for sample in 0..samples {
        for first in (0..rows).step_by(tile) {
            let first = first.min(rows - tile);
            let lines = columns.copy(input, [sample, first, tile], scratch);
            let output = &mut output[columns.to[0] + sample * columns.to[1] + first / shrinks * columns.to[2]..];
            let job = Job { columns, lines, weights, finish };
            match (tile, columns.kernel[0]) {
                (16, 5) => run::<S, 16, 5>(simd, job, output),
                (14, 5) => run::<S, 14, 5>(simd, job, output),
                (12, 5) => run::<S, 12, 5>(simd, job, output),
                (10, 5) => run::<S, 10, 5>(simd, job, output),
                (8, 5) => run::<S, 8, 5>(simd, job, output),
                (16, 3) => run::<S, 16, 3>(simd, job, output),
                (14, 3) => run::<S, 14, 3>(simd, job, output),
                (12, 3) => run::<S, 12, 3>(simd, job, output),
                (10, 3) => run::<S, 10, 3>(simd, job, output),
                (8, 3) => run::<S, 8, 3>(simd, job, output),
                (rows, taps) => unreachable!("no register tile of {rows} rows for {taps} rows of taps"),
            }
        }
    }
}

/// A register tile of some rows, for all columns.
#[derive(Clone, Copy)]
struct Job<'a> {
    columns: &'a Columns,
    lines: &'a [f32],
    weights: &'a [f32],
    finish: Finish<'a>,
}

#[inline(never)]
fn run<S: Simd, const R: usize, const KH: usize>(simd: S, job: Job<'_>, output: &mut [f32]) {
    simd.vectorize(
        #[inline(always)]
        || {
            let Job { columns: &Columns { channels, counts, to: [.., row], .. }, finish, .. } = job;
            for x in 0..counts[2] {
                let sums = sums::<S, R, KH>(simd, job, x * channels);
                if finish.pool {
                    unroll!(i < R / 2, {
                        let to = &mut output[i * row + x / 2 * LANES..][..LANES];
                        largest(simd, finish, sums.as_chunks().0[i], x, to);
                    });
                } else {
                    unroll!(16: r < R, {
                        let sum = if finish.relu { activate::relu(simd, sums[r]) } else { sums[r] };
                        sum.store_slice(&mut output[r * row + x * LANES..][..LANES]);
                    });
                }
            }
        },
    );
}

/// The sums of `R` rows of a column.
#[inline(always)]
fn sums<S: Simd, const R: usize, const KH: usize>(simd: S, job: Job<'_>, at: usize) -> [f32x16<S>; R] {
    let Job { columns, lines, weights, finish } = job;
    let taps = columns.kernel[1];
    let start = finish.bias.map_or(f32x16::splat(simd, 0.0), |bias| f32x16::from_slice(simd, &bias[..LANES]));
    let mut sums = [start; R];
    let weights = weights.as_chunks::<LANES>().0;
    let mut rows = [weights; KH];
    unroll!(y < KH, {
        rows[y] = &weights[y * taps..][..taps];
    });
    let lines = &lines[at..][..(R + KH - 2) * LINE + taps];
    for i in 0..taps {
        let mut column = [start; KH];
        unroll!(y < KH, {
            column[y] = f32x16::from_slice(simd, &rows[y][i]);
        });
        let pixels = &lines[i..][..(R + KH - 2) * LINE + 1];
        rolling::forward!(sums[R], column[KH], r => f32x16::splat(simd, pixels[r * LINE]));
    }
    sums
}

/// Stores the largest of two rows, or of these and what the column before it stored.
#[inline(always)]
fn largest<S: Simd>(simd: S, finish: Finish<'_>, [above, below]: [f32x16<S>; 2], x: usize, to: &mut [f32]) {
    let mut largest = math::larger(above, below);
    if !x.is_multiple_of(2) {
        largest = math::larger(f32x16::from_slice(simd, to), largest);
        if finish.relu {
            largest = activate::relu(simd, largest);
        }
    }
    largest.store_slice(to);
}

/// Adds to the gradients of the weights. `scratch` has [`SCRATCH`] floats.
pub(crate) fn add_gradient(
    columns: &Columns,
    input: &[f32],
    d_output: &[f32],
    scratch: &mut [f32],
    gradient: &mut [f32],
) {
    debug_assert!(scratch.len() >= SCRATCH, "the plan has too little scratch memory");
    dispatch!(simd => strips(simd, columns, input, d_output, scratch, gradient));
}

#[inline(always)]
fn strips<S: Tile>(
    simd: S,
    columns: &Columns,
    input: &[f32],
    d_output: &[f32],
    scratch: &mut [f32],
    gradient: &mut [f32],
) {
    let &Columns { kernel: [kernel_h, taps], counts: [samples, height, _], to, .. } = columns;
    let gradient = &mut gradient[columns.panels.offset..][..columns.panels.size()];
    for sample in 0..samples {
        let mut first = 0;
        while first < height {
            // As even as possible: a strip has as many rows as a filter, at least.
            let rows = (height - first).div_ceil((height - first).div_ceil(LINES + 1 - kernel_h));
            let lines = columns.copy(input, [sample, first, rows], scratch);
            let d_output = &d_output[to[0] + sample * to[1] + first * to[2]..];
            for tap in (0..taps).step_by(TAPS) {
                let job = Strip { columns, lines, d_output, rows, tap };
                match (kernel_h, (taps - tap).min(TAPS)) {
                    (5, 3) => add::<S, 5, 3>(simd, job, gradient),
                    (5, 2) => add::<S, 5, 2>(simd, job, gradient),
                    (5, 1) => add::<S, 5, 1>(simd, job, gradient),
                    (3, 3) => add::<S, 3, 3>(simd, job, gradient),
                    (3, 2) => add::<S, 3, 2>(simd, job, gradient),
                    (3, 1) => add::<S, 3, 1>(simd, job, gradient),
                    (rows, taps) => unreachable!("no register tile of {rows} x {taps} taps"),
                }
            }
            first += rows;
        }
    }
}

/// Taps of a row in a register tile of gradients.
const TAPS: usize = 3;

/// Some rows, for some taps.
#[derive(Clone, Copy)]
struct Strip<'a> {
    columns: &'a Columns,
    lines: &'a [f32],
    /// From the first row on.
    d_output: &'a [f32],
    rows: usize,
    /// The first tap.
    tap: usize,
}

#[inline(never)]
fn add<S: Simd, const KH: usize, const KW: usize>(simd: S, strip: Strip<'_>, gradient: &mut [f32]) {
    simd.vectorize(
        #[inline(always)]
        || products::<S, KH, KW>(simd, strip, gradient),
    );
}

#[inline(always)]
fn products<S: Simd, const KH: usize, const KW: usize>(simd: S, strip: Strip<'_>, gradient: &mut [f32]) {
    let Strip { columns: &Columns { kernel, channels, counts, to: [.., row], .. }, lines, d_output, rows, tap } = strip;
    let zero = f32x16::splat(simd, 0.0);
    let mut totals = [[zero; KW]; KH];
    for x in 0..counts[2] {
        let (lines, d_output) = (&lines[x * channels + tap..], &d_output[x * LANES..]);
        rolling::backward!(
            simd,
            totals[KH][KW],
            rows,
            r => f32x16::from_slice(simd, &d_output[r * row..][..LANES]),
            r => &lines[r * LINE..][..KW],
            (line, x) => f32x16::splat(simd, line[x]),
        );
    }
    unroll!(y < KH, {
        unroll!(x < KW, {
            let to = &mut gradient[(y * kernel[1] + tap + x) * LANES..][..LANES];
            (f32x16::from_slice(simd, to) + totals[y][x]).store_slice(to);
        });
    });
}
