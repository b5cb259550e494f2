//! The same in fewer multiplications: minimal filtering down the columns, as in
//! [`pixel_lane::filtered`](crate::kernels::pixel_lane::filtered).
//!
//! Tiles are four rows of the output's gradient. They and the rows of the input that they meet are transformed whole;
//! the gradients at each of the points, of a row of taps, are summed over all tiles and transformed back in the end.

use crate::buffer::LANES;
use crate::kernels::pixel_lane::FILTERS;
use crate::kernels::pixel_lane::filtered::ROWS;
use crate::kernels::rank1::Rank1;
use crate::kernels::unroll;
use crate::kernels::winograd::form::rows::{Rows, transform};
use crate::kernels::winograd::form::{Form, Four, FourOfFive, MOST};
use crate::simd::{self, Tile, dispatch};
use fearless_simd::{Simd, SimdBase, SimdFloat, f32x16};

/// Floats of everything that is kept in scratch memory, of each point.
struct Memory {
    /// A transformed row of the input, and one of the output's gradient.
    input: usize,
    d_output: usize,
    /// The gradients of a row of taps.
    sums: usize,
}

impl Memory {
    fn new(rank1: &Rank1<'_>) -> Self {
        let (width, filters) = (rank1.grid.counts[2], rank1.panels.outputs);
        Self {
            input: width.saturating_sub(1) * rank1.grid.a.steps[2] + LANES,
            d_output: width * filters,
            sums: filters * LANES,
        }
    }

    /// Floats of all points.
    fn floats(&self, taps: usize) -> usize {
        (ROWS + taps - 1) * (self.input + self.d_output + self.sums)
    }
}

/// Whether this is the way for filters whose rows are floats side by side.
pub(crate) fn fits(rank1: &Rank1<'_>) -> bool {
    let Rank1 { grid, taps, panels, .. } = rank1;
    matches!(taps.rows, 3 | 5)
        && taps.runs * taps.run <= LANES
        && panels.outputs <= FILTERS
        && grid.a.steps[1] == taps.row_step
        && grid.b.steps[2] == panels.outputs
        && simd::has_32_registers()
}

/// Adds to `gradient`, if it [`fits`].
pub(crate) fn runs(rank1: &Rank1<'_>, scratch: &mut [f32], gradient: &mut [f32]) {
    let needed = Memory::new(rank1).floats(rank1.taps.rows);
    debug_assert!(scratch.len() >= needed, "the plan has too little scratch memory");
    match rank1.taps.rows {
        3 => dispatch!(simd => tiles::<_, Four>(simd, rank1, scratch, gradient)),
        5 => dispatch!(simd => tiles::<_, FourOfFive>(simd, rank1, scratch, gradient)),
        rows => unreachable!("no form for {rows} rows of taps"),
    }
}

#[inline(always)]
fn tiles<S: Tile, F: Form>(simd: S, rank1: &Rank1<'_>, scratch: &mut [f32], gradient: &mut [f32]) {
    let &Rank1 { input, d_output, grid, panels, .. } = rank1;
    let memory = Memory::new(rank1);
    let (v, scratch) = scratch.split_at_mut(F::POINTS * memory.input);
    let (z, scratch) = scratch.split_at_mut(F::POINTS * memory.d_output);
    let sums = scratch[..F::POINTS * memory.sums].as_chunks_mut().0;
    sums.as_flattened_mut().fill(0.0);
    let [samples, height, _] = grid.counts;
    for sample in 0..samples {
        for first in (0..height).step_by(ROWS) {
            let [a, b] = [grid.a, grid.b].map(|at| at.start + sample * at.steps[0] + first * at.steps[1]);
            // Rows that no window of the last tile sees count as zeros, and so do those of the gradient that are not
            // there.
            let left = height - first;
            let rows =
                Rows { row: grid.a.steps[1], floats: memory.input, left: left + F::TAPS - 1, point: memory.input };
            transform::<S, F>(
                simd,
                rows,
                F::POINTS,
                &input[a..],
                #[inline(always)]
                |line| F::input(simd, line),
                v,
            );
            let rows = Rows { row: grid.b.steps[1], floats: memory.d_output, left, point: memory.d_output };
            transform::<S, F>(
                simd,
                rows,
                F::OUTPUTS,
                &d_output[b..],
                #[inline(always)]
                |line| F::d_output(simd, line),
                z,
            );
            let job = Job { v, z, floats: [memory.input, memory.d_output], pixel: grid.a.steps[2] };
            products(simd, job, panels.outputs, sums);
        }
    }
    add::<S, F>(simd, rank1, sums, gradient);
}

/// A tile at all points.
#[derive(Clone, Copy)]
struct Job<'a> {
    /// Rows of the input and of the output's gradient.
    v: &'a [f32],
    z: &'a [f32],
    /// Floats of a row of each.
    floats: [usize; 2],
    /// Floats of the input from a pixel to the next.
    pixel: usize,
}

#[inline(always)]
fn products<S: Tile>(simd: S, job: Job<'_>, filters: usize, sums: &mut [[f32; LANES]]) {
    macro_rules! run {
        ($($filters:literal)*) => {
            match filters {
                $($filters if S::PANELS == 2 => run::<S, $filters>(simd, job, sums),)*
                _ => unreachable!("no register tile of {filters} filters"),
            }
        };
    }
    run!(1 2 3 4 5 6 7 8 9 10 11 12);
}

/// Pixels whose sums are kept apart: with few filters, a sum waits for the one before it.
const APART: usize = 2;

#[inline(never)]
fn run<S: Simd, const K: usize>(simd: S, job: Job<'_>, sums: &mut [[f32; LANES]]) {
    simd.vectorize(
        #[inline(always)]
        || {
            let Job { v, z, floats, pixel } = job;
            let rows = v.chunks_exact(floats[0]).zip(z.chunks_exact(floats[1])).zip(sums.chunks_exact_mut(K));
            for ((v, z), to) in rows {
                let mut sums = [[f32x16::splat(simd, 0.0); APART]; K];
                let (pairs, last) = z.as_chunks::<K>().0.as_chunks::<APART>();
                for (x, pair) in pairs.iter().enumerate() {
                    let pixels = &v[x * APART * pixel..][..pixel + LANES];
                    unroll!(i < APART, {
                        let t = f32x16::from_slice(simd, &pixels[i * pixel..][..LANES]);
                        unroll!(16: k < K, {
                            sums[k][i] = t.mul_add(f32x16::splat(simd, pair[i][k]), sums[k][i]);
                        });
                    });
                }
                for (i, d) in last.iter().enumerate() {
                    let t = f32x16::from_slice(simd, &v[(pairs.len() * APART + i) * pixel..][..LANES]);
                    unroll!(16: k < K, {
                        sums[k][0] = t.mul_add(f32x16::splat(simd, d[k]), sums[k][0]);
                    });
                }
                unroll!(16: k < K, {
                    let sum = f32x16::from_slice(simd, &to[k]) + (sums[k][0] + sums[k][1]);
                    sum.store_slice(&mut to[k]);
                });
            }
        },
    );
}

/// Adds the gradients at the points, transformed back to rows of taps.
#[inline(always)]
fn add<S: Simd, F: Form>(simd: S, rank1: &Rank1<'_>, sums: &[[f32; LANES]], gradient: &mut [f32]) {
    let Rank1 { taps, panels, .. } = rank1;
    let (run, filters) = (taps.runs * taps.run, panels.outputs);
    for k in 0..filters {
        let mut line = [f32x16::splat(simd, 0.0); MOST];
        unroll!(point < F::POINTS, {
            line[point] = f32x16::from_slice(simd, &sums[point * filters + k]);
        });
        for (y, row) in F::d_filter(simd, line).into_iter().take(F::TAPS).enumerate() {
            let to = &mut gradient[panels.at(0, rank1.row + y * run) + k..];
            for (to, sum) in to.iter_mut().step_by(panels.step(0)).zip(row.to_array()).take(run) {
                *to += sum;
            }
        }
    }
}
