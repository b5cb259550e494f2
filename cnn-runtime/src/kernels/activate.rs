//! Activation functions: of 16 values, and of rows. Those that are too long for a register tile's epilogue are a second
//! pass over what was just written.

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
    pub(crate) fn check(self) {
        if let Self::Leaky(slope) | Self::Elu(slope) = self {
            debug_assert!(slope >= 0.0, "{self:?}: outputs must tell the sign of their inputs");
        }
    }
}

/// Whether the epilogue of a register tile applies this activation by itself.
pub(crate) fn is_fused(activation: Activation) -> bool {
    matches!(activation, Activation::Identity | Activation::Relu)
}

/// Negative lanes become zero. NaN stays NaN, which `max` alone does not promise: a network that diverges must show it.
#[inline(always)]
pub(crate) fn relu<S: Simd>(simd: S, x: f32x16<S>) -> f32x16<S> {
    math::at_least(simd, x, 0.0)
}

/// Applies an activation to a row of floats in place.
pub(crate) fn row(activation: Activation, row: &mut [f32]) {
    dispatch!(simd => apply_to_all(simd, activation, row));
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
pub(crate) const PART: usize = 256;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::buffer::LANES;
    use crate::testing::{Random, for_each_isa};
    use fearless_simd::SimdFrom;

    #[inline(always)]
    fn relu_of<S: Simd>(simd: S, x: [f32; LANES]) -> [f32; LANES] {
        relu(simd, f32x16::simd_from(simd, x)).into()
    }

    #[test]
    fn relu_hides_no_nan() {
        for_each_isa(|isa| {
            let mut x = [-1.0; LANES];
            [x[1], x[2], x[5]] = [2.0, f32::NAN, f32::INFINITY];
            let y = dispatch!(simd => relu_of(simd, x));
            assert_eq!([y[0], y[1], y[5], y[15]], [0.0, 2.0, f32::INFINITY, 0.0], "{isa}");
            assert!(y[2].is_nan(), "{isa}");
        });
    }

    #[test]
    fn a_row_of_any_length_is_done_to_its_end_and_no_further() {
        for_each_isa(|isa| {
            for len in [0, 1, 15, 16, 17, 40] {
                let before = Random::new(2).vec(50);
                let mut after = before.clone();
                row(Activation::Relu, &mut after[3..][..len]);
                for (i, (&after, &before)) in after.iter().zip(&before).enumerate() {
                    let expected = if (3..3 + len).contains(&i) { before.max(0.0) } else { before };
                    assert_eq!(after, expected, "{isa}, element {i} of a row of {len} from 3 on");
                }
            }
        });
    }
}
