//! A loss that counts more or less than others.

use super::Loss;
use crate::volume::Sample;

/// A loss times a number: for a head of a network that counts more or less than the others.
///
/// ```
/// use cnn_runtime::{Loss, MeanSquaredError, Weighted};
///
/// let loss = Weighted::new(0.5, MeanSquaredError);
/// let mut d_output = [0.0; 2];
/// assert_eq!(loss.evaluate(&[1.0, 3.0], &[1.0, 1.0], &mut d_output), 1.0);
/// assert_eq!(d_output, [0.0, 1.0]);
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Weighted<L> {
    weight: f32,
    loss: L,
}

impl<L> Weighted<L> {
    /// `loss` times `weight`.
    pub fn new(weight: f32, loss: L) -> Self {
        Self { weight, loss }
    }
}

impl<O: Sample, T, L: Loss<O, T>> Loss<O, T> for Weighted<L> {
    fn evaluate(&self, output: &O, target: &T, d_output: &mut O) -> f32 {
        let loss = self.loss.evaluate(output, target, d_output);
        d_output.flat_mut().iter_mut().for_each(|d| *d *= self.weight);
        self.weight * loss
    }

    fn is_hit(&self, output: &O, target: &T) -> Option<bool> {
        self.loss.is_hit(output, target)
    }

    fn check(&self, target: &T) -> Result<(), String> {
        self.loss.check(target)
    }
}
