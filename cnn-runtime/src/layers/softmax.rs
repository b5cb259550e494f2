//! Softmax over the channels of every pixel.

use super::runs::Elementwise;
use crate::map::Map;
use crate::pass::Pass;
use crate::simd::lanes::{first, for_lanes, load, store};
use crate::simd::{dispatch, math};
use fearless_simd::{f32x16, prelude::*};

/// `output = e^input / sum e^input`, over the channels of each pixel. `input` and `output` may be the same map.
pub fn forward(pass: &mut Pass<'_>, input: &Map, output: &Map) {
    let maps = Elementwise::new(pass.arena, pass.samples, input, output);
    dispatch!(simd => forward_kernel(simd, maps));
}

#[inline(always)]
fn forward_kernel<S: Simd>(simd: S, mut maps: Elementwise<'_>) {
    let (zero, low) = (f32x16::splat(simd, 0.0), f32x16::splat(simd, f32::NEG_INFINITY));
    maps.for_each_pixel(
        #[inline(always)]
        |pixel, _| {
            let mut largest = low;
            for_lanes(
                pixel.len(),
                #[inline(always)]
                |at, lanes| {
                    let x = first(simd, lanes).select(load(simd, pixel, at, lanes), low);
                    largest = x.simd_gt(largest).select(x, largest);
                },
            );
            // Subtracting the largest changes nothing but keeps the powers finite.
            let largest = largest.reduce_max();
            let mut sum = zero;
            for_lanes(
                pixel.len(),
                #[inline(always)]
                |at, lanes| {
                    let power = math::exp(load(simd, pixel, at, lanes) - largest);
                    sum += first(simd, lanes).select(power, zero);
                    store(power, pixel, at, lanes);
                },
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
    dispatch!(simd => backward_kernel(simd, maps));
}

#[inline(always)]
fn backward_kernel<S: Simd>(simd: S, mut maps: Elementwise<'_>) {
    maps.for_each_pixel(
        #[inline(always)]
        |gradients, outputs| {
            // d_input = y * (d_output - sum(d_output * y))
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
