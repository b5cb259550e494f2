//! Points to tiles of the output: Y = A^T M A, a sum with what is there, bias and relu, and the largest of 2 x 2.

use super::Pool;
use super::form::{Form, Four, MOST, Two};
use super::tiling::{Images, Layout, Place, Size, Tiling};
use crate::buffer::LANES;
use crate::kernels::row_fma::store_lanes;
use crate::kernels::{activate, unroll};
use crate::layers::activation::Activation;
use crate::simd::lanes::load;
use crate::simd::{dispatch, math};
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
    /// Whether what is there is added to, before the relu.
    pub(super) adds: bool,
    pub(super) pool: Pool,
}

/// Writes the outputs of `tiles` whose panel is `panel`, which is the one at `slot` of the products.
pub(super) fn transform(output: &Output<'_>, tiles: Range<usize>, [panel, slot]: [usize; 2], y: &mut [f32]) {
    let pools = output.pool != Pool::No;
    match (output.tiling.size, pools) {
        (Size::Four, false) => dispatch!(simd => all::<_, Four, false>(simd, output, tiles, [panel, slot], y)),
        (Size::Four, true) => dispatch!(simd => all::<_, Four, true>(simd, output, tiles, [panel, slot], y)),
        (Size::Two, false) => dispatch!(simd => all::<_, Two, false>(simd, output, tiles, [panel, slot], y)),
        (Size::Two, true) => dispatch!(simd => all::<_, Two, true>(simd, output, tiles, [panel, slot], y)),
    }
}

#[inline(always)]
fn all<S: Simd, F: Form, const POOL: bool>(
    simd: S,
    output: &Output<'_>,
    tiles: Range<usize>,
    [panel, slot]: [usize; 2],
    y: &mut [f32],
) {
    let Output { m, layout, images, tiling, bias, relu, adds, pool } = *output;
    let channel = panel * LANES;
    let width = (images.channels - channel).min(LANES);
    let zero = f32x16::splat(simd, 0.0);
    let bias = bias.map_or(zero, |bias| f32x16::from_slice(simd, &bias[channel..][..LANES]));
    let finish = Finish { bias, relu, adds, width };
    let pixels = if POOL { F::OUTPUTS / 2 } else { F::OUTPUTS };
    for (tile, m) in tiles.zip(m.chunks_exact(layout.tile())) {
        let place = tiling.place_every(pixels, &images, tile);
        let y = &mut y[place.at + channel..];
        let half = columns::<S, F>(simd, &m[slot * LANES..]);
        if POOL {
            pooled::<S, F>(simd, half, place, &images, finish, pool, y);
        } else {
            whole::<S, F>(simd, half, place, &images, finish, y);
        }
    }
}

/// What is done to outputs before they are stored.
#[derive(Clone, Copy)]
struct Finish<S: Simd> {
    bias: f32x16<S>,
    relu: bool,
    adds: bool,
    /// Lanes that are stored.
    width: usize,
}

impl<S: Simd> Finish<S> {
    #[inline(always)]
    fn apply(&self, simd: S, y: f32x16<S>) -> f32x16<S> {
        let y = y + self.bias;
        if self.relu { activate::relu(simd, y) } else { y }
    }

    #[inline(always)]
    fn store(&self, y: f32x16<S>, out: &mut [f32]) {
        if self.width == LANES {
            y.store_slice(&mut out[..LANES]);
        } else {
            store_lanes(y.into(), &mut out[..self.width]);
        }
    }
}

/// Floats from a point's products to the next.
const STEP: usize = 2 * LANES;

/// The transform along the columns: for each row of outputs a line of points.
#[inline(always)]
fn columns<S: Simd, F: Form>(simd: S, m: &[f32]) -> [[f32x16<S>; MOST]; MOST] {
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
    half
}

#[inline(always)]
fn whole<S: Simd, F: Form>(
    simd: S,
    half: [[f32x16<S>; MOST]; MOST],
    place: Place,
    images: &Images,
    finish: Finish<S>,
    out: &mut [f32],
) {
    let [_, row, pixel] = images.steps.steps;
    let [rows, columns] = place.left;
    unroll!(y < F::OUTPUTS, {
        if y < rows {
            let mut line = F::output(simd, half[y]);
            unroll!(x < F::OUTPUTS, {
                if finish.adds && x < columns {
                    line[x] += load(simd, out, y * row + x * pixel, finish.width);
                }
                line[x] = finish.apply(simd, line[x]);
            });
            unroll!(x < F::OUTPUTS, {
                if x < columns {
                    finish.store(line[x], &mut out[y * row + x * pixel..]);
                }
            });
        }
    });
}

/// The largest of 2 x 2 outputs: rows and columns of a tile begin at even ones, so that it holds whole windows. The bias
/// and whatever makes no order of two outputs another are left for the largest alone.
#[inline(always)]
fn pooled<S: Simd, F: Form>(
    simd: S,
    half: [[f32x16<S>; MOST]; MOST],
    place: Place,
    images: &Images,
    mut finish: Finish<S>,
    pool: Pool,
    out: &mut [f32],
) {
    let [_, row, pixel] = images.steps.steps;
    let [rows, columns] = place.left;
    let zero = f32x16::splat(simd, 0.0);
    let mut lines = [[zero; MOST]; MOST];
    unroll!(y < F::OUTPUTS, {
        lines[y] = F::output(simd, half[y]);
    });
    if let Pool::Behind(activation) = pool {
        unroll!(y < F::OUTPUTS, {
            let mut memory = [[0.0; LANES]; MOST];
            unroll!(x < F::OUTPUTS, {
                (lines[y][x] + finish.bias).store_slice(&mut memory[x]);
            });
            apply(activation, &mut memory[..F::OUTPUTS]);
            unroll!(x < F::OUTPUTS, {
                lines[y][x] = f32x16::from_slice(simd, &memory[x]);
            });
        });
        finish.bias = zero;
    }
    unroll!(y < F::OUTPUTS / 2, {
        if y < rows {
            unroll!(x < F::OUTPUTS / 2, {
                if x < columns {
                    let [above, below] = lines.as_chunks().0[y];
                    let [above, below] = [above, below].map(
                        #[inline(always)]
                        |line| {
                            let [left, right] = line.as_chunks().0[x];
                            math::larger(left, right)
                        },
                    );
                    let largest = finish.apply(simd, math::larger(above, below));
                    finish.store(largest, &mut out[y * row + x * pixel..]);
                }
            });
        }
    });
}

/// Out of line: it is rare, and takes registers.
#[inline(never)]
fn apply(activation: Activation, line: &mut [[f32; LANES]]) {
    activate::row(activation, line.as_flattened_mut());
}
