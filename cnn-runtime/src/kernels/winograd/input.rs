//! Tiles of an image to points: V = B^T d B.

use super::form::{Form, Four, Line, MOST, Two};
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
    }
}

#[inline(always)]
fn all<S: Simd, F: Form>(simd: S, input: &Input<'_>, tiles: Range<usize>, v: &mut [f32]) {
    match input.layout.panels {
        1 => panels::<S, F, 1>(simd, input, tiles, v),
        2 => panels::<S, F, 2>(simd, input, tiles, v),
        3 => panels::<S, F, 3>(simd, input, tiles, v),
        _ => panels::<S, F, 4>(simd, input, tiles, v),
    }
}

/// `PANELS` vectors of a point lie side by side, which makes the places of points constants.
#[inline(never)]
fn panels<S: Simd, F: Form, const PANELS: usize>(simd: S, input: &Input<'_>, tiles: Range<usize>, v: &mut [f32]) {
    debug_assert_eq!(input.layout.panels, PANELS, "vectors of a point");
    simd.vectorize(
        #[inline(always)]
        || {
            let Input { input, images, tiling, layout } = *input;
            let mut half = [[f32x16::splat(simd, 0.0); MOST]; MOST];
            let vectors = images.channels.div_ceil(LANES);
            for (place, v) in tiling.places(images, tiles).zip(v.chunks_exact_mut(layout.tile())) {
                let rows = rows_of(&input[place.at..], place, &images, [F::POINTS; 2], vectors);
                for vector in 0..vectors {
                    let (block, slot) = (vector / PANELS, vector % PANELS);
                    let v = &mut v[block * layout.block() + slot * LANES..];
                    one::<S, F, PANELS>(simd, &rows, place, &images, vector, &mut half, v);
                }
            }
        },
    );
}

/// The rows of a tile that exist, all of one length; no more than `most` rows and columns.
#[inline(always)]
pub(super) fn rows_of<'a>(
    pixels: &'a [f32],
    place: Place,
    images: &Images,
    most: [usize; 2],
    vectors: usize,
) -> [&'a [f32]; MOST] {
    let [_, row, pixel] = images.steps.steps;
    let [count, columns] = [0, 1].map(|i| place.left[i].min(most[i]));
    let len = columns.saturating_sub(1) * pixel + vectors * LANES;
    let mut rows = [&[][..]; MOST];
    for (y, to) in rows.iter_mut().enumerate().take(count) {
        *to = &pixels[y * row..][..len];
    }
    rows
}

/// One vector of a tile. The first half of the transform goes through memory on its way to the second: 36 vectors are
/// more than there are registers, and a loop over columns has one comparison a column instead of six. What is left is
/// writing: in the first level cache a vector takes 40 ns (Sapphire Rapids), in the second 80, where a line takes four
/// cycles to write. Reading a tile's lines beforehand made that longer.
#[inline(always)]
fn one<S: Simd, F: Form, const PANELS: usize>(
    simd: S,
    rows: &[&[f32]; MOST],
    place: Place,
    images: &Images,
    vector: usize,
    half: &mut [Line<S>; MOST],
    v: &mut [f32],
) {
    let pixel = images.steps.steps[2];
    let [count, columns] = place.left;
    let zero = f32x16::splat(simd, 0.0);
    let mut whole = *rows;
    if count >= F::POINTS {
        // The length of all, so that one comparison is enough.
        unroll!(y < F::POINTS, {
            whole[y] = &rows[y][..rows[0].len()];
        });
    }
    for (x, half) in half.iter_mut().enumerate().take(F::POINTS) {
        let mut line = [zero; MOST];
        if x < columns {
            let at = x * pixel + vector * LANES;
            if count >= F::POINTS {
                unroll!(y < F::POINTS, {
                    line[y] = f32x16::from_slice(simd, &whole[y][at..at + LANES]);
                });
            } else {
                unroll!(y < F::POINTS, {
                    if y < count {
                        line[y] = f32x16::from_slice(simd, &rows[y][at..at + LANES]);
                    }
                });
            }
            line = F::input(simd, line);
        }
        unroll!(y < F::POINTS, {
            half[y] = line[y];
        });
    }
    let step = PANELS * LANES;
    for y in 0..F::POINTS {
        let v = &mut v[y * F::POINTS * step..][..(F::POINTS - 1) * step + LANES];
        let mut line = [zero; MOST];
        unroll!(x < F::POINTS, {
            line[x] = half[x][y];
        });
        let line = F::input(simd, line);
        unroll!(x < F::POINTS, {
            line[x].store_slice(&mut v[x * step..][..LANES]);
        });
    }
}
