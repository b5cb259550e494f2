//! Gradients of the output's tiles to points: A dY A^T.

use super::form::{Form, with_form};
use super::square::Square;
use super::tiling::{Images, Layout, Tiling};
use crate::buffer::LANES;
use crate::simd::dispatch;
use fearless_simd::Simd;
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
    with_form!(gradient.tiling.size, F => dispatch!(simd => all::<_, F>(simd, gradient, tiles, [panel, slot], z)));
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
        let square = Square { pixels: &d_output[place.at + panel * LANES..], place, images: &images, size: F::OUTPUTS };
        square.transform::<S, F>(
            simd,
            #[inline(always)]
            |line| F::d_output(simd, line),
            layout.point(),
            z,
        );
    }
}
