//! The loss of a multiclass support vector machine.

use super::Loss;
use super::class::{Class, check, index_among};
use crate::metrics::argmax;

/// Multiclass hinge loss: `sum over j != y of max(0, s_j - s_y + margin)` (Weston and Watkins, 1999; CS231n, lecture
/// 3).
///
/// Every score that is not below that of the right class `y` by the margin costs. The gradient is 1 for each such score
/// and minus their number for the right one; where a score is exactly a margin below, it is 0. PyTorch's
/// `MultiMarginLoss` is this divided by the number of classes.
///
/// # Panics
/// If a target is not one of the classes `0..N`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MulticlassHinge {
    /// By how much the right class is to win. 1 by default.
    pub margin: f32,
}

impl MulticlassHinge {
    /// A margin of 1.
    pub const fn new() -> Self {
        Self { margin: 1.0 }
    }
}

impl Default for MulticlassHinge {
    fn default() -> Self {
        Self::new()
    }
}

impl<const N: usize, T: Class> Loss<[f32; N], T> for MulticlassHinge {
    fn evaluate(&self, output: &[f32; N], target: &T, d_output: &mut [f32; N]) -> f32 {
        let class = index_among(*target, N);
        let (mut loss, mut violations) = (0.0, 0.0);
        for (i, (&score, d)) in output.iter().zip(d_output.iter_mut()).enumerate() {
            let excess = score - output[class] + self.margin;
            *d = 0.0;
            // A score that is not a number counts, and makes the loss one that is not.
            if i != class && (excess > 0.0 || excess.is_nan()) {
                loss += f64::from(excess);
                violations += 1.0;
                *d = 1.0;
            }
        }
        d_output[class] = -violations;
        loss as f32
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
        for margin in [1.0, 0.5, 10.0] {
            for output in [[1.0, -2.0, 0.4, 3.0, 0.3], [1e4, -1e4, 3.0, 1e4, 0.0], [0.0; 5]] {
                for class in 0..5_usize {
                    gradient_check::check(&MulticlassHinge { margin }, &output, &class, |s| {
                        let cost = |j: usize| (s[j] - s[class] + f64::from(margin)).max(0.0);
                        (0..5).filter(|&j| j != class).map(cost).sum()
                    });
                }
            }
        }
    }

    /// The cat, car and frog of CS231n, lecture 3.
    #[test]
    fn the_example_of_the_course() {
        let loss = |scores: [f32; 3], class: usize| MulticlassHinge::new().evaluate(&scores, &class, &mut [0.0; 3]);
        let losses = [loss([3.2, 5.1, -1.7], 0), loss([1.3, 4.9, 2.0], 1), loss([2.2, 2.5, -3.1], 2)];
        for (found, expected) in losses.into_iter().zip([2.9, 0.0, 12.9]) {
            assert!((found - expected).abs() < 1e-5, "{losses:?}");
        }
    }

    #[test]
    fn what_is_not_a_number_stays_visible() {
        assert!(MulticlassHinge::new().evaluate(&[0.0, f32::NAN, 1.0], &0, &mut [0.0; 3]).is_nan());
        assert!(MulticlassHinge::new().evaluate(&[0.0, f32::NAN, 1.0], &1, &mut [0.0; 3]).is_nan());
    }
}
