//! The logarithm of softmax over the channels of every pixel.

use super::runs::Elementwise;
use super::softmax::largest;
use crate::buffer::LANES;
use crate::map::Map;
use crate::pass::Pass;
use crate::simd::lanes::{first, for_lanes, load, store};
use crate::simd::{dispatch, math};
use fearless_simd::{f32x16, prelude::*};

/// `output = input - ln sum e^input`, over the channels of each pixel. `input` and `output` may be the same map.
pub fn forward(pass: &mut Pass<'_>, input: &Map, output: &Map) {
    let maps = Elementwise::new(pass.arena, pass.samples, input, output);
    dispatch!(simd => forward_kernel(simd, maps));
}

#[inline(always)]
fn forward_kernel<S: Simd>(simd: S, mut maps: Elementwise<'_>) {
    let zero = f32x16::splat(simd, 0.0);
    maps.for_each_pixels(
        1,
        #[inline(always)]
        |pixel, _| {
            // Subtracting the largest changes nothing but keeps the powers finite.
            let largest = largest(simd, pixel);
            let mut sum = zero;
            for_lanes(
                pixel.len(),
                #[inline(always)]
                |at, lanes| {
                    let power = math::exp(load(simd, pixel, at, lanes) - largest);
                    sum += if lanes == LANES { power } else { first(simd, lanes).select(power, zero) };
                },
            );
            let rest = sum.reduce_sum().ln();
            for_lanes(
                pixel.len(),
                #[inline(always)]
                |at, lanes| store(load(simd, pixel, at, lanes) - largest - rest, pixel, at, lanes),
            );
        },
    );
}

/// `d_input = d_output - e^output sum d_output`; `d_input` may be the same map as `d_output`.
pub fn backward(pass: &mut Pass<'_>, output: &Map, d_output: &Map, d_input: &Map) {
    let maps = Elementwise::with(pass.arena, pass.samples, d_output, d_input, output);
    dispatch!(simd => backward_kernel(simd, maps));
}

#[inline(always)]
fn backward_kernel<S: Simd>(simd: S, mut maps: Elementwise<'_>) {
    maps.for_each_pixels(
        1,
        #[inline(always)]
        |gradients, outputs| {
            let mut sum = f32x16::splat(simd, 0.0);
            for_lanes(
                outputs.len(),
                #[inline(always)]
                |at, lanes| sum += load(simd, gradients, at, lanes),
            );
            let sum = f32x16::splat(simd, -sum.reduce_sum());
            for_lanes(
                outputs.len(),
                #[inline(always)]
                |at, lanes| {
                    let power = math::exp(load(simd, outputs, at, lanes));
                    store(power.mul_add(sum, load(simd, gradients, at, lanes)), gradients, at, lanes);
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
        pub(super) fn forward(x: &[f64]) -> Vec<f64> {
            let largest = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let sum: f64 = x.iter().map(|x| (x - largest).exp()).sum();
            x.iter().map(|x| x - largest - sum.ln()).collect()
        }

        pub(super) fn backward(y: &[f64], dy: &[f64]) -> Vec<f64> {
            let sum: f64 = dy.iter().sum();
            y.iter().zip(dy).map(|(y, dy)| dy - y.exp() * sum).collect()
        }
    }

    #[test]
    fn every_number_of_channels_agrees_with_the_reference() {
        for_each_isa(|isa| {
            let mut random = Random::new(1);
            for channels in [1, 2, 10, 15, 16, 17, 33, 100] {
                for (samples, [h, w], border, size) in
                    [(1, [1, 1], [0; 4], 3.0), (2, [4, 3], [0; 4], 80.0), (5, [2, 3], [1, 0, 0, 2], 1e4)]
                {
                    let len = samples * h * w * channels;
                    let input: Vec<f32> = random.vec(len).iter().map(|x| x * size).collect();
                    let (input, d_output) = (&input, &random.vec(len));
                    let shapes = [[h, w, channels]; 2];
                    let trial = Trial { samples, shapes, border, parameters: &[], input, d_output };
                    let found = trial.run(|bench, maps| {
                        forward(&mut bench.pass(), &maps.input, &maps.output);
                        backward(&mut bench.pass(), &maps.output, &maps.d_output, &maps.d_input);
                        forward(&mut bench.pass(), &maps.input, &maps.input);
                        assert_eq!(bench.read(&maps.input), bench.read(&maps.output), "in place");
                        backward(&mut bench.pass(), &maps.output, &maps.d_output, &maps.d_output);
                        assert_eq!(bench.read(&maps.d_output), bench.read(&maps.d_input), "in place");
                    });
                    let what = format!("{isa}: {h} x {w} x {channels}");
                    let y: Vec<_> = wide(input).chunks(channels).map(reference::forward).collect();
                    assert_close(&found.output, &y.concat(), 1e-6, &what);
                    let dy = wide(d_output);
                    let dx = y.iter().zip(dy.chunks(channels)).flat_map(|(y, dy)| reference::backward(y, dy));
                    for (actual, expected) in found.d_input.iter().zip(dx) {
                        let near = (f64::from(*actual) - expected).abs() < 1e-6 * f64::from(size).max(4.0);
                        assert!(near, "{what}: {actual}, not {expected}");
                    }
                }
            }
        });
    }

    #[test]
    fn the_reference_backward_is_the_slope_of_the_reference() {
        let mut random = Random::new(2);
        let (x, dy) = (wide(&random.vec(7)), wide(&random.vec(7)));
        let slopes = differences(&x, |x| reference::forward(x).iter().zip(&dy).map(|(y, dy)| y * dy).sum());
        let dx = reference::backward(&reference::forward(&x), &dy);
        assert!(slopes.iter().zip(dx).all(|(a, b)| (a - b).abs() < 1e-8));
    }
}
