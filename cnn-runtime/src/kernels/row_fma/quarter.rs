//! A last panel of four outputs, as 100 or 84 outputs have: a tap's weights would use a quarter of a vector, so four
//! taps go by in one.

use super::{Block, Job, Product};
use crate::buffer::LANES;
use crate::kernels::grid::Cursor;
use crate::kernels::unroll;
use crate::simd::Tile;
use fearless_simd::{f32x16, prelude::*, u8x64};

/// Outputs of the panel, and vectors that 16 taps fill.
const WIDTH: usize = 4;

/// For each vector of 16 taps, the bytes that repeat its taps four times each.
const REPEATED: [[u8; 4 * LANES]; WIDTH] = {
    let mut bytes = [[0; 4 * LANES]; WIDTH];
    let mut at = 0;
    while at < 4 * LANES * WIDTH {
        let tap = at / (4 * WIDTH);
        bytes[at / (4 * LANES)][at % (4 * LANES)] = (4 * tap + at % 4) as u8;
        at += 1;
    }
    bytes
};

/// Whether a panel is done here: permutations that cost as much as a product are those of 512-bit vectors alone.
pub(super) fn does<S: Tile>(product: &Product<'_>, panel: usize) -> bool {
    let Product { taps, panels, .. } = product;
    S::PANELS == 2 && taps.rows * taps.runs == 1 && panels.pitch.is_none() && panels.width(panel) == WIDTH
}

#[inline(never)]
pub(super) fn run<S: Tile, const MR: usize>(simd: S, job: Job<'_>, cursor: &mut Cursor, output: &mut [f32]) {
    simd.vectorize(
        #[inline(always)]
        || {
            for _ in 0..job.count {
                tile::<S, MR>(simd, job, cursor, output);
            }
        },
    );
}

/// Computes a tile of a block and stores it.
#[inline(always)]
fn tile<S: Tile, const MR: usize>(simd: S, job: Job<'_>, cursor: &mut Cursor, output: &mut [f32]) {
    let Job { product: &Product { input, weights, bias, relu, panels, .. }, block, .. } = job;
    let &Block { panel, row, shift, taps, continues, finishes } = block;
    let (from, to) = cursor.take::<MR>();
    let weights = &weights[panels.at(panel, row)..][..taps.run * WIDTH];
    let whole = taps.run / LANES;
    let (vectors, others) = weights.split_at(whole * LANES * WIDTH);
    let vectors = vectors.as_chunks::<LANES>().0.as_chunks::<WIDTH>().0;
    let mut rows = [&[[0.0; LANES]][..]; MR];
    unroll!(m < MR, {
        rows[m] = &input[from[m] + shift..][..taps.run].as_chunks::<LANES>().0[..whole];
    });
    let mut bytes = [u8x64::splat(simd, 0); WIDTH];
    unroll!(n < WIDTH, {
        bytes[n] = u8x64::from_slice(simd, &REPEATED[n]);
    });

    let mut sums = [f32x16::splat(simd, 0.0); MR];
    for i in 0..whole {
        let mut w = [f32x16::splat(simd, 0.0); WIDTH];
        unroll!(n < WIDTH, {
            w[n] = f32x16::from_slice(simd, &vectors[i][n]);
        });
        unroll!(m < MR, {
            let x = f32x16::from_slice(simd, &rows[m][i]);
            unroll!(n < WIDTH, {
                sums[m] = x.swizzle_dyn(bytes[n]).mul_add(w[n], sums[m]);
            });
        });
    }

    unroll!(m < MR, {
        let lanes: [f32; LANES] = sums[m].into();
        let others_of_row = &input[from[m] + shift + whole * LANES..][..taps.run % LANES];
        let out = &mut output[to[m] + panel * LANES..][..WIDTH];
        for (o, out) in out.iter_mut().enumerate() {
            let mut y = (lanes[o] + lanes[o + 4]) + (lanes[o + 8] + lanes[o + 12]);
            for (x, w) in others_of_row.iter().zip(others.as_chunks::<WIDTH>().0) {
                y += x * w[o];
            }
            if continues {
                y += *out;
            }
            if finishes {
                y += bias.map_or(0.0, |bias| bias[panel * LANES + o]);
                y = if relu && y < 0.0 { 0.0 } else { y };
            }
            *out = y;
        }
    });
}
