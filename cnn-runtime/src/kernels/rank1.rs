//! Gradients of weights: sums of rank-1 updates over pixels or samples.
//!
//! `MR` contiguous floats of the input by `NR` panels of 16 outputs stay in registers while the pixels of a block go by;
//! then they are added to the gradient, which lies like the weights do.

use super::grid::Grid;
use super::panels::Panels;
use super::row_fma::Taps;
use super::touch::touch;
use super::unroll;
use crate::buffer::LANES;
use crate::simd::{Tile, dispatch};
use fearless_simd::{Simd, SimdBase, SimdFloat, f32x16};

/// `gradient[tap][o] += sum over pixels of input[pixel + tap] * d_output[pixel][o]`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rank1<'a> {
    /// What the grid's `a` points into.
    pub(crate) input: &'a [f32],
    /// What the grid's `b` points into, with slack behind every sample.
    pub(crate) d_output: &'a [f32],
    pub(crate) grid: Grid,
    pub(crate) taps: Taps,
    pub(crate) panels: Panels,
    /// The row of the panels that the first tap's gradient is in.
    pub(crate) row: usize,
}

/// Adds a product to `gradient`, which `panels` points into.
pub(crate) fn rank1(rank1: &Rank1<'_>, gradient: &mut [f32]) {
    if rank1.grid.pixels() > 0 {
        dispatch!(simd => panels(simd, rank1, gradient));
    }
}

/// Floats of a gradient that stays in the second level cache from block to block: touching it gains nothing.
const NEAR: usize = 64 << 10;

/// Taps from which on a pixel is used often enough to be touched first.
const MANY: usize = 32;

/// Reads all that the pixels hold.
fn touch_pixels(rank1: &Rank1<'_>) {
    let (Grid { counts, a, b }, taps) = (rank1.grid, rank1.taps);
    let reach = (taps.rows - 1) * taps.row_step + (taps.runs - 1) * taps.run_step + taps.run;
    let outputs = rank1.panels.outputs;
    for s in 0..counts[0] {
        for y in 0..counts[1] {
            let (from, to) = (a.start + s * a.steps[0] + y * a.steps[1], b.start + s * b.steps[0] + y * b.steps[1]);
            let last = counts[2] - 1;
            if a.steps[2] <= taps.run * taps.runs {
                // The window's other rows are the next pixels' first.
                let behind = if y + 1 == counts[1] { reach } else { taps.run * taps.runs };
                touch(rank1.input, from, last * a.steps[2] + behind);
            } else if taps.rows * taps.runs == 1 {
                (0..counts[2]).for_each(|x| touch(rank1.input, from + x * a.steps[2], taps.run));
            }
            if b.steps[2] <= outputs {
                touch(rank1.d_output, to, last * b.steps[2] + outputs);
            } else {
                (0..counts[2]).for_each(|x| touch(rank1.d_output, to + x * b.steps[2], outputs));
            }
        }
    }
}

/// A register tile: `taps` contiguous taps, `at_once` panels.
#[derive(Clone, Copy)]
struct Job<'a> {
    rank1: &'a Rank1<'a>,
    /// First panel.
    panel: usize,
    /// First row of the panels.
    row: usize,
    /// Where the first tap is in a window.
    shift: usize,
}

#[inline(always)]
fn panels<S: Tile>(simd: S, rank1: &Rank1<'_>, gradient: &mut [f32]) {
    let Taps { rows, row_step, runs, run_step, run } = rank1.taps;
    // Of few panels, each pixel is read once or twice: beforehand would be once more.
    if rank1.taps.count() >= MANY && rank1.panels.count() > 2 {
        touch_pixels(rank1);
    }
    let mut panel = 0;
    while panel < rank1.panels.count() {
        let at_once = (rank1.panels.count() - panel).min(S::PANELS);
        for n in (panel..panel + at_once).filter(|_| rank1.panels.size() > NEAR) {
            touch(gradient, rank1.panels.at(n, rank1.row), rank1.taps.count() * rank1.panels.step(n));
        }
        for y in 0..rows {
            for x in 0..runs {
                // As few tiles as possible, as even as possible.
                let mut tiles = run.div_ceil(S::ROWS);
                let mut first = 0;
                while first < run {
                    let taps = (run - first).div_ceil(tiles);
                    let row = rank1.row + (y * runs + x) * run + first;
                    let shift = y * row_step + x * run_step + first;
                    tile(simd, Job { rank1, panel, row, shift }, [taps, at_once], gradient);
                    first += taps;
                    tiles -= 1;
                }
            }
        }
        panel += at_once;
    }
}

#[inline(always)]
fn tile<S: Tile>(simd: S, job: Job<'_>, [taps, at_once]: [usize; 2], gradient: &mut [f32]) {
    macro_rules! run {
        ($($taps:literal)*) => {
            match (taps, at_once) {
                $(($taps, 1) if $taps <= S::ROWS => run::<S, $taps, 1>(simd, job, gradient),)*
                $(($taps, 2) if $taps <= S::ROWS && S::PANELS == 2 => run::<S, $taps, 2>(simd, job, gradient),)*
                _ => unreachable!("no register tile of {taps} taps and {at_once} panels"),
            }
        };
    }
    run!(1 2 3 4 5 6 7 8);
}

#[inline(never)]
fn run<S: Simd, const MR: usize, const NR: usize>(simd: S, job: Job<'_>, gradient: &mut [f32]) {
    simd.vectorize(
        #[inline(always)]
        || sum::<S, MR, NR>(simd, job, gradient),
    );
}

#[inline(always)]
fn sum<S: Simd, const MR: usize, const NR: usize>(simd: S, job: Job<'_>, gradient: &mut [f32]) {
    let &Rank1 { input, d_output, grid, panels, .. } = job.rank1;
    let mut sums = [[f32x16::splat(simd, 0.0); NR]; MR];
    for s in 0..grid.counts[0] {
        for y in 0..grid.counts[1] {
            let a = grid.a.start + s * grid.a.steps[0] + y * grid.a.steps[1] + job.shift;
            let b = grid.b.start + s * grid.b.steps[0] + y * grid.b.steps[1] + job.panel * LANES;
            let (a, b) = (&input[a..], &d_output[b..]);
            for x in 0..grid.counts[2] {
                let taps = &a[x * grid.a.steps[2]..][..MR];
                let d = &b[x * grid.b.steps[2]..][..NR * LANES];
                let mut w = [f32x16::splat(simd, 0.0); NR];
                unroll!(n < NR, {
                    w[n] = f32x16::from_slice(simd, &d[n * LANES..][..LANES]);
                });
                unroll!(m < MR, {
                    let t = f32x16::splat(simd, taps[m]);
                    unroll!(n < NR, {
                        sums[m][n] = t.mul_add(w[n], sums[m][n]);
                    });
                });
            }
        }
    }
    unroll!(n < NR, {
        let (width, step) = (panels.width(job.panel + n), panels.step(job.panel + n));
        let to = &mut gradient[panels.at(job.panel + n, job.row)..][..(MR - 1) * step + width];
        if width == LANES {
            unroll!(m < MR, {
                let to = &mut to[m * step..][..LANES];
                (f32x16::from_slice(simd, to) + sums[m][n]).store_slice(to);
            });
        } else {
            unroll!(m < MR, {
                let to = &mut to[m * step..][..width];
                add_lanes(sums[m][n].into(), to);
            });
        }
    });
}

/// Adds the first `to.len()` < 16 lanes, in pieces of a fixed length.
#[inline(always)]
fn add_lanes(lanes: [f32; LANES], to: &mut [f32]) {
    #[inline(always)]
    fn piece<const N: usize>(lanes: &[f32; LANES], to: &mut [f32], first: usize) -> usize {
        for (to, x) in to[first..][..N].iter_mut().zip(&lanes[first..][..N]) {
            *to += x;
        }
        first + N
    }
    let mut first = 0;
    if to.len() & 8 != 0 {
        first = piece::<8>(&lanes, to, first);
    }
    if to.len() & 4 != 0 {
        first = piece::<4>(&lanes, to, first);
    }
    if to.len() & 2 != 0 {
        first = piece::<2>(&lanes, to, first);
    }
    if to.len() & 1 != 0 {
        piece::<1>(&lanes, to, first);
    }
}
