//! Filters that see one channel each: vectors go over channels, which lie innermost; a few pixels make a tile, which
//! share the loads of weights.

pub(crate) mod three;

use super::row_fma::store_lanes;
use super::{activate, unroll};
use crate::buffer::LANES;
use crate::simd::{Tile, dispatch};
use fearless_simd::{Simd, SimdBase, SimdFloat, f32x16};

/// The taps of one pixel: rows and columns of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    pub(crate) counts: [usize; 2],
    /// Floats from the first tap's input to the next one's, downwards and to the right.
    pub(crate) input: [isize; 2],
    /// Floats from the first tap's weights to the next one's.
    pub(crate) weight: [usize; 2],
}

/// A row of pixels: `output[pixel] = bias + sum over taps of input[pixel + tap] * weights[tap]`, channel by channel.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    /// With slack behind every sample.
    pub(crate) input: &'a [f32],
    /// With slack behind.
    pub(crate) weights: &'a [f32],
    /// With slack behind.
    pub(crate) bias: Option<&'a [f32]>,
    /// Whether negative outputs become zero.
    pub(crate) relu: bool,
    pub(crate) window: Window,
    pub(crate) channels: usize,
    /// Pixels.
    pub(crate) count: usize,
    /// The first pixel's first tap in the input, the first tap in the weights, the first pixel in the output.
    pub(crate) starts: [usize; 3],
    /// From a pixel to the next in the input and in the output.
    pub(crate) steps: [usize; 2],
}

/// Computes a row of pixels.
pub(crate) fn row(row: &Row<'_>, output: &mut [f32]) {
    dispatch!(simd => tiles(simd, row, output));
}

#[inline(always)]
fn tiles<S: Tile>(simd: S, row: &Row<'_>, output: &mut [f32]) {
    let mut first = 0;
    while first < row.count {
        let left = row.count - first;
        first += if S::ROWS >= 8 && left >= 8 {
            run::<S, 8>(simd, row, first, output)
        } else if S::ROWS >= 4 && left >= 4 {
            run::<S, 4>(simd, row, first, output)
        } else if left >= 2 {
            run::<S, 2>(simd, row, first, output)
        } else {
            run::<S, 1>(simd, row, first, output)
        };
    }
}

#[inline(never)]
fn run<S: Simd, const T: usize>(simd: S, row: &Row<'_>, first: usize, output: &mut [f32]) -> usize {
    simd.vectorize(
        #[inline(always)]
        || {
            for channel in (0..row.channels).step_by(LANES) {
                tile::<S, T>(simd, row, first, channel, output);
            }
        },
    );
    T
}

#[inline(always)]
fn tile<S: Simd, const T: usize>(simd: S, row: &Row<'_>, first: usize, channel: usize, output: &mut [f32]) {
    let &Row { window, starts, steps, .. } = row;
    let mut sums = [f32x16::splat(simd, 0.0); T];
    if let Some(bias) = row.bias {
        let bias = f32x16::from_slice(simd, &bias[channel..][..LANES]);
        sums = [bias; T];
    }
    if window.counts[1] == 3 && window.input[1].unsigned_abs() == steps[0] {
        three_columns(simd, row, first, channel, &mut sums);
    } else {
        all_taps(simd, row, first, channel, &mut sums);
    }
    if row.relu {
        unroll!(t < T, {
            sums[t] = activate::relu(simd, sums[t]);
        });
    }
    let lanes = (row.channels - channel).min(LANES);
    let out = &mut output[starts[2] + first * steps[1] + channel..][..(T - 1) * steps[1] + lanes];
    if lanes == LANES {
        unroll!(t < T, {
            sums[t].store_slice(&mut out[t * steps[1]..][..LANES]);
        });
    } else {
        unroll!(t < T, {
            store_lanes(sums[t].into(), &mut out[t * steps[1]..][..lanes]);
        });
    }
}

/// Adds the products of all taps.
#[inline(always)]
fn all_taps<S: Simd, const T: usize>(simd: S, row: &Row<'_>, first: usize, channel: usize, sums: &mut [f32x16<S>; T]) {
    let &Row { input, weights, window, starts, steps, .. } = row;
    let start = (starts[0] + first * steps[0] + channel).cast_signed();
    for y in 0..window.counts[0] {
        for x in 0..window.counts[1] {
            let at = start + y.cast_signed() * window.input[0] + x.cast_signed() * window.input[1];
            let taps = &input[at.cast_unsigned()..][..(T - 1) * steps[0] + LANES];
            let w = starts[1] + y * window.weight[0] + x * window.weight[1] + channel;
            let w = f32x16::from_slice(simd, &weights[w..][..LANES]);
            unroll!(t < T, {
                let tap = f32x16::from_slice(simd, &taps[t * steps[0]..][..LANES]);
                sums[t] = tap.mul_add(w, sums[t]);
            });
        }
    }
}

/// Adds the products of all taps of a window of three neighbouring columns: tiles of pixels overlap by two of them, so
/// every input is loaded once for three products.
#[inline(always)]
fn three_columns<S: Simd, const T: usize>(
    simd: S,
    row: &Row<'_>,
    first: usize,
    channel: usize,
    sums: &mut [f32x16<S>; T],
) {
    let &Row { input, weights, window, starts, steps, .. } = row;
    let step = steps[0];
    // Columns that go to the left, as in a gradient, are the same columns from the other end.
    let leftwards = window.input[1] < 0;
    let start = starts[0] + first * step + channel - if leftwards { 2 * step } else { 0 };
    for y in 0..window.counts[0] {
        let at = start.cast_signed() + y.cast_signed() * window.input[0];
        let pixels = &input[at.cast_unsigned()..][..(T + 1) * step + LANES];
        let at = starts[1] + y * window.weight[0] + channel;
        let taps = &weights[at..][..2 * window.weight[1] + LANES];
        let mut w = [f32x16::splat(simd, 0.0); 3];
        unroll!(x < 3, {
            w[x] = f32x16::from_slice(simd, &taps[x * window.weight[1]..][..LANES]);
        });
        if leftwards {
            w = [w[2], w[1], w[0]];
        }
        unroll!(16: i < T + 2, {
            let pixel = f32x16::from_slice(simd, &pixels[i * step..][..LANES]);
            unroll!(x < 3, {
                if x <= i && i - x < T {
                    sums[i - x] = pixel.mul_add(w[x], sums[i - x]);
                }
            });
        });
    }
}

/// The gradients of a row of taps over a row of pixels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weights<'a> {
    /// With slack behind every sample.
    pub(crate) input: &'a [f32],
    /// With slack behind every sample.
    pub(crate) d_output: &'a [f32],
    pub(crate) channels: usize,
    /// Pixels.
    pub(crate) count: usize,
    /// Taps, `channels` floats apart in the gradient.
    pub(crate) taps: usize,
    /// From a tap to the next in the input.
    pub(crate) tap_step: usize,
    /// The first pixel in input and `d_output`.
    pub(crate) starts: [usize; 2],
    /// From a pixel to the next in input and `d_output`.
    pub(crate) steps: [usize; 2],
}

/// Adds to the gradients of a row of taps, which are all that `gradient` holds.
pub(crate) fn weights(weights: &Weights<'_>, gradient: &mut [f32]) {
    let mut first = 0;
    while first < weights.taps {
        let left = weights.taps - first;
        first += match left {
            0..3 => dispatch!(simd => sums::<_, 1>(simd, weights, first, gradient)),
            3..5 => dispatch!(simd => sums::<_, 3>(simd, weights, first, gradient)),
            _ => dispatch!(simd => sums::<_, 5>(simd, weights, first, gradient)),
        };
    }
}

#[inline(always)]
fn sums<S: Simd, const T: usize>(simd: S, row: &Weights<'_>, first: usize, gradient: &mut [f32]) -> usize {
    let &Weights { input, d_output, channels, tap_step, starts, steps, .. } = row;
    for channel in (0..channels).step_by(LANES) {
        let mut sums = [f32x16::splat(simd, 0.0); T];
        for pixel in 0..row.count {
            let d = f32x16::from_slice(simd, &d_output[starts[1] + pixel * steps[1] + channel..][..LANES]);
            let at = starts[0] + pixel * steps[0] + first * tap_step + channel;
            let taps = &input[at..][..(T - 1) * tap_step + LANES];
            unroll!(t < T, {
                let tap = f32x16::from_slice(simd, &taps[t * tap_step..][..LANES]);
                sums[t] = tap.mul_add(d, sums[t]);
            });
        }
        let lanes = (channels - channel).min(LANES);
        unroll!(t < T, {
            let to = &mut gradient[(first + t) * channels + channel..][..lanes];
            if lanes == LANES {
                (f32x16::from_slice(simd, to) + sums[t]).store_slice(to);
            } else {
                let sum: [f32; LANES] = sums[t].into();
                to.iter_mut().zip(sum).for_each(|(to, x)| *to += x);
            }
        });
    }
    T
}
