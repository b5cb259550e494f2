//! Tiles of an image to points: V = B^T d B.

use super::form::{Form, with_form};
use super::square::Square;
use super::tiling::{Images, Layout, Tiling};
use crate::buffer::LANES;
use crate::simd::dispatch;
use fearless_simd::Simd;
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
    with_form!(input.tiling.size, F => dispatch!(simd => all::<_, F>(simd, input, tiles, v)));
}

#[inline(always)]
fn all<S: Simd, F: Form>(simd: S, input: &Input<'_>, tiles: Range<usize>, v: &mut [f32]) {
    let Input { input, images, tiling, layout } = *input;
    tiling.touch_far(input, &images, tiles.clone(), F::POINTS);
    for (i, tile) in tiles.enumerate() {
        let place = tiling.place(&images, tile);
        for vector in 0..layout.vectors {
            let v = &mut v[i * layout.tile() + vector * LANES..];
            let square =
                Square { pixels: &input[place.at + vector * LANES..], place, images: &images, size: F::POINTS };
            square.transform::<S, F>(
                simd,
                #[inline(always)]
                |line| F::input(simd, line),
                layout.point(),
                v,
            );
        }
    }
}
