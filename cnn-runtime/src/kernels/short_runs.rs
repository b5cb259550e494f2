//! [`row_fma`](super::row_fma) for windows of few and short runs, as first layers have them: 3 x 3 pixels of 3 channels
//! are three runs of 9 floats.
//!
//! Starting a run costs as much as several taps. Here the taps are one loop over a table of their places, and the
//! pixels of a register tile are neighbours in a row, so that nothing but the tile's first pixel is worked out for a
//! tile. Measured (Zen 4, AVX-512): 32x32x3 to 32 filters of 3x3 takes 17.8 us, 84 % of the peak, instead of 23. Runs
//! of 30 floats (lenet's second layer) are slower this way.

use super::activate;
use super::row_fma::{Product, store_lanes};
use super::touch::touch;
use super::unroll;
use crate::buffer::LANES;
use crate::simd::{Tile, dispatch};
use fearless_simd::{Simd, SimdBase, SimdFloat, f32x16};

/// Most taps.
const TAPS: usize = 160;

/// The longest runs for which this is the faster way.
const RUN: usize = 24;

/// Floats of an output that no cache near the processor holds.
const FAR: usize = 1 << 20;

/// Whether a product can be, and is better, done this way.
pub(crate) fn fits(product: &Product<'_>) -> bool {
    let taps = product.taps;
    let short = taps.rows * taps.runs > 1 && taps.run <= RUN && taps.count() <= TAPS;
    // The last tile of a row goes over pixels of the one before it again: it must not add, nor be a large part of all.
    let width = product.grid.counts[2];
    short && !product.adds && width >= 8 && 7 * width.next_multiple_of(8) <= 8 * width
}

/// Computes a product.
pub(crate) fn product(product: &Product<'_>, output: &mut [f32]) {
    let taps = product.taps;
    let mut table = [0_u32; TAPS];
    let places = (0..taps.rows).flat_map(|y| (0..taps.runs).map(move |x| y * taps.row_step + x * taps.run_step));
    let places = places.flat_map(|run| (run..run + taps.run).map(|place| place as u32));
    table.iter_mut().zip(places).for_each(|(to, place)| *to = place);
    dispatch!(simd => rows(simd, product, &table[..taps.count()], output));
}

/// A row of pixels, from places in the grid's two buffers on, and a panel.
#[derive(Clone, Copy)]
struct Job<'a> {
    product: &'a Product<'a>,
    table: &'a [u32],
    from: usize,
    to: usize,
    panel: usize,
}

#[inline(always)]
fn rows<S: Tile>(simd: S, product: &Product<'_>, table: &[u32], output: &mut [f32]) {
    let grid = product.grid;
    let outputs = product.panels.outputs;
    let is_far = grid.pixels() * outputs > FAR && grid.b.steps[2] <= outputs;
    for s in 0..grid.counts[0] {
        for y in 0..grid.counts[1] {
            let from = grid.a.start + s * grid.a.steps[0] + y * grid.a.steps[1];
            let to = grid.b.start + s * grid.b.steps[0] + y * grid.b.steps[1];
            if is_far {
                touch(output, to, grid.counts[2] * grid.b.steps[2]);
            }
            let mut panel = 0;
            while panel < product.panels.count() {
                let panels = (product.panels.count() - panel).min(S::PANELS);
                let job = Job { product, table, from, to, panel };
                match (S::ROWS, panels) {
                    (8, 2) if S::ROWS == 8 => run::<S, 8, 2>(simd, job, output),
                    (8, 1) if S::ROWS == 8 => run::<S, 8, 1>(simd, job, output),
                    (6, 1) if S::ROWS == 6 => run::<S, 6, 1>(simd, job, output),
                    (4, 1) if S::ROWS == 4 => run::<S, 4, 1>(simd, job, output),
                    (2, 1) if S::ROWS == 2 => run::<S, 2, 1>(simd, job, output),
                    (rows, panels) => unreachable!("no register tile of {rows} rows and {panels} panels"),
                }
                panel += panels;
            }
        }
    }
}

#[inline(never)]
fn run<S: Simd, const MR: usize, const NR: usize>(simd: S, job: Job<'_>, output: &mut [f32]) {
    simd.vectorize(
        #[inline(always)]
        || {
            let width = job.product.grid.counts[2];
            for x in (0..width).step_by(MR) {
                tile::<S, MR, NR>(simd, job, x.min(width - MR), output);
            }
        },
    );
}

#[inline(always)]
fn tile<S: Simd, const MR: usize, const NR: usize>(simd: S, job: Job<'_>, x: usize, output: &mut [f32]) {
    let Job { product: &Product { input, weights, bias, relu, grid, panels, .. }, table, from, to, panel } = job;
    let [from, to] = [from + x * grid.a.steps[2], to + x * grid.b.steps[2] + panel * LANES];
    let reach = table.last().map_or(0, |&last| last as usize + 1);
    let mut pixels = [&input[..0]; MR];
    unroll!(m < MR, {
        pixels[m] = &input[from + m * grid.a.steps[2]..][..reach];
    });
    let mut step = [LANES; NR];
    let mut rows = [weights; NR];
    let mut start = [f32x16::splat(simd, 0.0); NR];
    unroll!(n < NR, {
        step[n] = panels.step(panel + n);
        rows[n] = &weights[panels.at(panel + n, 0)..][..(table.len() - 1) * step[n] + LANES];
        if let Some(bias) = bias {
            start[n] = f32x16::from_slice(simd, &bias[(panel + n) * LANES..][..LANES]);
        }
    });
    let mut sums = [start; MR];
    macro_rules! taps {
        ($i:ident, $n:ident => $weights:expr) => {
            for ($i, &tap) in table.iter().enumerate() {
                let mut w = [f32x16::splat(simd, 0.0); NR];
                unroll!($n < NR, {
                    w[$n] = f32x16::from_slice(simd, $weights);
                });
                unroll!(m < MR, {
                    let x = f32x16::splat(simd, pixels[m][tap as usize]);
                    unroll!(n < NR, {
                        sums[m][n] = x.mul_add(w[n], sums[m][n]);
                    });
                });
            }
        };
    }
    if step == [LANES; NR] {
        // Without a stride of their own the weights need no registers beside those of the pixels.
        let mut whole = [&[[0.0; LANES]][..]; NR];
        unroll!(n < NR, {
            whole[n] = &rows[n].as_chunks::<LANES>().0[..table.len()];
        });
        taps!(i, n => &whole[n][i]);
    } else {
        taps!(i, n => &rows[n][i * step[n]..][..LANES]);
    }
    if relu {
        unroll!(m < MR, {
            unroll!(n < NR, {
                sums[m][n] = activate::relu(simd, sums[m][n]);
            });
        });
    }
    let last = panels.width(panel + NR - 1);
    unroll!(m < MR, {
        let out = &mut output[to + m * grid.b.steps[2]..][..(NR - 1) * LANES + last];
        unroll!(n < NR, {
            if n + 1 < NR || last == LANES {
                sums[m][n].store_slice(&mut out[n * LANES..][..LANES]);
            } else {
                store_lanes(sums[m][n].into(), &mut out[n * LANES..]);
            }
        });
    });
}
