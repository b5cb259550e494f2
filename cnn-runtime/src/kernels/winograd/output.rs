//! Points to tiles of the output: Y = A^T M A, bias and relu.

use super::form::{Form, Four, Line, MOST, Two};
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

/// Writes the outputs of `tiles`: `panels` panels from the first one of pair `at` on.
pub(super) fn transform(output: &Output<'_>, tiles: Range<usize>, [at, panels]: [usize; 2], y: &mut [f32]) {
    match output.tiling.size {
        Size::Four => dispatch!(simd => all::<_, Four>(simd, output, tiles, [at, panels], y)),
        Size::Two => dispatch!(simd => all::<_, Two>(simd, output, tiles, [at, panels], y)),
    }
}

#[inline(always)]
fn all<S: Simd, F: Form>(simd: S, output: &Output<'_>, tiles: Range<usize>, [at, panels]: [usize; 2], y: &mut [f32]) {
    let Output { m, layout, images, tiling, bias, relu } = *output;
    let zero = f32x16::splat(simd, 0.0);
    let mut half = [[zero; MOST]; MOST];
    let mut biases = [zero; 2];
    if let Some(bias) = bias {
        for (slot, to) in biases.iter_mut().enumerate().take(panels) {
            *to = f32x16::from_slice(simd, &bias[at * STEP + slot * LANES..][..LANES]);
        }
    }
    for (place, m) in tiling.places(images, tiles).zip(m.chunks_exact(layout.tile())) {
        for slot in 0..panels {
            let channel = at * STEP + slot * LANES;
            let width = (images.channels - channel).min(LANES);
            let epilogue = Epilogue { bias: biases[slot], relu, width };
            one::<S, F>(simd, &m[slot * LANES..], place, &images, epilogue, &mut half, &mut y[place.at + channel..]);
        }
    }
}

/// Floats from a point's products to the next.
const STEP: usize = 2 * LANES;

/// What happens to a panel's outputs.
#[derive(Clone, Copy)]
struct Epilogue<S: Simd> {
    bias: f32x16<S>,
    relu: bool,
    /// Outputs of the panel.
    width: usize,
}

/// One panel of a tile. As with inputs, the first half of the transform goes through memory on its way to the second.
#[inline(always)]
fn one<S: Simd, F: Form>(
    simd: S,
    m: &[f32],
    place: Place,
    images: &Images,
    epilogue: Epilogue<S>,
    half: &mut [Line<S>; MOST],
    out: &mut [f32],
) {
    let Epilogue { bias, relu, width } = epilogue;
    let [_, row, pixel] = images.steps.steps;
    let [rows, columns] = place.left;
    let m = &m[..(F::POINTS * F::POINTS - 1) * STEP + LANES];
    let zero = f32x16::splat(simd, 0.0);
    for (x, half) in half.iter_mut().enumerate().take(F::POINTS) {
        let m = &m[x * STEP..][..(F::POINTS - 1) * F::POINTS * STEP + LANES];
        let mut line = [zero; MOST];
        unroll!(y < F::POINTS, {
            line[y] = f32x16::from_slice(simd, &m[y * F::POINTS * STEP..][..LANES]);
        });
        let line = F::output(simd, line);
        unroll!(y < F::OUTPUTS, {
            half[y] = line[y];
        });
    }
    let columns = columns.min(F::OUTPUTS);
    for y in 0..rows.min(F::OUTPUTS) {
        let out = &mut out[y * row..][..(columns - 1) * pixel + width];
        let mut line = [zero; MOST];
        unroll!(x < F::POINTS, {
            line[x] = half[x][y];
        });
        let mut line = F::output(simd, line);
        unroll!(x < F::OUTPUTS, {
            line[x] += bias;
            if relu {
                line[x] = activate::relu(simd, line[x]);
            }
        });
        if columns == F::OUTPUTS && width == LANES {
            unroll!(x < F::OUTPUTS, {
                line[x].store_slice(&mut out[x * pixel..][..LANES]);
            });
        } else {
            unroll!(x < F::OUTPUTS, {
                if x < columns {
                    store_lanes(line[x].into(), &mut out[x * pixel..][..width]);
                }
            });
        }
    }
}
