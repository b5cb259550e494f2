//! Stochastic gradient descent.

use super::step::{self, Step};
use super::{Optimizer, State, flushed, reserve};
use crate::simd::dispatch;

/// Stochastic gradient descent, with momentum if asked for.
///
/// With learning rate `r`, momentum `m`, weight decay `d`: `g += d p`; `v = m v + g`; `p -= r v`, or with Nesterov's
/// momentum (Sutskever et al., 2013) `p -= r (g + m v)`. PyTorch's `SGD`.
#[derive(Clone, Debug)]
pub struct Sgd {
    rule: Rule,
    velocity: State,
    steps: u64,
}

/// The numbers of one step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    rate: f32,
    momentum: f32,
    nesterov: bool,
    weight_decay: f32,
}

impl Sgd {
    /// Plain gradient descent with a learning rate.
    pub fn new(rate: f32) -> Self {
        let rule = Rule { rate, momentum: 0.0, nesterov: false, weight_decay: 0.0 };
        Self { rule, velocity: State::zeroed(0), steps: 0 }
    }

    /// How much of the last step's velocity is kept: 0.9 is usual.
    pub fn momentum(mut self, momentum: f32) -> Self {
        self.rule.momentum = momentum;
        self
    }

    /// Looks ahead: the gradient acts as if the velocity had been applied already.
    ///
    /// # Panics
    /// In a trainer or a step, if there is no [`momentum`](Self::momentum).
    pub fn nesterov(mut self) -> Self {
        self.rule.nesterov = true;
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
        let rule = step::Rule::Sgd(Rule { rate, ..self.rule });
        Step { rule, state: [&mut self.velocity, &mut []] }
    }
}

impl Rule {
    pub(super) fn update(self, parameters: &mut [f32], gradients: &[f32], [velocity, _]: [&mut [f32]; 2]) {
        if self.momentum == 0.0 {
            dispatch!(_simd => plain(self, parameters, gradients));
        } else {
            dispatch!(_simd => with_momentum(self, parameters, gradients, velocity));
        }
    }
}

impl Optimizer for Sgd {
    fn rate(&self) -> f32 {
        self.rule.rate
    }

    fn reserve(&mut self, parameters: usize) {
        assert!(self.rule.momentum != 0.0 || !self.rule.nesterov, "Nesterov's look ahead needs a momentum");
        // Without momentum there is nothing to remember.
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
        if self.velocity.is_empty() { Vec::new() } else { vec![("velocity", &self.velocity[..])] }
    }

    fn resume(&mut self, steps: u64) -> Vec<(&'static str, &mut [f32])> {
        self.steps = steps;
        if self.velocity.is_empty() { Vec::new() } else { vec![("velocity", &mut self.velocity[..])] }
    }
}

#[inline(always)]
fn plain(rule: Rule, parameters: &mut [f32], gradients: &[f32]) {
    for (p, &g) in parameters.iter_mut().zip(gradients) {
        *p = flushed(*p - rule.rate * (g + rule.weight_decay * *p));
    }
}

#[inline(always)]
fn with_momentum(rule: Rule, parameters: &mut [f32], gradients: &[f32], velocity: &mut [f32]) {
    for ((p, &g), v) in parameters.iter_mut().zip(gradients).zip(velocity) {
        let g = g + rule.weight_decay * *p;
        *v = flushed(rule.momentum * *v + g);
        let move_by = if rule.nesterov { g + rule.momentum * *v } else { *v };
        *p = flushed(*p - rule.rate * move_by);
    }
}
