//! Group normalisation against the definition.

use super::super::trial::Trial;
use super::*;
use crate::testing::{Random, assert_close, differences, for_each_isa, wide};

/// The definition, in f64, on one sample in HWC order.
mod reference {
    const EPSILON: f64 = 1e-3;

    /// Every float normalised, and its group's standard deviation.
    fn normal(channels: usize, groups: usize, x: &[f64]) -> Vec<(f64, f64)> {
        let group = |i: usize| i % channels / (channels / groups);
        let of_group = |i: usize| (0..x.len()).filter(move |&j| group(j) == group(i));
        let count = (x.len() / groups) as f64;
        let one = |i: usize| {
            let mean = of_group(i).map(|j| x[j]).sum::<f64>() / count;
            let var = of_group(i).map(|j| (x[j] - mean).powi(2)).sum::<f64>() / count;
            ((x[i] - mean) / (var + EPSILON).sqrt(), (var + EPSILON).sqrt())
        };
        (0..x.len()).map(one).collect()
    }

    pub(super) fn forward(groups: usize, x: &[f64], weight: &[f64], bias: &[f64]) -> Vec<f64> {
        let channels = weight.len();
        let normal = normal(channels, groups, x).into_iter().enumerate();
        normal.map(|(i, (x, _))| x * weight[i % channels] + bias[i % channels]).collect()
    }

    /// The gradients for input, weight and bias.
    pub(super) fn backward(groups: usize, x: &[f64], weight: &[f64], dy: &[f64]) -> [Vec<f64>; 3] {
        let (channels, count) = (weight.len(), (x.len() / groups) as f64);
        let group = |i: usize| i % channels / (channels / groups);
        let normal = normal(channels, groups, x);
        let g: Vec<f64> = (0..x.len()).map(|i| dy[i] * weight[i % channels]).collect();
        let mut sums = vec![[0.0; 2]; groups];
        let [mut d_weight, mut d_bias] = [vec![0.0; channels], vec![0.0; channels]];
        for (i, (normal, _)) in normal.iter().enumerate() {
            sums[group(i)][0] += g[i] / count;
            sums[group(i)][1] += g[i] * normal / count;
            d_weight[i % channels] += dy[i] * normal;
            d_bias[i % channels] += dy[i];
        }
        let one = |(i, (normal, deviation)): (usize, &(f64, f64))| {
            let [straight, along] = sums[group(i)];
            (g[i] - straight - normal * along) / deviation
        };
        [normal.iter().enumerate().map(one).collect(), d_weight, d_bias]
    }
}

fn check(shape: [usize; 3], groups: usize, samples: usize, border: [usize; 4], random: &mut Random, isa: &str) {
    let (volume, channels) = (shape.iter().product::<usize>(), shape[2]);
    // Far from zero, so that squares that cancel show.
    let input: Vec<f32> = random.vec(samples * volume).iter().map(|x| 3.0 * x + 20.0).collect();
    let (input, d_output) = (&input, &random.vec(samples * volume));
    let parameters = &random.vec(3 + 2 * channels);
    let trial = Trial { samples, shapes: [shape; 2], border, parameters, input, d_output };
    let found = trial.run(|bench, maps| {
        let norm = GroupNorm { groups, weight: 3, bias: 3 + channels, epsilon: 1e-3 };
        forward(&mut bench.pass(), &norm, &maps.input, &maps.output);
        backward(&mut bench.pass(), &norm, &maps.input, &maps.d_output, &maps.d_input);
    });
    let what = format!("{isa}: {shape:?}, {groups} groups");
    let [x, dy, parameters] = [input, d_output, parameters].map(|values| wide(values));
    let (weight, bias) = parameters[3..].split_at(channels);
    let y = x.chunks(volume).flat_map(|x| reference::forward(groups, x, weight, bias));
    assert_close(&found.output, &y.collect::<Vec<_>>(), 1e-5, &what);
    let (mut dx, mut gradients) = (Vec::new(), vec![0.0; 3 + 2 * channels]);
    for (x, dy) in x.chunks(volume).zip(dy.chunks(volume)) {
        let [d, d_weight, d_bias] = reference::backward(groups, x, weight, dy);
        dx.extend(d);
        gradients[3..].iter_mut().zip(d_weight.iter().chain(&d_bias)).for_each(|(sum, d)| *sum += d);
    }
    assert_close(&found.d_input, &dx, 2e-5, &what);
    assert_close(&found.gradients, &gradients, 2e-5, &what);
}

#[test]
fn every_number_of_channels_and_groups_agrees_with_the_reference() {
    for_each_isa(|isa| {
        let mut random = Random::new(1);
        for (channels, groups) in
            [(1, 1), (3, 1), (3, 3), (6, 2), (16, 4), (17, 17), (32, 1), (64, 8), (66, 3), (96, 96), (130, 2)]
        {
            for (samples, [h, w], border) in [(1, [2, 5], [0; 4]), (3, [4, 3], [1, 0, 2, 3])] {
                check([h, w, channels], groups, samples, border, &mut random, &isa.to_string());
            }
        }
    });
}

#[test]
fn the_reference_backward_is_the_slope_of_the_reference() {
    let mut random = Random::new(2);
    for groups in [1, 2, 4] {
        let [x, dy] = [(); 2].map(|()| wide(&random.vec(3 * 4)));
        let [weight, bias] = [(); 2].map(|()| wide(&random.vec(4)));
        let loss = |x: &[f64], weight: &[f64], bias: &[f64]| -> f64 {
            reference::forward(groups, x, weight, bias).iter().zip(&dy).map(|(y, dy)| y * dy).sum()
        };
        let slopes = [
            differences(&x, |x| loss(x, &weight, &bias)),
            differences(&weight, |weight| loss(&x, weight, &bias)),
            differences(&bias, |bias| loss(&x, &weight, bias)),
        ];
        for (slopes, d) in slopes.iter().zip(reference::backward(groups, &x, &weight, &dy)) {
            assert!(slopes.iter().zip(d).all(|(a, b)| (a - b).abs() < 1e-7));
        }
    }
}
