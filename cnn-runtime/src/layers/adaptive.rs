//! Adaptive average pooling: as many windows as are asked for, of nearly the same size.

use crate::map::Map;
use crate::pass::Pass;
use crate::simd::dispatch;
use crate::simd::lanes::{for_lanes, load, store};
use fearless_simd::{f32x16, prelude::*};
use std::ops::Range;

/// The inputs of a window along one axis, as PyTorch cuts them: from floor(i N / M) to ceil((i + 1) N / M).
fn window(at: usize, inputs: usize, outputs: usize) -> Range<usize> {
    at * inputs / outputs..((at + 1) * inputs).div_ceil(outputs)
}

/// The windows of a map's pixels, row by row.
fn windows(inputs: &Map, outputs: &Map) -> impl Iterator<Item = [Range<usize>; 2]> {
    let [inputs, outputs] = [inputs, outputs].map(|map| [map.height, map.width]);
    let columns = move |x| window(x, inputs[1], outputs[1]);
    (0..outputs[0]).flat_map(move |y| {
        let rows = window(y, inputs[0], outputs[0]);
        (0..outputs[1]).map(move |x| [rows.clone(), columns(x)])
    })
}

/// The mean of each window, channel by channel.
pub fn forward(pass: &mut Pass<'_>, input: &Map, output: &Map) {
    let [x, y] = pass.arena.views([input, output]);
    for (x, y) in x.chunks(input.stored()).zip(y.chunks_mut(output.stored())).take(pass.samples) {
        let pixels = output.rows_mut(y).flat_map(|row| row.chunks_exact_mut(output.channels));
        for (window, pixel) in windows(input, output).zip(pixels) {
            dispatch!(simd => mean(simd, input, x, window, pixel));
        }
    }
}

#[inline(always)]
fn mean<S: Simd>(simd: S, map: &Map, x: &[f32], [rows, columns]: [Range<usize>; 2], pixel: &mut [f32]) {
    let weight = 1.0 / (rows.len() * columns.len()) as f32;
    for_lanes(
        pixel.len(),
        #[inline(always)]
        |c, lanes| {
            let mut sum = f32x16::splat(simd, 0.0);
            for y in rows.clone() {
                for x_ in columns.clone() {
                    sum += load(simd, x, map.origin() + y * map.row() + x_ * map.channels + c, lanes);
                }
            }
            store(sum * weight, pixel, c, lanes);
        },
    );
}

/// Spreads each output's gradient evenly over its window; overwrites `d_input`.
pub fn backward(pass: &mut Pass<'_>, d_output: &Map, d_input: &Map) {
    let [dy, dx] = pass.arena.views([d_output, d_input]);
    for (dy, dx) in dy.chunks(d_output.stored()).zip(dx.chunks_mut(d_input.stored())).take(pass.samples) {
        d_input.rows_mut(dx).for_each(|row| row.fill(0.0));
        let pixels = d_output.rows(dy).flat_map(|row| row.chunks_exact(d_output.channels));
        for (window, pixel) in windows(d_input, d_output).zip(pixels) {
            dispatch!(simd => spread(simd, d_input, dx, window, pixel));
        }
    }
}

#[inline(always)]
fn spread<S: Simd>(simd: S, map: &Map, dx: &mut [f32], [rows, columns]: [Range<usize>; 2], pixel: &[f32]) {
    let weight = 1.0 / (rows.len() * columns.len()) as f32;
    for_lanes(
        pixel.len(),
        #[inline(always)]
        |c, lanes| {
            let share = load(simd, pixel, c, lanes) * weight;
            for y in rows.clone() {
                for x in columns.clone() {
                    let at = map.origin() + y * map.row() + x * map.channels + c;
                    store(load(simd, dx, at, lanes) + share, dx, at, lanes);
                }
            }
        },
    );
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;
    use crate::testing::{Random, assert_close, differences, for_each_isa, wide};

    /// The definition, in f64, on one sample.
    mod reference {
        /// Calls `visit(input, weight, output)` for every pair.
        fn pairs([h, w, channels]: [usize; 3], out: [usize; 2], mut visit: impl FnMut(usize, f64, usize)) {
            let part = |i: usize, n: usize, m: usize| {
                let step = n as f64 / m as f64;
                ((i as f64 * step) as usize, ((i + 1) as f64 * step - 1e-9).ceil() as usize)
            };
            for y in 0..out[0] {
                for x in 0..out[1] {
                    let ((top, bottom), (left, right)) = (part(y, h, out[0]), part(x, w, out[1]));
                    for i in top..bottom {
                        for j in left..right {
                            for c in 0..channels {
                                let weight = 1.0 / ((bottom - top) * (right - left)) as f64;
                                visit((i * w + j) * channels + c, weight, (y * out[1] + x) * channels + c);
                            }
                        }
                    }
                }
            }
        }

        pub(super) fn forward(shape: [usize; 3], out: [usize; 2], x: &[f64]) -> Vec<f64> {
            let mut y = vec![0.0; out[0] * out[1] * shape[2]];
            pairs(shape, out, |i, weight, o| y[o] += weight * x[i]);
            y
        }

        pub(super) fn backward(shape: [usize; 3], out: [usize; 2], dy: &[f64]) -> Vec<f64> {
            let mut dx = vec![0.0; shape.iter().product()];
            pairs(shape, out, |i, weight, o| dx[i] += weight * dy[o]);
            dx
        }
    }

    #[test]
    fn every_size_agrees_with_the_reference() {
        for_each_isa(|isa| {
            let mut random = Random::new(1);
            for channels in [1, 3, 16, 17, 40] {
                for ([h, w], out) in
                    [([6, 6], [3, 3]), ([7, 5], [3, 2]), ([7, 7], [1, 1]), ([4, 3], [4, 3]), ([2, 3], [5, 4])]
                {
                    for border in [[0; 4], [1, 0, 2, 0]] {
                        let shapes = [[h, w, channels], [out[0], out[1], channels]];
                        let [input, d_output] = shapes.map(|shape| random.vec(2 * shape.iter().product::<usize>()));
                        let (input, d_output) = (&input, &d_output);
                        let trial = Trial { samples: 2, shapes, border, parameters: &[], input, d_output };
                        let found = trial.run(|bench, maps| {
                            forward(&mut bench.pass(), &maps.input, &maps.output);
                            backward(&mut bench.pass(), &maps.d_output, &maps.d_input);
                        });
                        let what = format!("{isa}: {shapes:?}");
                        let (x, dy) = (wide(input), wide(d_output));
                        let y = x.chunks(x.len() / 2).flat_map(|x| reference::forward(shapes[0], out, x));
                        assert_close(&found.output, &y.collect::<Vec<_>>(), 1e-6, &what);
                        let dx = dy.chunks(dy.len() / 2).flat_map(|dy| reference::backward(shapes[0], out, dy));
                        assert_close(&found.d_input, &dx.collect::<Vec<_>>(), 1e-6, &what);
                    }
                }
            }
        });
    }

    #[test]
    fn the_reference_backward_is_the_slope_of_the_reference() {
        let mut random = Random::new(2);
        let (shape, out) = ([5, 3, 2], [2, 2]);
        let (x, dy) = (wide(&random.vec(30)), wide(&random.vec(8)));
        let loss = |x: &[f64]| reference::forward(shape, out, x).iter().zip(&dy).map(|(y, dy)| y * dy).sum::<f64>();
        let dx = reference::backward(shape, out, &dy);
        assert!(differences(&x, loss).iter().zip(dx).all(|(a, b)| (a - b).abs() < 1e-8));
    }
}
