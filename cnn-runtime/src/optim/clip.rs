//! Limits on gradients.

use super::parts::sum_of_parts;
use crate::simd::dispatch;

/// A limit on gradients, applied before the optimiser sees them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Clip {
    /// All gradients together are scaled down to this length (square root of the sum of squares) if they are longer;
    /// their direction stays (Pascanu et al., 2013). PyTorch's `clip_grad_norm_`.
    Norm(f32),
    /// Every gradient for itself is brought into `-limit..=limit`. PyTorch's `clip_grad_value_`.
    Value(f32),
}

impl Clip {
    /// Applies the limit. What is not a number stays so.
    ///
    /// # Panics
    /// If the limit is not at least zero.
    #[track_caller]
    pub fn apply(self, gradients: &mut [f32]) {
        self.check();
        match self {
            Self::Norm(limit) => {
                // The 1e-6 is PyTorch's; it keeps a limit of zero from dividing by zero.
                let scale = f64::from(limit) / (norm(gradients) + 1e-6);
                if scale < 1.0 {
                    let scale = scale as f32;
                    dispatch!(_simd => scale_all(gradients, scale));
                }
            }
            Self::Value(limit) => dispatch!(_simd => clamp_all(gradients, limit)),
        }
    }
}

impl Clip {
    /// Whether it can be applied.
    #[track_caller]
    pub(crate) fn check(self) {
        let (Self::Norm(limit) | Self::Value(limit)) = self;
        assert!(limit >= 0.0, "a limit on gradients is at least zero, found {self:?}");
    }
}

/// The length of all gradients together: the square root of the sum of their squares.
pub(crate) fn norm(gradients: &[f32]) -> f64 {
    sum_of_parts(gradients, &|piece| dispatch!(_simd => sum_of_squares(piece))).sqrt()
}

/// In float64, where no square of a float32 overflows or vanishes, and in as many sums as a vector has lanes.
#[inline(always)]
fn sum_of_squares(x: &[f32]) -> f64 {
    let mut sums = [0.0; 16];
    let (vectors, rest) = x.as_chunks::<16>();
    for vector in vectors {
        for (sum, &x) in sums.iter_mut().zip(vector) {
            *sum += f64::from(x) * f64::from(x);
        }
    }
    for (sum, &x) in sums.iter_mut().zip(rest) {
        *sum += f64::from(x) * f64::from(x);
    }
    sums.iter().sum()
}

#[inline(always)]
fn scale_all(x: &mut [f32], scale: f32) {
    x.iter_mut().for_each(|x| *x *= scale);
}

#[inline(always)]
fn clamp_all(x: &mut [f32], limit: f32) {
    for x in x {
        // Comparisons, which are false for what is not a number, where min and max would hide it.
        *x = if *x > limit { limit } else { *x };
        *x = if *x < -limit { -limit } else { *x };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_norm_scales_all_and_only_down() {
        let mut gradients = [3.0, -4.0, 0.0];
        Clip::Norm(10.0).apply(&mut gradients);
        assert_eq!(gradients, [3.0, -4.0, 0.0]);
        Clip::Norm(1.0).apply(&mut gradients);
        assert!((gradients[0] - 0.6).abs() < 1e-6 && (gradients[1] + 0.8).abs() < 1e-6, "{gradients:?}");
        Clip::Norm(0.0).apply(&mut gradients);
        assert_eq!(gradients, [0.0, -0.0, 0.0]);
    }

    #[test]
    #[should_panic(expected = "a limit on gradients is at least zero, found Value(-1.0)")]
    fn a_limit_below_zero_is_refused() {
        Clip::Value(-1.0).apply(&mut [0.5]);
    }

    #[test]
    fn a_norm_is_exact_for_any_size_and_number_of_threads() {
        let x: Vec<f32> = (0..300_001).map(|i| (i as f32 * 0.37).sin() * 1e25).collect();
        let expected = x.iter().map(|&x| f64::from(x).powi(2)).sum::<f64>().sqrt();
        let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        let norms = [1, 2, 5].map(|threads| pool(threads).install(|| norm(&x)));
        assert_eq!(norms[0].to_bits(), norms[1].to_bits());
        assert_eq!(norms[0].to_bits(), norms[2].to_bits());
        assert!((norms[0] / expected - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_value_limits_each_for_itself() {
        let mut gradients = [3.0, -4.0, 0.5, f32::NAN, f32::NEG_INFINITY];
        Clip::Value(1.0).apply(&mut gradients);
        assert_eq!(gradients[..3], [1.0, -1.0, 0.5]);
        assert!(gradients[3].is_nan() && gradients[4] == -1.0);
    }
}
