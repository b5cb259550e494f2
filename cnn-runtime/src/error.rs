//! The one error type.

/// What can go wrong with something from outside the program.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An option of a training run that no run can have.
    #[error("cannot train: {problem}")]
    Fit {
        /// The option, what it is, and what it should be.
        problem: String,
    },
    /// A data set without samples, or with too few for one batch.
    #[error("cannot train: the {set} set has {found} samples, expected at least {needed}")]
    TooFewSamples {
        /// `training` or `test`.
        set: &'static str,
        /// How many samples there are.
        found: usize,
        /// How many are needed.
        needed: usize,
    },
    /// A target that the loss has no meaning for.
    #[error("cannot train: the target of sample {index} of the {set} set is {problem}")]
    Target {
        /// `training` or `test`.
        set: &'static str,
        /// The sample, counted from 0.
        index: usize,
        /// What was found and what was expected.
        problem: String,
    },
    /// The loss of a batch, or of the test set, is infinite or not a number.
    #[error(
        "training diverged: the {set} loss is {loss} in epoch {epoch}, step {step}; a smaller learning rate, a warm-up or gradient clipping may help"
    )]
    Diverged {
        /// `training` or `test`.
        set: &'static str,
        /// The loss.
        loss: f32,
        /// The epoch, counted from 1.
        epoch: usize,
        /// The step of the epoch, counted from 1.
        step: usize,
    },
}

/// A result with this crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;
