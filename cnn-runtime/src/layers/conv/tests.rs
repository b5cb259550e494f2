use super::reference::{self, Case};
use super::*;
use crate::buffer::Buffer;
use crate::testing::{Bench, Places, Random, assert_close, differences, for_each_isa, wide};

/// Floats in front of the weights, so that an offset that is forgotten shows.
const BEFORE: usize = 3;

fn conv(channels: [usize; 2], kernel: [usize; 2]) -> Conv {
    let [in_channels, out_channels] = channels;
    Conv {
        in_channels,
        out_channels,
        kernel,
        stride: [1, 1],
        dilation: [1, 1],
        padding: [0; 4],
        groups: 1,
        weight: BEFORE,
        bias: Some(0),
        activation: Activation::Identity,
        pool: false,
        adds: false,
        algorithm: Algorithm::Direct,
    }
}

impl Case {
    fn new(conv: Conv, input: [usize; 2], samples: usize) -> Self {
        let output = [0, 1].map(|i| {
            let padded = input[i] + conv.padding[2 * i] + conv.padding[2 * i + 1];
            (padded - (conv.kernel[i] - 1) * conv.dilation[i] - 1) / conv.stride[i] + 1
        });
        let mut case = Self { conv, input, output, samples };
        case.conv.bias = conv.bias.map(|_| BEFORE + case.weights());
        case
    }

    fn weights(&self) -> usize {
        self.conv.out_channels * self.conv.group_inputs() * self.conv.kernel[0] * self.conv.kernel[1]
    }

    /// The border that backward needs around `d_output`.
    fn gradient_border(&self) -> [usize; 4] {
        let mut border = [0; 4];
        if scatter::fits(&self.conv) {
            return border;
        }
        for i in 0..2 {
            let Conv { kernel, stride, dilation, padding, .. } = self.conv;
            border[2 * i] = ((kernel[i] - 1) * dilation[i]).saturating_sub(padding[2 * i]).div_ceil(stride[i]);
            let last = (self.input[i] - 1 + padding[2 * i]) / stride[i];
            border[2 * i + 1] = last.saturating_sub(self.output[i] - 1);
        }
        border
    }

    /// Weights from the files' order to the kernels', behind [`BEFORE`] floats and followed by the biases.
    fn pack(&self, weight: &[f32], bias: &[f32]) -> Vec<f32> {
        let mut packed = vec![f32::NAN; BEFORE + weight.len()];
        for (i, &w) in weight.iter().enumerate() {
            packed[self.place(i)] = w;
        }
        packed.extend(bias);
        packed
    }

    /// Where the `i`-th weight of a file is: the layout as `Layout::Conv` states it.
    fn place(&self, i: usize) -> usize {
        let (c, k) = (self.conv.group_inputs(), self.conv.group_outputs());
        let taps = self.conv.kernel[0] * self.conv.kernel[1];
        let (tap, channel, filter) = (i % taps, i / taps % c, i / taps / c);
        let (group, filter) = (filter / k, filter % k);
        let (panel, lane) = (filter / 16, filter % 16);
        let width = (k - panel * 16).min(16);
        BEFORE + group * k * c * taps + panel * 16 * c * taps + (tap * c + channel) * width + lane
    }
}

/// A forward pass.
type Forward = fn(&mut Pass<'_>, &Conv, &Part, &Part);

/// Compares forward and backward with the reference, on all instruction sets. `extra` widens all borders.
fn check(case: Case, extra: [usize; 4]) {
    let Case { conv, input: [in_h, in_w], output: [out_h, out_w], samples } = case;
    let widened = |border: [usize; 4]| [0, 1, 2, 3].map(|i| border[i] + extra[i]);
    let mut random = Random::new(case.weights() as u64);
    let x = random.vec(samples * in_h * in_w * conv.in_channels);
    let weight = random.vec(case.weights());
    let bias = random.vec(conv.out_channels);
    let d = random.vec(samples * out_h * out_w * conv.out_channels);
    let there = random.vec(d.len());
    let start = random.vec(BEFORE + weight.len() + bias.len());

    let zero = vec![0.0; conv.out_channels];
    let expected =
        reference::forward(&case, &wide(&x), &wide(&weight), &if conv.bias.is_some() { wide(&bias) } else { zero });
    let [d_input, d_weight, d_bias] = reference::backward(&case, &wide(&x), &wide(&weight), &wide(&d));
    // Minimal filtering loses a digit: its points are not small whole numbers. Eight points lose more than six.
    let tolerance = match (conv.algorithm, conv.kernel) {
        (Algorithm::Direct, _) => 1e-5,
        (Algorithm::Vertical, _) | (_, [3, 3]) => 3e-5,
        _ => 1e-4,
    };
    let activated = |y: f64| match conv.activation {
        Activation::Relu => y.max(0.0),
        Activation::Tanh => y.tanh(),
        _ => y,
    };
    let expected: Vec<f64> = expected.into_iter().map(activated).collect();
    let pooled = reference::pool(&case, &expected);

    let mut places = Places::default();
    let input = places.map([in_h, in_w, conv.in_channels], widened(conv.padding));
    let output = places.map([out_h, out_w, conv.out_channels], extra);
    let half = places.map([out_h / 2, out_w / 2, conv.out_channels], extra);
    let d_output = places.map([out_h, out_w, conv.out_channels], widened(case.gradient_border()));
    let d_in = places.map([in_h, in_w, conv.in_channels], extra);
    for_each_isa(|isa| {
        let what = |part: &str| format!("{isa}, {part} of {case:?}, borders + {extra:?}");
        let mut bench = Bench::new(samples, places.floats, &case.pack(&weight, &bias));
        bench.fill(&input, &x);
        bench.fill(&d_output, &d);
        bench.blank(&d_in);
        bench.gradients.copy_from_slice(&start);
        if let Algorithm::Winograd(winograd) = conv.algorithm {
            let [derived, prepared] = winograd.floats(&conv);
            bench.derived = Buffer::zeroed(winograd.weights + derived);
            bench.prepared = Buffer::zeroed(winograd.d_weights + prepared);
            derive(&mut bench.prepare(), &conv);
        }
        for (run, part) in [(forward as Forward, "forward"), (train, "forward in training")] {
            bench.blank(&output);
            run(&mut bench.pass(), &conv, &input, &output);
            assert_close(&bench.read(&output), &expected, tolerance, &what(part));
            bench.assert_untouched_outside(&output);
        }
        // On top of what is there; the activation comes behind.
        if conv.activation == Activation::Identity {
            bench.fill(&output, &there);
            forward(&mut bench.pass(), &Conv { adds: true, activation: Activation::Relu, ..conv }, &input, &output);
            let sums: Vec<f64> =
                expected.iter().zip(&there).map(|(y, there)| (y + f64::from(*there)).max(0.0)).collect();
            assert_close(&bench.read(&output), &sums, tolerance, &what("forward on top"));
            bench.assert_untouched_outside(&output);
        }
        if half.volume() > 0 {
            bench.blank(&half);
            forward(&mut bench.pass(), &Conv { pool: true, ..conv }, &input, &half);
            assert_close(&bench.read(&half), &pooled, tolerance, &what("pooled forward"));
            bench.assert_untouched_outside(&half);
        }

        prepare(&mut bench.prepare(), &conv);
        backward(&mut bench.pass(), &conv, &input, &d_output, Some(&d_in));
        assert_close(&bench.read(&d_in), &d_input, tolerance, &what("d_input"));
        bench.assert_untouched_outside(&d_in);
        let added: Vec<f32> = bench.gradients.iter().zip(&start).map(|(after, before)| after - before).collect();
        let actual: Vec<f32> = (0..weight.len()).map(|i| added[case.place(i)]).collect();
        assert_close(&actual, &d_weight, tolerance, &what("d_weight"));
        if conv.bias.is_some() {
            assert_close(&added[BEFORE + weight.len()..], &d_bias, tolerance, &what("d_bias"));
        } else {
            assert!(added[BEFORE + weight.len()..].iter().all(|&x| x == 0.0), "{}", what("d_bias"));
        }
        assert!(added[..BEFORE].iter().all(|&x| x == 0.0), "{}", what("what lies before d_weight"));
    });
}

#[test]
fn channels_around_the_widths_of_vectors_and_tiles() {
    for c in [1, 2, 3, 6, 10, 15, 16, 17, 32, 33] {
        for k in [1, 2, 3, 6, 10, 15, 16, 17, 32, 33, 48] {
            check(Case::new(conv([c, k], [3, 3]), [5, 4], 1), [0; 4]);
        }
    }
}

#[test]
fn filters_of_all_shapes() {
    for kernel in [[1, 1], [3, 3], [5, 5], [3, 5], [5, 1], [7, 7], [2, 2], [4, 3]] {
        for (padding, extra) in [([0; 4], [0; 4]), ([2, 2, 2, 2], [0; 4]), ([1, 0, 0, 2], [1, 2, 3, 4])] {
            for channels in [[1, 6], [3, 10], [16, 16], [6, 33]] {
                let conv = Conv { padding, ..conv(channels, kernel) };
                check(Case::new(conv, [9, 8], 2), extra);
            }
        }
    }
}

#[test]
fn strides_and_dilations() {
    for stride in [[1, 1], [2, 2], [3, 3], [2, 1], [1, 3], [4, 2]] {
        for dilation in [[1, 1], [2, 2], [3, 3], [1, 2], [4, 6]] {
            for kernel in [[1, 1], [3, 3], [2, 3], [5, 2]] {
                for padding in [[0; 4], [1, 2, 2, 1], [5, 0, 4, 1]] {
                    let conv = Conv { stride, dilation, padding, ..conv([3, 17], kernel) };
                    check(Case::new(conv, [19, 17], 1), [0, 0, 1, 0]);
                }
            }
        }
    }
}

#[test]
fn few_channels_and_few_filters() {
    for c in 1..=4 {
        for k in [1, 4, 5, 6, 7, 10, 11, 12] {
            for width in [12, 19, 28, 36, 40] {
                let conv = Conv { padding: [1, 2, 2, 1], stride: [1 + k % 2, 1], ..conv([c, k], [3, 5]) };
                check(Case::new(conv, [9, width], 2), [0, 1, 0, 0]);
            }
        }
        // More rows than one strip holds, and rows that are too long for one.
        check(Case::new(Conv { dilation: [2, 3], ..conv([c, 6], [3, 3]) }, [70, 40], 1), [0; 4]);
        check(Case::new(conv([c, 6], [5, 1]), [6, 400], 1), [0; 4]);
    }
}

#[test]
fn few_channels_with_fewer_multiplications() {
    for c in 1..=4 {
        for k in [1, 2, 5, 6, 10, 12] {
            for kernel in [[3, 3], [5, 5], [5, 3]] {
                for ([height, width], samples) in [([9, 12], 2), ([12, 19], 1), ([28, 32], 1), ([37, 40], 1)] {
                    let conv = Conv { padding: [1, 2, 2, 1], algorithm: Algorithm::Vertical, ..conv([c, k], kernel) };
                    check(Case::new(conv, [height, width], samples), [0, 1, 0, 0]);
                }
            }
            let conv = Conv { padding: [2; 4], algorithm: Algorithm::Vertical, bias: None, ..conv([c, k], [5, 5]) };
            check(Case::new(Conv { activation: Activation::Relu, ..conv }, [28, 28], 2), [0; 4]);
        }
        // More rows than one strip holds, fewer than a tile, and rows that are too long for one.
        for size in [[70, 40], [5, 40], [6, 400]] {
            let conv = Conv { algorithm: Algorithm::Vertical, ..conv([c, 6], [5, 3]) };
            check(Case::new(conv, size, 1), [0; 4]);
        }
    }
}

#[test]
fn sixteen_filters_with_fewer_multiplications() {
    for c in [2, 3, 6, 12] {
        for kernel in [[3, 3], [5, 5], [5, 3]] {
            // Heights around those of tiles and of groups of them, widths around those of register tiles.
            for ([height, width], samples) in [([8, 12], 2), ([10, 10], 1), ([14, 19], 3), ([17, 9], 1), ([28, 28], 1)]
            {
                let conv = Conv { padding: [1, 2, 2, 1], algorithm: Algorithm::Vertical, ..conv([c, 16], kernel) };
                check(Case::new(conv, [height, width], samples), [0, 1, 0, 0]);
            }
        }
        let conv = Conv { padding: [2; 4], algorithm: Algorithm::Vertical, bias: None, ..conv([c, 16], [5, 5]) };
        check(Case::new(Conv { activation: Activation::Relu, ..conv }, [14, 14], 2), [0; 4]);
        // More columns than are done this way.
        check(Case::new(conv, [9, 35], 1), [0; 4]);
    }
}

#[test]
fn one_channel_and_few_filters() {
    for k in [3, 4, 5, 6, 8, 10, 12] {
        for kernel in [[5, 5], [3, 3]] {
            // Rows that are whole vectors and such that are not; heights around those of tiles and strips.
            for ([height, width], samples) in [([8, 8], 2), ([12, 5], 1), ([19, 13], 3), ([28, 28], 1), ([37, 9], 1)] {
                let conv = Conv { padding: [2, 0, 1, 1], ..conv([1, k], kernel) };
                check(Case::new(conv, [height, width], samples), [0, 1, 0, 2]);
            }
            let conv = Conv { padding: [2; 4], bias: None, activation: Activation::Relu, ..conv([1, k], kernel) };
            check(Case::new(conv, [28, 28], 2), [0; 4]);
        }
        check(Case::new(conv([1, k], [5, 5]), [215, 12], 1), [0; 4]);
    }
}

#[test]
fn sixteen_filters() {
    for c in [1, 2, 3, 6, 7] {
        for kernel in [[5, 5], [3, 3], [3, 4], [5, 1]] {
            for ([height, width], samples) in [([12, 9], 2), ([14, 14], 3), ([19, 6], 1), ([23, 8], 1), ([37, 5], 1)] {
                let conv = Conv { padding: [1, 0, 2, 1], ..conv([c, 16], kernel) };
                check(Case::new(conv, [height, width], samples), [0, 1, 0, 2]);
            }
            let conv = Conv { padding: [2; 4], bias: None, activation: Activation::Relu, ..conv([c, 16], kernel) };
            check(Case::new(conv, [28, 28], 2), [0; 4]);
        }
        check(Case::new(conv([c, 16], [5, 5]), [215, 12], 1), [0; 4]);
    }
}

#[test]
fn few_channels_and_no_padding() {
    for c in [1, 3, 6, 12, 13] {
        for stride in [[1, 1], [2, 1], [1, 2], [3, 3], [2, 5]] {
            for (height, samples) in [(3, 1), (7, 3), (12, 1)] {
                let conv = Conv { stride, dilation: [1 + height / 7, 1], ..conv([c, 20], [2, 4]) };
                check(Case::new(conv, [height, 15], samples), [1, 0, 0, 2]);
            }
        }
    }
}

#[test]
fn groups_of_channels() {
    for (groups, channels) in [(2, [4, 6]), (3, [48, 51]), (2, [34, 66]), (6, [6, 12]), (4, [4, 4])] {
        for dilation in [[1, 1], [2, 1]] {
            let conv = Conv { groups, dilation, padding: [1; 4], stride: [1, 2], ..conv(channels, [3, 3]) };
            check(Case::new(conv, [6, 7], 2), [0, 1, 0, 1]);
        }
    }
}

#[test]
fn random_geometries() {
    let mut random = Random::new(5);
    for _ in 0..150 {
        let mut pair = |end: usize| [1 + random.below(end), 1 + random.below(end)];
        let (kernel, stride, dilation, [c, k], size, [samples, groups]) =
            (pair(5), pair(3), pair(3), pair(20), pair(14), pair(3));
        let (padding, extra) = ([0; 4].map(|_| random.below(4)), [0; 4].map(|_| random.below(3)));
        let conv = Conv { stride, dilation, padding, groups, ..conv([c * groups, k * groups], kernel) };
        let input = [0, 1].map(|i| size[i] + (kernel[i] - 1) * dilation[i]);
        check(Case::new(conv, input, samples), extra);
    }
}

#[test]
fn groups_of_samples_and_rows_around_the_heights_of_tiles() {
    for samples in [1, 2, 5] {
        for width in [1, 2, 5, 6, 7, 8, 9, 13, 17] {
            for height in [1, 3] {
                let conv = Conv { padding: [1; 4], ..conv([5, 20], [3, 3]) };
                check(Case::new(conv, [height, width], samples), [0; 4]);
            }
        }
    }
}

#[test]
fn sums_of_several_blocks() {
    for (channels, kernel) in [([1500, 17], [1, 1]), ([400, 33], [3, 3]), ([2100, 5], [1, 2]), ([600, 40], [2, 2])] {
        check(Case::new(conv(channels, kernel), [4, 3], 1), [0; 4]);
    }
}

#[test]
fn rows_in_several_blocks() {
    check(Case::new(Conv { padding: [1; 4], ..conv([64, 17], [3, 3]) }, [20, 200], 1), [0; 4]);
    let grouped = Conv { padding: [1; 4], groups: 4, ..conv([64, 64], [3, 3]) };
    check(Case::new(grouped, [13, 200], 2), [1, 0, 2, 1]);
    check(Case::new(Conv { activation: Activation::Tanh, ..grouped }, [13, 200], 1), [0; 4]);
    check(Case::new(Conv { stride: [2, 2], groups: 1, ..grouped }, [23, 150], 1), [0; 4]);
    check(Case::new(Conv { stride: [3, 1], padding: [0, 1, 2, 0], ..grouped }, [23, 100], 2), [0, 1, 0, 0]);
    // Few taps: several pieces of one block.
    check(Case::new(Conv { padding: [1; 4], ..conv([5, 20], [3, 3]) }, [40, 40], 1), [0; 4]);
}

#[test]
fn weight_gradients_of_many_outputs() {
    check(Case::new(Conv { padding: [1; 4], ..conv([32, 520], [3, 3]) }, [9, 20], 2), [0; 4]);
    check(Case::new(conv([257, 513], [1, 1]), [3, 5], 3), [1, 0, 2, 1]);
}

#[test]
fn by_minimal_filtering() {
    for (tile, taps) in [(2, 3), (4, 3), (4, 5)] {
        for padding in [[0; 4], [1; 4], [2, 1, 0, 2]].map(|sides| sides.map(|side| (taps - 2) * side)) {
            for channels in [[16, 32], [33, 17], [64, 48]] {
                for ([height, width], samples) in [([5, 6], 3), ([8, 8], 1), ([7, 13], 10)] {
                    let mut conv =
                        Conv { padding: padding.map(|side| side.min(taps - 1)), ..conv(channels, [taps; 2]) };
                    let d_weights = BEFORE + taps * taps * channels[0] * channels[1] + channels[1];
                    conv.algorithm = Algorithm::Winograd(Winograd {
                        weights: 32,
                        d_weights,
                        backward_weights: height != 8,
                        ..Winograd::of(tile)
                    });
                    conv.activation = if height == 5 { Activation::Relu } else { Activation::Identity };
                    check(Case::new(conv, [height, width], samples), [width % 2, 0, 0, 1]);
                }
            }
        }
    }
}

#[test]
fn by_minimal_filtering_of_images_of_several_samples() {
    for (taps, channels, activation) in [(3, [33, 17], Activation::Tanh), (5, [16, 32], Activation::Relu)] {
        for (together, samples) in [([2, 2], 4), ([2, 1], 3), ([1, 2], 20), ([2, 2], 37)] {
            for size in [[5, 9], [13, 5]] {
                let d_weights = BEFORE + taps * taps * channels[0] * channels[1] + channels[1];
                let winograd = Winograd { weights: 32, d_weights, backward_weights: true, together, ..Winograd::of(4) };
                let algorithm = Algorithm::Winograd(winograd);
                let conv = Conv { padding: [taps / 2; 4], algorithm, activation, ..conv(channels, [taps; 2]) };
                check(Case::new(conv, size, samples), [size[0] % 2, 0, 1, 1]);
            }
        }
    }
}

#[test]
fn without_bias_and_with_activation() {
    let plain = Conv { padding: [1; 4], ..conv([5, 20], [3, 3]) };
    check(Case::new(Conv { bias: None, ..plain }, [5, 6], 2), [0; 4]);
    check(Case::new(Conv { activation: Activation::Relu, ..plain }, [5, 6], 2), [1; 4]);
}

#[test]
fn pooling_comes_behind_every_activation() {
    for activation in [Activation::Relu, Activation::Tanh, Activation::Gelu, Activation::Leaky(0.5)] {
        for (channels, algorithm) in [
            ([1, 6], Algorithm::Direct),
            ([3, 10], Algorithm::Direct),
            ([5, 20], Algorithm::Direct),
            ([5, 16], Algorithm::Direct),
            ([5, 20], Algorithm::Winograd(Winograd::of(4))),
            ([5, 20], Algorithm::Winograd(Winograd::of(2))),
            ([6, 20], Algorithm::Winograd(Winograd::of(4))),
        ] {
            let taps = if channels[0] == 6 { 5 } else { 3 };
            let padding = [taps / 2; 4];
            let conv = Conv { padding, activation, algorithm, bias: None, ..conv(channels, [taps; 2]) };
            let case = Case::new(conv, [7, 18], 3);
            let mut places = Places::default();
            let input = places.map([7, 18, channels[0]], padding);
            let output = places.map([7, 18, channels[1]], [0; 4]);
            let half = places.map([3, 9, channels[1]], [0, 1, 0, 1]);
            let mut random = Random::new(9);
            let (x, weight) = (random.vec(3 * input.volume()), random.vec(case.weights()));
            for_each_isa(|isa| {
                let mut bench = Bench::new(3, places.floats, &case.pack(&weight, &[]));
                bench.fill(&input, &x);
                bench.blank(&output);
                bench.blank(&half);
                if let Algorithm::Winograd(winograd) = algorithm {
                    bench.derived = Buffer::zeroed(winograd.floats(&conv)[0]);
                    derive(&mut bench.prepare(), &conv);
                }
                forward(&mut bench.pass(), &conv, &input, &output);
                forward(&mut bench.pass(), &Conv { pool: true, ..conv }, &input, &half);
                let expected = reference::pool(&case, &wide(&bench.read(&output)));
                assert_close(&bench.read(&half), &expected, 1e-5, &format!("{isa}, {activation:?}, {conv:?}"));
                bench.assert_untouched_outside(&half);
            });
        }
    }
}

#[test]
fn the_references_gradients_are_those_of_its_forward() {
    for (stride, dilation, groups, padding) in [([1, 1], [1, 1], 1, [1; 4]), ([2, 1], [1, 2], 2, [2, 0, 1, 1])] {
        let case = Case::new(Conv { stride, dilation, groups, padding, ..conv([4, 6], [3, 2]) }, [5, 6], 2);
        let mut random = Random::new(7);
        let input = wide(&random.vec(2 * 5 * 6 * 4));
        let weight = wide(&random.vec(case.weights()));
        let bias = wide(&random.vec(6));
        let d = wide(&random.vec(2 * case.output[0] * case.output[1] * 6));
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
}

#[test]
fn every_kernel_has_a_name() {
    for_each_isa(|isa| {
        let name = |conv: Conv, [height, width]: [usize; 2]| {
            let conv = Conv { padding: [conv.kernel[0] / 2; 4], ..conv };
            let input = Map::new(0, [height, width, conv.in_channels], conv.padding);
            let output = [height, width].map(|size| size / conv.shrinks());
            let output = Map::dense(0, [output[0], output[1], conv.out_channels]);
            kernel(&conv, &input, &output)
        };
        let tile = match isa {
            crate::simd::Isa::Avx512 => "8x32",
            crate::simd::Isa::Avx2 => "6x16",
            crate::simd::Isa::Portable => "2x16",
        };
        let has_32_registers = isa == crate::simd::Isa::Avx512;
        let one_channel = name(conv([1, 6], [5, 5]), [28, 28]);
        assert_eq!(one_channel, if has_32_registers { "output_lane" } else { "pixel_lane" });
        assert_eq!(name(conv([3, 10], [5, 5]), [32, 32]), "pixel_lane");
        let vertical = name(Conv { algorithm: Algorithm::Vertical, ..conv([3, 10], [5, 5]) }, [32, 32]);
        assert_eq!(vertical, if has_32_registers { "pixel_lane, winograd 4x1" } else { "pixel_lane" });
        assert_eq!(name(conv([3, 32], [3, 3]), [32, 32]), format!("short_runs, register tiles of {tile}"));
        assert_eq!(name(conv([32, 48], [5, 5]), [14, 14]), format!("row_fma, register tiles of {tile}"));
        let column = name(conv([6, 16], [5, 5]), [14, 14]);
        assert_eq!(column == "column", has_32_registers, "{column}");
        let vertical = name(Conv { algorithm: Algorithm::Vertical, ..conv([6, 16], [5, 5]) }, [14, 14]);
        assert_eq!(vertical == "column, winograd 4x1", has_32_registers, "{vertical}");
        // Rows of 8 windows are pooled to rows of 4.
        let pooled = name(Conv { pool: true, ..conv([5, 20], [3, 3]) }, [8, 8]);
        assert_eq!(pooled, format!("short_runs, register tiles of {tile}"));
        // A strip has room for three rows of such windows, one less than a tile has.
        let wide = name(Conv { algorithm: Algorithm::Vertical, ..conv([4, 12], [5, 5]) }, [16, 128]);
        assert_eq!(wide, "pixel_lane");
    });
}
