//! Depthwise convolution as its definition says it, in f64, with weights in the files' order `[channel][y][x]`.

use super::Depthwise;

/// Sizes of a case: a convolution, and the height and width of its input and output.
#[derive(Clone, Copy, Debug)]
pub(super) struct Case {
    pub(super) dw: Depthwise,
    pub(super) input: [usize; 2],
    pub(super) output: [usize; 2],
    pub(super) samples: usize,
}

/// Calls `visit(input, weight, output)` with the three indices of every product.
fn products(case: &Case, mut visit: impl FnMut(usize, usize, usize)) {
    let Case { dw, input: [in_h, in_w], output: [out_h, out_w], samples } = *case;
    let [kernel_h, kernel_w] = dw.kernel;
    for output in 0..samples * out_h * out_w * dw.channels {
        let (channel, pixel) = (output % dw.channels, output / dw.channels);
        let (sample, out_y, out_x) = (pixel / (out_w * out_h), pixel / out_w % out_h, pixel % out_w);
        for tap in 0..kernel_h * kernel_w {
            let y = (out_y * dw.stride[0] + tap / kernel_w * dw.dilation[0]).checked_sub(dw.padding[0]);
            let x = (out_x * dw.stride[1] + tap % kernel_w * dw.dilation[1]).checked_sub(dw.padding[2]);
            if let (Some(y), Some(x)) = (y.filter(|&y| y < in_h), x.filter(|&x| x < in_w)) {
                let input = ((sample * in_h + y) * in_w + x) * dw.channels + channel;
                visit(input, channel * kernel_h * kernel_w + tap, output);
            }
        }
    }
}

/// The output before the activation.
pub(super) fn forward(case: &Case, input: &[f64], weight: &[f64], bias: &[f64]) -> Vec<f64> {
    let len = case.samples * case.output[0] * case.output[1] * case.dw.channels;
    let mut output: Vec<f64> = (0..len).map(|i| bias[i % bias.len()]).collect();
    products(case, |i, w, o| output[o] += input[i] * weight[w]);
    output
}

/// The gradients for input, weight and bias.
pub(super) fn backward(case: &Case, input: &[f64], weight: &[f64], d_output: &[f64]) -> [Vec<f64>; 3] {
    let mut d_input = vec![0.0; input.len()];
    let mut d_weight = vec![0.0; weight.len()];
    let mut d_bias = vec![0.0; case.dw.channels];
    products(case, |i, w, o| {
        d_input[i] += d_output[o] * weight[w];
        d_weight[w] += d_output[o] * input[i];
    });
    for (o, d) in d_output.iter().enumerate() {
        d_bias[o % case.dw.channels] += d;
    }
    [d_input, d_weight, d_bias]
}
