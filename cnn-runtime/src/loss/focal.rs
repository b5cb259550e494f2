//! Cross-entropies that look away from what is easy.

use super::Loss;
use super::class::{Class, check, index_among};
use crate::metrics::argmax;
use crate::volume::Sample;

/// Focal loss of the softmax of the outputs: `-(1 - p_y)^gamma ln p_y` with `p = softmax(s)`, where `s` are the
/// network's outputs (logits: the network ends without `softmax`) and `y` the class of the sample (Lin et al., *Focal
/// loss for dense object detection*, 2017). A sample that is right already hardly counts; with a `gamma` of 0, the
/// cross-entropy.
///
/// Its gradient is `(1 - p_y)^gamma (1 - gamma p_y ln p_y / (1 - p_y)) (p - onehot(y))`.
///
/// # Panics
/// If a target is not one of the classes `0..N`.
///
/// ```
/// use cnn_runtime::{Focal, Loss};
///
/// let mut d_output = [0.0; 2];
/// let loss = Focal::new(2.0).evaluate(&[0.0, 0.0], &1, &mut d_output);
/// assert!((loss - 0.25 * 2.0_f32.ln()).abs() < 1e-7);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Focal {
    gamma: f32,
}

impl Focal {
    /// The power `gamma`: 2 in the paper.
    ///
    /// # Panics
    /// If `gamma` is below zero.
    pub const fn new(gamma: f32) -> Self {
        assert!(gamma >= 0.0, "the gamma of the focal loss is at least zero");
        Self { gamma }
    }
}

impl<const N: usize, T: Class> Loss<[f32; N], T> for Focal {
    fn evaluate(&self, output: &[f32; N], target: &T, d_output: &mut [f32; N]) -> f32 {
        let class = index_among(*target, N);
        let gamma = f64::from(self.gamma);
        let max = f64::from(output.iter().copied().fold(f32::NEG_INFINITY, f32::max));
        let power = |score: f32| (f64::from(score) - max).exp();
        let wrong = output.iter().enumerate().filter(|(i, _)| *i != class);
        let others: f64 = wrong.map(|(_, &score)| power(score)).sum();
        let sum = others + power(output[class]);
        // The chance of the right class, of any other (not as a difference, which would cancel), and -ln of the first.
        let (right, miss) = (power(output[class]) / sum, others / sum);
        let behind = f64::from(output[class]) - max;
        let surprise = if behind == 0.0 { others.ln_1p() } else { sum.ln() - behind };
        let weight = miss.powf(gamma);
        // Where the miss vanishes, the surprise does so with it.
        let ratio = if miss == 0.0 { 1.0 } else { surprise / miss };
        let scale = weight * (1.0 + gamma * right * ratio);
        for (&score, d) in output.iter().zip(d_output.iter_mut()) {
            *d = (scale * power(score) / sum) as f32;
        }
        d_output[class] = (-scale * miss) as f32;
        (weight * surprise) as f32
    }

    fn is_hit(&self, output: &[f32; N], target: &T) -> Option<bool> {
        Some(target.index() == Some(argmax(output)))
    }

    fn check(&self, target: &T) -> Result<(), String> {
        check(*target, N).map(drop)
    }
}

/// Focal loss of the sigmoid of the outputs, each a question of its own: `mean over i of a_i (1 - q_i)^gamma c_i`.
/// `c_i` is the binary cross-entropy of output `o_i` (a logit) and target `t_i`, between 0 and 1;
/// `q_i = t_i p_i + (1 - t_i)(1 - p_i)` with `p_i = 1 / (1 + exp(-o_i))`; `a_i = alpha t_i + (1 - alpha)(1 - t_i)`, or
/// 1 without an alpha (Lin et al., 2017).
///
/// torchvision's `sigmoid_focal_loss` with `reduction="mean"`, whose alpha is 0.25 unless it is given. A sample is a
/// hit when every output lies on its target's side.
///
/// ```
/// use cnn_runtime::{BinaryFocal, Loss};
///
/// let focal = BinaryFocal::new(2.0).alpha(0.25);
/// let loss = focal.evaluate(&[0.0], &[1.0], &mut [0.0]);
/// assert!((loss - 0.25 * 0.25 * 2.0_f32.ln()).abs() < 1e-7);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BinaryFocal {
    gamma: f32,
    alpha: Option<f32>,
}

impl BinaryFocal {
    /// The power `gamma`: 2 in the paper.
    ///
    /// # Panics
    /// If `gamma` is below zero.
    pub const fn new(gamma: f32) -> Self {
        Self { gamma: Focal::new(gamma).gamma, alpha: None }
    }

    /// The weight of targets of 1, where targets of 0 weigh `1 - alpha`: 0.25 in the paper.
    ///
    /// # Panics
    /// If `alpha` is not between 0 and 1.
    pub const fn alpha(self, alpha: f32) -> Self {
        assert!(alpha >= 0.0 && alpha <= 1.0, "the alpha of the focal loss is 0 to 1");
        Self { alpha: Some(alpha), ..self }
    }
}

impl<O: Sample> Loss<O, O> for BinaryFocal {
    fn evaluate(&self, output: &O, target: &O, d_output: &mut O) -> f32 {
        let (output, target, d_output) = (output.flat(), target.flat(), d_output.flat_mut());
        let gamma = f64::from(self.gamma);
        let elements = output.len() as f64;
        let mut sum = 0.0;
        for ((&o, &t), d) in output.iter().zip(target).zip(d_output) {
            let (o, t) = (f64::from(o), f64::from(t));
            let alpha = self.alpha.map_or(1.0, |alpha| f64::from(alpha) * t + (1.0 - f64::from(alpha)) * (1.0 - t));
            let e = (-o.abs()).exp();
            let (large, small) = (1.0 / (1.0 + e), e / (1.0 + e));
            let (p, rest) = if o >= 0.0 { (large, small) } else { (small, large) };
            let cost = (if o >= 0.0 { o * (1.0 - t) } else { -o * t }) + e.ln_1p();
            let miss = p * (1.0 - t) + rest * t;
            let weight = alpha * miss.powf(gamma);
            sum += weight * cost;
            // d miss / d o = p (1 - p) (1 - 2 t); both p (1 - p) and the cost vanish with the miss.
            let ratio = if miss == 0.0 { 0.0 } else { p * rest / miss };
            let difference = (1.0 - t) * p - t * rest;
            *d = (weight * (difference + gamma * ratio * (1.0 - 2.0 * t) * cost) / elements) as f32;
        }
        (sum / elements) as f32
    }

    fn is_hit(&self, output: &O, target: &O) -> Option<bool> {
        super::BinaryCrossEntropyWithLogits.is_hit(output, target)
    }

    fn check(&self, target: &O) -> Result<(), String> {
        super::BinaryCrossEntropyWithLogits.check(target)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{BinaryCrossEntropyWithLogits, SoftmaxCrossEntropy, gradient_check};
    use super::*;

    #[test]
    fn classes_agree_with_float64() {
        let outputs = [[0.0; 4], [1.0, -2.0, 0.5, 3.0], [3.0, 1.0, -4.0, 2.5], [9.0, 5.0, 5.0, 4.0]];
        for (output, gamma) in outputs.iter().flat_map(|o| [0.0_f32, 0.5, 1.0, 2.0, 5.0].map(|gamma| (o, gamma))) {
            for class in 0..4_usize {
                gradient_check::check(&Focal::new(gamma), output, &class, |s| {
                    let sum: f64 = s.iter().map(|s| s.exp()).sum();
                    let p = s[class].exp() / sum;
                    -(1.0 - p).powf(gamma.into()) * p.ln()
                });
            }
        }
    }

    #[test]
    fn elements_agree_with_float64() {
        let output = [0.0, 3.0, -3.0, 7.0, -6.0, 0.5];
        for target in [[0.0; 6], [1.0; 6], [0.25, 1.0, 0.0, 0.9, 0.1, 0.5]] {
            for (gamma, alpha) in [(0.0_f32, None), (2.0, Some(0.25_f32)), (0.5, Some(0.9)), (3.0, None)] {
                let loss = BinaryFocal { alpha, ..BinaryFocal::new(gamma) };
                gradient_check::check(&loss, &output, &target, |o| {
                    let cost = |(&o, &t): (&f64, &f32)| {
                        let (t, p) = (f64::from(t), 1.0 / (1.0 + (-o).exp()));
                        let entropy = -t * p.ln() - (1.0 - t) * (-p).ln_1p();
                        let alpha = alpha.map_or(1.0, |a| f64::from(a) * t + (1.0 - f64::from(a)) * (1.0 - t));
                        alpha * (1.0 - p * t - (1.0 - p) * (1.0 - t)).powf(gamma.into()) * entropy
                    };
                    o.iter().zip(&target).map(cost).sum::<f64>() / 6.0
                });
            }
        }
    }

    #[test]
    fn without_gamma_they_are_cross_entropies() {
        let (output, mut d, mut expected) = ([2.0, -1.0, 0.5], [0.0; 3], [0.0; 3]);
        let loss = Focal::new(0.0).evaluate(&output, &1, &mut d);
        assert!((loss - SoftmaxCrossEntropy.evaluate(&output, &1, &mut expected)).abs() < 1e-6);
        assert!(d.iter().zip(expected).all(|(d, e)| (d - e).abs() < 1e-6));
        let loss = BinaryFocal::new(0.0).evaluate(&output, &[0.0, 1.0, 0.5], &mut d);
        let entropy = BinaryCrossEntropyWithLogits.evaluate(&output, &[0.0, 1.0, 0.5], &mut expected);
        assert!((loss - entropy).abs() < 1e-6);
        assert!(d.iter().zip(expected).all(|(d, e)| (d - e).abs() < 1e-6));
    }

    #[test]
    fn large_logits_cost_nothing_or_all() {
        for gamma in [0.0, 0.5, 2.0] {
            let mut d = [0.0; 2];
            assert_eq!(Focal::new(gamma).evaluate(&[1e4, -1e4], &0, &mut d), 0.0);
            assert_eq!(d, [0.0; 2]);
            assert_eq!(Focal::new(gamma).evaluate(&[1e4, -1e4], &1, &mut d), 2e4);
            assert_eq!(BinaryFocal::new(gamma).evaluate(&[1e4, -1e4], &[1.0, 0.0], &mut d), 0.0);
            assert_eq!(d, [0.0; 2]);
            assert_eq!(BinaryFocal::new(gamma).evaluate(&[1e4, -1e4], &[0.0, 1.0], &mut d), 1e4);
            assert!(Focal::new(gamma).evaluate(&[0.0, f32::NAN], &0, &mut d).is_nan());
            assert!(BinaryFocal::new(gamma).evaluate(&[0.0, f32::NAN], &[0.0; 2], &mut d).is_nan());
        }
    }
}
