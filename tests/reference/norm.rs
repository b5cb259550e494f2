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
    let pixels = input.height * input.width;
    Values::from_fn(input.samples, input.shape(), |n, c, y, x| {
        let (sample, pixel) = (input.sample(n), y * input.width + x);
        let (mean, var) = statistics(sample, &set(input, over, c, pixel));
        let own = if over == Over::Sample { c * pixels + pixel } else { c };
        weight[own] * (input.at(n, c, y, x) - mean) / (var + epsilon).sqrt() + bias[own]
    })
}

/// Places in a sample that are normalised with an element of a channel in a pixel.
fn set(input: &Values, over: Over, c: usize, pixel: usize) -> Vec<usize> {
    let (channels, pixels) = (input.channels, input.height * input.width);
    match over {
        Over::Sample => (0..channels * pixels).collect(),
        Over::Pixel => (0..channels).map(|c| c * pixels + pixel).collect(),
        Over::Group(groups) => {
            let each = channels / groups * pixels;
            (c * pixels / each * each..(c * pixels / each + 1) * each).collect()
        }
    }
}

/// Mean and variance of some places of a sample.
fn statistics(sample: &[f64], set: &[usize]) -> (f64, f64) {
    let mean = set.iter().map(|&i| sample[i]).sum::<f64>() / set.len() as f64;
    let var = set.iter().map(|&i| (sample[i] - mean).powi(2)).sum::<f64>() / set.len() as f64;
    (mean, var)
}

/// The smallest deviation of what is normalised together, relative to its mean.
pub(super) fn flattest(input: &Values, over: Over) -> f64 {
    let pixels = input.height * input.width;
    let mut flattest = f64::INFINITY;
    for n in 0..input.samples {
        for c in 0..input.channels {
            for pixel in 0..pixels {
                let (mean, var) = statistics(input.sample(n), &set(input, over, c, pixel));
                flattest = flattest.min(var.sqrt() / mean.abs().max(1e-9));
            }
        }
    }
    flattest
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
