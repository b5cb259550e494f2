//! Transposed convolution as its definition says it, in f64, with weights in the files' order.

use super::Deconv;

/// Sizes of a case: a layer, and the height and width of its input and output.
#[derive(Clone, Copy, Debug)]
pub(super) struct Case {
    pub(super) deconv: Deconv,
    pub(super) input: [usize; 2],
    pub(super) output: [usize; 2],
    pub(super) samples: usize,
}

/// Calls `visit(input, weight, output)` with the three indices of every product: every input meets every tap, and what
/// falls outside the output is left out.
fn products(case: &Case, mut visit: impl FnMut(usize, usize, usize)) {
    let Case { deconv, input: [in_h, in_w], output: [out_h, out_w], samples } = *case;
    let [inputs, filters] = [deconv.in_channels, deconv.out_channels].map(|channels| channels / deconv.groups);
    let [kernel_h, kernel_w] = deconv.kernel;
    for input in 0..samples * in_h * in_w * deconv.in_channels {
        let (channel, pixel) = (input % deconv.in_channels, input / deconv.in_channels);
        let (sample, iy, ix) = (pixel / (in_w * in_h), pixel / in_w % in_h, pixel % in_w);
        for tap in 0..kernel_h * kernel_w {
            let (fy, fx) = (tap / kernel_w, tap % kernel_w);
            let y = (iy * deconv.stride[0] + fy * deconv.dilation[0]).checked_sub(deconv.padding[0]);
            let x = (ix * deconv.stride[1] + fx * deconv.dilation[1]).checked_sub(deconv.padding[2]);
            let (Some(y), Some(x)) = (y.filter(|&y| y < out_h), x.filter(|&x| x < out_w)) else { continue };
            for filter in 0..filters {
                let pixel = (sample * out_h + y) * out_w + x;
                let output = pixel * deconv.out_channels + channel / inputs * filters + filter;
                visit(input, (channel * filters + filter) * kernel_h * kernel_w + tap, output);
            }
        }
    }
}

/// The output before the activation.
pub(super) fn forward(case: &Case, input: &[f64], weight: &[f64], bias: &[f64]) -> Vec<f64> {
    let len = case.samples * case.output[0] * case.output[1] * case.deconv.out_channels;
    let mut output: Vec<f64> = (0..len).map(|i| bias[i % bias.len()]).collect();
    products(case, |i, w, o| output[o] += input[i] * weight[w]);
    output
}

/// The gradients for input, weight and bias.
pub(super) fn backward(case: &Case, input: &[f64], weight: &[f64], d_output: &[f64]) -> [Vec<f64>; 3] {
    let mut d_input = vec![0.0; input.len()];
    let mut d_weight = vec![0.0; weight.len()];
    let mut d_bias = vec![0.0; case.deconv.out_channels];
    products(case, |i, w, o| {
        d_input[i] += d_output[o] * weight[w];
        d_weight[w] += d_output[o] * input[i];
    });
    for (o, d) in d_output.iter().enumerate() {
        d_bias[o % case.deconv.out_channels] += d;
    }
    [d_input, d_weight, d_bias]
}
