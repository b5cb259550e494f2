//! Softmax and cross-entropy in one.

use super::Loss;
use super::class::{Class, check, index_among};
use crate::metrics::argmax;

/// Cross-entropy of the softmax of the outputs: `-ln(exp(s_y) / sum_j exp(s_j))`, natural logarithm, where `s` are the
/// network's outputs (logits: the network ends without `softmax`) and `y` the class of the sample.
///
/// Its gradient is `softmax(s) - onehot(y)`. PyTorch's `CrossEntropyLoss`.
///
/// # Panics
/// If a target is not one of the classes `0..N`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SoftmaxCrossEntropy;

impl<const N: usize, T: Class> Loss<[f32; N], T> for SoftmaxCrossEntropy {
    fn evaluate(&self, output: &[f32; N], target: &T, d_output: &mut [f32; N]) -> f32 {
        let class = index_among(*target, N);
        let max = output.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        d_output.iter_mut().zip(output).for_each(|(d, score)| *d = (score - max).exp());
        of_powers(output, class, d_output, 1.0) as f32
    }

    fn is_hit(&self, output: &[f32; N], target: &T) -> Option<bool> {
        Some(target.index() == Some(argmax(output)))
    }

    fn check(&self, target: &T) -> Result<(), String> {
        check(*target, N).map(drop)
    }
}

/// The cross-entropy of scores. `powers` are `exp(s - max)`, and become the gradient, times `scale`.
pub(super) fn of_powers<const N: usize>(scores: &[f32; N], class: usize, powers: &mut [f32; N], scale: f64) -> f64 {
    // The right class stays out of the sum: when it dominates, both the loss, ln(1 + others), and its gradient,
    // -others / (1 + others), would otherwise be the difference of two numbers that agree in every digit.
    let wrong = powers.iter().enumerate().filter(|(i, _)| *i != class);
    let others: f64 = wrong.map(|(_, &power)| f64::from(power)).sum();
    let sum = others + f64::from(powers[class]);
    let max = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let behind = f64::from(scores[class]) - f64::from(max);
    let factor = scale / sum;
    powers.iter_mut().for_each(|power| *power = (f64::from(*power) * factor) as f32);
    powers[class] = (-others * factor) as f32;
    if behind == 0.0 { others.ln_1p() } else { sum.ln() - behind }
}

#[cfg(test)]
mod tests {
    use super::super::gradient_check;
    use super::*;

    fn reference(scores: &[f64], class: usize) -> f64 {
        let max = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        scores.iter().map(|s| (s - max).exp()).sum::<f64>().ln() + max - scores[class]
    }

    #[test]
    fn loss_and_gradient_agree_with_float64() {
        let outputs =
            [[0.0; 5], [1.0, -2.0, 0.5, 3.0, 0.25], [30.0, 10.0, -40.0, 29.5, 0.0], [5.0, 5.0, 5.0, 5.0, 4.0]];
        for output in outputs {
            for class in 0..5_u8 {
                gradient_check::check(&SoftmaxCrossEntropy, &output, &class, |s| reference(s, class.into()));
            }
        }
    }

    #[test]
    fn large_logits_are_exact() {
        let mut d = [0.0; 3];
        assert_eq!(SoftmaxCrossEntropy.evaluate(&[1e4, -1e4, 0.0], &1, &mut d), 2e4);
        assert_eq!(d, [1.0, -1.0, 0.0]);
        assert_eq!(SoftmaxCrossEntropy.evaluate(&[1e4, -1e4, 0.0], &0, &mut d), 0.0);
        assert_eq!(d, [0.0; 3]);
        assert_eq!(SoftmaxCrossEntropy.evaluate(&[-1e4; 3], &2, &mut d), 3.0_f32.ln());
    }

    #[test]
    fn a_sample_that_is_almost_right_keeps_its_digits() {
        let mut d = [0.0; 2];
        let loss = SoftmaxCrossEntropy.evaluate(&[20.0, 0.0], &0_usize, &mut d);
        let expected = (-20.0_f64).exp();
        assert!((f64::from(loss) / expected - 1.0).abs() < 1e-6, "{loss}");
        assert!((f64::from(d[0]) / -expected - 1.0).abs() < 1e-6, "{d:?}");
    }

    #[test]
    fn what_is_not_a_number_stays_visible() {
        let mut d = [0.0; 3];
        assert!(SoftmaxCrossEntropy.evaluate(&[0.0, f32::NAN, 1.0], &0, &mut d).is_nan());
        assert!(SoftmaxCrossEntropy.evaluate(&[0.0, f32::INFINITY, 1.0], &0, &mut d).is_nan());
    }

    #[test]
    fn a_hit_is_the_largest_score() {
        assert_eq!(SoftmaxCrossEntropy.is_hit(&[0.0, 2.0, 1.0], &1_i32), Some(true));
        assert_eq!(SoftmaxCrossEntropy.is_hit(&[0.0, 2.0, 1.0], &2_i32), Some(false));
        assert_eq!(SoftmaxCrossEntropy.is_hit(&[0.0, 2.0, 1.0], &-1_i32), Some(false));
    }

    #[test]
    #[should_panic(expected = "a target is class 3, but the classes are 0 to 2")]
    fn a_class_beyond_the_outputs_panics() {
        SoftmaxCrossEntropy.evaluate(&[0.0; 3], &3_u8, &mut [0.0; 3]);
    }
}
