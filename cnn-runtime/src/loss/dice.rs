//! Overlap of maps, for segmentation of what is small.

use super::Loss;
use super::class::{Class, check, index_among};
use crate::volume::Volume;

/// Soft Dice loss: `1 - mean over channels of (2 sum p t + smooth) / (sum p + sum t + smooth)`, where `p` are the
/// network's outputs, probabilities (it ends in `sigmoid`, or in `softmax` over channels), `t` the targets between 0
/// and 1, and the sums go over the pixels of one channel (Sudre et al., *Generalised Dice overlap*, 2017). However few
/// pixels an object has, to miss it costs as much as to miss a large one.
///
/// The target is a volume like the output, or a map of classes `[[u8; W]; H]` (or of another integer type), of which
/// each stands for a channel of zeros and ones. With [`squared`](Self::squared), the sums below are of squares
/// (Milletari et al., *V-Net*, 2016). The gradient is `-(2 t_i - D) / (sum p + sum t + smooth) / channels`, D being the
/// channel's quotient (with squares, `2 p_i D` in the place of `D`).
///
/// # Panics
/// If the target is a map, and one of its classes is not among `0..C`.
///
/// ```
/// use cnn_runtime::{Dice, Loss, Volume};
///
/// let output: Volume<1, 2, 2> = [[[1.0, 0.0], [0.0, 1.0]]];
/// let mut d_output = [[[0.0; 2]; 2]; 1];
/// assert_eq!(Dice::new().evaluate(&output, &[[0_u8, 1]], &mut d_output), 0.0);
/// assert_eq!(Dice::new().smooth(0.0).evaluate(&output, &[[1_u8, 0]], &mut d_output), 1.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dice {
    smooth: f32,
    squared: bool,
}

impl Dice {
    /// The loss with a `smooth` of 1.
    pub const fn new() -> Self {
        Self { smooth: 1.0, squared: false }
    }

    /// What is added above and below, so that a channel that is empty on both sides counts as found. Without it (0),
    /// such a channel counts as found too, and has no gradient.
    ///
    /// # Panics
    /// If it is below zero.
    pub const fn smooth(self, smooth: f32) -> Self {
        assert!(smooth >= 0.0, "the smooth of the Dice loss is at least zero");
        Self { smooth, ..self }
    }

    /// Sums squares below the line.
    pub const fn squared(self) -> Self {
        Self { squared: true, ..self }
    }

    /// `target(pixel, channel)` is a number between 0 and 1.
    fn of<const C: usize>(
        self,
        output: &[[f32; C]],
        target: impl Fn(usize, usize) -> f32,
        d_output: &mut [[f32; C]],
    ) -> f32 {
        let mut sums = [[0.0_f64; 2]; C];
        let power = |x: f64| if self.squared { x * x } else { x };
        for (i, pixel) in output.iter().enumerate() {
            for (c, (&p, [overlap, whole])) in pixel.iter().zip(&mut sums).enumerate() {
                let (p, t) = (f64::from(p), f64::from(target(i, c)));
                *overlap += p * t;
                *whole += power(p) + power(t);
            }
        }
        // Of each channel, the quotient and what it is divided by.
        let smooth = f64::from(self.smooth);
        let quotients = sums.map(|[overlap, whole]| match whole + smooth {
            0.0 => [1.0, f64::INFINITY],
            below => [(2.0 * overlap + smooth) / below, below],
        });
        for (i, (pixel, d)) in output.iter().zip(d_output).enumerate() {
            for (c, ((&p, d), [quotient, below])) in pixel.iter().zip(d).zip(quotients).enumerate() {
                let slope = if self.squared { 2.0 * f64::from(p) } else { 1.0 };
                *d = ((slope * quotient - 2.0 * f64::from(target(i, c))) / below / C as f64) as f32;
            }
        }
        (1.0 - quotients.iter().map(|[quotient, _]| quotient).sum::<f64>() / C as f64) as f32
    }
}

impl Default for Dice {
    fn default() -> Self {
        Self::new()
    }
}

impl<const H: usize, const W: usize, const C: usize> Loss<Volume<H, W, C>, Volume<H, W, C>> for Dice {
    fn evaluate(&self, output: &Volume<H, W, C>, target: &Volume<H, W, C>, d_output: &mut Volume<H, W, C>) -> f32 {
        let target = target.as_flattened();
        self.of(output.as_flattened(), |pixel, channel| target[pixel][channel], d_output.as_flattened_mut())
    }

    fn check(&self, target: &Volume<H, W, C>) -> Result<(), String> {
        match target.as_flattened().as_flattened().iter().find(|t| !(0.0..=1.0).contains(*t)) {
            Some(outside) => Err(format!("{outside}, but the targets of a Dice loss are 0 to 1")),
            None => Ok(()),
        }
    }
}

impl<const H: usize, const W: usize, const C: usize, T: Class> Loss<Volume<H, W, C>, [[T; W]; H]> for Dice {
    fn evaluate(&self, output: &Volume<H, W, C>, target: &[[T; W]; H], d_output: &mut Volume<H, W, C>) -> f32 {
        let target = target.as_flattened();
        let is_it = |pixel: usize, channel| f32::from(index_among(target[pixel], C) == channel);
        self.of(output.as_flattened(), is_it, d_output.as_flattened_mut())
    }

    fn check(&self, target: &[[T; W]; H]) -> Result<(), String> {
        target.as_flattened().iter().try_for_each(|class| check(*class, C).map(drop))
    }
}

#[cfg(test)]
mod tests {
    use super::super::gradient_check;
    use super::*;

    const OUTPUT: Volume<2, 2, 3> = [[[0.2, 0.7, 0.1], [0.9, 0.05, 0.05]], [[0.3, 0.3, 0.4], [0.25, 0.5, 0.25]]];
    const SOFT: Volume<2, 2, 3> = [[[0.0, 1.0, 0.0], [0.9, 0.1, 0.0]], [[0.2, 0.3, 0.0], [0.0, 1.0, 0.0]]];
    const CLASSES: [[u8; 2]; 2] = [[1, 0], [0, 1]];

    fn reference(p: &[f64], t: impl Fn(usize) -> f64, smooth: f64, power: i32) -> f64 {
        let quotient = |c: usize| {
            let sum = |f: &dyn Fn(usize) -> f64| (c..p.len()).step_by(3).map(f).sum::<f64>();
            let whole = sum(&|i| p[i].powi(power)) + sum(&|i| t(i).powi(power));
            (2.0 * sum(&|i| p[i] * t(i)) + smooth) / (whole + smooth)
        };
        1.0 - (0..3).map(quotient).sum::<f64>() / 3.0
    }

    #[test]
    fn loss_and_gradient_agree_with_float64() {
        for (dice, power) in [(Dice::new(), 1), (Dice::new().squared(), 2)] {
            for smooth in [0.0_f32, 1.0, 1e-5] {
                let dice = dice.smooth(smooth);
                gradient_check::check(&dice, &OUTPUT, &SOFT, |p| {
                    let t = |i: usize| f64::from(SOFT.as_flattened().as_flattened()[i]);
                    reference(p, t, smooth.into(), power)
                });
                gradient_check::check(&dice, &OUTPUT, &CLASSES, |p| {
                    let t = |i: usize| f64::from(u8::from(usize::from(CLASSES.as_flattened()[i / 3]) == i % 3));
                    reference(p, t, smooth.into(), power)
                });
            }
        }
    }

    #[test]
    fn a_channel_that_is_empty_counts_as_found() {
        for smooth in [0.0, 1.0] {
            let mut d = [[[f32::NAN; 1]; 2]; 1];
            let dice = Dice::new().smooth(smooth);
            assert_eq!(dice.evaluate(&[[[0.0], [0.0]]], &[[[0.0], [0.0]]], &mut d), 0.0);
            assert_eq!(d, [[[smooth]; 2]]);
        }
    }

    #[test]
    fn targets_are_checked() {
        assert!(<Dice as Loss<Volume<1, 1, 2>, _>>::check(&Dice::new(), &[[[0.5, 1.0]]]).is_ok());
        assert!(<Dice as Loss<Volume<1, 1, 2>, _>>::check(&Dice::new(), &[[[0.5, 1.5]]]).is_err());
        let problem = <Dice as Loss<Volume<1, 1, 2>, _>>::check(&Dice::new(), &[[2_u8]]).unwrap_err();
        assert!(problem.starts_with("class 2,"), "{problem}");
    }
}
