//! Normalisations of a sample by itself.

use super::values::Values;

/// PyTorch's default of layer, group and instance norms.
pub(super) const EPSILON: f64 = 1e-5;

/// What is normalised together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Over {
    /// All of a sample, with a scale and a shift for every element.
    Sample,
    /// The channels of a pixel.
    Pixel,
    /// A group of channels, of so many.
    Group(usize),
}

/// `weight * (input - mean) / sqrt(var + eps) + bias`: PyTorch's `layer_norm` and `group_norm`.
pub(super) fn normalize(input: &Values, over: Over, epsilon: f64, weight: &[f64], bias: &[f64]) -> Values {
    let (channels, pixels) = (input.channels, input.height * input.width);
    // Places in a sample that are normalised with an element of a channel in a pixel.
    let set = |c: usize, pixel: usize| -> Vec<usize> {
        match over {
            Over::Sample => (0..channels * pixels).collect(),
            Over::Pixel => (0..channels).map(|c| c * pixels + pixel).collect(),
            Over::Group(groups) => {
                let each = channels / groups * pixels;
                (c * pixels / each * each..(c * pixels / each + 1) * each).collect()
            }
        }
    };
    Values::from_fn(input.samples, input.shape(), |n, c, y, x| {
        let (sample, pixel) = (input.sample(n), y * input.width + x);
        let set = set(c, pixel);
        let mean = set.iter().map(|&i| sample[i]).sum::<f64>() / set.len() as f64;
        let var = set.iter().map(|&i| (sample[i] - mean).powi(2)).sum::<f64>() / set.len() as f64;
        let own = if over == Over::Sample { c * pixels + pixel } else { c };
        weight[own] * (input.at(n, c, y, x) - mean) / (var + epsilon).sqrt() + bias[own]
    })
}

/// PyTorch's `local_response_norm`: channels that are not there count as zeros.
pub(super) fn local_response(input: &Values, size: usize, alpha: f64, beta: f64, k: f64) -> Values {
    Values::from_fn(input.samples, input.shape(), |n, c, y, x| {
        let window = c.saturating_sub(size / 2)..(c + (size - 1) / 2 + 1).min(input.channels);
        let sum: f64 = window.map(|c| input.at(n, c, y, x).powi(2)).sum();
        input.at(n, c, y, x) / (k + alpha * sum / size as f64).powf(beta)
    })
}

/// PyTorch's `normalize` over channels.
pub(super) fn length(input: &Values, epsilon: f64) -> Values {
    Values::from_fn(input.samples, input.shape(), |n, c, y, x| {
        let square: f64 = (0..input.channels).map(|c| input.at(n, c, y, x).powi(2)).sum();
        input.at(n, c, y, x) / square.sqrt().max(epsilon)
    })
}
