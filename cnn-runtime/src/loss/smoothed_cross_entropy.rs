//! Cross-entropy against a target that leaves a little to every class.

use super::class::{Class, check, index_among};
use super::{Loss, SoftmaxCrossEntropy};
use crate::metrics::argmax;

/// Cross-entropy of the softmax of the outputs with label smoothing: `-sum over j of q_j ln p_j` with `p = softmax(s)`
/// and `q = (1 - smoothing) onehot(y) + smoothing / N` (Szegedy et al., *Rethinking the Inception architecture*, 2016,
/// section 7). Scores no longer gain by running away from each other.
///
/// Its gradient is `p - q`. PyTorch's `CrossEntropyLoss(label_smoothing=..)`. Made by
/// [`SoftmaxCrossEntropy::smoothing`].
///
/// # Panics
/// If a target is not one of the classes `0..N`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SmoothedCrossEntropy {
    smoothing: f32,
}

impl SoftmaxCrossEntropy {
    /// The same loss against a target that gives every class an even share of `smoothing`, usually 0.1, and the right
    /// class the rest.
    ///
    /// ```
    /// use cnn_runtime::{Loss, SoftmaxCrossEntropy};
    ///
    /// let mut d_output = [0.0; 2];
    /// SoftmaxCrossEntropy.smoothing(0.1).evaluate(&[0.0, 0.0], &1, &mut d_output);
    /// assert!((d_output[0] - (0.5 - 0.05)).abs() < 1e-7);
    /// assert!((d_output[1] - (0.5 - 0.95)).abs() < 1e-7);
    /// ```
    ///
    /// # Panics
    /// If `smoothing` is not between 0 and 1.
    pub const fn smoothing(self, smoothing: f32) -> SmoothedCrossEntropy {
        assert!(smoothing >= 0.0 && smoothing <= 1.0, "a label smoothing is 0 to 1");
        SmoothedCrossEntropy { smoothing }
    }
}

impl<const N: usize, T: Class> Loss<[f32; N], T> for SmoothedCrossEntropy {
    fn evaluate(&self, output: &[f32; N], target: &T, d_output: &mut [f32; N]) -> f32 {
        let class = index_among(*target, N);
        let max = f64::from(output.iter().copied().fold(f32::NEG_INFINITY, f32::max));
        let share = f64::from(self.smoothing) / N as f64;
        let (mut sum, mut behind) = (0.0, 0.0);
        for &score in output {
            let below = f64::from(score) - max;
            sum += below.exp();
            behind += below;
        }
        for (i, (&score, d)) in output.iter().zip(d_output.iter_mut()).enumerate() {
            let right = if i == class { 1.0 - f64::from(self.smoothing) } else { 0.0 };
            *d = ((f64::from(score) - max).exp() / sum - right - share) as f32;
        }
        let right = f64::from(output[class]) - max;
        (sum.ln() - (1.0 - f64::from(self.smoothing)) * right - share * behind) as f32
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
        for (smoothing, class) in [(0.0_f32, 0_usize), (0.1, 1), (0.5, 2), (1.0, 3)] {
            for output in [[0.0; 4], [1.0, -2.0, 0.5, 3.0], [30.0, 10.0, -40.0, 29.5]] {
                gradient_check::check(&SoftmaxCrossEntropy.smoothing(smoothing), &output, &class, |s| {
                    let max = s.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                    let log_sum = s.iter().map(|s| (s - max).exp()).sum::<f64>().ln() + max;
                    let share = f64::from(smoothing) / 4.0;
                    let q = |j| if j == class { 1.0 - f64::from(smoothing) + share } else { share };
                    (0..4).map(|j| q(j) * (log_sum - s[j])).sum()
                });
            }
        }
    }

    #[test]
    fn large_logits_stay_finite() {
        let mut d = [0.0; 2];
        let loss = SoftmaxCrossEntropy.smoothing(0.5).evaluate(&[1e4, -1e4], &0, &mut d);
        assert_eq!((loss, d), (5e3, [0.25, -0.25]));
        assert!(SoftmaxCrossEntropy.smoothing(0.1).evaluate(&[0.0, f32::NAN], &0, &mut d).is_nan());
    }
}
