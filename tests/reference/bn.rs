//! Batch normalisation.

use super::values::Values;

/// PyTorch's default.
const EPSILON: f64 = 1e-5;
/// PyTorch's default: the weight of the newest batch in the running statistics.
const MOMENTUM: f64 = 0.1;

/// A statistic of each channel.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Statistics {
    pub(super) mean: Vec<f64>,
    pub(super) var: Vec<f64>,
}

/// `weight * (input - mean) / sqrt(var + eps) + bias`, channel by channel.
pub(super) fn normalize(input: &Values, statistics: &Statistics, weight: &[f64], bias: &[f64]) -> Values {
    let Statistics { mean, var } = statistics;
    Values::from_fn(input.samples, input.shape(), |n, c, y, x| {
        weight[c] * (input.at(n, c, y, x) - mean[c]) / (var[c] + EPSILON).sqrt() + bias[c]
    })
}

impl Statistics {
    /// Mean and (biased) variance of a batch.
    pub(super) fn of(input: &Values) -> Self {
        let count = (input.samples * input.height * input.width) as f64;
        let all = |c| (0..input.samples).flat_map(move |n| input.plane(n, c));
        let mean: Vec<f64> = (0..input.channels).map(|c| all(c).sum::<f64>() / count).collect();
        let var = (0..input.channels).map(|c| all(c).map(|x| (x - mean[c]).powi(2)).sum::<f64>() / count).collect();
        Self { mean, var }
    }

    /// The running statistics after a batch: PyTorch keeps the unbiased variance.
    pub(super) fn after(&self, input: &Values) -> Self {
        let batch = Self::of(input);
        let count = (input.samples * input.height * input.width) as f64;
        let unbiased = count / (count - 1.0);
        let mix = |old: &[f64], new: &[f64], scale: f64| -> Vec<f64> {
            old.iter().zip(new).map(|(old, new)| (1.0 - MOMENTUM) * old + MOMENTUM * scale * new).collect()
        };
        Self { mean: mix(&self.mean, &batch.mean, 1.0), var: mix(&self.var, &batch.var, unbiased) }
    }
}
