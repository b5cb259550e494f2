//! Activation functions: element by element, fused into the producer or alone.

use super::runs::Elementwise;
use crate::map::Map;
use crate::pass::Pass;
use crate::simd::lanes::{for_lanes, load, store};
use crate::simd::{dispatch, math};
use fearless_simd::{f32x16, prelude::*};

/// An activation function.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Activation {
    /// x
    Identity,
    /// max(x, 0)
    Relu,
    /// x where positive, slope * x elsewhere
    Leaky(f32),
    /// x where positive, alpha * (e^x - 1) elsewhere
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
        match self {
            Self::Gelu | Self::Silu | Self::HardSwish => false,
            Self::Leaky(slope) | Self::Elu(slope) => slope >= 0.0,
            _ => true,
        }
    }
}

/// The activation of 16 values. NaN stays NaN.
#[inline(always)]
pub(crate) fn apply<S: Simd>(simd: S, activation: Activation, x: f32x16<S>) -> f32x16<S> {
    let zero = f32x16::splat(simd, 0.0);
    match activation {
        Activation::Identity => x,
        Activation::Relu => math::at_least(x, 0.0),
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

/// The derivative of the activation of 16 values, given its inputs if it [saves](Activation::saves_input) them, else
/// its outputs. At a kink it is that of the flat side, as in PyTorch.
#[inline(always)]
pub(crate) fn derivative<S: Simd>(simd: S, activation: Activation, saved: f32x16<S>) -> f32x16<S> {
    let (zero, one) = (f32x16::splat(simd, 0.0), f32x16::splat(simd, 1.0));
    let (x, y) = (saved, saved);
    match activation {
        Activation::Identity => one,
        Activation::Relu => y.simd_gt(zero).select(one, zero),
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
pub fn forward(pass: &mut Pass<'_>, activation: Activation, input: &Map, output: &Map) {
    let maps = Elementwise::new(pass.arena, pass.samples, input, output);
    match activation {
        // Worth a loop of its own.
        Activation::Relu => dispatch!(simd => forward_kernel(simd, Activation::Relu, maps)),
        _ => dispatch!(simd => forward_kernel(simd, activation, maps)),
    }
}

#[inline(always)]
fn forward_kernel<S: Simd>(simd: S, activation: Activation, maps: Elementwise<'_>) {
    maps.for_each(
        #[inline(always)]
        |_, _, values, _| {
            for_lanes(
                values.len(),
                #[inline(always)]
                |at, lanes| store(apply(simd, activation, load(simd, values, at, lanes)), values, at, lanes),
            );
        },
    );
}

/// Turns the gradient for an activation's output into that for its input: overwrites `d_input`, which may be the same
/// map as `d_output`. `saved` is the activation's input for `Gelu`, `Silu` and `HardSwish`, its output for all others.
pub fn backward(pass: &mut Pass<'_>, activation: Activation, saved: &Map, d_output: &Map, d_input: &Map) {
    let maps = Elementwise::with(pass.arena, pass.samples, d_output, d_input, saved);
    match activation {
        // Worth a loop of its own.
        Activation::Relu => dispatch!(simd => backward_kernel(simd, Activation::Relu, maps)),
        _ => dispatch!(simd => backward_kernel(simd, activation, maps)),
    }
}

#[inline(always)]
fn backward_kernel<S: Simd>(simd: S, activation: Activation, maps: Elementwise<'_>) {
    maps.for_each(
        #[inline(always)]
        |_, _, gradients, saved| {
            for_lanes(
                gradients.len(),
                #[inline(always)]
                |at, lanes| {
                    let slope = derivative(simd, activation, load(simd, saved, at, lanes));
                    store(load(simd, gradients, at, lanes) * slope, gradients, at, lanes);
                },
            );
        },
    );
}

#[cfg(test)]
mod tests;
