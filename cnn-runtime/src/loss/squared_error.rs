//! The mean of squared differences.

use super::Loss;
use crate::volume::Sample;

/// Mean squared error: `mean over i of (o_i - t_i)^2`, over the elements of a sample.
///
/// Its gradient is `2 (o_i - t_i) / elements`. PyTorch's `MSELoss`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MeanSquaredError;

impl<O: Sample> Loss<O, O> for MeanSquaredError {
    fn evaluate(&self, output: &O, target: &O, d_output: &mut O) -> f32 {
        let (output, target, d_output) = (output.flat(), target.flat(), d_output.flat_mut());
        let elements = output.len() as f64;
        let scale = (2.0 / elements) as f32;
        let mut sum = 0.0;
        for ((&o, &t), d) in output.iter().zip(target).zip(d_output) {
            let difference = o - t;
            sum += f64::from(difference) * f64::from(difference);
            *d = scale * difference;
        }
        (sum / elements) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::super::gradient_check;
    use super::*;
    use crate::volume::Volume;

    #[test]
    fn loss_and_gradient_agree_with_float64() {
        let output: Volume<2, 1, 2> = [[[1.0, -2.0]], [[0.5, 1e3]]];
        let target: Volume<2, 1, 2> = [[[0.0, -2.0]], [[0.75, 998.0]]];
        gradient_check::check(&MeanSquaredError, &output, &target, |o| {
            o.iter().zip(target.flat()).map(|(o, &t)| (o - f64::from(t)).powi(2)).sum::<f64>() / 4.0
        });
    }

    #[test]
    fn nothing_counts_as_right() {
        assert_eq!(MeanSquaredError.is_hit(&[1.0], &[1.0]), None);
    }
}
