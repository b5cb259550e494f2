//! Convolution as its definition says it, in f64, with weights in the files' order.

use super::Conv;

/// Sizes of a case: a convolution, and the height and width of its input and output.
#[derive(Clone, Copy, Debug)]
pub(super) struct Case {
    pub(super) conv: Conv,
    pub(super) input: [usize; 2],
    pub(super) output: [usize; 2],
    pub(super) samples: usize,
}

/// Calls `visit(input, weight, output)` with the three indices of every product of a convolution.
fn products(case: &Case, mut visit: impl FnMut(usize, usize, usize)) {
    let Case { conv, input: [in_h, in_w], output: [out_h, out_w], samples } = *case;
    let (c, k) = (conv.in_channels / conv.groups, conv.out_channels / conv.groups);
    let [kernel_h, kernel_w] = conv.kernel;
    let outputs = (0..samples * out_h * out_w * conv.out_channels).map(|output| {
        let (filter, pixel) = (output % conv.out_channels, output / conv.out_channels);
        (output, filter, pixel / (out_w * out_h), pixel / out_w % out_h, pixel % out_w)
    });
    for (output, filter, sample, oy, ox) in outputs {
        for tap in 0..kernel_h * kernel_w {
            let (fy, fx) = (tap / kernel_w, tap % kernel_w);
            let y = (oy * conv.stride[0] + fy * conv.dilation[0]).checked_sub(conv.padding[0]);
            let x = (ox * conv.stride[1] + fx * conv.dilation[1]).checked_sub(conv.padding[2]);
            let (Some(y), Some(x)) = (y.filter(|&y| y < in_h), x.filter(|&x| x < in_w)) else { continue };
            for channel in 0..c {
                let input = ((sample * in_h + y) * in_w + x) * conv.in_channels + filter / k * c + channel;
                visit(input, (filter * c + channel) * kernel_h * kernel_w + tap, output);
            }
        }
    }
}

/// The output before the activation.
pub(super) fn forward(case: &Case, input: &[f64], weight: &[f64], bias: &[f64]) -> Vec<f64> {
    let len = case.samples * case.output[0] * case.output[1] * case.conv.out_channels;
    let mut output: Vec<f64> = (0..len).map(|i| bias[i % bias.len()]).collect();
    products(case, |i, w, o| output[o] += input[i] * weight[w]);
    output
}

/// The largest of 2 x 2 of an output, two steps apart. A last odd row or column has no window.
pub(super) fn pool(case: &Case, output: &[f64]) -> Vec<f64> {
    let Case { conv, output: [height, width], samples, .. } = *case;
    let mut pooled = Vec::new();
    for sample in 0..samples {
        for y in 0..height / 2 {
            for x in 0..width / 2 {
                for c in 0..conv.out_channels {
                    let at = |y, x| output[((sample * height + y) * width + x) * conv.out_channels + c];
                    let rows = [2 * y, 2 * y + 1].map(|y| f64::max(at(y, 2 * x), at(y, 2 * x + 1)));
                    pooled.push(rows[0].max(rows[1]));
                }
            }
        }
    }
    pooled
}

/// The gradients for input, weight and bias.
pub(super) fn backward(case: &Case, input: &[f64], weight: &[f64], d_output: &[f64]) -> [Vec<f64>; 3] {
    let mut d_input = vec![0.0; input.len()];
    let mut d_weight = vec![0.0; weight.len()];
    let mut d_bias = vec![0.0; case.conv.out_channels];
    products(case, |i, w, o| {
        d_input[i] += d_output[o] * weight[w];
        d_weight[w] += d_output[o] * input[i];
    });
    for (o, d) in d_output.iter().enumerate() {
        d_bias[o % case.conv.out_channels] += d;
    }
    [d_input, d_weight, d_bias]
}
