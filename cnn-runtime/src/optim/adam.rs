//! Adam, and Adam with decoupled weight decay.

use super::step::{self, Step};
use super::{Optimizer, State, flushed, reserve};
use crate::simd::dispatch;

#[derive(Clone, Debug)]
struct Moments {
    rate: f32,
    betas: [f32; 2],
    epsilon: f32,
    weight_decay: f32,
    /// The running mean of gradients.
    mean: State,
    /// The running mean of their squares.
    square: State,
    steps: u64,
}

/// The numbers of one step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    betas: [f32; 2],
    epsilon: f32,
    /// Added to the gradient, as a share of the parameter.
    decay: f32,
    /// What is left of the parameter before the step.
    keep: f32,
    /// The learning rate with the mean's bias correction in it.
    rate: f32,
    /// The bias correction of the square's root.
    scale: f32,
}

impl Moments {
    fn new(rate: f32, weight_decay: f32) -> Self {
        let (mean, square) = (State::zeroed(0), State::zeroed(0));
        Self { rate, betas: [0.9, 0.999], epsilon: 1e-8, weight_decay, mean, square, steps: 0 }
    }

    fn reserve(&mut self, parameters: usize) {
        reserve([&mut self.mean, &mut self.square], &mut self.steps, parameters);
    }

    /// The next step.
    fn whole(&mut self, parameters: usize, rate: f32, decoupled: bool) -> Step<'_> {
        self.reserve(parameters);
        self.steps += 1;
        let rate = f64::from(rate);
        let bias = self.betas.map(|beta| 1.0 - f64::from(beta).powf(self.steps as f64));
        let rule = Rule {
            betas: self.betas,
            epsilon: self.epsilon,
            decay: if decoupled { 0.0 } else { self.weight_decay },
            keep: if decoupled { (1.0 - rate * f64::from(self.weight_decay)) as f32 } else { 1.0 },
            rate: (rate / bias[0]) as f32,
            scale: (1.0 / bias[1].sqrt()) as f32,
        };
        Step { rule: step::Rule::Adam(rule), state: [&mut self.mean, &mut self.square] }
    }

    fn state(&self) -> Vec<(&'static str, &[f32])> {
        vec![("mean", &self.mean), ("square", &self.square)]
    }

    fn resume(&mut self, steps: u64) -> Vec<(&'static str, &mut [f32])> {
        self.steps = steps;
        vec![("mean", &mut self.mean), ("square", &mut self.square)]
    }
}

impl Rule {
    pub(super) fn update(self, parameters: &mut [f32], gradients: &[f32], [mean, square]: [&mut [f32]; 2]) {
        dispatch!(_simd => update(self, parameters, gradients, mean, square));
    }
}

#[inline(always)]
fn update(rule: Rule, parameters: &mut [f32], gradients: &[f32], mean: &mut [f32], square: &mut [f32]) {
    let [beta_1, beta_2] = rule.betas;
    for (((p, &g), m), v) in parameters.iter_mut().zip(gradients).zip(mean).zip(square) {
        let kept = rule.keep * *p;
        let g = g + rule.decay * *p;
        *m = flushed(*m + (1.0 - beta_1) * (g - *m));
        *v = flushed(beta_2 * *v + (1.0 - beta_2) * g * g);
        *p = flushed(kept - rule.rate * *m / (v.sqrt() * rule.scale + rule.epsilon));
    }
}

/// What both have in common, spelt once.
macro_rules! adam {
    ($(#[$doc:meta])* $name:ident, decoupled = $decoupled:literal, weight_decay = $weight_decay:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name(Moments);

        impl $name {
            /// With a learning rate (0.001 is usual), betas of 0.9 and 0.999, an epsilon of 1e-8, and a weight decay of
            #[doc = concat!(stringify!($weight_decay), ".")]
            pub fn new(rate: f32) -> Self {
                Self(Moments::new(rate, $weight_decay))
            }

            /// How much of the running means of gradients and of their squares a step keeps.
            pub fn betas(mut self, mean: f32, square: f32) -> Self {
                self.0.betas = [mean, square];
                self
            }

            /// Keeps the step finite where gradients are tiny.
            pub fn epsilon(mut self, epsilon: f32) -> Self {
                self.0.epsilon = epsilon;
                self
            }

            /// How strongly parameters are pulled to zero.
            pub fn weight_decay(mut self, weight_decay: f32) -> Self {
                self.0.weight_decay = weight_decay;
                self
            }
        }

        impl Optimizer for $name {
            fn rate(&self) -> f32 {
                self.0.rate
            }

            fn reserve(&mut self, parameters: usize) {
                self.0.reserve(parameters);
            }

            fn step(&mut self, parameters: &mut [f32], gradients: &[f32], rate: f32) {
                self.0.whole(parameters.len(), rate, $decoupled).share(parameters, gradients);
            }

            fn begin(&mut self, parameters: usize, rate: f32) -> Option<Step<'_>> {
                Some(self.0.whole(parameters, rate, $decoupled))
            }

            fn steps(&self) -> u64 {
                self.0.steps
            }

            fn state(&self) -> Vec<(&'static str, &[f32])> {
                self.0.state()
            }

            fn resume(&mut self, steps: u64) -> Vec<(&'static str, &mut [f32])> {
                self.0.resume(steps)
            }
        }
    };
}

adam! {
    /// Adam (Kingma and Ba, 2015): every parameter has a rate of its own.
    ///
    /// With learning rate `r`, betas `b1` and `b2`, weight decay `d`, in step `t` (from 1): `g += d p`;
    /// `m = b1 m + (1 - b1) g`; `v = b2 v + (1 - b2) g^2`;
    /// `p -= r m / (1 - b1^t) / (sqrt(v / (1 - b2^t)) + epsilon)`. PyTorch's `Adam`.
    Adam, decoupled = false, weight_decay = 0.0
}

adam! {
    /// Adam with decoupled weight decay (Loshchilov and Hutter, 2019): the decay `p *= 1 - r d` goes past the running
    /// means, so that it pulls equally at all parameters. Otherwise as [`Adam`]. PyTorch's `AdamW`.
    AdamW, decoupled = true, weight_decay = 0.01
}
