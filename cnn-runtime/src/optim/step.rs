//! A step of an optimiser in pieces: any piece, on any thread, in any order.

use std::ops::Range;

use super::parts::{PIECE, SHARED_FROM};
use super::{adam, rmsprop, sgd};
use crate::parallel::{self, Cut};

/// One step of a rule that changes every parameter by its own gradient and state alone, on its way over the parameters.
///
/// It is made by [`Optimizer::begin`](super::Optimizer::begin) and must go over every parameter once.
#[derive(Debug)]
pub struct Step<'a> {
    pub(super) rule: Rule,
    /// What the rule keeps for each of these parameters; empty if it keeps less than two numbers.
    pub(super) state: [&'a mut [f32]; 2],
}

/// The rules, with the numbers of one step.
#[derive(Clone, Copy, Debug)]
pub(super) enum Rule {
    Sgd(sgd::Rule),
    Adam(adam::Rule),
    RmsProp(rmsprop::Rule),
}

impl Step<'_> {
    /// The step for some of the parameters.
    pub(crate) fn of(&mut self, parameters: Range<usize>) -> Step<'_> {
        let kept = |state: &[f32]| if state.is_empty() { 0..0 } else { parameters.clone() };
        let [first, second] = &mut self.state;
        let [of_first, of_second] = [kept(first), kept(second)];
        Step { rule: self.rule, state: [&mut first[of_first], &mut second[of_second]] }
    }

    /// Changes the parameters that the step is for.
    ///
    /// # Panics
    /// If there is not one gradient for each parameter, or if the step is for another number of them.
    pub(crate) fn apply(self, parameters: &mut [f32], gradients: &[f32]) {
        assert_eq!(parameters.len(), gradients.len(), "parameters and their gradients");
        let fits = |state: &&mut [f32]| state.is_empty() || state.len() == parameters.len();
        assert!(self.state.iter().all(fits), "state of other parameters");
        match self.rule {
            Rule::Sgd(rule) => rule.update(parameters, gradients, self.state),
            Rule::Adam(rule) => rule.update(parameters, gradients, self.state),
            Rule::RmsProp(rule) => rule.update(parameters, gradients, self.state),
        }
    }

    /// As [`apply`](Self::apply), in pieces on several threads if that is worth it.
    pub(super) fn share(self, parameters: &mut [f32], gradients: &[f32]) {
        let count = parameters.len();
        assert_eq!(count, gradients.len(), "parameters and their gradients");
        let piece = if count < SHARED_FROM { count } else { PIECE };
        parallel::for_each_cut((parameters, self), count, piece, &|i, (parameters, step)| {
            step.apply(parameters, &gradients[i * piece..][..parameters.len()]);
        });
    }
}

impl Cut for Step<'_> {
    fn cut(self, at: usize) -> (Self, Self) {
        let Self { rule, state: [first, second] } = self;
        // State that is not kept is as empty for both.
        let ((first, first_behind), (second, second_behind)) =
            (first.split_at_mut(at.min(first.len())), second.split_at_mut(at.min(second.len())));
        (Self { rule, state: [first, second] }, Self { rule, state: [first_behind, second_behind] })
    }
}
