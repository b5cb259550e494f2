//! A fully connected layer as its definition says it, in f64: `weight[output][input]`.

/// The output before the activation, of as many samples as `input` holds.
pub(super) fn forward(input: &[f64], weight: &[f64], bias: &[f64]) -> Vec<f64> {
    let inputs = weight.len() / bias.len();
    let dot = |x: &[f64], w: &[f64]| x.iter().zip(w).map(|(x, w)| x * w).sum::<f64>();
    let sample = |x| weight.chunks(inputs).zip(bias).map(move |(w, b)| dot(x, w) + b);
    input.chunks(inputs).flat_map(sample).collect()
}

/// The gradients for input, weight and bias.
pub(super) fn backward(input: &[f64], weight: &[f64], d_output: &[f64], outputs: usize) -> [Vec<f64>; 3] {
    let inputs = weight.len() / outputs;
    let mut d_input = vec![0.0; input.len()];
    let mut d_weight = vec![0.0; weight.len()];
    let mut d_bias = vec![0.0; outputs];
    for (s, d_output) in d_output.chunks(outputs).enumerate() {
        for (o, d) in d_output.iter().enumerate() {
            d_bias[o] += d;
            for i in 0..inputs {
                d_input[s * inputs + i] += d * weight[o * inputs + i];
                d_weight[o * inputs + i] += d * input[s * inputs + i];
            }
        }
    }
    [d_input, d_weight, d_bias]
}
