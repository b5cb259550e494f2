//! Points to tiles of the output: Y = A^T M A, bias and relu.

use super::form::{Form, Four, MOST, Two};
use super::tiling::{Images, Layout, Place, Size, Tiling};
use crate::buffer::LANES;
use crate::kernels::row_fma::store_lanes;
use crate::kernels::{activate, unroll};
use crate::simd::dispatch;
use fearless_simd::{Simd, SimdBase, f32x16};
use std::ops::Range;

/// Transforms one panel of 16 outputs of a range of tiles.
#[derive(Clone, Copy, Debug)]
pub(super) struct Output<'a> {
    /// Products; the panel's are at its place among those of `layout`.
    pub(super) m: &'a [f32],
    pub(super) layout: Layout,
    pub(super) images: Images,
    pub(super) tiling: Tiling,
    /// Added to the outputs, with slack behind.
    pub(super) bias: Option<&'a [f32]>,
    /// Whether negative outputs become zero.
    pub(super) relu: bool,
}

/// Writes the outputs of `tiles` whose panel is `panel`, which is the one at `slot` of the products.
pub(super) fn transform(output: &Output<'_>, tiles: Range<usize>, [panel, slot]: [usize; 2], y: &mut [f32]) {
    match output.tiling.size {
        Size::Four => dispatch!(simd => all::<_, Four>(simd, output, tiles, [panel, slot], y)),
        Size::Two => dispatch!(simd => all::<_, Two>(simd, output, tiles, [panel, slot], y)),
    }
}

#[inline(always)]
fn all<S: Simd, F: Form>(simd: S, output: &Output<'_>, tiles: Range<usize>, [panel, slot]: [usize; 2], y: &mut [f32]) {
    let Output { m, layout, images, tiling, bias, relu } = *output;
    let channel = panel * LANES;
    let width = (images.channels - channel).min(LANES);
    let zero = f32x16::splat(simd, 0.0);
    let bias = bias.map_or(zero, |bias| f32x16::from_slice(simd, &bias[channel..][..LANES]));
    for (tile, m) in tiles.zip(m.chunks_exact(layout.tile())) {
        let place = tiling.place(&images, tile);
        let y = &mut y[place.at + channel..];
        one::<S, F>(simd, &m[slot * LANES..], place, &images, (bias, relu, width), y);
    }
}

/// Floats from a point's products to the next.
const STEP: usize = 2 * LANES;

#[inline(always)]
fn one<S: Simd, F: Form>(
    simd: S,
    m: &[f32],
    place: Place,
    images: &Images,
    (bias, relu, width): (f32x16<S>, bool, usize),
    out: &mut [f32],
) {
    let [_, row, pixel] = images.steps.steps;
    let [rows, columns] = place.left;
    let m = &m[..(F::POINTS * F::POINTS - 1) * STEP + LANES];
    let zero = f32x16::splat(simd, 0.0);
    let mut half = [[zero; MOST]; MOST];
    unroll!(x < F::POINTS, {
        let mut line = [zero; MOST];
        unroll!(y < F::POINTS, {
            line[y] = f32x16::from_slice(simd, &m[(y * F::POINTS + x) * STEP..][..LANES]);
        });
        let line = F::output(simd, line);
        unroll!(y < F::OUTPUTS, {
            half[y][x] = line[y];
        });
    });
    unroll!(y < F::OUTPUTS, {
        if y < rows {
            let mut line = F::output(simd, half[y]);
            unroll!(x < F::OUTPUTS, {
                line[x] += bias;
                if relu {
                    line[x] = activate::relu(simd, line[x]);
                }
            });
            unroll!(x < F::OUTPUTS, {
                if x < columns {
                    let at = y * row + x * pixel;
                    if width == LANES {
                        line[x].store_slice(&mut out[at..][..LANES]);
                    } else {
                        store_lanes(line[x].into(), &mut out[at..][..width]);
                    }
                }
            });
        }
    });
}
