//! Global max pooling: the largest of every channel.

use super::pool::{larger, matches};
use crate::buffer::LANES;
use crate::map::Map;
use crate::pass::Pass;
use crate::simd::dispatch;
use crate::simd::lanes::{first, store};
use fearless_simd::{f32x16, prelude::*};

/// The largest of each channel; `output` is 1 x 1 x channels. NaN counts as the largest.
pub fn forward(pass: &mut Pass<'_>, input: &Map, output: &Map) {
    let [x, y] = pass.arena.views([input, output]);
    dispatch!(simd => forward_kernel(simd, pass.samples, input, output, x, y));
}

#[inline(always)]
fn forward_kernel<S: Simd>(simd: S, samples: usize, input: &Map, output: &Map, x: &[f32], y: &mut [f32]) {
    for (x, y) in x.chunks(input.stored()).zip(y.chunks_mut(output.stored())).take(samples) {
        for c in (0..input.channels).step_by(LANES) {
            let mut largest = f32x16::splat(simd, f32::NEG_INFINITY);
            for at in pixels(input) {
                // Lanes that are not this pixel's are floats behind it, which every sample has (`Map::stored`).
                largest = larger(largest, f32x16::from_slice(simd, &x[at + c..][..LANES]));
            }
            store(largest, y, output.origin() + c, LANES.min(input.channels - c));
        }
    }
}

/// Gives each output's gradient to the first input (row by row) that was the largest; overwrites `d_input`.
pub fn backward(pass: &mut Pass<'_>, input: &Map, output: &Map, d_output: &Map, d_input: &Map) {
    let [x, y, dy, dx] = pass.arena.views([input, output, d_output, d_input]);
    let samples = x.chunks(input.stored()).zip(y.chunks(output.stored()));
    let gradients = dy.chunks(d_output.stored()).zip(dx.chunks_mut(d_input.stored()));
    for ((x, y), (dy, dx)) in samples.zip(gradients).take(pass.samples) {
        d_input.rows_mut(dx).for_each(|row| row.fill(0.0));
        let (y, dy) = (&y[output.origin()..], &dy[d_output.origin()..]);
        dispatch!(simd => backward_kernel(simd, input, d_input, x, y, dy, dx));
    }
}

/// Adds to `dx`, which is zero, of one sample.
#[inline(always)]
fn backward_kernel<S: Simd>(simd: S, input: &Map, d_input: &Map, x: &[f32], y: &[f32], dy: &[f32], dx: &mut [f32]) {
    let zero = f32x16::splat(simd, 0.0);
    for c in (0..input.channels).step_by(LANES) {
        let (y, dy) = (f32x16::from_slice(simd, &y[c..][..LANES]), f32x16::from_slice(simd, &dy[c..][..LANES]));
        let mut open = first(simd, LANES.min(input.channels - c));
        for (at, d_at) in pixels(input).zip(pixels(d_input)) {
            let found = matches(f32x16::from_slice(simd, &x[at + c..][..LANES]), y) & open;
            if found.any_true() {
                // Lanes that are not this pixel's get 0 added.
                let dx = &mut dx[d_at + c..][..LANES];
                (f32x16::from_slice(simd, dx) + found.select(dy, zero)).store_slice(dx);
                open &= !found;
                if open.all_false() {
                    break;
                }
            }
        }
    }
}

/// Where the pixels of a sample begin, row by row.
#[inline(always)]
fn pixels(map: &Map) -> impl Iterator<Item = usize> {
    let (origin, row, channels, width) = (map.origin(), map.row(), map.channels, map.width);
    (0..map.height).flat_map(move |y| (0..width).map(move |x| origin + y * row + x * channels))
}
