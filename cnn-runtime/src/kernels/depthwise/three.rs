//! Filters of 3 x 3 that see one channel each, in steps of 1 and 2, for machines with 32 registers.
//!
//! A vector goes over channels, and a strip of a few columns goes down the map: a row of the input that is in registers
//! serves all rows of outputs that see it, so every input is loaded once (at the strip's edges twice). What is loaded
//! once does not have to stay in the first-level cache, which it could not: pixels are often a power of two floats
//! apart, and then only a few of the cache's sets are theirs.
//!
//! Measured on Zen 4 with AVX-512, against rows of 8 outputs: forward 1.2 (24x24x32) to 2.3 times (7x7x1024) as fast.
//! Copying 16 channels of a piece of the map into a block that lies densely was slower (1.0 to 2.4 times the time). With
//! 16 registers the nine weights do not stay in them, and rows of outputs are faster from 16 channels up.

use super::super::unroll;
use crate::buffer::LANES;
use crate::simd::{Tile, dispatch, math};
use fearless_simd::{Simd, SimdBase, SimdFloat, f32x8};
use std::ops::Range;

/// Floats of input and output that a band of rows may have: what stays in the second-level cache until it is done.
const BAND: usize = 96 * 1024;

/// Whether these kernels are the faster ones for maps of so many channels.
pub(crate) fn pays(channels: usize) -> bool {
    dispatch!(simd => is_wide(simd)) || channels <= 8
}

#[inline(always)]
fn is_wide<S: Tile>(_: S) -> bool {
    S::ROWS >= 8
}

/// One sample of a map as windows see it. Rows and columns count from the first tap of the first window.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taps<'a> {
    /// With slack behind.
    pub(crate) memory: &'a [f32],
    /// Where row 0, column 0 lies: before the start if windows reach beyond the memory.
    pub(crate) start: isize,
    /// Floats from a row to the next.
    pub(crate) row: usize,
    pub(crate) channels: usize,
    /// The rows that exist, from the first to the end, and the columns. All others are zeros.
    pub(crate) inside: [[usize; 2]; 2],
}

impl Taps<'_> {
    /// Whether a row exists.
    #[inline(always)]
    fn has(&self, row: usize) -> bool {
        let [first, end] = self.inside[0];
        first <= row && row < end
    }

    /// `N` neighbouring pixels of a row that exists: the first of nine.
    #[inline(always)]
    fn pixels<S: Simd, V: SimdFloat<S, Element = f32>>(
        &self,
        simd: S,
        n: usize,
        [y, x]: [usize; 2],
        channel: usize,
    ) -> [V; 9] {
        let mut pixels = [V::splat(simd, 0.0); 9];
        let [first, end] = self.inside[1];
        let step = self.channels;
        let at = self.start.wrapping_add_unsigned(y * self.row + x * step + channel).cast_unsigned();
        if first <= x && x + n <= end {
            let floats = &self.memory[at..][..(n - 1) * step + V::LEN];
            unroll!(16: i < n, {
                pixels[i.min(8)] = V::from_slice(simd, &floats[i * step..][..V::LEN]);
            });
        } else {
            unroll!(16: i < n, {
                if first <= x + i && x + i < end {
                    pixels[i.min(8)] = V::from_slice(simd, &self.memory[at.wrapping_add(i * step)..][..V::LEN]);
                }
            });
        }
        pixels
    }
}

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

/// How many rows of outputs are done together.
fn band(step: usize, row_of_inputs: usize, row_of_outputs: usize) -> usize {
    (BAND / (step * row_of_inputs + row_of_outputs).max(1)).max(4)
}

/// How many columns of those that are left make the next strip: with 32 registers 4, else 3, and no narrow rest.
#[inline(always)]
fn columns<S: Tile>(left: usize) -> usize {
    if S::ROWS >= 8 {
        if matches!(left, 3 | 5 | 6) { 3 } else { left.min(4) }
    } else if left == 4 {
        2
    } else {
        left.min(3)
    }
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

/// Adds to the gradients of the nine taps those of one sample: `input` and `d_output`, whose rows and columns count
/// from the first output, of `size`.
pub(crate) fn gradients(input: &Taps<'_>, d_output: &Taps<'_>, step: usize, size: [usize; 2], gradient: &mut [f32]) {
    match step {
        1 => dispatch!(simd => gradient_bands::<_, 1>(simd, input, d_output, size, gradient)),
        _ => dispatch!(simd => gradient_bands::<_, 2>(simd, input, d_output, size, gradient)),
    }
}

#[inline(always)]
fn gradient_bands<S: Tile, const STEP: usize>(
    simd: S,
    input: &Taps<'_>,
    d_output: &Taps<'_>,
    [height, width]: [usize; 2],
    gradient: &mut [f32],
) {
    let band = band(STEP, input.row, d_output.row);
    for first in (0..height).step_by(band) {
        let rows = first..height.min(first + band);
        for channel in (0..input.channels).step_by(LANES) {
            let mut sums = [[0.0; LANES]; 9];
            let mut x = 0;
            while x < width {
                let columns = columns::<S>(width - x);
                let strip = match columns {
                    4 => gradient_strip::<S, 4, STEP>,
                    3 => gradient_strip::<S, 3, STEP>,
                    2 => gradient_strip::<S, 2, STEP>,
                    _ => gradient_strip::<S, 1, STEP>,
                };
                let all = (width - x) / columns;
                // Strips of one kind go together.
                let count = if columns == 4 || all == 1 { all.max(1) } else { 1 };
                strip(simd, input, d_output, rows.clone(), [x, count], channel, &mut sums);
                x += columns * count;
            }
            let lanes = LANES.min(input.channels - channel);
            for (tap, sums) in sums.iter().enumerate() {
                let to = &mut gradient[tap * input.channels + channel..][..lanes];
                to.iter_mut().zip(sums).for_each(|(to, sum)| *to += sum);
            }
        }
    }
}

#[inline(never)]
fn gradient_strip<S: Simd, const T: usize, const STEP: usize>(
    simd: S,
    input: &Taps<'_>,
    d_output: &Taps<'_>,
    rows: Range<usize>,
    [x, count]: [usize; 2],
    channel: usize,
    total: &mut [[f32; LANES]; 9],
) {
    simd.vectorize(
        #[inline(always)]
        || {
            for lane in (0..LANES.min(input.channels - channel)).step_by(S::f32s::LEN) {
                let mut sums = [[S::f32s::splat(simd, 0.0); 3]; 3];
                for strip in 0..count {
                    let at = [x + strip * T, channel + lane];
                    gradient_down::<S, S::f32s, T, STEP>(simd, input, d_output, rows.clone(), at, &mut sums);
                }
                unroll!(y < 3, {
                    unroll!(x < 3, {
                        let to = &mut total[3 * y + x][lane..][..S::f32s::LEN];
                        (S::f32s::from_slice(simd, to) + sums[y][x]).store_slice(to);
                    });
                });
            }
        },
    );
}

/// One vector of channels of a strip, from its first row to its last.
#[inline(always)]
fn gradient_down<S: Simd, V: SimdFloat<S, Element = f32>, const T: usize, const STEP: usize>(
    simd: S,
    input: &Taps<'_>,
    d_output: &Taps<'_>,
    rows: Range<usize>,
    [x, channel]: [usize; 2],
    sums: &mut [[V; 3]; 3],
) {
    let (x_in, n) = (x * STEP, STEP * (T - 1) + 3);
    let zero = [V::splat(simd, 0.0); 9];
    if STEP == 1 {
        // The rows of d_output that a row of inputs meets: with its first, second and third row of taps.
        let [mut b, mut c] = [zero; 2];
        for y in rows.start..rows.end + 2 {
            let a = if y < rows.end { d_output.pixels(simd, T, [y, x], channel) } else { zero };
            let pixels = input.pixels(simd, n, [y, x_in], channel);
            add_gradients::<_, _, T, STEP>(&pixels, &a, &mut sums[0]);
            add_gradients::<_, _, T, STEP>(&pixels, &b, &mut sums[1]);
            add_gradients::<_, _, T, STEP>(&pixels, &c, &mut sums[2]);
            c = b;
            b = a;
        }
    } else {
        let mut b = zero;
        for y in rows.clone() {
            let a = d_output.pixels(simd, T, [y, x], channel);
            let pixels = input.pixels(simd, n, [2 * y, x_in], channel);
            add_gradients::<_, _, T, STEP>(&pixels, &a, &mut sums[0]);
            if y > rows.start {
                add_gradients::<_, _, T, STEP>(&pixels, &b, &mut sums[2]);
            }
            let pixels = input.pixels(simd, n, [2 * y + 1, x_in], channel);
            add_gradients::<_, _, T, STEP>(&pixels, &a, &mut sums[1]);
            b = a;
        }
        let pixels = input.pixels(simd, n, [2 * rows.end, x_in], channel);
        add_gradients::<_, _, T, STEP>(&pixels, &b, &mut sums[2]);
    }
}

/// Adds the products of a row of pixels with a row of gradients to the sums of a row of taps.
#[inline(always)]
fn add_gradients<S: Simd, V: SimdFloat<S, Element = f32>, const T: usize, const STEP: usize>(
    pixels: &[V; 9],
    d: &[V; 9],
    sums: &mut [V; 3],
) {
    unroll!(t < T, {
        unroll!(x < 3, {
            sums[x] = pixels[t * STEP + x].mul_add(d[t], sums[x]);
        });
    });
}

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
