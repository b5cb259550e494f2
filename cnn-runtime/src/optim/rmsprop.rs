//! RMSprop.

use super::step::{self, Step};
use super::{Optimizer, State, flushed, reserve};
use crate::simd::dispatch;

/// RMSprop (Hinton, Coursera lecture 6e, 2012): gradients are divided by the root of the running mean of their squares.
///
/// With learning rate `r`, smoothing `a`, momentum `m`, weight decay `d`: `g += d p`; `s = a s + (1 - a) g^2`;
/// `b = m b + g / (sqrt(s) + epsilon)`; `p -= r b`. PyTorch's `RMSprop`.
#[derive(Clone, Debug)]
pub struct RmsProp {
    rule: Rule,
    square: State,
    velocity: State,
    steps: u64,
}

/// The numbers of one step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    rate: f32,
    alpha: f32,
    epsilon: f32,
    momentum: f32,
    weight_decay: f32,
}

impl RmsProp {
    /// With a learning rate (0.01 is usual), a smoothing of 0.99, an epsilon of 1e-8, no momentum and no weight decay.
    pub fn new(rate: f32) -> Self {
        let rule = Rule { rate, alpha: 0.99, epsilon: 1e-8, momentum: 0.0, weight_decay: 0.0 };
        Self { rule, square: State::zeroed(0), velocity: State::zeroed(0), steps: 0 }
    }

    /// How much of the running mean of squares a step keeps.
    pub fn alpha(mut self, alpha: f32) -> Self {
        self.rule.alpha = alpha;
        self
    }

    /// Keeps the step finite where gradients are tiny.
    pub fn epsilon(mut self, epsilon: f32) -> Self {
        self.rule.epsilon = epsilon;
        self
    }

    /// How much of the last step's velocity is kept.
    pub fn momentum(mut self, momentum: f32) -> Self {
        self.rule.momentum = momentum;
        self
    }

    /// Adds this share of every parameter to its gradient (L2 regularisation).
    pub fn weight_decay(mut self, weight_decay: f32) -> Self {
        self.rule.weight_decay = weight_decay;
        self
    }

    /// The next step.
    fn whole(&mut self, parameters: usize, rate: f32) -> Step<'_> {
        self.reserve(parameters);
        self.steps += 1;
        let rule = step::Rule::RmsProp(Rule { rate, ..self.rule });
        Step { rule, state: [&mut self.square, &mut self.velocity] }
    }
}

impl Rule {
    pub(super) fn update(self, parameters: &mut [f32], gradients: &[f32], [square, velocity]: [&mut [f32]; 2]) {
        if self.momentum == 0.0 {
            dispatch!(_simd => plain(self, parameters, gradients, square));
        } else {
            dispatch!(_simd => with_momentum(self, parameters, gradients, square, velocity));
        }
    }
}

impl Optimizer for RmsProp {
    fn rate(&self) -> f32 {
        self.rule.rate
    }

    fn reserve(&mut self, parameters: usize) {
        reserve([&mut self.square], &mut self.steps, parameters);
        let kept = if self.rule.momentum == 0.0 { 0 } else { parameters };
        reserve([&mut self.velocity], &mut self.steps, kept);
    }

    fn step(&mut self, parameters: &mut [f32], gradients: &[f32], rate: f32) {
        self.whole(parameters.len(), rate).share(parameters, gradients);
    }

    fn begin(&mut self, parameters: usize, rate: f32) -> Option<Step<'_>> {
        Some(self.whole(parameters, rate))
    }

    fn steps(&self) -> u64 {
        self.steps
    }

    fn state(&self) -> Vec<(&'static str, &[f32])> {
        let all = [("square", &self.square), ("velocity", &self.velocity)];
        all.into_iter().filter(|(_, state)| !state.is_empty()).map(|(name, state)| (name, &state[..])).collect()
    }

    fn resume(&mut self, steps: u64) -> Vec<(&'static str, &mut [f32])> {
        self.steps = steps;
        let all = [("square", &mut self.square), ("velocity", &mut self.velocity)];
        all.into_iter().filter(|(_, state)| !state.is_empty()).map(|(name, state)| (name, &mut state[..])).collect()
    }
}

#[inline(always)]
fn normalised(rule: Rule, p: f32, g: f32, square: &mut f32) -> f32 {
    let g = g + rule.weight_decay * p;
    *square = flushed(rule.alpha * *square + (1.0 - rule.alpha) * g * g);
    g / (square.sqrt() + rule.epsilon)
}

#[inline(always)]
fn plain(rule: Rule, parameters: &mut [f32], gradients: &[f32], square: &mut [f32]) {
    for ((p, &g), s) in parameters.iter_mut().zip(gradients).zip(square) {
        *p = flushed(*p - rule.rate * normalised(rule, *p, g, s));
    }
}

#[inline(always)]
fn with_momentum(rule: Rule, parameters: &mut [f32], gradients: &[f32], square: &mut [f32], velocity: &mut [f32]) {
    for (((p, &g), s), v) in parameters.iter_mut().zip(gradients).zip(square).zip(velocity) {
        *v = flushed(rule.momentum * *v + normalised(rule, *p, g, s));
        *p = flushed(*p - rule.rate * *v);
    }
}
