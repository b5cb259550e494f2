//! Sigmoid and cross-entropy in one, each output a question of its own.

use super::Loss;
use crate::volume::Sample;

/// Binary cross-entropy of the sigmoid of the outputs: `mean over i of -(t_i ln p_i + (1 - t_i) ln(1 - p_i))` with
/// `p_i = 1 / (1 + exp(-o_i))`, where `o` are the network's outputs (logits: the network ends without `sigmoid`) and
/// the targets `t` lie between 0 and 1.
///
/// Its gradient is `(p_i - t_i) / elements`. A sample is a hit when every output lies on its target's side: above 0
/// where the target is above one half. PyTorch's `BCEWithLogitsLoss`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BinaryCrossEntropyWithLogits;

impl<O: Sample> Loss<O, O> for BinaryCrossEntropyWithLogits {
    fn evaluate(&self, output: &O, target: &O, d_output: &mut O) -> f32 {
        let (output, target, d_output) = (output.flat(), target.flat(), d_output.flat_mut());
        let elements = output.len() as f64;
        let scale = (1.0 / elements) as f32;
        let mut sum = 0.0;
        for ((&o, &t), d) in output.iter().zip(target).zip(d_output) {
            // With e = exp(-|o|), which never overflows, p is 1 / (1 + e) or e / (1 + e), and the loss is
            // max(o, 0) - o t + ln(1 + e). Either form of p - t is free of cancellation where the answer is right.
            let e = (-o.abs()).exp();
            let surprise = if o >= 0.0 { o * (1.0 - t) } else { -o * t };
            sum += f64::from(surprise) + f64::from(e.ln_1p());
            let difference = if o >= 0.0 { (1.0 - t) - e / (1.0 + e) } else { e / (1.0 + e) - t };
            *d = scale * difference;
        }
        (sum / elements) as f32
    }

    fn is_hit(&self, output: &O, target: &O) -> Option<bool> {
        Some(output.flat().iter().zip(target.flat()).all(|(&o, &t)| (o > 0.0) == (t > 0.5)))
    }

    fn check(&self, target: &O) -> Result<(), String> {
        match target.flat().iter().find(|t| !(0.0..=1.0).contains(*t)) {
            Some(outside) => Err(format!("{outside}, but the targets of a binary cross-entropy are 0 to 1")),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::gradient_check;
    use super::*;

    #[test]
    fn loss_and_gradient_agree_with_float64() {
        let output = [0.0, 3.0, -3.0, 30.0, -30.0, 0.5];
        for target in [[0.0; 6], [1.0; 6], [0.25, 1.0, 0.0, 0.9, 0.1, 0.5]] {
            gradient_check::check(&BinaryCrossEntropyWithLogits, &output, &target, |o| {
                let cost = |(&o, &t): (&f64, &f32)| o.max(0.0) - o * f64::from(t) + (-o.abs()).exp().ln_1p();
                o.iter().zip(&target).map(cost).sum::<f64>() / 6.0
            });
        }
    }

    #[test]
    fn large_logits_are_exact() {
        let mut d = [0.0; 2];
        assert_eq!(BinaryCrossEntropyWithLogits.evaluate(&[1e4, -1e4], &[1.0, 0.0], &mut d), 0.0);
        assert_eq!(d, [0.0; 2]);
        assert_eq!(BinaryCrossEntropyWithLogits.evaluate(&[1e4, -1e4], &[0.0, 1.0], &mut d), 1e4);
        assert_eq!(d, [0.5, -0.5]);
        assert!(BinaryCrossEntropyWithLogits.evaluate(&[f32::NAN], &[0.0], &mut [0.0]).is_nan());
    }

    #[test]
    fn hits_and_targets_are_judged_element_by_element() {
        let loss = BinaryCrossEntropyWithLogits;
        assert_eq!(loss.is_hit(&[2.0, -1.0], &[1.0, 0.0]), Some(true));
        assert_eq!(loss.is_hit(&[2.0, 1.0], &[1.0, 0.0]), Some(false));
        assert!(loss.check(&[0.0, 1.0, 0.5]).is_ok());
        assert!(loss.check(&[0.0, 1.5]).unwrap_err().starts_with("1.5,"));
        assert!(loss.check(&[f32::NAN]).is_err());
    }
}
