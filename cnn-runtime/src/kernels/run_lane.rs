//! Gradients of the weights of a convolution with fewer filters than a vector has lanes, but whose filters have rows of
//! about that many floats: 10 filters of 5 x 5 on 3 channels have rows of 15.
//!
//! The lanes are a row of taps, and the gradients of a pixel, one for each filter, are broadcast:
//! [`rank1`](super::rank1) the other way round. Of 5 rows by 5 filters, one of the 25 sums is spilled; 3 rows by 5
//! filters read a third more floats for each product, which on a machine with as many multiply-adds as loads a cycle
//! costs a tenth (Sapphire Rapids, AVX-512, 32x32x3 to 10 filters of 5x5: 10.4 us a sample instead of 11.6).

pub(crate) mod filtered;

use super::rank1::Rank1;
use super::unroll;
use crate::buffer::LANES;
use crate::simd::{Tile, dispatch};
use fearless_simd::{Simd, SimdBase, SimdFloat, f32x16};

/// Most filters, and most rows of taps, of a register tile.
const FILTERS: usize = 5;
const ROWS: usize = 5;

/// Adds to `gradient`, as [`rank1`](super::rank1::rank1) does, for taps in rows of contiguous floats and one panel.
pub(crate) fn runs(rank1: &Rank1<'_>, gradient: &mut [f32]) {
    dispatch!(simd => tiles(simd, rank1, gradient));
}

/// A register tile: its first row of taps and float in it, and its first filter.
#[derive(Clone, Copy)]
struct Job<'a> {
    rank1: &'a Rank1<'a>,
    row: usize,
    first: usize,
    filter: usize,
}

#[inline(always)]
fn tiles<S: Tile>(simd: S, rank1: &Rank1<'_>, gradient: &mut [f32]) {
    let (height, width) = (rank1.taps.rows, rank1.taps.runs * rank1.taps.run);
    let [most_rows, most_filters] = [if S::PANELS == 2 { ROWS } else { 1 }, FILTERS.min(S::ROWS)];
    for first in (0..width).step_by(LANES) {
        let mut row = 0;
        while row < height {
            let rows = (height - row).div_ceil((height - row).div_ceil(most_rows));
            let mut filter = 0;
            while filter < rank1.panels.outputs {
                let left = rank1.panels.outputs - filter;
                let filters = left.div_ceil(left.div_ceil(most_filters));
                let job = Job { rank1, row, first, filter };
                macro_rules! run {
                    ($($filters:literal)*) => {
                        match (filters, rows) {
                            $(($filters, 1) if const { $filters <= S::ROWS } => run::<S, $filters, 1>(simd, job, gradient),
                            ($filters, 2) if const { S::PANELS == 2 } => run::<S, $filters, 2>(simd, job, gradient),
                            ($filters, 3) if const { S::PANELS == 2 } => run::<S, $filters, 3>(simd, job, gradient),
                            ($filters, 4) if const { S::PANELS == 2 } => run::<S, $filters, 4>(simd, job, gradient),
                            ($filters, 5) if const { S::PANELS == 2 } => run::<S, $filters, 5>(simd, job, gradient),)*
                            _ => unreachable!("no register tile of {filters} filters and {rows} rows"),
                        }
                    };
                }
                run!(1 2 3 4 5);
                filter += filters;
            }
            row += rows;
        }
    }
}

#[inline(never)]
fn run<S: Simd, const K: usize, const R: usize>(simd: S, job: Job<'_>, gradient: &mut [f32]) {
    simd.vectorize(
        #[inline(always)]
        || sum::<S, K, R>(simd, job, gradient),
    );
}

#[inline(always)]
fn sum<S: Simd, const K: usize, const R: usize>(simd: S, job: Job<'_>, gradient: &mut [f32]) {
    let Job { rank1: &Rank1 { input, d_output, grid, taps, panels, .. }, row, first, filter } = job;
    let mut sums = [[f32x16::splat(simd, 0.0); R]; K];
    for s in 0..grid.counts[0] {
        for y in 0..grid.counts[1] {
            let a = grid.a.start + s * grid.a.steps[0] + y * grid.a.steps[1] + row * taps.row_step + first;
            let b = grid.b.start + s * grid.b.steps[0] + y * grid.b.steps[1] + filter;
            // Of one length, so that one check of it is enough.
            let len = grid.counts[2].saturating_sub(1) * grid.a.steps[2] + LANES;
            let mut lines = [&input[..0]; R];
            unroll!(r < R, {
                lines[r] = &input[a + r * taps.row_step..][..len];
            });
            let d_output = &d_output[b..];
            for x in 0..grid.counts[2] {
                let d = &d_output[x * grid.b.steps[2]..][..K];
                let mut t = [f32x16::splat(simd, 0.0); R];
                unroll!(r < R, {
                    t[r] = f32x16::from_slice(simd, &lines[r][x * grid.a.steps[2]..][..LANES]);
                });
                unroll!(k < K, {
                    let d = f32x16::splat(simd, d[k]);
                    unroll!(r < R, {
                        sums[k][r] = t[r].mul_add(d, sums[k][r]);
                    });
                });
            }
        }
    }
    let run = taps.runs * taps.run;
    unroll!(r < R, {
        let at = panels.at(0, job.rank1.row + (row + r) * run + first) + filter;
        let mut lanes = [[0.0; LANES]; K];
        unroll!(k < K, {
            sums[k][r].store_slice(&mut lanes[k]);
        });
        for (i, to) in gradient[at..].chunks_mut(panels.step(0)).take(LANES.min(run - first)).enumerate() {
            for (to, lanes) in to[..K].iter_mut().zip(&lanes) {
                *to += lanes[i];
            }
        }
    });
}
