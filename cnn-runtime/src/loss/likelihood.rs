//! For networks that end in logarithms of probabilities.

use super::Loss;
use super::class::{Class, check, index_among};
use crate::metrics::argmax;

/// Negative log-likelihood: `-o_y`, where `o` are logarithms of probabilities (the network ends with `logsoftmax`) and
/// `y` is the class of the sample.
///
/// Its gradient is -1 for the class and 0 elsewhere. PyTorch's `NLLLoss`. Behind a `logsoftmax` it is what
/// [`SoftmaxCrossEntropy`](crate::SoftmaxCrossEntropy) is without one.
///
/// # Panics
/// If a target is not one of the classes `0..N`.
///
/// ```
/// use cnn_runtime::{Loss, NegativeLogLikelihood};
///
/// let mut d_output = [0.0; 2];
/// assert_eq!(NegativeLogLikelihood.evaluate(&[-0.5, -1.5], &1, &mut d_output), 1.5);
/// assert_eq!(d_output, [0.0, -1.0]);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NegativeLogLikelihood;

impl<const N: usize, T: Class> Loss<[f32; N], T> for NegativeLogLikelihood {
    fn evaluate(&self, output: &[f32; N], target: &T, d_output: &mut [f32; N]) -> f32 {
        let class = index_among(*target, N);
        *d_output = [0.0; N];
        d_output[class] = -1.0;
        -output[class]
    }

    fn is_hit(&self, output: &[f32; N], target: &T) -> Option<bool> {
        Some(target.index() == Some(argmax(output)))
    }

    fn check(&self, target: &T) -> Result<(), String> {
        check(*target, N).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::super::gradient_check;
    use super::*;

    #[test]
    fn loss_and_gradient_agree_with_float64() {
        for class in 0..3_u8 {
            gradient_check::check(&NegativeLogLikelihood, &[-0.25, -2.0, -1.5], &class, |o| -o[usize::from(class)]);
        }
        assert_eq!(NegativeLogLikelihood.is_hit(&[-0.25, -2.0], &0), Some(true));
        assert_eq!(NegativeLogLikelihood.is_hit(&[-0.25, -2.0], &1), Some(false));
    }
}
