//! Gradients of the filters at every point, dU += V^T Z: sums of rank-1 updates over tiles.
//!
//! The same register tiles as `rank1`, without its geometry: tiles lie a constant distance apart, so all places in them
//! are known before the loop, which is left with loads and multiply-adds.

use super::tiling::{Filters, Layout};
use crate::buffer::LANES;
use crate::kernels::unroll;
use crate::simd::{Tile, dispatch};
use fearless_simd::{Simd, SimdBase, SimdFloat, f32x16};
use std::ops::Range;

/// Tiles of the input and of the output's gradient, at all points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Updates<'a> {
    /// Tiles.
    pub(super) count: usize,
    pub(super) v: &'a [f32],
    pub(super) points: Layout,
    /// For each pair of panels.
    pub(super) z: &'a [f32],
    pub(super) pair: Layout,
    pub(super) filters: Filters,
    /// Whether gradients are added to. If not they are overwritten.
    pub(super) adds: bool,
}

/// Adds to, or overwrites, the gradients of the filters of some pairs. `d_u` begins with the first one's.
pub(super) fn add(updates: &Updates<'_>, pairs: Range<usize>, d_u: &mut [f32]) {
    dispatch!(simd => points(simd, updates, pairs, d_u));
}

/// Some channels at one point.
#[derive(Clone, Copy)]
struct Job<'a> {
    v: &'a [f32],
    z: &'a [f32],
    /// Floats from a tile to the next.
    steps: [usize; 2],
    /// Where the first channel and the first panel are in a tile.
    places: [usize; 2],
    channels: usize,
    adds: bool,
}

#[inline(always)]
fn points<S: Tile>(simd: S, updates: &Updates<'_>, group: Range<usize>, d_u: &mut [f32]) {
    let Updates { count, v, points, z, pair, filters, adds } = *updates;
    let (channels, start) = (filters.channels, filters.at(group.start, 0));
    let all = (0..filters.size.products()).flat_map(|point| group.clone().enumerate().map(move |at| (point, at)));
    for (point, (block, at)) in all {
        let panels = filters.panels(at);
        let d_u = &mut d_u[filters.at(at, point) - start..][..panels * channels * LANES];
        let v = &v[point * points.point()..][..count * points.tile()];
        let z = &z[block * pair.floats() + point * pair.point()..][..count * pair.tile()];
        for panel in (0..panels).step_by(S::PANELS) {
            let at_once = (panels - panel).min(S::PANELS);
            let d_u = &mut d_u[panel * channels * LANES..];
            // As few register tiles as possible, as even as possible.
            let (mut channel, mut left) = (0, channels.div_ceil(S::ROWS));
            while channel < channels {
                let rows = (channels - channel).div_ceil(left);
                let places = [channel, panel * LANES];
                let job = Job { v, z, steps: [points.tile(), pair.tile()], places, channels, adds };
                tile(simd, job, [rows, at_once], &mut d_u[channel * LANES..]);
                channel += rows;
                left -= 1;
            }
        }
    }
}

#[inline(always)]
fn tile<S: Tile>(simd: S, job: Job<'_>, [rows, at_once]: [usize; 2], d_u: &mut [f32]) {
    macro_rules! run {
        ($($rows:literal)*) => {
            match (rows, at_once) {
                $(($rows, 1) if $rows <= S::ROWS => run::<S, $rows, 1>(simd, job, d_u),)*
                $(($rows, 2) if $rows <= S::ROWS && S::PANELS == 2 => run::<S, $rows, 2>(simd, job, d_u),)*
                _ => unreachable!("no register tile of {rows} channels and {at_once} panels"),
            }
        };
    }
    run!(1 2 3 4 5 6 7 8);
}

#[inline(never)]
fn run<S: Simd, const MR: usize, const NR: usize>(simd: S, job: Job<'_>, d_u: &mut [f32]) {
    simd.vectorize(
        #[inline(always)]
        || sum::<S, MR, NR>(simd, job, d_u),
    );
}

/// Tiles of a turn of the loop: LLVM moves sums from register to register at the end of each.
const STEPS: usize = 2;

#[inline(always)]
fn sum<S: Simd, const MR: usize, const NR: usize>(simd: S, job: Job<'_>, d_u: &mut [f32]) {
    let Job { v, z, steps: [v_step, z_step], places: [channel, panel], channels, adds } = job;
    let mut sums = [[f32x16::splat(simd, 0.0); NR]; MR];
    let (v, z) = (v.chunks_exact(STEPS * v_step), z.chunks_exact(STEPS * z_step));
    let last = (v.remainder(), z.remainder());
    for (v, z) in v.zip(z) {
        unroll!(step < STEPS, {
            let z = &z[step * z_step + panel..][..NR * LANES];
            let v = &v[step * v_step + channel..][..MR];
            let mut d = [f32x16::splat(simd, 0.0); NR];
            unroll!(n < NR, {
                d[n] = f32x16::from_slice(simd, &z[n * LANES..][..LANES]);
            });
            unroll!(r < MR, {
                let x = f32x16::splat(simd, v[r]);
                unroll!(n < NR, {
                    sums[r][n] = x.mul_add(d[n], sums[r][n]);
                });
            });
        });
    }
    for (v, z) in last.0.chunks_exact(v_step).zip(last.1.chunks_exact(z_step)) {
        let (v, z) = (&v[channel..][..MR], &z[panel..][..NR * LANES]);
        unroll!(r < MR, {
            let x = f32x16::splat(simd, v[r]);
            unroll!(n < NR, {
                let d = f32x16::from_slice(simd, &z[n * LANES..][..LANES]);
                sums[r][n] = x.mul_add(d, sums[r][n]);
            });
        });
    }
    unroll!(n < NR, {
        let to = &mut d_u[n * channels * LANES..][..MR * LANES];
        unroll!(r < MR, {
            let to = &mut to[r * LANES..][..LANES];
            let sum = if adds { f32x16::from_slice(simd, to) + sums[r][n] } else { sums[r][n] };
            sum.store_slice(to);
        });
    });
}
