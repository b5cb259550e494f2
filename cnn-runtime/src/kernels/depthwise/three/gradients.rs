//! Gradients of the nine taps, and of the biases, since all of the output's gradient goes by: a strip keeps the rows of
//! it that a row of inputs meets.

use super::{Taps, band, columns};
use crate::buffer::LANES;
use crate::kernels::unroll;
use crate::simd::{Tile, dispatch};
use fearless_simd::{Simd, SimdBase, SimdFloat};
use std::ops::Range;

/// Gradients of one sample. Rows and columns of both maps count from the first output.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gradients<'a> {
    pub(crate) input: Taps<'a>,
    pub(crate) d_output: Taps<'a>,
    /// 1 or 2.
    pub(crate) step: usize,
    /// Rows and columns of the output.
    pub(crate) size: [usize; 2],
}

/// Sums of a vector of channels: the nine taps and the bias.
type Sums = [[f32; LANES]; 10];

/// Adds to the gradients of the nine taps, and of the biases if there are any.
pub(crate) fn gradients(task: &Gradients<'_>, weights: &mut [f32], bias: Option<&mut [f32]>) {
    match task.step {
        1 => dispatch!(simd => gradient_bands::<_, 1>(simd, task, weights, bias)),
        _ => dispatch!(simd => gradient_bands::<_, 2>(simd, task, weights, bias)),
    }
}

#[inline(always)]
fn gradient_bands<S: Tile, const STEP: usize>(
    simd: S,
    task: &Gradients<'_>,
    weights: &mut [f32],
    mut bias: Option<&mut [f32]>,
) {
    let Gradients { input, d_output, size: [height, width], .. } = task;
    let band = band(STEP, input.row, d_output.row);
    for first in (0..*height).step_by(band) {
        let rows = first..(first + band).min(*height);
        for channel in (0..input.channels).step_by(LANES) {
            let mut sums: Sums = [[0.0; LANES]; 10];
            let mut x = 0;
            while x < *width {
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
                strip(simd, task, rows.clone(), [x, count], channel, &mut sums);
                x += columns * count;
            }
            let lanes = LANES.min(input.channels - channel);
            let add = |to: &mut [f32], sums: &[f32; LANES]| to.iter_mut().zip(sums).for_each(|(to, sum)| *to += sum);
            for (tap, sums) in sums[..9].iter().enumerate() {
                add(&mut weights[tap * input.channels + channel..][..lanes], sums);
            }
            if let Some(bias) = &mut bias {
                add(&mut bias[channel..][..lanes], &sums[9]);
            }
        }
    }
}

#[inline(never)]
fn gradient_strip<S: Simd, const T: usize, const STEP: usize>(
    simd: S,
    task: &Gradients<'_>,
    rows: Range<usize>,
    [x, count]: [usize; 2],
    channel: usize,
    total: &mut Sums,
) {
    let Gradients { input, d_output, .. } = task;
    simd.vectorize(
        #[inline(always)]
        || {
            for lane in (0..LANES.min(input.channels - channel)).step_by(S::f32s::LEN) {
                let mut sums = [[S::f32s::splat(simd, 0.0); 3]; 3];
                let mut bias = S::f32s::splat(simd, 0.0);
                for strip in 0..count {
                    let at = [x + strip * T, channel + lane];
                    gradient_down::<S, S::f32s, T, STEP>(
                        simd,
                        input,
                        d_output,
                        rows.clone(),
                        at,
                        (&mut sums, &mut bias),
                    );
                }
                unroll!(y < 3, {
                    unroll!(x < 3, {
                        let to = &mut total[3 * y + x][lane..][..S::f32s::LEN];
                        (S::f32s::from_slice(simd, to) + sums[y][x]).store_slice(to);
                    });
                });
                let to = &mut total[9][lane..][..S::f32s::LEN];
                (S::f32s::from_slice(simd, to) + bias).store_slice(to);
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
    (sums, bias): (&mut [[V; 3]; 3], &mut V),
) {
    let (x_in, n) = (x * STEP, STEP * (T - 1) + 3);
    let zero = [V::splat(simd, 0.0); 9];
    if STEP == 1 {
        // The rows of d_output that a row of inputs meets: with its first, second and third row of taps.
        let [mut b, mut c] = [zero; 2];
        for y in rows.start..rows.end + 2 {
            let a = if y < rows.end { d_output.pixels(simd, T, [y, x], channel) } else { zero };
            unroll!(t < T, {
                *bias += a[t];
            });
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
            unroll!(t < T, {
                *bias += a[t];
            });
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
