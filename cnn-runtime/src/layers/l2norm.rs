//! Every pixel as a vector of length 1.

use super::runs::Elementwise;
use crate::map::Map;
use crate::pass::Pass;
use crate::simd::dispatch;
use crate::simd::lanes::{for_lanes, load, store};
use fearless_simd::{f32x16, prelude::*};

/// The constants of a normalisation to length 1.
#[derive(Clone, Copy, Debug)]
pub struct L2Norm {
    /// Shorter vectors are divided by this instead of their length.
    pub epsilon: f32,
}

/// `output = input / max(|input|, epsilon)`, over the channels of each pixel: PyTorch's `normalize`. `input` and
/// `output` may be the same map.
pub fn forward(pass: &mut Pass<'_>, norm: &L2Norm, input: &Map, output: &Map) {
    let maps = Elementwise::new(pass.arena, pass.samples, input, output);
    dispatch!(simd => forward_kernel(simd, norm, maps));
}

#[inline(always)]
fn forward_kernel<S: Simd>(simd: S, norm: &L2Norm, mut maps: Elementwise<'_>) {
    maps.for_each_pixels(
        1,
        #[inline(always)]
        |pixel, _| {
            let scale = 1.0 / product(simd, pixel, pixel).sqrt().max(norm.epsilon);
            for_lanes(
                pixel.len(),
                #[inline(always)]
                |at, lanes| store(load(simd, pixel, at, lanes) * scale, pixel, at, lanes),
            );
        },
    );
}

/// The dot product of two vectors of any length.
#[inline(always)]
fn product<S: Simd>(simd: S, a: &[f32], b: &[f32]) -> f32 {
    let mut sum = f32x16::splat(simd, 0.0);
    for_lanes(
        a.len(),
        #[inline(always)]
        |at, lanes| sum = load(simd, a, at, lanes).mul_add(load(simd, b, at, lanes), sum),
    );
    sum.reduce_sum()
}

/// `d_input = (d_output - output (output . d_output)) / |input|`; what was divided by epsilon is again. `d_input` may
/// be the same map as `d_output`.
pub fn backward(pass: &mut Pass<'_>, norm: &L2Norm, input: &Map, d_output: &Map, d_input: &Map) {
    let maps = Elementwise::with(pass.arena, pass.samples, d_output, d_input, input);
    dispatch!(simd => backward_kernel(simd, norm, maps));
}

#[inline(always)]
fn backward_kernel<S: Simd>(simd: S, norm: &L2Norm, mut maps: Elementwise<'_>) {
    maps.for_each_pixels(
        1,
        #[inline(always)]
        |gradients, inputs| {
            let length = product(simd, inputs, inputs).sqrt();
            let scale = 1.0 / length.max(norm.epsilon);
            // Scaled step by step: the square of a small length may be nothing.
            let along = if length > norm.epsilon { product(simd, inputs, gradients) * scale } else { 0.0 };
            let (scale, along) = (f32x16::splat(simd, scale), f32x16::splat(simd, along));
            for_lanes(
                gradients.len(),
                #[inline(always)]
                |at, lanes| {
                    let output = load(simd, inputs, at, lanes) * scale;
                    store((load(simd, gradients, at, lanes) - output * along) * scale, gradients, at, lanes);
                },
            );
        },
    );
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;
    use crate::testing::{Random, assert_close, differences, for_each_isa, wide};

    /// The definition, in f64, of one pixel.
    mod reference {
        fn length(x: &[f64]) -> f64 {
            x.iter().map(|x| x * x).sum::<f64>().sqrt()
        }

        pub(super) fn forward(epsilon: f64, x: &[f64]) -> Vec<f64> {
            let length = length(x).max(epsilon);
            x.iter().map(|x| x / length).collect()
        }

        pub(super) fn backward(epsilon: f64, x: &[f64], dy: &[f64]) -> Vec<f64> {
            let length = length(x);
            let along: f64 = x.iter().zip(dy).map(|(x, dy)| x * dy).sum();
            let along = if length > epsilon { along / length.powi(3) } else { 0.0 };
            x.iter().zip(dy).map(|(x, dy)| dy / length.max(epsilon) - x * along).collect()
        }
    }

    #[test]
    fn every_number_of_channels_agrees_with_the_reference() {
        for_each_isa(|isa| {
            let mut random = Random::new(1);
            for channels in [1, 2, 10, 15, 16, 17, 33, 100] {
                for (samples, [h, w], border, epsilon) in
                    [(1, [1, 1], [0; 4], 1e-12), (2, [4, 3], [0; 4], 1e-12), (5, [2, 3], [1, 0, 0, 2], 2.0)]
                {
                    let len = samples * h * w * channels;
                    let (input, d_output) = (&random.vec(len), &random.vec(len));
                    let shapes = [[h, w, channels]; 2];
                    let trial = Trial { samples, shapes, border, parameters: &[], input, d_output };
                    let norm = L2Norm { epsilon };
                    let found = trial.run(|bench, maps| {
                        forward(&mut bench.pass(), &norm, &maps.input, &maps.output);
                        backward(&mut bench.pass(), &norm, &maps.input, &maps.d_output, &maps.d_input);
                        backward(&mut bench.pass(), &norm, &maps.input, &maps.d_output, &maps.d_output);
                        assert_eq!(bench.read(&maps.d_output), bench.read(&maps.d_input), "in place");
                        forward(&mut bench.pass(), &norm, &maps.input, &maps.input);
                        assert_eq!(bench.read(&maps.input), bench.read(&maps.output), "in place");
                    });
                    let what = format!("{isa}: {h} x {w} x {channels}");
                    let (x, dy, epsilon) = (wide(input), wide(d_output), f64::from(epsilon));
                    let y = x.chunks(channels).flat_map(|x| reference::forward(epsilon, x));
                    assert_close(&found.output, &y.collect::<Vec<_>>(), 1e-6, &what);
                    let pixels = x.chunks(channels).zip(dy.chunks(channels));
                    let dx: Vec<_> = pixels.flat_map(|(x, dy)| reference::backward(epsilon, x, dy)).collect();
                    if channels > 1 || epsilon > 1.0 {
                        assert_close(&found.d_input, &dx, 2e-5, &what);
                        continue;
                    }
                    // One channel has no slope: what is left of it are rounding errors of what cancels.
                    for (d, (x, dy)) in found.d_input.iter().zip(x.iter().zip(&dy)) {
                        assert!(f64::from(d.abs()) <= 1e-6 * (dy / x).abs(), "{what}: {d} at {x}, {dy}");
                    }
                }
            }
        });
    }

    #[test]
    fn nothing_stays_nothing() {
        let (input, d_output) = (&[0.0; 5], &[1.0; 5]);
        let trial = Trial { samples: 1, shapes: [[1, 1, 5]; 2], border: [0; 4], parameters: &[], input, d_output };
        let norm = L2Norm { epsilon: 0.5 };
        let found = trial.run(|bench, maps| {
            forward(&mut bench.pass(), &norm, &maps.input, &maps.output);
            backward(&mut bench.pass(), &norm, &maps.input, &maps.d_output, &maps.d_input);
        });
        assert_eq!((found.output, found.d_input), (vec![0.0; 5], vec![2.0; 5]));
    }

    #[test]
    fn the_reference_backward_is_the_slope_of_the_reference() {
        let mut random = Random::new(2);
        for epsilon in [1e-12, 5.0] {
            let (x, dy) = (wide(&random.vec(7)), wide(&random.vec(7)));
            let loss = |x: &[f64]| reference::forward(epsilon, x).iter().zip(&dy).map(|(y, dy)| y * dy).sum::<f64>();
            let dx = reference::backward(epsilon, &x, &dy);
            assert!(differences(&x, loss).iter().zip(dx).all(|(a, b)| (a - b).abs() < 1e-8));
        }
    }
}
