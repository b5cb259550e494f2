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
    states: States,
    /// Whether the state before the first step is given.
    starts: bool,
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
        Recurrent { cell: self.cell, inputs, hidden, weight_ih, weight_hh, bias_ih, bias_hh, states: self.states }
    }

    /// The output: steps and floats of each.
    fn output(&self) -> [usize; 2] {
        match self.states {
            States::All => [self.shape[0], self.hidden],
            States::Last => [1, self.hidden],
            States::LastAndMemory => [1, 2 * self.hidden],
        }
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

    /// The outputs of all samples, in f64, of sequences and the states before them.
    fn reference(&self, x: &[f64], starts: &[f64], tensors: &[Vec<f64>; 4]) -> Vec<f64> {
        let layer = self.layer();
        let sample = |(x, start): (&[f64], &[f64])| -> Vec<f64> {
            let (h, c) = start.split_at(self.hidden);
            // Of what has no memory, nothing reads it.
            let start = (h.to_vec(), if c.is_empty() { vec![0.0; self.hidden] } else { c.to_vec() });
            let tensors = tensors.each_ref().map(|tensor| &tensor[..]);
            let states = reference::forward(self.cell, layer.inputs, start, x, tensors);
            let (h, c) = states[states.len() - 1].clone();
            match self.states {
                States::All => states.into_iter().flat_map(|(h, _)| h).collect(),
                States::Last => h,
                States::LastAndMemory => [h, c].concat(),
            }
        };
        x.chunks(self.shape.iter().product()).zip(starts.chunks(layer.state())).flat_map(sample).collect()
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
    let [output_steps, output_floats] = case.output();
    let d = random.vec(case.samples * output_steps * output_floats);
    let starts = match case.starts {
        true => random.vec(case.samples * layer.state()),
        false => vec![0.0; case.samples * layer.state()],
    };

    let values: [Vec<f64>; 4] = tensors.each_ref().map(|tensor| wide(tensor));
    let expected = case.reference(&wide(&x), &wide(&starts), &values);
    let loss = |x: &[f64], starts: &[f64], tensors: &[Vec<f64>; 4]| -> f64 {
        case.reference(x, starts, tensors).iter().zip(&d).map(|(y, &d)| y * f64::from(d)).sum()
    };
    let d_x = differences(&wide(&x), |x| loss(x, &wide(&starts), &values));
    let d_starts = differences(&wide(&starts), |starts| loss(&wide(&x), starts, &values));
    let d_tensors: [Vec<f64>; 4] = std::array::from_fn(|i| {
        differences(&values[i], |tensor| {
            let mut moved = values.clone();
            moved[i].copy_from_slice(tensor);
            loss(&wide(&x), &wide(&starts), &moved)
        })
    });

    let mut places = Places::default();
    let [input, d_input] = [(); 2].map(|()| places.map(case.shape, case.border));
    let [start, d_start] = [(); 2].map(|()| places.map([1, 1, layer.state()], case.border));
    let [output, d_output, inferred] = [(); 3].map(|()| places.map([output_steps, 1, output_floats], case.border));
    let tape = places.map([steps, 1, layer.slot()], [0; 4]);
    let mut parameters = vec![f32::NAN; layer.bias_hh + gates];
    let infos = case.tensors();
    infos.iter().zip(&tensors).for_each(|(info, x)| pack(info, x, &mut parameters));
    let given = case.starts.then_some(&start);
    for_each_isa(|isa| {
        let what = |part: &str| format!("{isa}, {part} of {case:?}");
        let mut bench = Bench::new(case.samples, places.floats, &parameters);
        bench.fill(&input, &x);
        bench.fill(&start, &starts);
        bench.fill(&d_output, &d);
        [&output, &inferred, &tape, &d_input, &d_start].into_iter().for_each(|map| bench.blank(map));
        infer(&mut bench.pass(), &layer, &input, given, &inferred);
        assert_close(&bench.read(&inferred), &expected, 2e-6, &what("inference"));
        forward(&mut bench.pass(), &layer, &input, given, &output, &tape);
        assert_close(&bench.read(&output), &expected, 2e-6, &what("forward"));

        bench.gradients.fill(1.0);
        prepare(&mut bench.prepare(), &layer);
        let d_inputs = [Some((&d_input, false)), given.map(|_| (&d_start, false))];
        backward(&mut bench.pass(), &layer, &input, given, &tape, &d_output, d_inputs);
        assert_close(&bench.read(&d_input), &d_x, 2e-5, &what("d_input"));
        if case.starts {
            assert_close(&bench.read(&d_start), &d_starts, 2e-5, &what("d_start"));
        }
        for ((info, expected), name) in infos.iter().zip(&d_tensors).zip(["W_ih", "W_hh", "b_ih", "b_hh"]) {
            let expected: Vec<f64> = expected.iter().map(|d| 1.0 + d).collect();
            assert_close(&unpack(info, &bench.gradients), &expected, 2e-5, &what(name));
        }
        assert!(bench.gradients[..BEFORE].iter().all(|&g| g == 1.0), "{}", what("what lies before the gradients"));

        // On top of what is there.
        forward(&mut bench.pass(), &layer, &input, given, &output, &tape);
        bench.fill(&d_input, &vec![0.5; d_x.len()]);
        bench.fill(&d_start, &vec![0.5; d_starts.len()]);
        let d_inputs = [Some((&d_input, true)), given.map(|_| (&d_start, true))];
        backward(&mut bench.pass(), &layer, &input, given, &tape, &d_output, d_inputs);
        let more = |d: &[f64]| d.iter().map(|d| d + 0.5).collect::<Vec<f64>>();
        assert_close(&bench.read(&d_input), &more(&d_x), 2e-5, &what("added d_input"));
        if case.starts {
            assert_close(&bench.read(&d_start), &more(&d_starts), 2e-5, &what("added d_start"));
        }
        let maps = [&input, &output, &inferred, &d_input, &start, &d_start];
        maps.into_iter().for_each(|map| bench.assert_untouched_outside(map));
    });
}

const CELLS: [Cell; 3] = [Cell::Rnn, Cell::Lstm, Cell::Gru];

/// What comes out of a cell besides all states.
fn ends(cell: Cell) -> States {
    if cell == Cell::Lstm { States::LastAndMemory } else { States::Last }
}

#[test]
fn states_of_every_size_agree_with_the_reference() {
    for cell in CELLS {
        for (hidden, channels, samples) in [(1, 1, 1), (3, 2, 2), (8, 5, 9), (16, 3, 1), (17, 4, 3)] {
            let states = if hidden == 3 { States::Last } else { States::All };
            let shape = [4, 1, channels];
            check(Case { cell, shape, hidden, samples, states, starts: false, border: [0; 4] });
        }
    }
}

#[test]
fn sequences_of_every_length_agree_with_the_reference() {
    for cell in CELLS {
        for steps in [1, 2, STEPS, STEPS + 1, 2 * STEPS + 3] {
            for states in [States::All, ends(cell)] {
                let shape = [steps, 1, 2];
                check(Case { cell, shape, hidden: 3, samples: 2, states, starts: false, border: [0; 4] });
            }
        }
    }
}

#[test]
fn sequences_that_go_on_agree_with_the_reference() {
    for cell in CELLS {
        for (hidden, channels, samples) in [(1, 1, 1), (3, 2, 9), (16, 3, 17), (17, 4, 3)] {
            for (steps, states) in [(1, States::All), (1, ends(cell)), (4, States::All), (STEPS + 2, ends(cell))] {
                let (shape, border) = ([steps, 1, channels], [0, 1, 1, 0]);
                check(Case { cell, shape, hidden, samples, states, starts: true, border });
            }
        }
    }
}

#[test]
fn rows_of_pictures_and_borders_agree_with_the_reference() {
    for cell in CELLS {
        for starts in [false, true] {
            let states = States::All;
            check(Case { cell, shape: [3, 4, 2], hidden: 5, samples: 3, states, starts, border: [1, 0, 2, 1] });
            // Few outputs of many inputs: the weights lie in rows.
            let states = ends(cell);
            check(Case { cell, shape: [2, 16, 17], hidden: 2, samples: 2, states, starts, border: [0, 1, 0, 1] });
        }
    }
}

#[test]
fn what_diverges_shows() {
    for cell in CELLS {
        let (shape, states) = ([3, 1, 1], States::Last);
        let case = Case { cell, shape, hidden: 2, samples: 1, states, starts: false, border: [0; 4] };
        let mut places = Places::default();
        let input = places.map(case.shape, [0; 4]);
        let output = places.map([1, 1, 2], [0; 4]);
        let layer = case.layer();
        let mut bench = Bench::new(1, places.floats, &vec![0.5; layer.bias_hh + layer.gates()]);
        bench.fill(&input, &[0.0, f32::NAN, 0.0]);
        bench.blank(&output);
        infer(&mut bench.pass(), &layer, &input, None, &output);
        assert!(bench.read(&output).iter().all(|y| y.is_nan()), "{cell:?}");
    }
}
