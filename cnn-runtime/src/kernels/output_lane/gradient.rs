//! The gradients of the weights: the lanes keep sums of their own, which are added up filter by filter in the end.

use super::{LINE, LINES, Spread, Windows};
use crate::buffer::LANES;
use crate::kernels::{rolling, unroll};
use crate::simd::lanes::first;
use crate::simd::{Tile, dispatch};
use fearless_simd::{f32x16, prelude::*};

/// A group of samples.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gradient<'a> {
    pub(crate) windows: Windows,
    /// What `from` points into, with slack behind.
    pub(crate) input: &'a [f32],
    /// What `to` points into.
    pub(crate) d_output: &'a [f32],
    pub(crate) samples: usize,
    /// Rows of the output.
    pub(crate) height: usize,
    /// The first window of the first sample, and floats from a sample to the next.
    pub(crate) from: [usize; 2],
    /// The first output's gradient of the first sample, and floats from a sample, and from a row, to the next.
    pub(crate) to: [usize; 3],
}

/// Adds to the gradients of `weights`: `[tap][filter]`. `scratch` has [`SCRATCH`](super::SCRATCH) floats.
pub(crate) fn add_gradient(gradient: &Gradient<'_>, scratch: &mut [f32], weights: &mut [f32]) {
    debug_assert!(scratch.len() >= super::SCRATCH, "the plan has too little scratch memory");
    dispatch!(simd => strips(simd, gradient, scratch, weights));
}

#[inline(always)]
fn strips<S: Tile>(simd: S, gradient: &Gradient<'_>, scratch: &mut [f32], weights: &mut [f32]) {
    let &Gradient { windows, input, d_output, samples, height, from, to } = gradient;
    let Windows { row, filters, kernel: [kernel_h, kernel_w], .. } = windows;
    let spread = Spread::new(windows);
    let turns = spread.turns;
    let (memory, sums) = scratch.split_at_mut(LINES * LINE);
    // By taps and turns, with slack behind.
    let sums = &mut sums[..(kernel_h * kernel_w * turns + 1) * LANES];
    sums.fill(0.0);
    for sample in 0..samples {
        let mut first = 0;
        while first < height {
            // As even as possible: a strip has as many rows as a filter, at least.
            let rows = (height - first).div_ceil((height - first).div_ceil(LINES + 1 - kernel_h));
            let lines = &mut memory[..(rows + kernel_h - 1) * LINE];
            spread.fill(simd, &input[from[0] + sample * from[1] + first * row..], lines);
            let d_output = &d_output[to[0] + sample * to[1] + first * to[2]..];
            for turn in 0..turns {
                let job = Job { windows, lines, d_output, row: to[2], rows, turn, turns, column: 0 };
                // All 25 sums of 5 x 5 taps would leave too few registers.
                run::<S, 5, 3>(simd, job, sums);
                run::<S, 5, 2>(simd, Job { column: 3, ..job }, sums);
            }
            first += rows;
        }
    }
    for (tap, weights) in weights.chunks_exact_mut(filters).take(kernel_h * kernel_w).enumerate() {
        let sums = &sums[tap * turns * LANES..];
        let mut total = f32x16::splat(simd, 0.0);
        for at in (0..turns * LANES).step_by(filters) {
            total += f32x16::from_slice(simd, &sums[at..][..LANES]);
        }
        weights.iter_mut().zip(total.to_array()).for_each(|(weight, total)| *weight += total);
    }
}

/// Some columns of taps, from `column` on, for the vectors of a turn.
#[derive(Clone, Copy)]
struct Job<'a> {
    windows: Windows,
    /// Spread pixels.
    lines: &'a [f32],
    /// From the first row on, whose distance is `row`.
    d_output: &'a [f32],
    row: usize,
    rows: usize,
    turn: usize,
    turns: usize,
    column: usize,
}

#[inline(never)]
fn run<S: Simd, const KH: usize, const KW: usize>(simd: S, job: Job<'_>, sums: &mut [f32]) {
    simd.vectorize(
        #[inline(always)]
        || add::<S, KH, KW>(simd, job, sums),
    );
}

#[inline(always)]
fn add<S: Simd, const KH: usize, const KW: usize>(simd: S, job: Job<'_>, sums: &mut [f32]) {
    let Job { windows, lines, d_output, row, rows, turn, turns, column } = job;
    let (floats, filters) = (windows.floats(), windows.filters);
    let zero = f32x16::splat(simd, 0.0);
    let mut totals = [[zero; KW]; KH];
    let whole = (floats / LANES).saturating_sub(turn).div_ceil(turns);
    // The last vector ends where the row does; what others have done already does not count. It belongs to the last
    // turn.
    let last = usize::from(!floats.is_multiple_of(LANES) && turn + 1 == turns);
    for i in 0..whole + last {
        let at = if i < whole { (turn + i * turns) * LANES } else { floats - LANES };
        let done = if i < whole { 0 } else { LANES - floats % LANES };
        let theirs = first(simd, done);
        let (lines, d_output) = (&lines[at + column * filters..], &d_output[at..]);
        rolling::backward!(
            simd,
            totals[KH][KW],
            rows,
            r => theirs.select(zero, f32x16::from_slice(simd, &d_output[r * row..][..LANES])),
            r => &lines[r * LINE..][..(KW - 1) * filters + LANES],
            (line, x) => f32x16::from_slice(simd, &line[x * filters..][..LANES]),
        );
    }
    unroll!(y < KH, {
        unroll!(x < KW, {
            let tap = y * windows.kernel[1] + column + x;
            let to = &mut sums[(tap * turns + turn) * LANES..][..LANES];
            (f32x16::from_slice(simd, to) + totals[y][x]).store_slice(to);
        });
    });
}
