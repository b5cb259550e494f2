//! The fully connected layer, as its definition reads.

use super::values::Values;

/// PyTorch's `linear` on the flattened sample: `weight` is `[out, channels * height * width]`.
pub(super) fn fc(input: &Values, weight: &[f64], bias: Option<&[f64]>) -> Values {
    let inputs = input.sample(0).len();
    Values::from_fn(input.samples, [1, 1, weight.len() / inputs], |n, output, _, _| {
        let products = input.sample(n).iter().zip(&weight[output * inputs..]).map(|(x, w)| x * w);
        bias.map_or(0.0, |bias| bias[output]) + products.sum::<f64>()
    })
}
