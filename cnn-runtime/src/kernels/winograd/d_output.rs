//! Gradients of the output's tiles to points: A dY A^T.

use super::form::{Form, Four, FourOfFive, MOST, Two};
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
    /// A pair of panels.
    pub(super) layout: Layout,
}

/// Writes the points of `tiles` of a panel to its `slot` in `z`.
pub(super) fn transform(gradient: &Gradient<'_>, tiles: Range<usize>, [panel, slot]: [usize; 2], z: &mut [f32]) {
    match gradient.tiling.size {
        Size::Four => dispatch!(simd => all::<_, Four>(simd, gradient, tiles, [panel, slot], z)),
        Size::Two => dispatch!(simd => all::<_, Two>(simd, gradient, tiles, [panel, slot], z)),
        Size::FourOfFive => dispatch!(simd => all::<_, FourOfFive>(simd, gradient, tiles, [panel, slot], z)),
    }
}

#[inline(always)]
fn all<S: Simd, F: Form>(
    simd: S,
    gradient: &Gradient<'_>,
    tiles: Range<usize>,
    [panel, slot]: [usize; 2],
    z: &mut [f32],
) {
    let Gradient { d_output, images, tiling, layout } = *gradient;
    for (i, tile) in tiles.enumerate() {
        let place = tiling.place(&images, tile);
        let z = &mut z[i * layout.tile() + slot * LANES..];
        one::<S, F>(simd, &d_output[place.at + panel * LANES..], place, &images, layout.point(), z);
    }
}

#[inline(always)]
fn one<S: Simd, F: Form>(simd: S, d: &[f32], place: Place, images: &Images, step: usize, z: &mut [f32]) {
    let [_, row, pixel] = images.steps.steps;
    let [rows, columns] = place.left;
    let zero = f32x16::splat(simd, 0.0);
    let mut half = [[zero; MOST]; MOST];
    unroll!(x < F::OUTPUTS, {
        if x < columns {
            let mut line = [zero; MOST];
            unroll!(y < F::OUTPUTS, {
                if y < rows {
                    line[y] = f32x16::from_slice(simd, &d[y * row + x * pixel..][..LANES]);
                }
            });
            let line = F::d_output(simd, line);
            unroll!(y < F::POINTS, {
                half[y][x] = line[y];
            });
        }
    });
    let z = &mut z[..(F::POINTS * F::POINTS - 1) * step + LANES];
    unroll!(y < F::POINTS, {
        let line = F::d_output(simd, half[y]);
        unroll!(x < F::POINTS, {
            line[x].store_slice(&mut z[(y * F::POINTS + x) * step..][..LANES]);
        });
    });
}
