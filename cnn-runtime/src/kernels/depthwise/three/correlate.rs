//! Outputs, and gradients for inputs of windows in steps of 1: a strip keeps the sums of the rows that a row of inputs
//! meets.

use super::{Taps, band, columns, is_wide};
use crate::buffer::LANES;
use crate::kernels::unroll;
use crate::simd::{Tile, dispatch, math};
use fearless_simd::{Simd, SimdFloat, f32x8};
use std::ops::Range;

/// `output[y][x] = bias + sum over taps of input[step * y + tap_y][step * x + tap_x] * weights[tap]`, for one sample.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Correlation<'a> {
    pub(crate) input: Taps<'a>,
    /// The nine taps, with slack behind.
    pub(crate) weights: &'a [f32],
    /// Whether the last tap comes first, as in a gradient.
    pub(crate) flipped: bool,
    /// With slack behind.
    pub(crate) bias: Option<&'a [f32]>,
    /// Whether negative outputs become zero.
    pub(crate) relu: bool,
    /// 1 or 2.
    pub(crate) step: usize,
    /// Rows and columns of the output.
    pub(crate) size: [usize; 2],
    /// The first pixel of the output, and floats from a row to the next.
    pub(crate) output: [usize; 2],
}

/// Computes a sample.
pub(crate) fn correlate(task: &Correlation<'_>, output: &mut [f32]) {
    dispatch!(simd => correlate_bands(simd, task, output));
}
#[inline(always)]
fn correlate_bands<S: Tile>(simd: S, task: &Correlation<'_>, output: &mut [f32]) {
    let [height, width] = task.size;
    let band = band(task.step, task.input.row, task.output[1]);
    for first in (0..height).step_by(band) {
        let rows = first..height.min(first + band);
        let mut x = 0;
        while x < width {
            let columns = columns::<S>(width - x);
            let strip = match (columns, task.step) {
                (4, 1) => strip::<S, 4, 1>,
                (3, 1) => strip::<S, 3, 1>,
                (2, 1) => strip::<S, 2, 1>,
                (_, 1) => strip::<S, 1, 1>,
                (4, _) => strip::<S, 4, 2>,
                (3, _) => strip::<S, 3, 2>,
                (2, _) => strip::<S, 2, 2>,
                _ => strip::<S, 1, 2>,
            };
            strip(simd, task, rows.clone(), x, output);
            x += columns;
        }
    }
}

/// `T` columns of some rows, all channels.
#[inline(never)]
fn strip<S: Tile, const T: usize, const STEP: usize>(
    simd: S,
    task: &Correlation<'_>,
    rows: Range<usize>,
    x: usize,
    output: &mut [f32],
) {
    let channels = task.input.channels;
    if !is_wide(simd) || channels < LANES {
        // Half a vector serves up to eight channels as well. With 16 registers there are no more.
        return simd.vectorize(
            #[inline(always)]
            || {
                for channel in (0..channels).step_by(8) {
                    down::<S, f32x8<S>, T, STEP>(simd, task, rows.clone(), [x, channel], output);
                }
            },
        );
    }
    simd.vectorize(
        #[inline(always)]
        || {
            for channel in (0..channels).step_by(LANES) {
                // The last vector ends at the last channel, and does some of them again.
                let channel = channel.min(channels - LANES);
                down::<S, S::f32s, T, STEP>(simd, task, rows.clone(), [x, channel], output);
            }
        },
    );
}

/// One vector of channels of a strip, from its first row to its last.
#[inline(always)]
fn down<S: Simd, V: SimdFloat<S, Element = f32>, const T: usize, const STEP: usize>(
    simd: S,
    task: &Correlation<'_>,
    rows: Range<usize>,
    [x, channel]: [usize; 2],
    output: &mut [f32],
) {
    let &Correlation { input, .. } = task;
    let mut w = [[V::splat(simd, 0.0); 3]; 3];
    unroll!(y < 3, {
        unroll!(x < 3, {
            let tap = if task.flipped { 8 - 3 * y - x } else { 3 * y + x };
            w[y][x] = V::from_slice(simd, &task.weights[tap * input.channels + channel..][..V::LEN]);
        });
    });
    let bias = match task.bias {
        Some(bias) => V::from_slice(simd, &bias[channel..][..V::LEN]),
        None => V::splat(simd, 0.0),
    };
    let (x_in, n) = (x * STEP, STEP * (T - 1) + 3);
    if STEP == 1 {
        let [mut a, mut b] = [[bias; T]; 2];
        if input.has(rows.start) {
            let pixels = input.pixels(simd, n, [rows.start, x_in], channel);
            add::<_, _, T, STEP>(&pixels, w[0], &mut a);
        }
        if input.has(rows.start + 1) {
            let pixels = input.pixels(simd, n, [rows.start + 1, x_in], channel);
            add::<_, _, T, STEP>(&pixels, w[1], &mut a);
            if rows.len() > 1 {
                add::<_, _, T, STEP>(&pixels, w[0], &mut b);
            }
        }
        for y in rows.clone() {
            let mut c = [bias; T];
            if input.has(y + 2) {
                let pixels = input.pixels(simd, n, [y + 2, x_in], channel);
                add::<_, _, T, STEP>(&pixels, w[2], &mut a);
                if y + 1 < rows.end {
                    add::<_, _, T, STEP>(&pixels, w[1], &mut b);
                }
                if y + 2 < rows.end {
                    add::<_, _, T, STEP>(&pixels, w[0], &mut c);
                }
            }
            store(simd, task, [y, x], channel, a, output);
            a = b;
            b = c;
        }
    } else {
        let mut a = [bias; T];
        if input.has(2 * rows.start) {
            let pixels = input.pixels(simd, n, [2 * rows.start, x_in], channel);
            add::<_, _, T, STEP>(&pixels, w[0], &mut a);
        }
        for y in rows.clone() {
            if input.has(2 * y + 1) {
                let pixels = input.pixels(simd, n, [2 * y + 1, x_in], channel);
                add::<_, _, T, STEP>(&pixels, w[1], &mut a);
            }
            let mut b = [bias; T];
            if input.has(2 * y + 2) {
                let pixels = input.pixels(simd, n, [2 * y + 2, x_in], channel);
                add::<_, _, T, STEP>(&pixels, w[2], &mut a);
                if y + 1 < rows.end {
                    add::<_, _, T, STEP>(&pixels, w[0], &mut b);
                }
            }
            store(simd, task, [y, x], channel, a, output);
            a = b;
        }
    }
}

/// Adds the products of a row of pixels with a row of taps.
#[inline(always)]
fn add<S: Simd, V: SimdFloat<S, Element = f32>, const T: usize, const STEP: usize>(
    pixels: &[V; 9],
    w: [V; 3],
    sums: &mut [V; T],
) {
    unroll!(x < 3, {
        unroll!(t < T, {
            sums[t] = pixels[t * STEP + x].mul_add(w[x], sums[t]);
        });
    });
}

#[inline(always)]
fn store<S: Simd, V: SimdFloat<S, Element = f32>, const T: usize>(
    simd: S,
    task: &Correlation<'_>,
    [y, x]: [usize; 2],
    channel: usize,
    mut sums: [V; T],
    output: &mut [f32],
) {
    if task.relu {
        unroll!(t < T, {
            sums[t] = math::at_least(simd, sums[t], 0.0);
        });
    }
    let channels = task.input.channels;
    let lanes = V::LEN.min(channels - channel);
    let at = task.output[0] + y * task.output[1] + x * channels + channel;
    let out = &mut output[at..][..(T - 1) * channels + lanes];
    if lanes == V::LEN {
        unroll!(t < T, {
            sums[t].store_slice(&mut out[t * channels..][..V::LEN]);
        });
    } else {
        unroll!(t < T, {
            let mut whole = [0.0; LANES];
            sums[t].store_slice(&mut whole[..V::LEN]);
            out[t * channels..][..lanes].copy_from_slice(&whole[..lanes]);
        });
    }
}
