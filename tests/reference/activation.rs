//! Activation functions, and the softmax.

use super::values::Values;
use super::words::Words;

/// An activation function with its constants.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Activation {
    Identity,
    Relu,
    Relu6,
    Leaky(f64),
    Elu(f64),
    Gelu,
    Silu,
    Sigmoid,
    Tanh,
    HardSwish,
    HardSigmoid,
    Softplus,
}

impl Activation {
    /// The activation that a word names.
    pub(super) fn new(words: &mut Words) -> Result<Option<Self>, String> {
        Ok(Some(match &*words.word {
            "id" => Self::Identity,
            "relu" => Self::Relu,
            "relu6" => Self::Relu6,
            "leaky" => Self::Leaky(words.real_or(0.01)?),
            "elu" => Self::Elu(words.real_or(1.0)?),
            "gelu" => Self::Gelu,
            "silu" => Self::Silu,
            "sigmoid" => Self::Sigmoid,
            "tanh" => Self::Tanh,
            "hardswish" => Self::HardSwish,
            "hardsigmoid" => Self::HardSigmoid,
            "softplus" => Self::Softplus,
            _ => return Ok(None),
        }))
    }

    pub(super) fn apply(self, x: f64) -> f64 {
        match self {
            Self::Identity => x,
            Self::Relu => x.max(0.0),
            Self::Relu6 => x.clamp(0.0, 6.0),
            Self::Leaky(slope) => leaky(x, slope),
            Self::Elu(alpha) => {
                if x > 0.0 {
                    x
                } else {
                    alpha * x.exp_m1()
                }
            }
            Self::Gelu => 0.5 * x * (1.0 + erf(x / 2.0_f64.sqrt())),
            Self::Silu => x * sigmoid(x),
            Self::Sigmoid => sigmoid(x),
            Self::Tanh => x.tanh(),
            Self::HardSwish => x * (x + 3.0).clamp(0.0, 6.0) / 6.0,
            Self::HardSigmoid => (x + 3.0).clamp(0.0, 6.0) / 6.0,
            Self::Softplus => x.max(0.0) + (-x.abs()).exp().ln_1p(),
        }
    }
}

/// Also a parametric relu, whose slope is learnt.
pub(super) fn leaky(x: f64, slope: f64) -> f64 {
    if x > 0.0 { x } else { slope * x }
}

/// Over the channels of every pixel.
pub(super) fn softmax(input: &Values) -> Values {
    Values::from_fn(input.samples, input.shape(), |n, c, y, x| {
        let own = input.at(n, c, y, x);
        1.0 / (0..input.channels).map(|other| (input.at(n, other, y, x) - own).exp()).sum::<f64>()
    })
}

/// The logarithm of [`softmax`].
pub(super) fn log_softmax(input: &Values) -> Values {
    Values::from_fn(input.samples, input.shape(), |n, c, y, x| {
        let own = input.at(n, c, y, x);
        -(0..input.channels).map(|other| (input.at(n, other, y, x) - own).exp()).sum::<f64>().ln()
    })
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// The error function: `2 / sqrt(pi) * e^(-x^2) * sum of 2^k x^(2k + 1) / (1 * 3 * .. * (2k + 1))`, whose terms all
/// have one sign (Abramowitz, Stegun, 7.1.6).
pub(super) fn erf(x: f64) -> f64 {
    if x.abs() > 6.0 {
        return x.signum();
    }
    let (mut term, mut sum, mut odd) = (x, 0.0, 1.0);
    while term.abs() > 1e-18 * f64::abs(sum) {
        sum += term;
        odd += 2.0;
        term *= 2.0 * x * x / odd;
    }
    std::f64::consts::FRAC_2_SQRT_PI * (-x * x).exp() * sum
}
