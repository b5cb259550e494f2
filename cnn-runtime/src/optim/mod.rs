//! Optimisers: how gradients change parameters.
//!
//! An optimiser sees flat slices and knows nothing of networks, layers or batches. Every rule is the one of PyTorch's
//! optimiser of the same name, checked against it by `tests/golden/optimizers.py`.

mod adam;
mod clip;
mod parts;
mod rmsprop;
mod sgd;
mod step;
#[cfg(test)]
mod tests;

pub use adam::{Adam, AdamW};
pub use clip::Clip;
pub use rmsprop::RmsProp;
pub use sgd::Sgd;
pub use step::Step;

/// A rule that moves parameters against their gradients.
pub trait Optimizer: Send {
    /// The learning rate that it was made with; a [`Schedule`](crate::Schedule) varies it from step to step.
    fn rate(&self) -> f32;

    /// Makes the state for so many parameters: zeros, unless there is state for just as many already. This is the one
    /// place that allocates.
    fn reserve(&mut self, parameters: usize);

    /// Changes the parameters, given the gradient of each and the learning rate of this step.
    ///
    /// # Panics
    /// If there is not one gradient for each parameter.
    fn step(&mut self, parameters: &mut [f32], gradients: &[f32], rate: f32);

    /// Begins a step over so many parameters at this learning rate that others make: piece by piece, wherever a
    /// gradient has just been computed. `None`, and nothing begun, if the rule has to see all gradients at once.
    ///
    /// It must do what [`step`](Self::step) does, to the bit.
    fn begin(&mut self, parameters: usize, rate: f32) -> Option<Step<'_>> {
        let _ = (parameters, rate);
        None
    }

    /// How many steps were made.
    fn steps(&self) -> u64;

    /// The state by name, each as long as the parameters: with [`steps`](Self::steps) all that a checkpoint needs.
    fn state(&self) -> Vec<(&'static str, &[f32])>;

    /// Makes ready to go on after `steps` steps, and gives the state to write to: call [`reserve`](Self::reserve)
    /// first.
    fn resume(&mut self, steps: u64) -> Vec<(&'static str, &mut [f32])>;
}

/// State that a rule keeps for each parameter. Aligned, because otherwise every vector of 512 bits lies across two
/// cache lines: Adam took 1.04 ns per parameter with plain `Vec`s and takes 0.42 so (Zen 5, AVX-512).
type State = crate::buffer::Buffer;

/// Replaces what is too small for the normal form of a float by zero.
///
/// The state of a parameter whose gradient stays zero (a dead relu, a pixel that is always black) decays towards zero
/// by a factor per step, and would spend thousands of steps among the denormals, where an operation costs a hundred
/// times as much. At 1e-38 nothing is lost. A weight that only decays goes the same way.
#[inline(always)]
fn flushed(x: f32) -> f32 {
    if x.abs() < f32::MIN_POSITIVE { 0.0 } else { x }
}

/// Makes every slice of state as long as the parameters; forgets all if the length is new.
fn reserve<const K: usize>(states: [&mut State; K], steps: &mut u64, parameters: usize) {
    for state in states {
        if state.len() != parameters {
            *state = State::zeroed(parameters);
            *steps = 0;
        }
    }
}
