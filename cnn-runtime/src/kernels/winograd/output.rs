//! Points to tiles of the output: Y = A^T M A, a sum with what is there, bias and relu, and the largest of 2 x 2.

use super::Pool;
use super::form::{Form, Line, MOST, with_form};
use super::tiling::{Images, Layout, Place, Tiling};
use crate::buffer::LANES;
use crate::kernels::activate::{self, Activation};
use crate::kernels::row_fma::store_lanes;
use crate::kernels::unroll;
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

/// Writes the outputs of `tiles` whose panel is `panel`, which is vector `at` of a tile's products.
pub(super) fn transform(output: &Output<'_>, tiles: Range<usize>, [panel, at]: [usize; 2], y: &mut [f32]) {
    with_form!(output.tiling.size, F => form::<F>(output, tiles, [panel, at], y));
}

fn form<F: Form>(output: &Output<'_>, tiles: Range<usize>, at: [usize; 2], y: &mut [f32]) {
    let images = &output.images;
    // A kernel for each kind: several in one body lose their registers.
    match output.pool {
        Pool::No if output.adds => dispatch!(simd => all::<_, F>(simd, output, tiles, at, F::OUTPUTS, y,
            #[inline(always)]
            |half, place, finish, y| whole::<_, F, true>(simd, half, place, images, finish, y),
        )),
        Pool::No => dispatch!(simd => all::<_, F>(simd, output, tiles, at, F::OUTPUTS, y,
            #[inline(always)]
            |half, place, finish, y| whole::<_, F, false>(simd, half, place, images, finish, y),
        )),
        Pool::First => dispatch!(simd => all::<_, F>(simd, output, tiles, at, F::OUTPUTS / 2, y,
            #[inline(always)]
            |half, place, finish, y| pooled::<_, F>(simd, half, place, images, finish, y),
        )),
        Pool::Behind(activation) => dispatch!(simd => all::<_, F>(simd, output, tiles, at, F::OUTPUTS / 2, y,
            #[inline(always)]
            |half, place, finish, y| pooled_behind::<_, F>(simd, half, place, images, finish, activation, y),
        )),
    }
}

/// The transform along the columns: for each row of outputs a line of points.
type Half<S> = [Line<S>; MOST];

/// Calls `store` for each tile, which lies `pixels` pixels from the one before it.
#[inline(always)]
fn all<S: Simd, F: Form>(
    simd: S,
    output: &Output<'_>,
    tiles: Range<usize>,
    [panel, at]: [usize; 2],
    pixels: usize,
    y: &mut [f32],
    store: impl Fn(Half<S>, Place, Finish<S>, &mut [f32]),
) {
    let Output { m, layout, images, tiling, bias, relu, .. } = *output;
    let channel = panel * LANES;
    let width = (images.channels - channel).min(LANES);
    let zero = f32x16::splat(simd, 0.0);
    let bias = bias.map_or(zero, |bias| f32x16::from_slice(simd, &bias[channel..][..LANES]));
    let finish = Finish { bias, relu, width };
    for (i, tile) in tiles.enumerate() {
        let place = tiling.place_every(pixels, &images, tile);
        let m = &m[i * layout.tile() + at * LANES..];
        store(columns::<S, F>(simd, layout.point(), m), place, finish, &mut y[place.at + channel..]);
    }
}

/// What is done to outputs before they are stored.
#[derive(Clone, Copy)]
struct Finish<S: Simd> {
    bias: f32x16<S>,
    relu: bool,
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

#[inline(always)]
fn columns<S: Simd, F: Form>(simd: S, step: usize, m: &[f32]) -> Half<S> {
    let m = &m[..(F::POINTS * F::POINTS - 1) * step + LANES];
    let zero = f32x16::splat(simd, 0.0);
    let mut half = [[zero; MOST]; MOST];
    unroll!(x < F::POINTS, {
        let mut line = [zero; MOST];
        unroll!(y < F::POINTS, {
            line[y] = f32x16::from_slice(simd, &m[(y * F::POINTS + x) * step..][..LANES]);
        });
        let line = F::output(simd, line);
        unroll!(y < F::OUTPUTS, {
            half[y][x] = line[y];
        });
    });
    half
}

/// The outputs alone or, if it `ADDS`, their sum with what is there.
#[inline(always)]
fn whole<S: Simd, F: Form, const ADDS: bool>(
    simd: S,
    half: Half<S>,
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
                if ADDS && x < columns {
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

/// The largest of 2 x 2 outputs: rows and columns of a tile begin at even ones, so that it holds whole windows. The
/// bias and whatever makes no order of two outputs another are left for the largest alone. Two rows at a time: all four
/// at once spill, which costs a quarter of the whole convolution with AVX2.
#[inline(always)]
fn pooled<S: Simd, F: Form>(simd: S, half: Half<S>, place: Place, images: &Images, finish: Finish<S>, out: &mut [f32]) {
    let [_, row, pixel] = images.steps.steps;
    let [rows, columns] = place.left;
    unroll!(y < F::OUTPUTS / 2, {
        if y < rows {
            // A remainder, so that no index of a round that is left out is beyond the array.
            let [above, below] = [F::output(simd, half[2 * y % MOST]), F::output(simd, half[(2 * y + 1) % MOST])];
            unroll!(x < F::OUTPUTS / 2, {
                if x < columns {
                    let [left, right] = [2 * x % MOST, (2 * x + 1) % MOST];
                    let largest =
                        math::larger(math::larger(above[left], above[right]), math::larger(below[left], below[right]));
                    finish.store(finish.apply(simd, largest), &mut out[y * row + x * pixel..]);
                }
            });
        }
    });
}

/// As [`pooled`], with an activation that is applied to every output first.
#[inline(always)]
fn pooled_behind<S: Simd, F: Form>(
    simd: S,
    mut half: Half<S>,
    place: Place,
    images: &Images,
    finish: Finish<S>,
    activation: Activation,
    out: &mut [f32],
) {
    let [_, row, pixel] = images.steps.steps;
    let [rows, columns] = place.left;
    let mut outputs = [[[0.0; LANES]; MOST]; MOST];
    unroll!(y < F::OUTPUTS, {
        half[y] = F::output(simd, half[y]);
        unroll!(x < F::OUTPUTS, {
            (half[y][x] + finish.bias).store_slice(&mut outputs[y][x]);
        });
        apply(activation, &mut outputs[y][..F::OUTPUTS]);
    });
    let at = |y: usize, x: usize| f32x16::from_slice(simd, &outputs[y][x]);
    for y in 0..rows.min(F::OUTPUTS / 2) {
        for x in 0..columns.min(F::OUTPUTS / 2) {
            let above = math::larger(at(2 * y, 2 * x), at(2 * y, 2 * x + 1));
            let below = math::larger(at(2 * y + 1, 2 * x), at(2 * y + 1, 2 * x + 1));
            finish.store(math::larger(above, below), &mut out[y * row + x * pixel..]);
        }
    }
}

/// Out of line: it is rare, and takes registers.
#[inline(never)]
fn apply(activation: Activation, line: &mut [[f32; LANES]]) {
    activate::row(activation, line.as_flattened_mut());
}
