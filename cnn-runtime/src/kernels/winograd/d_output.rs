//! Gradients of the output's tiles to points: A dY A^T.

use super::form::{Form, Four, Line, MOST, Two};
use super::input::rows_of;
use super::tiling::{Images, Layout, Place, Size, Tiling};
use crate::buffer::LANES;
use crate::kernels::unroll;
use crate::simd::dispatch;
use fearless_simd::{Simd, SimdBase, f32x16};
use std::ops::Range;

/// Transforms a range of tiles.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gradient<'a> {
    /// What `images` points into, with slack behind every sample.
    pub(super) d_output: &'a [f32],
    pub(super) images: Images,
    pub(super) tiling: Tiling,
    /// One block: a pair of panels.
    pub(super) layout: Layout,
}

/// Writes the points of `tiles` of `panels` panels from the first one of pair `at` on to `z`.
pub(super) fn transform(gradient: &Gradient<'_>, tiles: Range<usize>, [at, panels]: [usize; 2], z: &mut [f32]) {
    match gradient.tiling.size {
        Size::Four => dispatch!(simd => all::<_, Four>(simd, gradient, tiles, [at, panels], z)),
        Size::Two => dispatch!(simd => all::<_, Two>(simd, gradient, tiles, [at, panels], z)),
    }
}

#[inline(always)]
fn all<S: Simd, F: Form>(
    simd: S,
    gradient: &Gradient<'_>,
    tiles: Range<usize>,
    [at, panels]: [usize; 2],
    z: &mut [f32],
) {
    let Gradient { d_output, images, tiling, layout } = *gradient;
    let mut half = [[f32x16::splat(simd, 0.0); MOST]; MOST];
    for (place, z) in tiling.places(images, tiles).zip(z.chunks_exact_mut(layout.tile())) {
        let rows = rows_of(&d_output[place.at + at * STEP..], place, &images, [F::OUTPUTS; 2], panels);
        for vector in 0..panels {
            one::<S, F>(simd, &rows, place, &images, vector, &mut half, &mut z[vector * LANES..]);
        }
    }
}

/// Floats from a point to the next.
const STEP: usize = 2 * LANES;

#[inline(always)]
fn one<S: Simd, F: Form>(
    simd: S,
    rows: &[&[f32]; MOST],
    place: Place,
    images: &Images,
    vector: usize,
    half: &mut [Line<S>; MOST],
    z: &mut [f32],
) {
    let pixel = images.steps.steps[2];
    let [count, columns] = place.left;
    let zero = f32x16::splat(simd, 0.0);
    for (x, half) in half.iter_mut().enumerate().take(F::OUTPUTS) {
        let mut line = [zero; MOST];
        if x < columns {
            let at = x * pixel + vector * LANES;
            unroll!(y < F::OUTPUTS, {
                if y < count {
                    line[y] = f32x16::from_slice(simd, &rows[y][at..at + LANES]);
                }
            });
            line = F::d_output(simd, line);
        }
        unroll!(y < F::POINTS, {
            half[y] = line[y];
        });
    }
    for y in 0..F::POINTS {
        let z = &mut z[y * F::POINTS * STEP..][..(F::POINTS - 1) * STEP + LANES];
        let mut line = [zero; MOST];
        unroll!(x < F::OUTPUTS, {
            line[x] = half[x][y];
        });
        let line = F::d_output(simd, line);
        unroll!(x < F::POINTS, {
            line[x].store_slice(&mut z[x * STEP..][..LANES]);
        });
    }
}
