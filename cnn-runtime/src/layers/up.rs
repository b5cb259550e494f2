//! Enlarging a map: every pixel repeated, or straight lines between pixels.

use crate::map::{Map, Part};
use crate::pass::Pass;
use crate::simd::dispatch;
use crate::simd::lanes::{for_lanes, load, store};
use fearless_simd::{f32x16, prelude::*};

/// The constants of an enlargement. The sizes are those of its maps.
#[derive(Clone, Copy, Debug)]
pub struct Up {
    /// Bilinear, corners not aligned (PyTorch's `align_corners=False`); else the nearest pixel.
    pub bilinear: bool,
}

/// The inputs along one axis that an output lies between, and the weight of the second.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Between {
    first: usize,
    second: usize,
    weight: f32,
}

impl Up {
    /// Where an output of `outputs` lies among `inputs`.
    fn between(self, at: usize, inputs: usize, outputs: usize) -> Between {
        if !self.bilinear {
            let nearest = at * inputs / outputs;
            return Between { first: nearest, second: nearest, weight: 0.0 };
        }
        // Pixels are squares whose middles meet; what lies before the first middle is the first pixel.
        let position = ((at as f32 + 0.5) * (inputs as f32 / outputs as f32) - 0.5).max(0.0);
        let first = (position as usize).min(inputs - 1);
        Between { first, second: (first + 1).min(inputs - 1), weight: position - first as f32 }
    }
}

/// Overwrites the output.
pub fn forward(pass: &mut Pass<'_>, up: &Up, input: &Map, output: &Part) {
    let [x, y] = pass.arena.views([input, output]);
    for (x, y) in x.chunks(input.stored()).zip(y.chunks_mut(output.stored())).take(pass.samples) {
        let rows = y[output.origin()..].chunks_mut(output.row().max(1)).take(output.height);
        for (out_y, row) in rows.enumerate() {
            let row = &mut row[..(output.width - 1) * output.pitch + output.channels];
            let vertical = up.between(out_y, input.height, output.height);
            let [above, below] = [vertical.first, vertical.second]
                .map(|y| &x[input.origin() + y * input.row()..][..input.width * input.channels]);
            if up.bilinear {
                dispatch!(simd => between_rows(simd, input, [above, below], vertical.weight, output, row));
            } else {
                repeat(above, output, output.width / input.width, row);
            }
        }
    }
}

/// Every pixel of a row so many times.
fn repeat(pixels: &[f32], output: &Part, times: usize, row: &mut [f32]) {
    let &Part { channels, pitch, .. } = output;
    for (pixel, copies) in pixels.chunks_exact(channels).zip(row.chunks_mut(times * pitch)) {
        copies.chunks_mut(pitch).for_each(|copy| copy[..channels].copy_from_slice(pixel));
    }
}

/// A row of the output that lies between two of the input.
#[inline(always)]
fn between_rows<S: Simd>(
    simd: S,
    input: &Map,
    [above, below]: [&[f32]; 2],
    weight: f32,
    output: &Part,
    row: &mut [f32],
) {
    let &Part { width, channels, pitch, .. } = output;
    for (out_x, pixel) in row.chunks_mut(pitch).enumerate() {
        let across = Up { bilinear: true }.between(out_x, input.width, width);
        let [left, right] = [across.first, across.second].map(|x| x * channels);
        let [weight, across] = [weight, across.weight].map(|weight| f32x16::splat(simd, weight));
        for_lanes(
            channels,
            #[inline(always)]
            |at, lanes| {
                let [above, below] = [above, below].map(
                    #[inline(always)]
                    |row| {
                        let [left, right] = [load(simd, row, left + at, lanes), load(simd, row, right + at, lanes)];
                        (right - left).mul_add(across, left)
                    },
                );
                store((below - above).mul_add(weight, above), pixel, at, lanes);
            },
        );
    }
}

/// Overwrites `d_input`: each output's gradient goes to the inputs that it lies between, by their weights.
pub fn backward(pass: &mut Pass<'_>, up: &Up, d_output: &Map, d_input: &Map) {
    let [dy, dx] = pass.arena.views([d_output, d_input]);
    for (dy, dx) in dy.chunks(d_output.stored()).zip(dx.chunks_mut(d_input.stored())).take(pass.samples) {
        d_input.rows_mut(dx).for_each(|row| row.fill(0.0));
        for (out_y, row) in d_output.rows(dy).enumerate() {
            let vertical = up.between(out_y, d_input.height, d_output.height);
            for (y, weight) in shares(vertical) {
                let to = &mut dx[d_input.origin() + y * d_input.row()..][..d_input.width * d_input.channels];
                dispatch!(simd => add_row(simd, up, d_input, weight, row, to));
            }
        }
    }
}

/// The inputs of an output with their weights; those left out that have none.
fn shares(between: Between) -> impl Iterator<Item = (usize, f32)> {
    let Between { first, second, weight } = between;
    [(first, 1.0 - weight), (second, weight)].into_iter().filter(|(_, weight)| *weight > 0.0)
}

/// Adds a row of the output's gradient, weighed, to a row of the input's.
#[inline(always)]
fn add_row<S: Simd>(simd: S, up: &Up, d_input: &Map, weight: f32, row: &[f32], to: &mut [f32]) {
    let channels = d_input.channels;
    let width = row.len() / channels;
    for (out_x, pixel) in row.chunks_exact(channels).enumerate() {
        for (x, across) in shares(up.between(out_x, d_input.width, width)) {
            let weight = f32x16::splat(simd, weight * across);
            let to = &mut to[x * channels..][..channels];
            for_lanes(
                channels,
                #[inline(always)]
                |at, lanes| {
                    let sum = load(simd, pixel, at, lanes).mul_add(weight, load(simd, to, at, lanes));
                    store(sum, to, at, lanes);
                },
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;
    use crate::testing::{Random, assert_close, differences, for_each_isa, wide};

    /// The definition, in f64, on one sample: every output is a weighted sum of inputs.
    mod reference {
        /// The weight of every input along an axis.
        fn weights(bilinear: bool, at: usize, inputs: usize, factor: usize) -> Vec<f64> {
            let mut weights = vec![0.0; inputs];
            if bilinear {
                let position = ((at as f64 + 0.5) / factor as f64 - 0.5).clamp(0.0, (inputs - 1) as f64);
                for (i, weight) in weights.iter_mut().enumerate() {
                    *weight = (1.0 - (position - i as f64).abs()).max(0.0);
                }
            } else {
                weights[at / factor] = 1.0;
            }
            weights
        }

        /// Calls `visit(input, weight, output)` for every pair.
        fn pairs(bilinear: bool, [h, w, c]: [usize; 3], factor: [usize; 2], mut visit: impl FnMut(usize, f64, usize)) {
            for y in 0..h * factor[0] {
                for x in 0..w * factor[1] {
                    for (i, down) in weights(bilinear, y, h, factor[0]).into_iter().enumerate() {
                        for (j, across) in weights(bilinear, x, w, factor[1]).into_iter().enumerate() {
                            for c_ in 0..c {
                                let output = (y * w * factor[1] + x) * c + c_;
                                visit((i * w + j) * c + c_, down * across, output);
                            }
                        }
                    }
                }
            }
        }

        pub(super) fn forward(bilinear: bool, shape: [usize; 3], factor: [usize; 2], x: &[f64]) -> Vec<f64> {
            let mut y = vec![0.0; x.len() * factor[0] * factor[1]];
            pairs(bilinear, shape, factor, |i, weight, o| y[o] += weight * x[i]);
            y
        }

        pub(super) fn backward(bilinear: bool, shape: [usize; 3], factor: [usize; 2], dy: &[f64]) -> Vec<f64> {
            let mut dx = vec![0.0; shape.iter().product()];
            pairs(bilinear, shape, factor, |i, weight, o| dx[i] += weight * dy[o]);
            dx
        }
    }

    #[test]
    fn every_factor_agrees_with_the_reference() {
        for_each_isa(|isa| {
            let mut random = Random::new(1);
            for channels in [1, 3, 16, 17, 40] {
                for factor in [[1, 1], [2, 2], [3, 3], [2, 1], [1, 4]] {
                    for (bilinear, [h, w], border) in
                        [(false, [3, 4], [0; 4]), (true, [3, 4], [1, 0, 2, 0]), (true, [1, 5], [0; 4])]
                    {
                        let shapes = [[h, w, channels], [h * factor[0], w * factor[1], channels]];
                        let [input, d_output] = shapes.map(|shape| random.vec(2 * shape.iter().product::<usize>()));
                        let (input, d_output) = (&input, &d_output);
                        let trial = Trial { samples: 2, shapes, border, parameters: &[], input, d_output };
                        let found = trial.run(|bench, maps| {
                            let up = Up { bilinear };
                            forward(&mut bench.pass(), &up, &maps.input, &maps.output);
                            backward(&mut bench.pass(), &up, &maps.d_output, &maps.d_input);
                        });
                        let what = format!("{isa}: {shapes:?}, bilinear {bilinear}");
                        let (x, dy) = (wide(input), wide(d_output));
                        let y = x.chunks(x.len() / 2).flat_map(|x| reference::forward(bilinear, shapes[0], factor, x));
                        assert_close(&found.output, &y.collect::<Vec<_>>(), 1e-5, &what);
                        let samples = dy.chunks(dy.len() / 2);
                        let dx = samples.flat_map(|dy| reference::backward(bilinear, shapes[0], factor, dy));
                        assert_close(&found.d_input, &dx.collect::<Vec<_>>(), 1e-5, &what);
                    }
                }
            }
        });
    }

    #[test]
    fn the_reference_backward_is_the_slope_of_the_reference() {
        let mut random = Random::new(2);
        for bilinear in [false, true] {
            let (shape, factor) = ([2, 3, 2], [2, 3]);
            let (x, dy) = (wide(&random.vec(12)), wide(&random.vec(12 * 6)));
            let loss = |x: &[f64]| -> f64 {
                reference::forward(bilinear, shape, factor, x).iter().zip(&dy).map(|(y, dy)| y * dy).sum()
            };
            let dx = reference::backward(bilinear, shape, factor, &dy);
            assert!(differences(&x, loss).iter().zip(dx).all(|(a, b)| (a - b).abs() < 1e-8));
        }
    }

    #[test]
    fn two_pixels_become_pytorchs_four() {
        // torch.nn.functional.interpolate(torch.tensor([[[[0., 1.]]]]), scale_factor=(1, 2), mode="bilinear")
        assert_eq!(reference::forward(true, [1, 2, 1], [1, 2], &[0.0, 1.0]), [0.0, 0.25, 0.75, 1.0]);
    }
}
