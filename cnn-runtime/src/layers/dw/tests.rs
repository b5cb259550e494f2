use super::reference::{self, Case};
use super::*;
use crate::testing::{Bench, Places, Random, assert_close, differences, for_each_isa, wide};

/// Floats in front of the weights, so that an offset that is forgotten shows.
const BEFORE: usize = 3;

fn dw(channels: usize, kernel: [usize; 2]) -> Depthwise {
    Depthwise {
        channels,
        kernel,
        stride: [1, 1],
        dilation: [1, 1],
        padding: [0; 4],
        weight: BEFORE,
        bias: Some(BEFORE + channels * kernel[0] * kernel[1]),
        activation: Activation::Identity,
    }
}

impl Case {
    fn new(dw: Depthwise, input: [usize; 2], samples: usize) -> Self {
        let output = [0, 1].map(|i| {
            let padded = input[i] + dw.padding[2 * i] + dw.padding[2 * i + 1];
            (padded - (dw.kernel[i] - 1) * dw.dilation[i] - 1) / dw.stride[i] + 1
        });
        Self { dw, input, output, samples }
    }
}

/// Compares forward and backward with the reference, on all instruction sets. `extra` widens all borders.
fn check(case: Case, extra: [usize; 4]) {
    let Case { dw, input: [in_h, in_w], output: [out_h, out_w], samples } = case;
    let (channels, taps) = (dw.channels, dw.kernel[0] * dw.kernel[1]);
    let mut random = Random::new((channels * taps) as u64);
    let x = random.vec(samples * in_h * in_w * channels);
    let weight = random.vec(channels * taps);
    let bias = random.vec(channels);
    let d = random.vec(samples * out_h * out_w * channels);
    let start = random.vec(BEFORE + weight.len() + bias.len());

    let zero = vec![0.0; channels];
    let biases = if dw.bias.is_some() { wide(&bias) } else { zero.clone() };
    let mut expected = reference::forward(&case, &wide(&x), &wide(&weight), &biases);
    if dw.activation == Activation::Relu {
        expected.iter_mut().for_each(|y| *y = y.max(0.0));
    }
    let [d_input, d_weight, d_bias] = reference::backward(&case, &wide(&x), &wide(&weight), &wide(&d));
    let d_bias = if dw.bias.is_some() { d_bias } else { zero };

    let mut places = Places::default();
    let input = places.map([in_h, in_w, channels], [0, 1, 2, 3].map(|i| dw.padding[i] + extra[i]));
    let output = places.map([out_h, out_w, channels], extra);
    let d_output = places.map([out_h, out_w, channels], extra);
    let d_in = places.map([in_h, in_w, channels], extra);
    // From [channel][tap] to [tap][channel].
    let place = |i: usize| BEFORE + i % taps * channels + i / taps;
    let mut parameters = vec![f32::NAN; BEFORE + weight.len()];
    weight.iter().enumerate().for_each(|(i, &w)| parameters[place(i)] = w);
    parameters.extend(&bias);
    for_each_isa(|isa| {
        let what = |part: &str| format!("{isa}, {part} of {case:?}, borders + {extra:?}");
        let mut bench = Bench::new(samples, places.floats, &parameters);
        bench.fill(&input, &x);
        bench.blank(&output);
        bench.fill(&d_output, &d);
        bench.blank(&d_in);
        bench.gradients.copy_from_slice(&start);
        forward(&mut bench.pass(), &dw, &input, &output);
        assert_close(&bench.read(&output), &expected, 1e-5, &what("forward"));
        bench.assert_untouched_outside(&output);

        backward(&mut bench.pass(), &dw, &input, &d_output, Some(&d_in));
        assert_close(&bench.read(&d_in), &d_input, 1e-5, &what("d_input"));
        bench.assert_untouched_outside(&d_in);
        let added: Vec<f32> = bench.gradients.iter().zip(&start).map(|(after, before)| after - before).collect();
        let actual: Vec<f32> = (0..weight.len()).map(|i| added[place(i)]).collect();
        assert_close(&actual, &d_weight, 1e-5, &what("d_weight"));
        assert_close(&added[BEFORE + weight.len()..], &d_bias, 1e-5, &what("d_bias"));
        assert!(added[..BEFORE].iter().all(|&x| x == 0.0), "{}", what("what lies before d_weight"));
    });
}

#[test]
fn channels_around_the_width_of_a_vector() {
    for channels in [1, 2, 3, 6, 10, 15, 16, 17, 32, 33] {
        for width in [3, 4, 9, 15, 20] {
            let padding = [1; 4];
            check(Case::new(Depthwise { padding, ..dw(channels, [3, 3]) }, [5, width], 2), [0, 1, 2, 0]);
        }
    }
}

#[test]
fn filters_strides_dilations_and_paddings() {
    for kernel in [[1, 1], [3, 3], [5, 5], [3, 5], [7, 7], [2, 2]] {
        for stride in [[1, 1], [2, 2], [3, 3], [2, 1]] {
            for dilation in [[1, 1], [2, 2], [3, 1]] {
                for padding in [[0; 4], [1, 2, 2, 1], [6, 0, 4, 9]] {
                    let dw = Depthwise { stride, dilation, padding, ..dw(17, kernel) };
                    check(Case::new(dw, [20, 15], 1), [0; 4]);
                }
            }
        }
    }
}

#[test]
fn without_bias_and_with_activation() {
    let plain = Depthwise { padding: [1; 4], ..dw(20, [3, 3]) };
    for samples in [1, 5] {
        check(Case::new(Depthwise { bias: None, ..plain }, [5, 6], samples), [0; 4]);
        check(Case::new(Depthwise { activation: Activation::Relu, ..plain }, [5, 6], samples), [1; 4]);
    }
}

#[test]
fn the_references_gradients_are_those_of_its_forward() {
    let case = Case::new(Depthwise { stride: [2, 1], padding: [1, 0, 2, 1], ..dw(3, [3, 2]) }, [6, 5], 2);
    let mut random = Random::new(7);
    let outputs = 2 * case.output[0] * case.output[1] * 3;
    let [input, weight, bias, d] = [2 * 6 * 5 * 3, 18, 3, outputs].map(|len| wide(&random.vec(len)));
    let dot = |y: Vec<f64>| y.iter().zip(&d).map(|(y, d)| y * d).sum::<f64>();
    let narrow = |x: &[f64]| x.iter().map(|&x| x as f32).collect::<Vec<_>>();
    let [d_input, d_weight, d_bias] = reference::backward(&case, &input, &weight, &d);
    let by_input = differences(&input, |x| dot(reference::forward(&case, x, &weight, &bias)));
    let by_weight = differences(&weight, |w| dot(reference::forward(&case, &input, w, &bias)));
    let by_bias = differences(&bias, |b| dot(reference::forward(&case, &input, &weight, b)));
    assert_close(&narrow(&d_input), &by_input, 1e-6, "d_input");
    assert_close(&narrow(&d_weight), &by_weight, 1e-6, "d_weight");
    assert_close(&narrow(&d_bias), &by_bias, 1e-6, "d_bias");
}
