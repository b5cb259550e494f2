//! Losses: what training makes small.
//!
//! A loss sees one output and one target and knows nothing of networks or batches; the mean over a batch is the
//! driver's. Implement [`Loss`] to train against something else.

mod binary_cross_entropy;
mod class;
mod cross_entropy;
mod dice;
mod embedding;
mod focal;
mod hinge;
mod huber;
mod likelihood;
mod pixel_cross_entropy;
mod smoothed_cross_entropy;
mod squared_error;
mod weighted;

pub use binary_cross_entropy::BinaryCrossEntropyWithLogits;
pub use class::Class;
pub(crate) use class::{Range, index_among};
pub use cross_entropy::SoftmaxCrossEntropy;
pub use dice::Dice;
pub use embedding::{Contrastive, Triplet};
pub use focal::{BinaryFocal, Focal};
pub use hinge::MulticlassHinge;
pub use huber::{Huber, SmoothL1};
pub use likelihood::NegativeLogLikelihood;
pub use pixel_cross_entropy::PixelCrossEntropy;
pub use smoothed_cross_entropy::SmoothedCrossEntropy;
pub use squared_error::MeanSquaredError;
pub use weighted::Weighted;

use crate::volume::Sample;

/// A loss of one output against one target.
pub trait Loss<O: Sample, T>: Sync {
    /// The loss of one sample; overwrites `d_output` with its gradient for the output.
    fn evaluate(&self, output: &O, target: &T, d_output: &mut O) -> f32;

    /// Whether the output counts as right, for losses where that means something.
    fn is_hit(&self, _output: &O, _target: &T) -> Option<bool> {
        None
    }

    /// Whether [`evaluate`](Self::evaluate) can work with the target: a check for targets that come from outside the
    /// program, made once before training.
    ///
    /// # Errors
    /// Says in words what is wrong with it: `class 12, but the classes are 0 to 9`.
    fn check(&self, _target: &T) -> Result<(), String> {
        Ok(())
    }
}

#[cfg(test)]
pub(crate) mod gradient_check {
    use super::*;

    /// Compares the loss and its gradient with a float64 reference and that one's central differences.
    #[track_caller]
    pub(crate) fn check<O: Sample, T>(
        loss: &impl Loss<O, T>,
        output: &O,
        target: &T,
        reference: impl Fn(&[f64]) -> f64,
    ) {
        // What it is to overwrite must not matter.
        let mut d_output = <O as Sample>::zeroed_box();
        d_output.flat_mut().fill(f32::NAN);
        let found = f64::from(loss.evaluate(output, target, &mut d_output));
        let at: Vec<f64> = output.flat().iter().map(|&x| f64::from(x)).collect();
        let expected = reference(&at);
        assert!((found - expected).abs() <= 1e-6 * expected.abs() + 1e-7, "loss {found}, expected {expected}");
        for (i, &d) in d_output.flat().iter().enumerate() {
            let moved = |by: f64| {
                let mut at = at.clone();
                at[i] += by;
                reference(&at)
            };
            let step = 1e-5;
            let expected = (moved(step) - moved(-step)) / (2.0 * step);
            let error = (f64::from(d) - expected).abs();
            assert!(error <= 1e-5 * expected.abs() + 1e-6, "d_output[{i}] = {d}, expected {expected}");
        }
    }
}
