//! Activation functions: element by element, fused into the producer or alone.

use crate::map::Map;
use crate::pass::Pass;
use fearless_simd::{Simd, SimdBase, f32x16};

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

/// Applies an activation. `input` and `output` may be the same map.
pub fn forward(_pass: &mut Pass<'_>, _activation: Activation, _input: &Map, _output: &Map) {
    unimplemented!()
}

/// Turns the gradient for an activation's output into that for its input: overwrites `d_input`, which may be the same
/// map as `d_output`. `saved` is the activation's input for `Gelu`, `Silu` and `HardSwish`, its output for all others.
pub fn backward(_pass: &mut Pass<'_>, _activation: Activation, _saved: &Map, _d_output: &Map, _d_input: &Map) {
    unimplemented!()
}

/// The activation of 16 floats.
#[inline(always)]
pub(crate) fn apply<S: Simd>(_simd: S, activation: Activation, x: f32x16<S>) -> f32x16<S> {
    match activation {
        Activation::Identity => x,
        Activation::Relu => x.max(0.0),
        _ => unimplemented!(),
    }
}
