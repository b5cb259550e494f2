//! Squares near the target, absolute differences far from it.

use super::Loss;
use crate::volume::Sample;

/// Huber's loss: `mean over i of e_i^2 / 2` where the error `e_i = o_i - t_i` is at most `delta`,
/// `delta (|e_i| - delta / 2)` where it is larger (Huber, *Robust estimation of a location parameter*, 1964). One
/// outlier does not outweigh the rest.
///
/// Its gradient is `e_i / elements`, brought into `-delta..=delta` first. PyTorch's `HuberLoss`.
///
/// ```
/// use cnn_runtime::{Huber, Loss};
///
/// let mut d_output = [0.0; 2];
/// let loss = Huber::new(1.0).evaluate(&[0.5, 3.0], &[0.0, 0.0], &mut d_output);
/// assert_eq!(loss, (0.125 + 2.5) / 2.0);
/// assert_eq!(d_output, [0.25, 0.5]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Huber {
    delta: f32,
}

impl Huber {
    /// Errors up to `delta` are squared: 1 is usual.
    ///
    /// # Panics
    /// If `delta` is not above zero.
    pub const fn new(delta: f32) -> Self {
        assert!(delta > 0.0, "the delta of Huber's loss is above zero");
        Self { delta }
    }
}

/// `mean over i of e_i^2 / (2 beta)` where the error `e_i = o_i - t_i` is below `beta`, `|e_i| - beta / 2` where it is
/// not (Girshick, *Fast R-CNN*, 2015): [`Huber`] divided by its delta. With a `beta` of 0, the mean of absolute errors.
///
/// Its gradient is `e_i / beta / elements`, brought into `-1 / elements..=1 / elements` first. PyTorch's
/// `SmoothL1Loss`.
///
/// ```
/// use cnn_runtime::{Loss, SmoothL1};
///
/// let mut d_output = [0.0; 2];
/// assert_eq!(SmoothL1::new(1.0).evaluate(&[0.5, 3.0], &[0.0, 0.0], &mut d_output), (0.125 + 2.5) / 2.0);
/// // The mean absolute error.
/// assert_eq!(SmoothL1::new(0.0).evaluate(&[0.5, -3.0], &[0.0, 0.0], &mut d_output), 1.75);
/// assert_eq!(d_output, [0.5, -0.5]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SmoothL1 {
    beta: f32,
}

impl SmoothL1 {
    /// Errors below `beta` are squared: 1 is usual.
    ///
    /// # Panics
    /// If `beta` is below zero.
    pub const fn new(beta: f32) -> Self {
        assert!(beta >= 0.0, "the beta of the smooth L1 loss is at least zero");
        Self { beta }
    }
}

/// The mean over the elements of a cost of each error, which comes with its slope.
fn mean<O: Sample>(output: &O, target: &O, d_output: &mut O, cost: impl Fn(f32) -> (f32, f32)) -> f32 {
    let (output, target, d_output) = (output.flat(), target.flat(), d_output.flat_mut());
    let elements = output.len() as f64;
    let scale = (1.0 / elements) as f32;
    let mut sum = 0.0;
    for ((&o, &t), d) in output.iter().zip(target).zip(d_output) {
        let (cost, slope) = cost(o - t);
        sum += f64::from(cost);
        *d = scale * slope;
    }
    (sum / elements) as f32
}

impl<O: Sample> Loss<O, O> for Huber {
    fn evaluate(&self, output: &O, target: &O, d_output: &mut O) -> f32 {
        let delta = self.delta;
        mean(output, target, d_output, |error| {
            // What is not a number stays so on both sides.
            if error.abs() <= delta {
                (0.5 * error * error, error)
            } else {
                (delta * (error.abs() - 0.5 * delta), error.clamp(-delta, delta))
            }
        })
    }
}

impl<O: Sample> Loss<O, O> for SmoothL1 {
    fn evaluate(&self, output: &O, target: &O, d_output: &mut O) -> f32 {
        let beta = self.beta;
        mean(output, target, d_output, |error| {
            if error.abs() < beta {
                (0.5 * error * error / beta, error / beta)
            } else if error == 0.0 {
                (0.0, 0.0)
            } else {
                (error.abs() - 0.5 * beta, error.signum())
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::gradient_check;
    use super::*;
    use crate::volume::Volume;

    const OUTPUT: Volume<2, 1, 3> = [[[1.0, -2.0, 0.5]], [[0.5, 1e3, -0.75]]];
    const TARGET: Volume<2, 1, 3> = [[[0.0, -2.25, -0.7]], [[0.75, 998.0, -0.75]]];

    fn mean_of(o: &[f64], cost: impl Fn(f64) -> f64) -> f64 {
        o.iter().zip(TARGET.flat()).map(|(o, &t)| cost(o - f64::from(t))).sum::<f64>() / 6.0
    }

    #[test]
    fn huber_agrees_with_float64() {
        for delta in [0.25_f32, 0.8, 1.5, 100.0] {
            gradient_check::check(&Huber::new(delta), &OUTPUT, &TARGET, |o| {
                let delta = f64::from(delta);
                mean_of(o, |e| if e.abs() <= delta { 0.5 * e * e } else { delta * (e.abs() - 0.5 * delta) })
            });
        }
    }

    #[test]
    fn smooth_l1_agrees_with_float64() {
        for beta in [0.2_f32, 0.8, 1.5, 100.0, 0.0] {
            gradient_check::check(&SmoothL1::new(beta), &OUTPUT, &TARGET, |o| {
                let beta = f64::from(beta);
                mean_of(o, |e| if e.abs() < beta { 0.5 * e * e / beta } else { e.abs() - 0.5 * beta })
            });
        }
    }

    #[test]
    fn what_is_not_a_number_stays_visible() {
        let mut d = [0.0; 2];
        assert!(Huber::new(1.0).evaluate(&[f32::NAN, 0.0], &[0.0; 2], &mut d).is_nan() && d[0].is_nan());
        assert!(SmoothL1::new(1.0).evaluate(&[f32::NAN, 0.0], &[0.0; 2], &mut d).is_nan() && d[0].is_nan());
    }
}
