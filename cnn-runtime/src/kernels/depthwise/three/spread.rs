//! Gradients for inputs of windows in steps of 2: squares of 2 x 2 inputs, which meet the same outputs.

use super::Taps;
use crate::buffer::LANES;
use crate::kernels::unroll;
use crate::simd::{Tile, dispatch};
use fearless_simd::{Simd, SimdBase, SimdFloat};

/// The gradient for the input of windows in steps of 2, for one sample.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spread<'a> {
    /// Rows and columns count from the one before the first output.
    pub(crate) d_output: Taps<'a>,
    /// The nine taps, with slack behind.
    pub(crate) weights: &'a [f32],
    /// Rows and columns of padding before the first input.
    pub(crate) padding: [usize; 2],
    /// Rows and columns of the input.
    pub(crate) size: [usize; 2],
    /// The first pixel of the gradient for the input, and floats from a row to the next.
    pub(crate) d_input: [usize; 2],
}

/// Computes a sample.
pub(crate) fn spread(task: &Spread<'_>, d_input: &mut [f32]) {
    dispatch!(simd => spread_rows(simd, task, d_input));
}

#[inline(always)]
fn spread_rows<S: Tile>(simd: S, task: &Spread<'_>, d_input: &mut [f32]) {
    let [height, width] = [0, 1].map(|i| (task.size[i] + task.padding[i]).div_ceil(2));
    for y in 0..height {
        for x in (0..width).step_by(2) {
            match width - x {
                1 => spread_strip::<S, 1>(simd, task, [y, x], d_input),
                _ => spread_strip::<S, 2>(simd, task, [y, x], d_input),
            }
        }
    }
}

#[inline(never)]
fn spread_strip<S: Simd, const T: usize>(simd: S, task: &Spread<'_>, at: [usize; 2], d_input: &mut [f32]) {
    simd.vectorize(
        #[inline(always)]
        || {
            let channels = task.d_output.channels;
            for channel in (0..channels).step_by(S::f32s::LEN) {
                let channel = channel.min(channels.saturating_sub(S::f32s::LEN));
                spread_squares::<S, S::f32s, T>(simd, task, at, channel, d_input);
            }
        },
    );
}

/// One vector of channels of `T` squares of 2 x 2 inputs: rows and columns 2 y and 2 y + 1, counted from the padding.
/// The first of the two meets the first tap of one output and the last of the output before it, the second one the
/// second tap of the one output.
#[inline(always)]
fn spread_squares<S: Simd, V: SimdFloat<S, Element = f32>, const T: usize>(
    simd: S,
    task: &Spread<'_>,
    [y, x]: [usize; 2],
    channel: usize,
    d_input: &mut [f32],
) {
    let &Spread { d_output, weights, .. } = task;
    let zero = [V::splat(simd, 0.0); 9];
    let mut w = zero;
    unroll!(16: tap < 9, {
        w[tap] = V::from_slice(simd, &weights[tap * d_output.channels + channel..][..V::LEN]);
    });
    let (mut before, mut here) = (zero, zero);
    if d_output.has(y) {
        before = d_output.pixels(simd, T + 1, [y, x], channel);
    }
    if d_output.has(y + 1) {
        here = d_output.pixels(simd, T + 1, [y + 1, x], channel);
    }
    unroll!(t < T, {
        let ([a, b], [c, d]) = ([before[t], before[t + 1]], [here[t], here[t + 1]]);
        let square = [
            [d.mul_add(w[0], c * w[2]) + b.mul_add(w[6], a * w[8]), d.mul_add(w[1], b * w[7])],
            [d.mul_add(w[3], c * w[5]), d * w[4]],
        ];
        unroll!(i < 2, {
            unroll!(j < 2, {
                put(task, [2 * y + i, 2 * (x + t) + j], channel, square[i][j], d_input);
            });
        });
    });
}

/// Stores a vector of an input that exists.
#[inline(always)]
fn put<S: Simd, V: SimdFloat<S, Element = f32>>(
    task: &Spread<'_>,
    position: [usize; 2],
    channel: usize,
    value: V,
    d_input: &mut [f32],
) {
    // In the padding a difference is negative, which is more than any size.
    let y = position[0].wrapping_sub(task.padding[0]);
    let x = position[1].wrapping_sub(task.padding[1]);
    if y < task.size[0] && x < task.size[1] {
        let channels = task.d_output.channels;
        let lanes = V::LEN.min(channels - channel);
        let to = &mut d_input[task.d_input[0] + y * task.d_input[1] + x * channels + channel..][..lanes];
        if lanes == V::LEN {
            value.store_slice(to);
        } else {
            let mut whole = [0.0; LANES];
            value.store_slice(&mut whole[..V::LEN]);
            to.copy_from_slice(&whole[..lanes]);
        }
    }
}
