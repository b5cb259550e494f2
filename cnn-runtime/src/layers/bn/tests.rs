//! Batch norm against its formulas in f64, and the statistics of a batch in segments against those of the whole.

use super::*;
use crate::testing::{Bench, Places, Random, assert_close, differences, for_each_isa, wide};

/// The formulas, in f64, on a whole batch of values with the channel last.
mod reference {
    pub(super) const EPSILON: f64 = 1e-5;

    /// Mean and biased variance of every channel.
    pub(super) fn moments(channels: usize, x: &[f64]) -> Vec<(f64, f64)> {
        let count = (x.len() / channels) as f64;
        let channel = |c| x.iter().skip(c).step_by(channels);
        (0..channels)
            .map(|c| {
                let mean = channel(c).sum::<f64>() / count;
                (mean, channel(c).map(|x| (x - mean).powi(2)).sum::<f64>() / count)
            })
            .collect()
    }

    /// The normalised values, before scale and shift.
    pub(super) fn normalised(moments: &[(f64, f64)], x: &[f64]) -> Vec<f64> {
        x.iter().zip(moments.iter().cycle()).map(|(x, (mean, var))| (x - mean) / (var + EPSILON).sqrt()).collect()
    }

    pub(super) fn forward(moments: &[(f64, f64)], weight: &[f64], bias: &[f64], x: &[f64]) -> Vec<f64> {
        let affine = weight.iter().zip(bias).cycle();
        normalised(moments, x).into_iter().zip(affine).map(|(x, (w, b))| x * w + b).collect()
    }

    /// The gradients for input, scales and shifts.
    pub(super) fn backward(weight: &[f64], x: &[f64], dy: &[f64]) -> [Vec<f64>; 3] {
        let channels = weight.len();
        let count = (x.len() / channels) as f64;
        let moments = moments(channels, x);
        let normalised = normalised(&moments, x);
        let (mut d_weight, mut d_bias) = (vec![0.0; channels], vec![0.0; channels]);
        for (i, dy) in dy.iter().enumerate() {
            d_weight[i % channels] += dy * normalised[i];
            d_bias[i % channels] += dy;
        }
        let dx = (0..x.len()).map(|i| {
            let c = i % channels;
            let centred = dy[i] - d_bias[c] / count - normalised[i] * d_weight[c] / count;
            weight[c] / (moments[c].1 + EPSILON).sqrt() * centred
        });
        [dx.collect(), d_weight, d_bias]
    }
}

#[test]
fn the_reference_backward_is_the_slope_of_the_reference() {
    const CHANNELS: usize = 3;
    let mut random = Random::new(2);
    let mut numbers = |len| wide(&random.vec(len));
    let (x, weight, bias, dy) = (numbers(5 * CHANNELS), numbers(CHANNELS), numbers(CHANNELS), numbers(5 * CHANNELS));
    let loss = |x: &[f64], weight: &[f64], bias: &[f64]| {
        let y = reference::forward(&reference::moments(CHANNELS, x), weight, bias, x);
        y.iter().zip(&dy).map(|(y, dy)| y * dy).sum::<f64>()
    };
    let expected = [
        differences(&x, |x| loss(x, &weight, &bias)),
        differences(&weight, |weight| loss(&x, weight, &bias)),
        differences(&bias, |bias| loss(&x, &weight, bias)),
    ];
    for (actual, expected) in reference::backward(&weight, &x, &dy).iter().zip(expected) {
        assert!(actual.iter().zip(&expected).all(|(a, e)| (a - e).abs() < 1e-6), "{actual:?}, not {expected:?}");
    }
}

/// One segment of a batch and where things lie in it.
struct Segment {
    bench: Bench,
    input: Map,
    output: Map,
    d_output: Map,
    d_input: Map,
}

/// A whole training step of a batch norm on a batch in segments of these samples, then inference.
fn check([h, w, channels]: [usize; 3], segments: &[usize], border: [usize; 4], mean: f32, activation: Activation) {
    let what = format!("{h} x {w} x {channels} in {segments:?}, border {border:?}, mean {mean}, {activation:?}");
    let mut random = Random::new(3);
    let bn = BatchNorm {
        channels,
        pixels: h * w,
        weight: 0,
        bias: channels,
        running_mean: 0,
        running_var: channels,
        exchange: 3,
        epsilon: reference::EPSILON as f32,
        momentum: 0.1,
        activation,
    };
    let batch: usize = segments.iter().sum();
    let parameters = random.vec(2 * channels);
    let volume = h * w * channels;
    // A spread of 1 around the mean.
    let x: Vec<f32> = random.vec(batch * volume).iter().map(|x| mean + x * 3.0_f32.sqrt()).collect();
    let dy = random.vec(batch * volume);
    let mut state = vec![0.5; 2 * channels];
    let mut exchange = vec![f32::NAN; 3 + 4 * channels];

    let mut rest = (x.as_slice(), dy.as_slice());
    let mut work: Vec<Segment> = segments
        .iter()
        .map(|&samples| {
            let mut places = Places::default();
            let [input, output, d_output, d_input] =
                [border, [1; 4], [0; 4], [0, 1, 0, 1]].map(|border| places.map([h, w, channels], border));
            let mut bench = Bench::new(samples, places.floats, &parameters);
            let (x, after) = rest.0.split_at(samples * volume);
            let (dy, d_after) = rest.1.split_at(samples * volume);
            rest = (after, d_after);
            bench.batch = batch;
            bench.partial = vec![f32::NAN; 3 + 4 * channels];
            bench.fill(&input, x);
            bench.fill(&d_output, dy);
            bench.blank(&output);
            bench.blank(&d_input);
            measure(&mut bench.pass(), &bn, &input);
            Segment { bench, input, output, d_output, d_input }
        })
        .collect();

    let partials: Vec<_> = work.iter().map(|s| (s.bench.samples, s.bench.partial.as_slice())).collect();
    combine(
        &mut Exchange { partials: &partials, exchange: &mut exchange, state: &mut state, whole: Default::default() },
        &bn,
    );
    for Segment { bench, input, output, d_output, .. } in &mut work {
        bench.exchange = exchange.clone();
        forward(&mut bench.pass(), &bn, input, output);
        measure_gradient(&mut bench.pass(), &bn, input, d_output);
    }
    let partials: Vec<_> = work.iter().map(|s| (s.bench.samples, s.bench.partial.as_slice())).collect();
    combine_gradient(
        &mut Exchange { partials: &partials, exchange: &mut exchange, state: &mut [], whole: Default::default() },
        &bn,
    );
    for Segment { bench, input, d_output, d_input, .. } in &mut work {
        bench.exchange = exchange.clone();
        backward(&mut bench.pass(), &bn, input, d_output, d_input);
    }

    let (weight, bias) = (wide(&parameters[..channels]), wide(&parameters[channels..]));
    let (x, dy) = (wide(&x), wide(&dy));
    let moments = reference::moments(channels, &x);
    let activate = |y: f64| if activation == Activation::Relu { y.max(0.0) } else { y };
    let y: Vec<f64> = reference::forward(&moments, &weight, &bias, &x).into_iter().map(activate).collect();
    // Means are kept as f32.
    let tolerance = 2e-6 + 1e-7 * f64::from(mean);
    let outputs: Vec<f32> = work.iter().flat_map(|s| s.bench.read(&s.output)).collect();
    assert_close(&outputs, &y, tolerance, &what);

    let [dx, d_weight, d_bias] = reference::backward(&weight, &x, &dy);
    // A batch of two divides by small differences.
    let tolerance = 4.0 * tolerance;
    let d_inputs: Vec<f32> = work.iter().flat_map(|s| s.bench.read(&s.d_input)).collect();
    assert_close(&d_inputs, &dx, tolerance, &what);
    let mut gradients = vec![0.0; 2 * channels];
    for segment in &work {
        gradients.iter_mut().zip(&segment.bench.gradients).for_each(|(sum, &part)| *sum += part);
    }
    assert_close(&gradients[..channels], &d_weight, tolerance, &what);
    assert_close(&gradients[channels..], &d_bias, tolerance, &what);

    let count = (batch * h * w) as f64;
    let running: Vec<f64> = moments.iter().map(|(mean, _)| 0.45 + 0.1 * mean).collect();
    assert_close(&state[..channels], &running, 1e-6, &what);
    let unbiased = moments.iter().map(|(_, var)| 0.45 + 0.1 * var * count / (count - 1.0).max(1.0));
    assert_close(&state[channels..], &unbiased.collect::<Vec<_>>(), tolerance, &what);

    let running: Vec<(f64, f64)> =
        (0..channels).map(|c| (f64::from(state[c]), f64::from(state[channels + c]))).collect();
    let y: Vec<f64> = reference::forward(&running, &weight, &bias, &x).into_iter().map(activate).collect();
    let mut outputs = Vec::new();
    for Segment { bench, input, output, d_output, d_input } in &mut work {
        backward(&mut bench.pass(), &bn, input, d_output, d_output);
        assert_eq!(bench.read(d_output), bench.read(d_input), "{what} in place");
        bench.state = state.clone();
        infer(&mut bench.pass(), &bn, input, output);
        outputs.extend(bench.read(output));
        infer(&mut bench.pass(), &bn, input, input);
        assert_eq!(bench.read(input), bench.read(output), "{what} in place");
        [*input, *output, *d_output, *d_input].iter().for_each(|map| bench.assert_untouched_outside(map));
    }
    assert_close(&outputs, &y, 1e-5, &what);
}

#[test]
fn batches_of_every_shape_agree_with_the_reference() {
    for_each_isa(|_| {
        for channels in [1, 2, 3, 6, 10, 15, 16, 17, 33, 64, 65, 130] {
            for (samples, border) in [(&[4][..], [0; 4]), (&[3, 1], [1, 0, 2, 0]), (&[1, 2, 2], [0, 1, 1, 0])] {
                check([3, 5, channels], samples, border, 0.0, Activation::Identity);
                check([1, 1, channels], &[4, 5], [0; 4], 0.3, Activation::Relu);
            }
        }
    });
}

#[test]
fn vectors_of_every_length_and_number_agree_with_the_reference() {
    for_each_isa(|_| {
        for channels in [7, 8, 15, 16, 17, 31, 32, 33, 48, 128, 129] {
            for samples in [1, 2, 3, 8, 31, 64] {
                // A batch of two has hardly a gradient: its two values are always 1 and -1.
                check([1, 1, channels], &[samples, 4], [0; 4], 0.0, Activation::Relu);
                check([1, 1, channels], &[8, samples], [0, 1, 2, 0], 0.5, Activation::Identity);
            }
        }
        // More than are summed in f32.
        check([1, 1, 18], &[129, 300, 5], [0; 4], 10.0, Activation::Identity);
    });
}

#[test]
fn a_large_mean_costs_no_precision() {
    for_each_isa(|_| {
        check([9, 11, 6], &[3, 4], [0; 4], 1e3, Activation::Identity);
        check([20, 30, 16], &[2, 2], [1; 4], 1e3, Activation::Identity);
        check([1, 1, 20], &[40, 30, 1], [0; 4], 1e3, Activation::Identity);
    });
}

#[test]
fn a_single_value_per_channel_has_no_variance_but_is_no_nan() {
    check([1, 1, 3], &[1], [0; 4], 0.0, Activation::Identity);
}

#[test]
fn every_activation_is_fused() {
    for [h, w] in [[2, 3], [1, 1]] {
        let mut places = Places::default();
        let [input, output, plain] = [(); 3].map(|()| places.map([h, w, 5], [0; 4]));
        for activation in [Activation::Tanh, Activation::Elu(0.5), Activation::Gelu, Activation::Leaky(0.1)] {
            let mut bench = Bench::new(2, places.floats, &Random::new(1).vec(10));
            bench.state = [[0.1; 5], [0.7; 5]].concat();
            bench.fill(&input, &Random::new(2).vec(2 * input.volume()));
            let bn = BatchNorm {
                channels: 5,
                pixels: h * w,
                weight: 0,
                bias: 5,
                running_mean: 0,
                running_var: 5,
                exchange: 0,
                epsilon: 1e-5,
                momentum: 0.1,
                activation,
            };
            infer(&mut bench.pass(), &bn, &input, &output);
            infer(&mut bench.pass(), &BatchNorm { activation: Activation::Identity, ..bn }, &input, &plain);
            crate::layers::activation::forward(&mut bench.pass(), activation, &plain, &plain);
            assert_eq!(bench.read(&output), bench.read(&plain), "{activation:?}");
        }
    }
}
