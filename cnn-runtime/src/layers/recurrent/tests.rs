use super::*;
use crate::network::{Init, Layout, TensorInfo, TensorKind};
use crate::tensor::{pack, unpack};
use crate::testing::{Bench, Places, Random, assert_close, differences, for_each_isa, wide};

/// Floats in front of the weights, so that an offset that is forgotten shows.
const BEFORE: usize = 5;

/// A layer, its input and its batch.
#[derive(Clone, Copy, Debug)]
struct Case {
    cell: Cell,
    /// Steps, width, channels.
    shape: [usize; 3],
    hidden: usize,
    samples: usize,
    last: bool,
    /// Of all maps but the tape.
    border: [usize; 4],
}

impl Case {
    fn layer(&self) -> Recurrent {
        let [_, width, channels] = self.shape;
        let (inputs, hidden) = (width * channels, self.hidden);
        let gates = self.cell.gates() * hidden;
        let weight_hh = BEFORE + gates * inputs;
        let bias_ih = weight_hh + gates * hidden;
        let (weight_ih, bias_hh) = (BEFORE, bias_ih + gates);
        Recurrent { cell: self.cell, inputs, hidden, weight_ih, weight_hh, bias_ih, bias_hh, last: self.last }
    }

    /// The four tensors.
    fn tensors(&self) -> [TensorInfo; 4] {
        let layer = self.layer();
        let gates = layer.gates();
        // One pixel: files list the inputs as memory does.
        let fc = |channels| Layout::Fc { height: 1, width: 1, channels };
        let info = |shape: &[usize], offset, layout| {
            // Networks have their shapes in constants; a test may leak a few.
            let (shape, kind, init) = (shape.to_vec().leak(), TensorKind::Parameter, Init::Constant(0.0));
            TensorInfo { name: "", shape, offset, kind, init, layout, rate: 1.0 }
        };
        [
            info(&[gates, layer.inputs], layer.weight_ih, fc(layer.inputs)),
            info(&[gates, self.hidden], layer.weight_hh, fc(self.hidden)),
            info(&[gates], layer.bias_ih, Layout::Plain),
            info(&[gates], layer.bias_hh, Layout::Plain),
        ]
    }

    /// The outputs of all samples, in f64.
    fn reference(&self, x: &[f64], tensors: &[Vec<f64>; 4]) -> Vec<f64> {
        let Recurrent { inputs, hidden, cell, last, .. } = self.layer();
        let sample = |x| {
            let states = reference::forward(cell, inputs, hidden, x, tensors.each_ref().map(|tensor| &tensor[..]));
            if last { states[states.len() - hidden..].to_vec() } else { states }
        };
        x.chunks(self.shape.iter().product()).flat_map(sample).collect()
    }
}

/// Compares outputs and all gradients with the reference and its slopes, on all instruction sets.
fn check(case: Case) {
    let layer = case.layer();
    let mut random = Random::new(case.hidden as u64);
    let [steps, width, channels] = case.shape;
    let x = random.vec(case.samples * steps * width * channels);
    let gates = layer.gates();
    let scale = (layer.hidden as f32).sqrt().recip();
    let mut tensor = |len: usize| -> Vec<f32> { random.vec(len).iter().map(|x| x * scale).collect() };
    let tensors = [gates * layer.inputs, gates * layer.hidden, gates, gates].map(&mut tensor);
    let output_steps = if case.last { 1 } else { steps };
    let d = random.vec(case.samples * output_steps * layer.hidden);

    let values: [Vec<f64>; 4] = tensors.each_ref().map(|tensor| wide(tensor));
    let expected = case.reference(&wide(&x), &values);
    let loss = |x: &[f64], tensors: &[Vec<f64>; 4]| -> f64 {
        case.reference(x, tensors).iter().zip(&d).map(|(y, &d)| y * f64::from(d)).sum()
    };
    let d_x = differences(&wide(&x), |x| loss(x, &values));
    let d_tensors: [Vec<f64>; 4] = std::array::from_fn(|i| {
        differences(&values[i], |tensor| {
            let mut moved = values.clone();
            moved[i].copy_from_slice(tensor);
            loss(&wide(&x), &moved)
        })
    });

    let mut places = Places::default();
    let [input, d_input] = [(); 2].map(|()| places.map(case.shape, case.border));
    let [output, d_output, inferred] = [(); 3].map(|()| places.map([output_steps, 1, layer.hidden], case.border));
    let tape = places.map([steps, 1, layer.slot()], [0; 4]);
    let mut parameters = vec![f32::NAN; layer.bias_hh + gates];
    let infos = case.tensors();
    infos.iter().zip(&tensors).for_each(|(info, x)| pack(info, x, &mut parameters));
    for_each_isa(|isa| {
        let what = |part: &str| format!("{isa}, {part} of {case:?}");
        let mut bench = Bench::new(case.samples, places.floats, &parameters);
        bench.fill(&input, &x);
        bench.fill(&d_output, &d);
        [&output, &inferred, &tape, &d_input].into_iter().for_each(|map| bench.blank(map));
        infer(&mut bench.pass(), &layer, &input, &inferred);
        assert_close(&bench.read(&inferred), &expected, 2e-6, &what("inference"));
        forward(&mut bench.pass(), &layer, &input, &output, &tape);
        assert_close(&bench.read(&output), &expected, 2e-6, &what("forward"));

        bench.gradients.fill(1.0);
        prepare(&mut bench.prepare(), &layer);
        backward(&mut bench.pass(), &layer, &input, &tape, &d_output, Some(&d_input));
        assert_close(&bench.read(&d_input), &d_x, 2e-5, &what("d_input"));
        for ((info, expected), name) in infos.iter().zip(&d_tensors).zip(["W_ih", "W_hh", "b_ih", "b_hh"]) {
            let expected: Vec<f64> = expected.iter().map(|d| 1.0 + d).collect();
            assert_close(&unpack(info, &bench.gradients), &expected, 2e-5, &what(name));
        }
        assert!(bench.gradients[..BEFORE].iter().all(|&g| g == 1.0), "{}", what("what lies before the gradients"));
        [&input, &output, &inferred, &d_input].into_iter().for_each(|map| bench.assert_untouched_outside(map));
    });
}

const CELLS: [Cell; 3] = [Cell::Rnn, Cell::Lstm, Cell::Gru];

#[test]
fn states_of_every_size_agree_with_the_reference() {
    for cell in CELLS {
        for (hidden, channels, samples) in [(1, 1, 1), (3, 2, 2), (8, 5, 9), (16, 3, 1), (17, 4, 3)] {
            let shape = [4, 1, channels];
            check(Case { cell, shape, hidden, samples, last: hidden == 3, border: [0; 4] });
        }
    }
}

#[test]
fn sequences_of_every_length_agree_with_the_reference() {
    for cell in CELLS {
        for steps in [1, 2, STEPS, STEPS + 1, 2 * STEPS + 3] {
            for last in [false, true] {
                check(Case { cell, shape: [steps, 1, 2], hidden: 3, samples: 2, last, border: [0; 4] });
            }
        }
    }
}

#[test]
fn rows_of_pictures_and_borders_agree_with_the_reference() {
    for cell in CELLS {
        check(Case { cell, shape: [3, 4, 2], hidden: 5, samples: 3, last: false, border: [1, 0, 2, 1] });
        // Few outputs of many inputs: the weights lie in rows.
        check(Case { cell, shape: [2, 16, 17], hidden: 2, samples: 2, last: true, border: [0, 1, 0, 1] });
    }
}

#[test]
fn what_diverges_shows() {
    for cell in CELLS {
        let case = Case { cell, shape: [3, 1, 1], hidden: 2, samples: 1, last: true, border: [0; 4] };
        let mut places = Places::default();
        let input = places.map(case.shape, [0; 4]);
        let output = places.map([1, 1, 2], [0; 4]);
        let layer = case.layer();
        let mut bench = Bench::new(1, places.floats, &vec![0.5; layer.bias_hh + layer.gates()]);
        bench.fill(&input, &[0.0, f32::NAN, 0.0]);
        bench.blank(&output);
        infer(&mut bench.pass(), &layer, &input, &output);
        assert!(bench.read(&output).iter().all(|y| y.is_nan()), "{cell:?}");
    }
}
