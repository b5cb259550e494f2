//! Activation functions: element by element, fused into the producer or alone.

use super::runs::Elementwise;
use crate::kernels::activate;
use crate::map::{Map, Part};
use crate::pass::Pass;
use crate::simd::lanes::{for_lanes, load, store};
use crate::simd::{dispatch, math};
use fearless_simd::{f32x16, prelude::*};
use std::ops::Range;

/// An activation function.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Activation {
    /// x
    Identity,
    /// max(x, 0)
    Relu,
    /// min(max(x, 0), 6)
    Relu6,
    /// x where positive, slope * x elsewhere. The slope is at least 0: outputs have the sign of their inputs.
    Leaky(f32),
    /// x where positive, alpha * (e^x - 1) elsewhere. The alpha is at least 0.
    Elu(f32),
    /// x * Phi(x), Phi the normal distribution function
    Gelu,
    /// x * sigmoid(x)
    Silu,
    /// 1 / (1 + e^-x)
    Sigmoid,
    /// tanh(x)
    Tanh,
    /// x * clamp(x + 3, 0, 6) / 6
    HardSwish,
    /// clamp(x + 3, 0, 6) / 6
    HardSigmoid,
    /// ln(1 + e^x)
    Softplus,
}

impl Activation {
    /// Whether backward needs the input; for all others the output tells the derivative.
    pub const fn saves_input(self) -> bool {
        matches!(self, Self::Gelu | Self::Silu | Self::HardSwish)
    }

    /// Whether a larger input never gives a smaller output, so that the largest output is that of the largest input.
    pub(crate) fn is_monotone(self) -> bool {
        self.check();
        !matches!(self, Self::Gelu | Self::Silu | Self::HardSwish)
    }

    /// The macro crate takes no other slopes.
    fn check(self) {
        if let Self::Leaky(slope) | Self::Elu(slope) = self {
            debug_assert!(slope >= 0.0, "{self:?}: outputs must tell the sign of their inputs");
        }
    }
}

/// Applies an activation that no epilogue of a kernel applies to some samples of an output.
pub(super) fn activate(activation: Activation, output: &Part, y: &mut [f32], samples: Range<usize>) {
    if !activate::is_fused(activation) {
        let samples = y.chunks_mut(output.stored()).skip(samples.start).take(samples.len());
        samples.flat_map(|sample| output.runs_mut(sample)).for_each(|run| activate::row(activation, run));
    }
}

/// The activation of 16 values. NaN stays NaN.
#[inline(always)]
pub(crate) fn apply<S: Simd>(simd: S, activation: Activation, x: f32x16<S>) -> f32x16<S> {
    let zero = f32x16::splat(simd, 0.0);
    match activation {
        Activation::Identity => x,
        Activation::Relu => math::at_least(simd, x, 0.0),
        Activation::Relu6 => {
            let y = math::at_least(simd, x, 0.0);
            y.simd_gt(6.0).select(f32x16::splat(simd, 6.0), y)
        }
        Activation::Leaky(slope) => x.simd_gt(zero).select(x, x * slope),
        Activation::Elu(alpha) => x.simd_gt(zero).select(x, math::exp_m1(x) * alpha),
        Activation::Gelu => math::gelu(x),
        Activation::Silu => math::silu(x),
        Activation::Sigmoid => math::sigmoid(x),
        Activation::Tanh => math::tanh(x),
        Activation::HardSwish => {
            let weight = hard_sigmoid(simd, x);
            // At -inf the product would be NaN.
            weight.simd_eq(zero).select(zero, x * weight)
        }
        Activation::HardSigmoid => hard_sigmoid(simd, x),
        Activation::Softplus => math::softplus(x),
    }
}

/// The activation of every value.
#[inline(always)]
pub(crate) fn apply_to_all<S: Simd>(simd: S, activation: Activation, values: &mut [f32]) {
    match activation {
        Activation::Identity => {}
        Activation::Gelu => math::gelu_of_all(simd, values),
        Activation::Silu => math::silu_of_all(simd, values),
        Activation::Sigmoid => math::sigmoid_of_all(simd, values),
        Activation::Tanh => math::tanh_of_all(simd, values),
        Activation::Softplus => math::softplus_of_all(simd, values),
        Activation::Elu(alpha) => {
            let mut part = [0.0; PART];
            for values in values.chunks_mut(PART) {
                let powers = &mut part[..values.len()];
                powers.copy_from_slice(values);
                math::exp_m1_of_all(simd, powers);
                for_lanes(
                    values.len(),
                    #[inline(always)]
                    |at, lanes| {
                        let (x, power) = (load(simd, values, at, lanes), load(simd, powers, at, lanes));
                        store(x.simd_gt(f32x16::splat(simd, 0.0)).select(x, power * alpha), values, at, lanes);
                    },
                );
            }
        }
        // The activation is a constant in each loop.
        Activation::Relu => each(simd, Activation::Relu, values),
        Activation::Relu6 => each(simd, Activation::Relu6, values),
        Activation::Leaky(slope) => each(simd, Activation::Leaky(slope), values),
        Activation::HardSwish => each(simd, Activation::HardSwish, values),
        Activation::HardSigmoid => each(simd, Activation::HardSigmoid, values),
    }
}

/// Floats of a copy on the stack.
const PART: usize = 256;

#[inline(always)]
fn each<S: Simd>(simd: S, activation: Activation, values: &mut [f32]) {
    for_lanes(
        values.len(),
        #[inline(always)]
        |at, lanes| store(apply(simd, activation, load(simd, values, at, lanes)), values, at, lanes),
    );
}

/// The derivative of the activation of 16 values, given its inputs if it [saves](Activation::saves_input) them, else
/// its outputs, which have the sign of their inputs. At a kink it is that of the flat side, as in PyTorch.
#[inline(always)]
pub(crate) fn derivative<S: Simd>(simd: S, activation: Activation, saved: f32x16<S>) -> f32x16<S> {
    let (zero, one) = (f32x16::splat(simd, 0.0), f32x16::splat(simd, 1.0));
    let (x, y) = (saved, saved);
    match activation {
        Activation::Identity => one,
        Activation::Relu => y.simd_gt(zero).select(one, zero),
        Activation::Relu6 => (y.simd_gt(zero) & y.simd_lt(6.0)).select(one, zero),
        Activation::Leaky(slope) => y.simd_gt(zero).select(one, f32x16::splat(simd, slope)),
        Activation::Elu(alpha) => y.simd_gt(zero).select(one, y + alpha),
        Activation::Gelu => math::gelu_derivative(x),
        Activation::Silu => math::silu_derivative(x),
        Activation::Sigmoid => y * (1.0 - y),
        Activation::Tanh => 1.0 - y * y,
        Activation::HardSwish => {
            let middle = x.mul_add(1.0 / 3.0, 0.5);
            let right = x.simd_lt(3.0).select(middle, one);
            x.simd_gt(-3.0).select(right, zero)
        }
        Activation::HardSigmoid => {
            let inside = y.simd_gt(zero) & y.simd_lt(one);
            inside.select(f32x16::splat(simd, 1.0 / 6.0), zero)
        }
        Activation::Softplus => -math::exp_m1(-y),
    }
}

/// clamp(x + 3, 0, 6) / 6
#[inline(always)]
fn hard_sigmoid<S: Simd>(simd: S, x: f32x16<S>) -> f32x16<S> {
    let (zero, one) = (f32x16::splat(simd, 0.0), f32x16::splat(simd, 1.0));
    let y = x.mul_add(1.0 / 6.0, 0.5);
    let y = x.simd_le(-3.0).select(zero, y);
    x.simd_ge(3.0).select(one, y)
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
