//! The mean of squared differences.

use super::Loss;
use crate::buffer::LANES;
use crate::simd::dispatch;
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
        (dispatch!(_simd => squares(output, target, scale, d_output)) / elements) as f32
    }
}

/// The sum of squared differences, in as many sums as a vector has lanes: an addition waits for the one before it.
#[inline(always)]
fn squares(output: &[f32], target: &[f32], scale: f32, d_output: &mut [f32]) -> f64 {
    let mut sums = [0.0; LANES];
    let values = output.chunks(LANES).zip(target.chunks(LANES));
    for ((output, target), d_output) in values.zip(d_output.chunks_mut(LANES)) {
        for (((sum, &o), &t), d) in sums.iter_mut().zip(output).zip(target).zip(d_output) {
            let difference = o - t;
            *sum += f64::from(difference) * f64::from(difference);
            *d = scale * difference;
        }
    }
    sums.iter().sum()
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
    fn more_elements_than_lanes() {
        let output: [f32; 37] = std::array::from_fn(|i| (i as f32 * 0.7).sin());
        let target: [f32; 37] = std::array::from_fn(|i| (i as f32 * 0.3).cos());
        gradient_check::check(&MeanSquaredError, &output, &target, |o| {
            o.iter().zip(target).map(|(o, t)| (o - f64::from(t)).powi(2)).sum::<f64>() / 37.0
        });
    }

    #[test]
    fn nothing_counts_as_right() {
        assert_eq!(MeanSquaredError.is_hit(&[1.0], &[1.0]), None);
    }
}
