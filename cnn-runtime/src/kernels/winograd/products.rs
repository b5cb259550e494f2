//! The products at every point, M = V U: tiles times a pair of panels of 16 outputs.
//!
//! The same register tiles as `row_fma`, without its geometry: rows are runs of 16 channels a constant distance apart,
//! panels are whole. A 32x32x32 image takes 60 us instead of 72 in all.

use super::tiling::{Filters, Layout};
use crate::buffer::LANES;
use crate::kernels::unroll;
use crate::simd::{Tile, dispatch};
use fearless_simd::{SimdBase, SimdFloat, f32x16};
use std::ops::Range;

/// The products of `count` tiles.
#[derive(Clone, Copy, Debug)]
pub(super) struct Products<'a> {
    pub(super) count: usize,
    /// Tiles of the input.
    pub(super) v: &'a [f32],
    pub(super) points: Layout,
    pub(super) u: &'a [f32],
    pub(super) filters: Filters,
    /// How products lie: pair by pair.
    pub(super) layout: Layout,
}

/// Multiplies with the filters of some pairs.
pub(super) fn multiply(products: &Products<'_>, pairs: Range<usize>, m: &mut [f32]) {
    dispatch!(simd => points(simd, products, pairs, m));
}

/// Some tiles at one point: slices begin at the first of them.
#[derive(Clone, Copy)]
struct Job<'a> {
    /// Register tiles.
    count: usize,
    v: &'a [f32],
    /// Floats from a tile to the next, and from a tile's products to the next tile's.
    steps: [usize; 2],
    channels: usize,
    u: &'a [f32],
}

#[inline(always)]
fn points<S: Tile>(simd: S, products: &Products<'_>, pairs: Range<usize>, m: &mut [f32]) {
    let Products { count, v, points, u, filters, layout } = *products;
    let channels = filters.channels;
    // One fewer than elsewhere with 16 registers: LLVM keeps two broadcasts at once here, and a sum in memory.
    let most = if S::PANELS == 1 { S::ROWS.min(5) } else { S::ROWS };
    let pairs = (0..filters.size.products()).flat_map(|point| pairs.clone().enumerate().map(move |at| (point, at)));
    for (point, (block, at)) in pairs {
        let panels = filters.panels(at);
        for panel in (0..panels).step_by(S::PANELS) {
            let at_once = (panels - panel).min(S::PANELS);
            let (mut first, mut left) = (0, count.div_ceil(most));
            while first < count {
                // As few register tiles as possible, as even as possible.
                let rows = (count - first).div_ceil(left);
                let many = if (count - first) % left == 0 { left } else { (count - first) % left };
                let job = Job {
                    count: many,
                    v: &v[point * points.point() + first * points.tile()..],
                    steps: [points.tile(), layout.tile()],
                    channels,
                    u: &u[filters.at(at, point) + panel * channels * LANES..],
                };
                let to = point * layout.point() + first * layout.tile() + (2 * block + panel) * LANES;
                tile(simd, job, [rows, at_once], &mut m[to..]);
                first += many * rows;
                left -= many;
            }
        }
    }
}

#[inline(always)]
fn tile<S: Tile>(simd: S, job: Job<'_>, [rows, at_once]: [usize; 2], m: &mut [f32]) {
    macro_rules! run {
        ($($rows:literal)*) => {
            match (rows, at_once) {
                $(($rows, 1) if $rows <= S::ROWS => run::<S, $rows, 1>(simd, job, m),)*
                $(($rows, 2) if $rows <= S::ROWS && S::PANELS == 2 => run::<S, $rows, 2>(simd, job, m),)*
                _ => unreachable!("no register tile of {rows} tiles and {at_once} panels"),
            }
        };
    }
    run!(1 2 3 4 5 6 7 8);
}

#[inline(never)]
fn run<S: Tile, const MR: usize, const NR: usize>(simd: S, job: Job<'_>, m: &mut [f32]) {
    simd.vectorize(
        #[inline(always)]
        || {
            for i in 0..job.count {
                product::<S, MR, NR>(simd, job, &job.v[i * MR * job.steps[0]..], &mut m[i * MR * job.steps[1]..]);
            }
        },
    );
}

/// Channels of a turn of the loop with 32 registers: LLVM moves 13 of the sums from register to register at the end of
/// each. Four channels gain 2 to 5 % of the products' time (Sapphire Rapids); with AVX2's registers they lose 12 %.
const STEPS: usize = 4;

#[inline(always)]
fn product<S: Tile, const MR: usize, const NR: usize>(simd: S, job: Job<'_>, v: &[f32], m: &mut [f32]) {
    let Job { steps: [v_step, m_step], channels, u, .. } = job;
    let mut sums = [[f32x16::splat(simd, 0.0); NR]; MR];
    let whole = if S::PANELS == 2 { channels / STEPS } else { 0 };
    // (With AVX2's registers, tiles cut off one by one lose 2 %.)
    let split = S::PANELS == 2;
    let mut rows = [v; MR];
    let mut rest = v;
    unroll!(r < MR, {
        if split && r + 1 < MR {
            (rows[r], rest) = rest.split_at(v_step);
            rows[r] = &rows[r][..channels];
        } else {
            rows[r] = if split { &rest[..channels] } else { &v[r * v_step..][..channels] };
        }
    });
    _ = rest;
    let mut steps = [&[[0.0; STEPS]][..]; MR];
    unroll!(r < MR, {
        steps[r] = &rows[r].as_chunks().0[..whole];
    });
    let mut weights = [&[[0.0; LANES]][..]; NR];
    let mut blocks = [&[[[0.0; LANES]; STEPS]][..]; NR];
    unroll!(n < NR, {
        weights[n] = &u[n * channels * LANES..].as_chunks().0[..channels];
        blocks[n] = &weights[n].as_chunks().0[..whole];
    });
    for i in 0..whole {
        unroll!(step < STEPS, {
            let mut w = [f32x16::splat(simd, 0.0); NR];
            unroll!(n < NR, {
                w[n] = f32x16::from_slice(simd, &blocks[n][i][step]);
            });
            unroll!(r < MR, {
                let x = f32x16::splat(simd, steps[r][i][step]);
                unroll!(n < NR, {
                    sums[r][n] = x.mul_add(w[n], sums[r][n]);
                });
            });
        });
    }
    for i in whole * STEPS..channels {
        let mut w = [f32x16::splat(simd, 0.0); NR];
        unroll!(n < NR, {
            w[n] = f32x16::from_slice(simd, &weights[n][i]);
        });
        unroll!(r < MR, {
            let x = f32x16::splat(simd, rows[r][i]);
            unroll!(n < NR, {
                sums[r][n] = x.mul_add(w[n], sums[r][n]);
            });
        });
    }
    let mut rest = m;
    unroll!(r < MR, {
        let m = if split && r + 1 < MR {
            let (m, next) = rest.split_at_mut(m_step);
            rest = next;
            m
        } else if split {
            &mut *rest
        } else {
            &mut rest[r * m_step..]
        };
        let m = &mut m[..NR * LANES];
        unroll!(n < NR, {
            sums[r][n].store_slice(&mut m[n * LANES..][..LANES]);
        });
    });
    _ = rest;
}
