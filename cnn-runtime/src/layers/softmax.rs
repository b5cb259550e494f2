//! Softmax over the channels of every pixel.

use super::runs::Elementwise;
use crate::buffer::LANES;
use crate::map::Map;
use crate::pass::Pass;
use crate::simd::lanes::{first, for_lanes, load, store};
use crate::simd::{dispatch, math};
use fearless_simd::{f32x16, prelude::*};

/// Up to so many channels, pixels go into the lanes of vectors: sums over channels then stay within a lane.
const FEW: usize = 32;

/// The channels of 16 pixels, one pixel to a lane.
type Lanes = [[f32; LANES]; FEW];

/// `output = e^input / sum e^input`, over the channels of each pixel. `input` and `output` may be the same map.
pub fn forward(pass: &mut Pass<'_>, input: &Map, output: &Map) {
    let maps = Elementwise::new(pass.arena, pass.samples, input, output);
    if input.channels <= FEW && input.height * input.width > 1 {
        dispatch!(simd => forward_lanes(simd, maps));
    } else {
        dispatch!(simd => forward_pixel(simd, maps));
    }
}

/// From pixels of `channels` floats to lanes; lanes that have no pixel keep what they have.
#[inline(always)]
fn to_lanes(pixels: &[f32], channels: usize, lanes: &mut Lanes) {
    for (lane, pixel) in pixels.chunks_exact(channels).enumerate().take(LANES) {
        pixel.iter().zip(lanes.iter_mut()).for_each(|(&x, lanes)| lanes[lane] = x);
    }
}

#[inline(always)]
fn from_lanes(lanes: &Lanes, channels: usize, pixels: &mut [f32]) {
    for (lane, pixel) in pixels.chunks_exact_mut(channels).enumerate().take(LANES) {
        pixel.iter_mut().zip(lanes).for_each(|(x, lanes)| *x = lanes[lane]);
    }
}

#[inline(always)]
fn forward_lanes<S: Simd>(simd: S, mut maps: Elementwise<'_>) {
    let channels = maps.channels();
    let mut lanes = [[0.0; LANES]; FEW];
    maps.for_each_pixels(
        LANES,
        #[inline(always)]
        |pixels, _| {
            to_lanes(pixels, channels, &mut lanes);
            let mut largest = f32x16::splat(simd, f32::NEG_INFINITY);
            for x in &lanes[..channels] {
                let x = f32x16::from_slice(simd, x);
                largest = x.simd_gt(largest).select(x, largest);
            }
            // Subtracting the largest changes nothing but keeps the powers finite.
            for x in &mut lanes[..channels] {
                (f32x16::from_slice(simd, x) - largest).store_slice(x);
            }
            math::exp_of_all(simd, lanes[..channels].as_flattened_mut());
            let mut sum = f32x16::splat(simd, 0.0);
            for power in &lanes[..channels] {
                sum += f32x16::from_slice(simd, power);
            }
            let scale = 1.0 / sum;
            for power in &mut lanes[..channels] {
                (f32x16::from_slice(simd, power) * scale).store_slice(power);
            }
            from_lanes(&lanes, channels, pixels);
        },
    );
}

/// The largest of a pixel's numbers.
#[inline(always)]
pub(super) fn largest<S: Simd>(simd: S, pixel: &[f32]) -> f32 {
    let low = f32x16::splat(simd, f32::NEG_INFINITY);
    let mut largest = low;
    for_lanes(
        pixel.len(),
        #[inline(always)]
        |at, lanes| {
            let x = load(simd, pixel, at, lanes);
            let x = if lanes == LANES { x } else { first(simd, lanes).select(x, low) };
            largest = x.simd_gt(largest).select(x, largest);
        },
    );
    largest.reduce_max()
}

#[inline(always)]
fn forward_pixel<S: Simd>(simd: S, mut maps: Elementwise<'_>) {
    let zero = f32x16::splat(simd, 0.0);
    maps.for_each_pixels(
        1,
        #[inline(always)]
        |pixel, _| {
            let largest = largest(simd, pixel);
            for_lanes(
                pixel.len(),
                #[inline(always)]
                |at, lanes| store(load(simd, pixel, at, lanes) - largest, pixel, at, lanes),
            );
            math::exp_of_all(simd, pixel);
            let mut sum = zero;
            for_lanes(
                pixel.len(),
                #[inline(always)]
                |at, lanes| sum += load(simd, pixel, at, lanes),
            );
            let scale = 1.0 / sum.reduce_sum();
            for_lanes(
                pixel.len(),
                #[inline(always)]
                |at, lanes| store(load(simd, pixel, at, lanes) * scale, pixel, at, lanes),
            );
        },
    );
}

/// Overwrites `d_input`, which may be the same map as `d_output`.
pub fn backward(pass: &mut Pass<'_>, output: &Map, d_output: &Map, d_input: &Map) {
    let maps = Elementwise::with(pass.arena, pass.samples, d_output, d_input, output);
    if output.channels <= FEW && output.height * output.width > 1 {
        dispatch!(simd => backward_lanes(simd, maps));
    } else {
        dispatch!(simd => backward_pixel(simd, maps));
    }
}

#[inline(always)]
fn backward_lanes<S: Simd>(simd: S, mut maps: Elementwise<'_>) {
    let channels = maps.channels();
    let [mut y, mut d] = [[[0.0; LANES]; FEW]; 2];
    maps.for_each_pixels(
        LANES,
        #[inline(always)]
        |gradients, outputs| {
            // d_input = y * (d_output - sum(d_output * y))
            to_lanes(outputs, channels, &mut y);
            to_lanes(gradients, channels, &mut d);
            let mut sum = f32x16::splat(simd, 0.0);
            for (y, d) in y[..channels].iter().zip(&d) {
                sum = f32x16::from_slice(simd, y).mul_add(f32x16::from_slice(simd, d), sum);
            }
            for (y, d) in y[..channels].iter().zip(&mut d) {
                (f32x16::from_slice(simd, y) * (f32x16::from_slice(simd, d) - sum)).store_slice(d);
            }
            from_lanes(&d, channels, gradients);
        },
    );
}

#[inline(always)]
fn backward_pixel<S: Simd>(simd: S, mut maps: Elementwise<'_>) {
    maps.for_each_pixels(
        1,
        #[inline(always)]
        |gradients, outputs| {
            let mut sum = f32x16::splat(simd, 0.0);
            for_lanes(
                outputs.len(),
                #[inline(always)]
                |at, lanes| sum = load(simd, outputs, at, lanes).mul_add(load(simd, gradients, at, lanes), sum),
            );
            let sum = sum.reduce_sum();
            for_lanes(
                outputs.len(),
                #[inline(always)]
                |at, lanes| {
                    let d = load(simd, gradients, at, lanes) - sum;
                    store(load(simd, outputs, at, lanes) * d, gradients, at, lanes);
                },
            );
        },
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Bench, Places, Random, assert_close, differences, for_each_isa, wide};

    /// The definition, in f64, of one pixel.
    mod reference {
        pub(super) fn forward(x: &[f64]) -> Vec<f64> {
            let largest = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let powers: Vec<f64> = x.iter().map(|x| (x - largest).exp()).collect();
            let sum: f64 = powers.iter().sum();
            powers.iter().map(|power| power / sum).collect()
        }

        pub(super) fn backward(y: &[f64], dy: &[f64]) -> Vec<f64> {
            let sum: f64 = y.iter().zip(dy).map(|(y, dy)| y * dy).sum();
            y.iter().zip(dy).map(|(y, dy)| y * (dy - sum)).collect()
        }
    }

    #[test]
    fn every_number_of_channels_agrees_with_the_reference() {
        for_each_isa(|_| {
            let mut random = Random::new(1);
            for channels in [1, 2, 3, 6, 10, 15, 16, 17, 33, 100] {
                for (samples, [h, w], border, size) in
                    [(1, [1, 1], [0; 4], 3.0), (2, [4, 3], [0; 4], 80.0), (5, [2, 3], [1, 0, 0, 2], 1e4)]
                {
                    let mut places = Places::default();
                    let [input, output] = [(); 2].map(|()| places.map([h, w, channels], border));
                    let [d_output, d_input] = [[0; 4], [1; 4]].map(|border| places.map([h, w, channels], border));
                    let mut bench = Bench::new(samples, places.floats, &[]);
                    let x: Vec<f32> = random.vec(samples * input.volume()).iter().map(|x| x * size).collect();
                    let dy = random.vec(samples * input.volume());
                    bench.fill(&input, &x);
                    bench.fill(&d_output, &dy);
                    bench.blank(&output);
                    bench.blank(&d_input);
                    forward(&mut bench.pass(), &input, &output);
                    backward(&mut bench.pass(), &output, &d_output, &d_input);
                    let what = format!("{h} x {w} x {channels}, border {border:?}");
                    let y: Vec<_> = wide(&x).chunks(channels).map(reference::forward).collect();
                    assert_close(&bench.read(&output), &y.concat(), 2e-6, &what);
                    let dy = wide(&dy);
                    let dx = y.iter().zip(dy.chunks(channels)).map(|(y, dy)| reference::backward(y, dy));
                    for (actual, expected) in bench.read(&d_input).iter().zip(dx.flatten()) {
                        assert!((f64::from(*actual) - expected).abs() < 1e-6, "{what}: {actual}, not {expected}");
                    }
                    forward(&mut bench.pass(), &input, &input);
                    assert_eq!(bench.read(&input), bench.read(&output), "{what} in place");
                    backward(&mut bench.pass(), &output, &d_output, &d_output);
                    assert_eq!(bench.read(&d_output), bench.read(&d_input), "{what} in place");
                    [input, output, d_output, d_input].iter().for_each(|map| bench.assert_untouched_outside(map));
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
