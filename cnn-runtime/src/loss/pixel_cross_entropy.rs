//! Softmax and cross-entropy at every pixel of a map.

use super::Loss;
use super::class::{Class, check, index_among};
use super::cross_entropy::of_powers;
use crate::simd::{dispatch, math};
use crate::volume::{Sample, Volume};

/// Cross-entropy of the softmax of every pixel's outputs, for segmentation: `mean over pixels of -ln p_y` with
/// `p = softmax(s)`, where `s` are the C outputs of the pixel (logits: the network ends without `softmax`) and `y` is
/// its class. The target is a map of classes, `[[u8; W]; H]` or of another integer type. The steps of a sequence are
/// such pixels too: an output of `Tx1xC` has the target `[[u16; 1]; T]`.
///
/// Pixels of a class that is [ignored](Self::ignore) do not count; a sample without any other has a loss of 0 (PyTorch
/// divides by zero). The gradient is `(p - onehot(y)) / counted pixels`. PyTorch's `CrossEntropyLoss` of one sample of
/// `[1, C, H, W]`; of a batch PyTorch takes the mean over all pixels, here it is the mean of the samples' means.
///
/// # Panics
/// If a target is not one of the classes `0..C`, nor the one that is ignored.
///
/// ```
/// use cnn_runtime::{Loss, PixelCrossEntropy, Volume};
///
/// let output: Volume<1, 3, 2> = [[[0.0, 0.0], [9.0, 9.0], [-5.0, 5.0]]];
/// let mut d_output = [[[0.0; 2]; 3]; 1];
/// let loss = PixelCrossEntropy::new().ignore(255).evaluate(&output, &[[0_u8, 1, 255]], &mut d_output);
/// assert!((loss - 2.0_f32.ln()).abs() < 1e-6);
/// assert_eq!(d_output, [[[-0.25, 0.25], [0.25, -0.25], [0.0, 0.0]]]);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PixelCrossEntropy {
    ignored: Option<i64>,
}

impl PixelCrossEntropy {
    /// The loss over all pixels.
    pub const fn new() -> Self {
        Self { ignored: None }
    }

    /// Pixels of this class do not count: 255 in many data sets, -100 by PyTorch's default.
    pub const fn ignore(self, class: i64) -> Self {
        Self { ignored: Some(class) }
    }

    fn counts(self, class: impl Class) -> bool {
        self.ignored.is_none_or(|ignored| class.number() != i128::from(ignored))
    }
}

impl<const H: usize, const W: usize, const C: usize, T: Class> Loss<Volume<H, W, C>, [[T; W]; H]>
    for PixelCrossEntropy
{
    fn evaluate(&self, output: &Volume<H, W, C>, target: &[[T; W]; H], d_output: &mut Volume<H, W, C>) -> f32 {
        let counted = target.as_flattened().iter().filter(|class| self.counts(**class)).count();
        let scale = 1.0 / counted as f64;
        for (scores, d) in output.as_flattened().iter().zip(d_output.as_flattened_mut()) {
            let max = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            d.iter_mut().zip(scores).for_each(|(d, score)| *d = score - max);
        }
        // All pixels' powers at once: one by one, they would be most of the work.
        dispatch!(simd => math::exp_of_all(simd, d_output.flat_mut()));
        let mut sum = 0.0;
        let pixels = output.as_flattened().iter().zip(target.as_flattened()).zip(d_output.as_flattened_mut());
        for ((scores, class), powers) in pixels {
            if self.counts(*class) {
                sum += of_powers(scores, index_among(*class, C), powers, scale);
            } else {
                *powers = [0.0; C];
            }
        }
        if counted == 0 { 0.0 } else { (sum * scale) as f32 }
    }

    fn check(&self, target: &[[T; W]; H]) -> Result<(), String> {
        let counted = target.as_flattened().iter().filter(|class| self.counts(**class));
        counted.into_iter().try_for_each(|class| check(*class, C).map(drop))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{SoftmaxCrossEntropy, gradient_check};
    use super::*;
    use crate::testing::{Random, for_each_isa};

    #[test]
    fn loss_and_gradient_agree_with_float64() {
        for_each_isa(|_| {
            let mut random = Random::new(1);
            for size in [1.0, 10.0] {
                let mut output: Volume<3, 4, 5> = [[[0.0; 5]; 4]; 3];
                output.flat_mut().iter_mut().for_each(|x| *x = size * random.next());
                let target: [[u8; 4]; 3] = [[0, 1, 2, 3], [4, 255, 2, 1], [0, 255, 255, 4]];
                gradient_check::check(&PixelCrossEntropy::new().ignore(255), &output, &target, |s| {
                    let counted = s.chunks(5).zip(target.as_flattened()).filter(|(_, class)| **class != 255);
                    let costs =
                        counted.map(|(s, class)| s.iter().map(|s| s.exp()).sum::<f64>().ln() - s[usize::from(*class)]);
                    costs.sum::<f64>() / 9.0
                });
            }
        });
    }

    #[test]
    fn a_map_of_one_pixel_is_a_vector() {
        let scores = [1.0, -2.0, 0.5, 30.0];
        let (mut d, mut expected) = ([[[0.0; 4]]], [0.0; 4]);
        for class in 0..4_i64 {
            let loss = PixelCrossEntropy::new().evaluate(&[[scores]], &[[class]], &mut d);
            let alone = SoftmaxCrossEntropy.evaluate(&scores, &class, &mut expected);
            assert!((loss - alone).abs() <= 1e-6 * alone, "{loss} {alone}");
            assert!(d[0][0].iter().zip(&expected).all(|(d, e)| (d - e).abs() <= 1e-6 * e.abs()), "{d:?} {expected:?}");
        }
    }

    #[test]
    fn nothing_that_counts_costs_nothing() {
        let mut d = [[[f32::NAN; 2]; 2]; 1];
        let loss = PixelCrossEntropy::new().ignore(-1).evaluate(&[[[1.0, 2.0], [3.0, 4.0]]], &[[-1, -1]], &mut d);
        assert_eq!((loss, d), (0.0, [[[0.0; 2]; 2]; 1]));
    }

    #[test]
    fn maps_of_classes_are_checked() {
        let check = |loss: PixelCrossEntropy, target: [[u8; 2]; 1]| {
            <PixelCrossEntropy as Loss<Volume<1, 2, 3>, _>>::check(&loss, &target)
        };
        assert!(check(PixelCrossEntropy::new(), [[0, 2]]).is_ok());
        assert!(check(PixelCrossEntropy::new().ignore(255), [[0, 255]]).is_ok());
        assert!(check(PixelCrossEntropy::new(), [[0, 255]]).unwrap_err().starts_with("class 255,"));
    }

    #[test]
    fn what_is_not_a_number_stays_visible() {
        let mut d = [[[0.0; 2]; 1]; 1];
        assert!(PixelCrossEntropy::new().evaluate(&[[[f32::NAN, 0.0]]], &[[0_u8]], &mut d).is_nan());
        assert!(PixelCrossEntropy::new().evaluate(&[[[f32::NAN, 0.0]]], &[[1_u8]], &mut d).is_nan());
    }
}
