//! Tiles of an image to points: V = B^T d B.

use super::form::{Form, Four, FourOfFive, MOST, Two};
use super::tiling::{Images, Layout, Place, Size, Tiling};
use crate::buffer::LANES;
use crate::kernels::unroll;
use crate::simd::dispatch;
use fearless_simd::{Simd, SimdBase, f32x16};
use std::ops::Range;

/// Transforms a range of tiles.
#[derive(Clone, Copy, Debug)]
pub(super) struct Input<'a> {
    /// What `images` points into, with slack behind every sample.
    pub(super) input: &'a [f32],
    pub(super) images: Images,
    pub(super) tiling: Tiling,
    pub(super) layout: Layout,
}

/// Writes the points of `tiles` to `v`.
pub(super) fn transform(input: &Input<'_>, tiles: Range<usize>, v: &mut [f32]) {
    match input.tiling.size {
        Size::Four => dispatch!(simd => all::<_, Four>(simd, input, tiles, v)),
        Size::Two => dispatch!(simd => all::<_, Two>(simd, input, tiles, v)),
        Size::FourOfFive => dispatch!(simd => all::<_, FourOfFive>(simd, input, tiles, v)),
    }
}

#[inline(always)]
fn all<S: Simd, F: Form>(simd: S, input: &Input<'_>, tiles: Range<usize>, v: &mut [f32]) {
    let Input { input, images, tiling, layout } = *input;
    tiling.touch_far(input, &images, tiles.clone(), F::POINTS);
    for (i, tile) in tiles.enumerate() {
        let place = tiling.place(&images, tile);
        for vector in 0..layout.vectors {
            let v = &mut v[i * layout.tile() + vector * LANES..];
            one::<S, F>(simd, &input[place.at + vector * LANES..], place, &images, layout.point(), v);
        }
    }
}

#[inline(always)]
fn one<S: Simd, F: Form>(simd: S, d: &[f32], place: Place, images: &Images, step: usize, v: &mut [f32]) {
    let [_, row, pixel] = images.steps.steps;
    let [rows, columns] = place.left;
    let zero = f32x16::splat(simd, 0.0);
    let mut half = [[zero; MOST]; MOST];
    unroll!(x < F::POINTS, {
        if x < columns {
            let mut line = [zero; MOST];
            unroll!(y < F::POINTS, {
                if y < rows {
                    line[y] = f32x16::from_slice(simd, &d[y * row + x * pixel..][..LANES]);
                }
            });
            let line = F::input(simd, line);
            unroll!(y < F::POINTS, {
                half[y][x] = line[y];
            });
        }
    });
    let v = &mut v[..(F::POINTS * F::POINTS - 1) * step + LANES];
    unroll!(y < F::POINTS, {
        let line = F::input(simd, half[y]);
        unroll!(x < F::POINTS, {
            line[x].store_slice(&mut v[(y * F::POINTS + x) * step..][..LANES]);
        });
    });
}
