//! Activation functions: element by element, fused into the producer or alone.

use super::runs::Elementwise;
use crate::kernels::activate::{self, PART, derivative};
use crate::map::{Map, Part};
use crate::pass::Pass;
use crate::simd::lanes::{for_lanes, load, store};
use crate::simd::{dispatch, math};
use fearless_simd::prelude::*;
use std::ops::Range;

pub use crate::kernels::activate::Activation;
pub(crate) use crate::kernels::activate::{apply, apply_to_all};

/// Applies an activation that no epilogue of a kernel applies to some samples of an output.
pub(super) fn activate(activation: Activation, output: &Part, y: &mut [f32], samples: Range<usize>) {
    if !activate::is_fused(activation) {
        let samples = y.chunks_mut(output.stored()).skip(samples.start).take(samples.len());
        samples.flat_map(|sample| output.runs_mut(sample)).for_each(|run| activate::row(activation, run));
    }
}

/// Applies an activation. `input` and `output` may be the same map.
pub fn forward(pass: &mut Pass<'_>, activation: Activation, input: &Part, output: &Part) {
    let maps = Elementwise::new(pass.arena, pass.samples, input, output);
    dispatch!(simd => forward_kernel(simd, activation, maps));
}

#[inline(always)]
fn forward_kernel<S: Simd>(simd: S, activation: Activation, maps: Elementwise<'_>) {
    maps.for_each(
        #[inline(always)]
        |_, _, values, _| apply_to_all(simd, activation, values),
    );
}

/// Turns the gradient for an activation's output into that for its input: overwrites `d_input`, which may be the same
/// map as `d_output`. `saved` is the activation's input for `Gelu`, `Silu` and `HardSwish`, its output for all others.
pub fn backward(pass: &mut Pass<'_>, activation: Activation, saved: &Part, d_output: &Map, d_input: &Map) {
    activation.check();
    let maps = Elementwise::with(pass.arena, pass.samples, d_output, d_input, saved);
    dispatch!(simd => backward_kernel(simd, activation, maps));
}

#[inline(always)]
fn backward_kernel<S: Simd>(simd: S, activation: Activation, maps: Elementwise<'_>) {
    maps.for_each(
        #[inline(always)]
        |_, _, gradients, saved| match activation {
            Activation::Identity => {}
            Activation::Gelu => weigh(simd, math::gelu_derivative_of_all, saved, gradients),
            Activation::Silu => weigh(simd, math::silu_derivative_of_all, saved, gradients),
            // The activation is a constant in each loop.
            Activation::Relu => weigh_each(simd, Activation::Relu, saved, gradients),
            Activation::Relu6 => weigh_each(simd, Activation::Relu6, saved, gradients),
            Activation::Leaky(slope) => weigh_each(simd, Activation::Leaky(slope), saved, gradients),
            Activation::Elu(alpha) => weigh_each(simd, Activation::Elu(alpha), saved, gradients),
            Activation::Sigmoid => weigh_each(simd, Activation::Sigmoid, saved, gradients),
            Activation::Tanh => weigh_each(simd, Activation::Tanh, saved, gradients),
            Activation::HardSwish => weigh_each(simd, Activation::HardSwish, saved, gradients),
            Activation::HardSigmoid => weigh_each(simd, Activation::HardSigmoid, saved, gradients),
            Activation::Softplus => weigh_each(simd, Activation::Softplus, saved, gradients),
        },
    );
}

/// Multiplies gradients by the derivative.
#[inline(always)]
fn weigh_each<S: Simd>(simd: S, activation: Activation, saved: &[f32], gradients: &mut [f32]) {
    for_lanes(
        gradients.len(),
        #[inline(always)]
        |at, lanes| {
            let slope = derivative(simd, activation, load(simd, saved, at, lanes));
            store(load(simd, gradients, at, lanes) * slope, gradients, at, lanes);
        },
    );
}

/// Multiplies gradients by a derivative that works on slices.
#[inline(always)]
fn weigh<S: Simd>(simd: S, derivative: impl Fn(S, &mut [f32]), saved: &[f32], gradients: &mut [f32]) {
    let mut part = [0.0; PART];
    for (saved, gradients) in saved.chunks(PART).zip(gradients.chunks_mut(PART)) {
        let slopes = &mut part[..saved.len()];
        slopes.copy_from_slice(saved);
        derivative(simd, slopes);
        for_lanes(
            gradients.len(),
            #[inline(always)]
            |at, lanes| {
                let (d, slope) = (load(simd, gradients, at, lanes), load(simd, slopes, at, lanes));
                store(d * slope, gradients, at, lanes);
            },
        );
    }
}

#[cfg(test)]
mod tests;
