//! Transposed convolution against the definition.

use super::reference::{self, Case};
use super::*;
use crate::buffer::Buffer;
use crate::testing::{Bench, Places, Random, assert_close, differences, for_each_isa, wide};

/// Floats in front of the weights, so that an offset that is forgotten shows.
const BEFORE: usize = 3;

fn deconv([in_channels, out_channels]: [usize; 2], kernel: [usize; 2]) -> Deconv {
    Deconv {
        in_channels,
        out_channels,
        kernel,
        stride: [1, 1],
        dilation: [1, 1],
        padding: [0; 4],
        groups: 1,
        weight: BEFORE,
        derived: BEFORE,
        bias: Some(0),
        activation: Activation::Identity,
    }
}

impl Case {
    /// `cut` is what the padding takes away at each side, `more` the output's extra rows and columns.
    fn new(mut deconv: Deconv, input: [usize; 2], cut: [usize; 4], more: [usize; 2], samples: usize) -> Option<Self> {
        let mut output = [0; 2];
        for i in 0..2 {
            let reach = (input[i] - 1) * deconv.stride[i] + (deconv.kernel[i] - 1) * deconv.dilation[i] + 1;
            output[i] = (reach + more[i]).checked_sub(cut[2 * i] + cut[2 * i + 1]).filter(|&out| out > 0)?;
            deconv.padding[2 * i] = cut[2 * i];
            deconv.padding[2 * i + 1] = reach.saturating_sub(cut[2 * i] + output[i]);
        }
        let mut case = Self { deconv, input, output, samples };
        case.deconv.bias = deconv.bias.map(|_| BEFORE + case.weights());
        Some(case)
    }

    fn weights(&self) -> usize {
        let Deconv { in_channels, out_channels, groups, kernel, .. } = self.deconv;
        in_channels * out_channels / groups * kernel[0] * kernel[1]
    }

    /// The border that the forward pass reads around its input: what is nearer to an output than the filter reaches.
    fn input_border(&self) -> [usize; 4] {
        let mut border = [0; 4];
        for i in 0..2 {
            let Deconv { kernel, stride, dilation, padding, .. } = self.deconv;
            border[2 * i] = ((kernel[i] - 1) * dilation[i]).saturating_sub(padding[2 * i]).div_ceil(stride[i]);
            let last = (self.output[i] - 1 + padding[2 * i]) / stride[i];
            border[2 * i + 1] = last.saturating_sub(self.input[i] - 1);
        }
        border
    }

    /// Where the `i`-th weight of a file is: the layout as `Layout::Conv` states it for `[in, out / groups, h, w]`.
    fn place(&self, i: usize) -> usize {
        let [inputs, filters] = self.deconv.of_group();
        let taps = self.deconv.kernel[0] * self.deconv.kernel[1];
        let (tap, filter, channel) = (i % taps, i / taps % filters, i / taps / filters);
        let (group, channel) = (channel / inputs, channel % inputs);
        let (panel, lane) = (channel / 16, channel % 16);
        let width = (inputs - panel * 16).min(16);
        BEFORE + (group * inputs + panel * 16) * filters * taps + (tap * filters + filter) * width + lane
    }
}

/// Compares forward and backward with the reference, on all instruction sets. `extra` widens all borders.
fn check(case: Case, extra: [usize; 4]) {
    let Case { deconv, input: [in_h, in_w], output: [out_h, out_w], samples } = case;
    let widened = |border: [usize; 4]| [0, 1, 2, 3].map(|i| border[i] + extra[i]);
    let mut random = Random::new(case.weights() as u64);
    let x = random.vec(samples * in_h * in_w * deconv.in_channels);
    let weight = random.vec(case.weights());
    let bias = random.vec(deconv.out_channels);
    let d = random.vec(samples * out_h * out_w * deconv.out_channels);
    let start = random.vec(BEFORE + weight.len() + bias.len());
    let mut packed = vec![f32::NAN; BEFORE + weight.len()];
    for (i, &w) in weight.iter().enumerate() {
        packed[case.place(i)] = w;
    }
    packed.extend(&bias);

    let added = if deconv.bias.is_some() { wide(&bias) } else { vec![0.0; bias.len()] };
    let expected = reference::forward(&case, &wide(&x), &wide(&weight), &added);
    let expected: Vec<f64> = match deconv.activation {
        Activation::Relu => expected.into_iter().map(|y| y.max(0.0)).collect(),
        Activation::Tanh => expected.into_iter().map(f64::tanh).collect(),
        _ => expected,
    };
    let [d_input, d_weight, d_bias] = reference::backward(&case, &wide(&x), &wide(&weight), &wide(&d));

    let mut places = Places::default();
    let input = places.map([in_h, in_w, deconv.in_channels], widened(case.input_border()));
    let output = places.map([out_h, out_w, deconv.out_channels], extra);
    let d_output = places.map([out_h, out_w, deconv.out_channels], widened(deconv.padding));
    let d_in = places.map([in_h, in_w, deconv.in_channels], extra);
    for_each_isa(|isa| {
        let what = |part: &str| format!("{isa}, {part} of {case:?}, borders + {extra:?}");
        let mut bench = Bench::new(samples, places.floats, &packed);
        bench.derived = Buffer::zeroed(BEFORE + weight.len());
        bench.derived.with_slack_mut().fill(f32::NAN);
        derive(&mut bench.prepare(), &deconv);
        assert!(bench.derived[BEFORE..].iter().all(|w| w.is_finite()), "{}", what("derived weights"));
        bench.fill(&input, &x);
        bench.blank(&output);
        bench.fill(&d_output, &d);
        bench.blank(&d_in);
        bench.gradients.copy_from_slice(&start);
        forward(&mut bench.pass(), &deconv, &input, &output);
        assert_close(&bench.read(&output), &expected, 1e-5, &what("forward"));

        backward(&mut bench.pass(), &deconv, &input, &d_output, Some(&d_in));
        assert_close(&bench.read(&d_in), &d_input, 1e-5, &what("d_input"));
        let added: Vec<f32> = bench.gradients.iter().zip(&start).map(|(after, before)| after - before).collect();
        let actual: Vec<f32> = (0..weight.len()).map(|i| added[case.place(i)]).collect();
        assert_close(&actual, &d_weight, 1e-5, &what("d_weight"));
        let zero = vec![0.0; bias.len()];
        let d_bias = if deconv.bias.is_some() { &d_bias } else { &zero };
        assert_close(&added[BEFORE + weight.len()..], d_bias, 1e-5, &what("d_bias"));
        assert!(added[..BEFORE].iter().all(|&x| x == 0.0), "{}", what("what lies before d_weight"));

        // Without the input's gradient, nothing of it is written.
        bench.blank(&d_in);
        backward(&mut bench.pass(), &deconv, &input, &d_output, None);
        assert!(bench.read(&d_in).iter().all(|x| x.is_nan()), "{}", what("d_input that nobody asked for"));
        [input, output, d_output, d_in].iter().for_each(|map| bench.assert_untouched_outside(map));
    });
}

/// The case if it has an output.
fn check_if(case: Option<Case>, extra: [usize; 4]) {
    if let Some(case) = case {
        check(case, extra);
    }
}

#[test]
fn channels_around_the_widths_of_vectors_and_tiles() {
    for c in [1, 3, 6, 15, 16, 17, 33] {
        for k in [1, 3, 10, 16, 17, 33] {
            check_if(Case::new(deconv([c, k], [3, 3]), [3, 4], [0; 4], [0; 2], 1), [0; 4]);
            let strided = Deconv { stride: [2, 2], ..deconv([c, k], [4, 4]) };
            check_if(Case::new(strided, [3, 2], [1; 4], [0; 2], 2), [0, 1, 0, 0]);
        }
    }
}

#[test]
fn strides_dilations_and_paddings() {
    for stride in [[1, 1], [2, 2], [3, 3], [2, 1], [1, 3], [4, 2]] {
        for dilation in [[1, 1], [2, 2], [1, 2], [4, 3]] {
            for kernel in [[1, 1], [2, 2], [3, 3], [2, 5]] {
                for cut in [[0; 4], [1, 1, 1, 1], [2, 0, 1, 3]] {
                    for more in [[0, 0], [1, 1], [0, 2]] {
                        let fits = (0..2).all(|i| more[i] < stride[i].max(dilation[i]));
                        let deconv = Deconv { stride, dilation, ..deconv([5, 17], kernel) };
                        check_if(Case::new(deconv, [4, 3], cut, more, 1).filter(|_| fits), [0, 0, 1, 0]);
                    }
                }
            }
        }
    }
}

#[test]
fn groups_with_and_without_biases_and_activations() {
    for (channels, groups) in [([6, 4], 2), ([32, 32], 2), ([8, 24], 8), ([51, 102], 3)] {
        for activation in [Activation::Identity, Activation::Relu, Activation::Tanh] {
            for stride in [[1, 1], [2, 2]] {
                let with_bias = Deconv { groups, stride, activation, ..deconv(channels, [3, 3]) };
                check_if(Case::new(with_bias, [4, 5], [1; 4], [0; 2], 3), [0; 4]);
                check_if(Case::new(Deconv { bias: None, ..with_bias }, [2, 3], [0; 4], [0; 2], 1), [1; 4]);
                // A stride beyond the filter: some outputs are biases alone.
                let apart = Deconv { kernel: [1, 2], stride: [3, 4], ..with_bias };
                check_if(Case::new(apart, [3, 2], [0; 4], [2, 1], 2), [0; 4]);
            }
        }
    }
}

#[test]
fn the_reference_backward_is_the_slope_of_the_reference() {
    let mut random = Random::new(2);
    let layer = Deconv { stride: [2, 1], groups: 2, ..deconv([4, 2], [3, 2]) };
    let case = Case::new(layer, [2, 3], [1, 0, 0, 1], [1, 0], 2).unwrap();
    let [x, weight, bias] = [2 * 2 * 3 * 4, case.weights(), 2].map(|len| wide(&random.vec(len)));
    let d = wide(&random.vec(2 * case.output[0] * case.output[1] * 2));
    let loss = |x: &[f64], weight: &[f64], bias: &[f64]| -> f64 {
        reference::forward(&case, x, weight, bias).iter().zip(&d).map(|(y, d)| y * d).sum()
    };
    let slopes = [
        differences(&x, |x| loss(x, &weight, &bias)),
        differences(&weight, |weight| loss(&x, weight, &bias)),
        differences(&bias, |bias| loss(&x, &weight, bias)),
    ];
    let gradients = reference::backward(&case, &x, &weight, &d);
    for (slopes, gradients) in slopes.iter().zip(&gradients) {
        assert!(slopes.iter().zip(gradients).all(|(a, b)| (a - b).abs() < 1e-8));
    }
}
