use super::*;
use crate::gemm::{Matrix, MatrixMut, gemm};
use crate::testing::{Bench, Places, Random, assert_close, differences, for_each_isa, wide};

/// Floats in front of the weights, so that an offset that is forgotten shows.
const BEFORE: usize = 5;

fn fc(inputs: usize, outputs: usize) -> Fc {
    let bias = Some(BEFORE + inputs * outputs);
    Fc { inputs, outputs, weight: BEFORE, bias, activation: Activation::Identity }
}

/// Where a weight lies: the layout as `Layout::Fc` states it.
fn place(fc: &Fc, input: usize, output: usize) -> usize {
    if fc.lies_in_rows() {
        return BEFORE + output * fc.inputs + input;
    }
    let panel = output / 16;
    let width = (fc.outputs - panel * 16).min(16);
    BEFORE + panel * 16 * fc.inputs + input * width + output % 16
}

/// Compares forward and backward with the reference, on all instruction sets, for an input of this height and width and
/// a `d_input` with this border.
fn check(fc: Fc, samples: usize, [height, width]: [usize; 2], border: [usize; 4]) {
    let Fc { inputs, outputs, .. } = fc;
    let mut random = Random::new((inputs * outputs) as u64);
    let x = random.vec(samples * inputs);
    let weight = random.vec(inputs * outputs);
    let bias = random.vec(outputs);
    let d = random.vec(samples * outputs);
    let start = random.vec(BEFORE + weight.len() + bias.len());

    let zero = vec![0.0; outputs];
    let biases = if fc.bias.is_some() { wide(&bias) } else { zero.clone() };
    let mut expected = reference::forward(&wide(&x), &wide(&weight), &biases);
    if fc.activation == Activation::Relu {
        expected.iter_mut().for_each(|y| *y = y.max(0.0));
    }
    let [d_input, d_weight, d_bias] = reference::backward(&wide(&x), &wide(&weight), &wide(&d), outputs);
    let d_bias = if fc.bias.is_some() { d_bias } else { zero };

    let mut places = Places::default();
    let input = places.map([height, width, inputs / height / width], [0; 4]);
    let output = places.map([1, 1, outputs], [0; 4]);
    let d_output = places.map([1, 1, outputs], [0; 4]);
    let d_in = places.map([height, width, inputs / height / width], border);
    let mut parameters = vec![f32::NAN; BEFORE + weight.len()];
    for o in 0..outputs {
        for i in 0..inputs {
            parameters[place(&fc, i, o)] = weight[o * inputs + i];
        }
    }
    parameters.extend(&bias);
    for_each_isa(|isa| {
        let what = |part: &str| format!("{isa}, {part} of {fc:?}, {samples} samples, border {border:?}");
        let mut bench = Bench::new(samples, places.floats, &parameters);
        bench.fill(&input, &x);
        bench.blank(&output);
        bench.fill(&d_output, &d);
        bench.blank(&d_in);
        bench.gradients.copy_from_slice(&start);
        forward(&mut bench.pass(), &fc, &input, &output);
        assert_close(&bench.read(&output), &expected, 1e-5, &what("forward"));
        bench.assert_untouched_outside(&output);

        prepare(&mut bench.prepare(), &fc);
        backward(&mut bench.pass(), &fc, &input, &d_output, Some(&d_in));
        assert_close(&bench.read(&d_in), &d_input, 1e-5, &what("d_input"));
        bench.assert_untouched_outside(&d_in);
        let added: Vec<f32> = bench.gradients.iter().zip(&start).map(|(after, before)| after - before).collect();
        let pairs = (0..outputs).flat_map(|o| (0..inputs).map(move |i| (i, o)));
        let actual: Vec<f32> = pairs.map(|(i, o)| added[place(&fc, i, o)]).collect();
        assert_close(&actual, &d_weight, 1e-5, &what("d_weight"));
        assert_close(&added[BEFORE + weight.len()..], &d_bias, 1e-5, &what("d_bias"));
        assert!(added[..BEFORE].iter().all(|&x| x == 0.0), "{}", what("what lies before d_weight"));
    });
}

#[test]
fn sizes_around_vectors_and_groups_around_tiles() {
    for inputs in [1, 3, 6, 15, 16, 17, 33, 400] {
        for outputs in [1, 2, 4, 10, 16, 17, 20, 32, 33, 36, 63, 64, 80, 84, 120] {
            for samples in [1, 2, 5] {
                check(fc(inputs, outputs), samples, [1, 1], [0; 4]);
            }
        }
    }
    for samples in 3..20 {
        check(fc(20, 40), samples, [1, 1], [0; 4]);
    }
}

#[test]
fn long_sums_go_by_blocks() {
    for inputs in [1023, 1024, 1025, 2047, 2048, 2049, 5000] {
        check(fc(inputs, 35), 2, [1, 1], [0; 4]);
        check(fc(35, inputs), 1, [1, 1], [0; 4]);
    }
}

#[test]
fn the_gradient_may_go_into_a_map_with_a_border() {
    for border in [[0, 0, 1, 0], [1, 1, 1, 1], [2, 0, 0, 3], [0, 0, 0, 4]] {
        for samples in [1, 3] {
            check(fc(4 * 5 * 6, 10), samples, [4, 5], border);
        }
    }
}

#[test]
fn without_bias_and_with_activation() {
    check(Fc { bias: None, ..fc(30, 40) }, 3, [1, 1], [0; 4]);
    check(Fc { activation: Activation::Relu, ..fc(30, 40) }, 3, [1, 1], [0; 4]);
}

#[test]
fn an_independent_matrix_product_agrees() {
    let (inputs, outputs, samples) = (300, 16, 40);
    let layer = Fc { bias: None, ..fc(inputs, outputs) };
    let mut random = Random::new(3);
    let (x, d, weight) = (random.vec(samples * inputs), random.vec(samples * outputs), random.vec(inputs * outputs));
    let mut places = Places::default();
    let input = places.map([1, 1, inputs], [0; 4]);
    let output = places.map([1, 1, outputs], [0; 4]);
    let d_output = places.map([1, 1, outputs], [0; 4]);
    // One panel of 16 outputs is a matrix of inputs x outputs.
    let mut expected = vec![0.0; samples * outputs];
    let matrix = Matrix::rows(&weight, [inputs, outputs]);
    gemm(1.0, Matrix::rows(&x, [samples, inputs]), matrix, 0.0, MatrixMut::rows(&mut expected, [samples, outputs]));
    let mut d_weight = vec![0.0; inputs * outputs];
    let d_matrix = MatrixMut::rows(&mut d_weight, [inputs, outputs]);
    gemm(1.0, Matrix::rows(&x, [samples, inputs]).transposed(), Matrix::rows(&d, [samples, outputs]), 0.0, d_matrix);
    for_each_isa(|isa| {
        let mut bench = Bench::new(samples, places.floats, &[&vec![0.0; BEFORE][..], &weight].concat());
        bench.fill(&input, &x);
        bench.fill(&d_output, &d);
        forward(&mut bench.pass(), &layer, &input, &output);
        backward(&mut bench.pass(), &layer, &input, &d_output, None);
        assert_close(&bench.read(&output), &wide(&expected), 1e-5, &format!("{isa}, forward"));
        assert_close(&bench.gradients[BEFORE..], &wide(&d_weight), 1e-5, &format!("{isa}, d_weight"));
    });
}

#[test]
fn the_references_gradients_are_those_of_its_forward() {
    let mut random = Random::new(9);
    let [input, weight, bias, d] = [3 * 7, 7 * 4, 4, 3 * 4].map(|len| wide(&random.vec(len)));
    let dot = |y: Vec<f64>| y.iter().zip(&d).map(|(y, d)| y * d).sum::<f64>();
    let narrow = |x: &[f64]| x.iter().map(|&x| x as f32).collect::<Vec<_>>();
    let [d_input, d_weight, d_bias] = reference::backward(&input, &weight, &d, 4);
    let by_input = differences(&input, |x| dot(reference::forward(x, &weight, &bias)));
    let by_weight = differences(&weight, |w| dot(reference::forward(&input, w, &bias)));
    let by_bias = differences(&bias, |b| dot(reference::forward(&input, &weight, b)));
    assert_close(&narrow(&d_input), &by_input, 1e-6, "d_input");
    assert_close(&narrow(&d_weight), &by_weight, 1e-6, "d_weight");
    assert_close(&narrow(&d_bias), &by_bias, 1e-6, "d_bias");
}

#[test]
fn parts_of_the_outputs_give_the_bits_of_the_whole() {
    let mut random = Random::new(11);
    for outputs in [16, 70, 128, 200] {
        let fc = Fc { activation: Activation::Relu, ..fc(300, outputs) };
        let parameters = random.vec(BEFORE + 300 * outputs + outputs + LANES);
        let x = random.vec(300);
        let map = |channels| Map::dense(0, [1, 1, channels]);
        let grid = vectors(1, steps(&map(300)), steps(&map(outputs)));
        for_each_isa(|isa| {
            let [whole, others @ ..] = [1, 2, 3, 5].map(|parts| {
                let mut y = vec![f32::NAN; map(outputs).stored()];
                products(&parameters, &fc, grid, 0..fc.panels().count(), parts, &x, &mut y);
                y[..outputs].iter().map(|y| y.to_bits()).collect::<Vec<_>>()
            });
            assert!(others.iter().all(|other| *other == whole), "{isa}: {outputs} outputs");
        });
    }
}
