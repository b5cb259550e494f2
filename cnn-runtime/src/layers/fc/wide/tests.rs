use super::super::reference;
use super::*;
use crate::optim::{Optimizer, Sgd};
use crate::testing::{Bench, Places, Random, assert_close, for_each_isa, wide as in_f64};

/// Floats in front of the weights and of the record, so that an offset that is forgotten shows.
const BEFORE: usize = 32;

/// Where a weight lies: the layout as `Layout::Fc` states it.
fn place(fc: &Fc, input: usize, output: usize) -> usize {
    let panel = output / 16;
    let width = (fc.outputs - panel * 16).min(16);
    fc.weight + panel * 16 * fc.inputs + input * width + output % 16
}

/// What is done with the gradients of weights.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Form {
    Added,
    Overwritten,
    /// The weights are changed by them.
    Applied,
}

/// Compares a batch, in segments of `share` samples, with the reference, on all instruction sets: inputs put together,
/// and read where the samples lie.
fn check(volume: [usize; 3], outputs: usize, batch: usize, share: usize, activation: Activation) {
    for (form, reads_samples) in [(Form::Added, false), (Form::Overwritten, true), (Form::Applied, false)] {
        check_form(volume, outputs, [batch, share], activation, (form, reads_samples));
    }
}

fn check_form(
    [height, width, channels]: [usize; 3],
    outputs: usize,
    [batch, share]: [usize; 2],
    activation: Activation,
    (form, reads_samples): (Form, bool),
) {
    let inputs = height * width * channels;
    let bias = Some(BEFORE + inputs * outputs);
    let fc = Fc { inputs, outputs, weight: BEFORE, bias, activation };
    let wide = Wide { fc, record: BEFORE, reads_samples };
    let mut random = Random::new((inputs * outputs + batch) as u64);
    let (x, d) = (random.vec(batch * inputs), random.vec(batch * outputs));
    let (weight, biases) = (random.vec(inputs * outputs), random.vec(outputs));
    let mut expected = reference::forward(&in_f64(&x), &in_f64(&weight), &in_f64(&biases));
    match activation {
        Activation::Relu => expected.iter_mut().for_each(|y| *y = y.max(0.0)),
        Activation::Tanh => expected.iter_mut().for_each(|y| *y = y.tanh()),
        _ => {}
    }
    let [d_input, d_weight, d_bias] = reference::backward(&in_f64(&x), &in_f64(&weight), &in_f64(&d), outputs);

    let mut places = Places::default();
    let input = places.map([height, width, channels], [1, 0, 2, 1]);
    let output = places.map([1, 1, outputs], [0; 4]);
    let d_in = places.map([height, width, channels], [0, 1, 1, 0]);
    let mut parameters = vec![f32::NAN; BEFORE + weight.len()];
    for o in 0..outputs {
        for i in 0..inputs {
            parameters[place(&fc, i, o)] = weight[o * inputs + i];
        }
    }
    parameters.extend(&biases);
    parameters.extend([f32::NAN; LANES]);
    let mut start = random.vec(parameters.len());
    if form != Form::Added {
        start[BEFORE..][..weight.len()].fill(f32::NAN);
    }

    for_each_isa(|isa| {
        let what = |part: &str| format!("{isa}, {form:?}, {part} of {fc:?}, {batch} samples in segments of {share}");
        let mut parameters = parameters.clone();
        let mut sgd = Sgd::new(1.0);
        let record = BEFORE + recorded(inputs) + recorded(outputs);
        let mut records = vec![f32::NAN; batch * record];
        let lanes = batch.next_multiple_of(LANES);
        let per_sample = outputs.next_multiple_of(STRIP).max(inputs + outputs + 1);
        let mut results = vec![f32::NAN; lanes * per_sample];
        let mut gradients = start.clone();
        let segments: Vec<(usize, usize)> =
            (0..batch).step_by(share).map(|first| (first, share.min(batch - first))).collect();
        let each = |work: &dyn Fn(&mut Bench, usize, usize)| {
            for &(first, samples) in &segments {
                let mut bench = Bench::new(samples, places.floats, &[]);
                (bench.batch, bench.record) = (batch, record);
                bench.noise.first_sample = first as u64;
                work(&mut bench, first, samples);
            }
        };
        let mut whole =
            |records: &[f32], results: &mut [f32], gradients: &mut [f32], work: &dyn Fn(&mut Exchange<'_>)| {
                let (parameters, wants_d_input) = (&mut parameters[..], true);
                let (inputs, overwrites) = (&x[..], form != Form::Added);
                let step = if form == Form::Applied { sgd.begin(gradients.len(), 1.0) } else { None };
                let whole = Whole {
                    batch,
                    inputs,
                    parameters,
                    records,
                    record,
                    results,
                    gradients,
                    overwrites,
                    step,
                    wants_d_input,
                };
                work(&mut Exchange { partials: &[], exchange: &mut [], state: &mut [], whole });
            };
        let gathered = std::cell::RefCell::new(&mut records);
        each(&|bench, first, samples| {
            bench.records = gathered.borrow()[first * record..][..samples * record].to_vec();
            bench.fill(&input, &x[first * inputs..][..samples * inputs]);
            bench.fill(&output, &d[first * outputs..][..samples * outputs]);
            if !reads_samples {
                gather(&mut bench.pass(), &wide, &input);
            }
            gather_gradient(&mut bench.pass(), &wide, &output);
            gathered.borrow_mut()[first * record..][..samples * record].copy_from_slice(&bench.records);
        });
        whole(&records, &mut results, &mut gradients, &|exchange| combine(exchange, &wide));
        each(&|bench, first, samples| {
            bench.results = results.clone();
            bench.blank(&output);
            forward(&mut bench.pass(), &wide, &output);
            let expected = &expected[first * outputs..][..samples * outputs];
            assert_close(&bench.read(&output), expected, 1e-5, &what("forward"));
            bench.assert_untouched_outside(&output);
        });
        whole(&records, &mut results, &mut gradients, &|exchange| combine_gradient(exchange, &wide, true));
        each(&|bench, first, samples| {
            bench.results = results.clone();
            bench.blank(&d_in);
            backward(&mut bench.pass(), &wide, &d_in);
            let expected = &d_input[first * inputs..][..samples * inputs];
            assert_close(&bench.read(&d_in), expected, 1e-5, &what("d_input"));
            bench.assert_untouched_outside(&d_in);
        });
        // What was overwritten had no number to start from.
        let before = start.iter().map(|&before| if before.is_nan() { 0.0 } else { before });
        let added: Vec<f32> = gradients.iter().zip(before).map(|(after, before)| after - before).collect();
        let pairs = (0..outputs).flat_map(|o| (0..inputs).map(move |i| (i, o)));
        let gradient = |(i, o)| match form {
            Form::Applied => weight[o * inputs + i] - parameters[place(&fc, i, o)],
            _ => added[place(&fc, i, o)],
        };
        let actual: Vec<f32> = pairs.map(gradient).collect();
        assert_close(&actual, &d_weight, 1e-5, &what("d_weight"));
        assert_close(&added[BEFORE + weight.len()..][..outputs], &d_bias, 1e-5, &what("d_bias"));
        assert!(added[..BEFORE].iter().all(|&x| x == 0.0), "{}", what("what lies before d_weight"));
    });
}

#[test]
fn batches_of_any_size_through_any_number_of_outputs() {
    for (outputs, batch, share) in [(1, 1, 1), (10, 5, 2), (16, 16, 8), (33, 17, 8), (100, 20, 7), (130, 33, 33)] {
        for volume in [[1, 1, 1], [1, 1, 40], [3, 5, 9]] {
            check(volume, outputs, batch, share, Activation::Identity);
        }
    }
}

#[test]
fn batches_too_large_for_any_cache() {
    for batch in [16_400, 65_552] {
        check([1, 1, 2], 17, batch, batch / 2, Activation::Identity);
    }
}

#[test]
fn long_sums_are_cut_into_blocks() {
    check([1, 1, 2500], 40, 9, 5, Activation::Relu);
    check([2, 2, 8], 2100, 18, 8, Activation::Tanh);
}
