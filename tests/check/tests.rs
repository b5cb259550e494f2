//! The check itself: a network that is right passes, one with a small mistake anywhere does not.

use std::collections::BTreeMap;

use cnn::{Init, LayerInfo, Layout, TensorInfo, TensorKind};

use super::Outcome;
use super::machine::{Facts, Machine};
use crate::reference::{Graph, Mode, Tensors, Values};

const fn layer(name: &'static str, words: &'static str, output: [usize; 3], params: usize, macs: u64) -> LayerInfo {
    LayerInfo { name, words, output, params, macs, receptive_field: [1, 1] }
}

const fn tensor(name: &'static str, shape: &'static [usize], offset: usize) -> TensorInfo {
    TensorInfo {
        name,
        shape,
        offset,
        kind: TensorKind::Parameter,
        init: Init::Constant(0.0),
        layout: Layout::Plain,
        rate: 1.0,
    }
}

const fn state(name: &'static str, shape: &'static [usize], offset: usize) -> TensorInfo {
    TensorInfo { kind: TensorKind::State, ..tensor(name, shape, offset) }
}

const LAYERS: &[LayerInfo] = &[
    layer("conv1", "conv(3, 2, p[0, 1, 1, 0])", [5, 4, 3], 27, 480),
    layer("bn1", "bn", [5, 4, 3], 6, 0),
    layer("relu1", "relu", [5, 4, 3], 0, 0),
    layer("pool1", "pool(2, floor)", [2, 2, 3], 0, 0),
    layer("fc1", "fc(2)", [1, 1, 2], 26, 24),
];

const TENSORS: &[TensorInfo] = &[
    tensor("conv1.weight", &[3, 2, 2, 2], 0),
    tensor("conv1.bias", &[3], 24),
    tensor("bn1.weight", &[3], 27),
    tensor("bn1.bias", &[3], 30),
    tensor("fc1.weight", &[2, 12], 33),
    tensor("fc1.bias", &[2], 57),
    state("bn1.running_mean", &[3], 0),
    state("bn1.running_var", &[3], 3),
];

/// The reference in the place of a network, with a mistake.
struct Mock {
    tensors: BTreeMap<String, Vec<f32>>,
    mistake: Mistake,
}

#[derive(Clone, Copy, PartialEq)]
enum Mistake {
    None,
    Output,
    Loss,
    State,
    /// One element is 1 % off.
    Gradient(&'static str),
    InputGradient,
    Accumulation,
    Undefined,
    Shape,
    Panic,
}

impl Mock {
    fn chain() -> Graph {
        Graph::chain([5, 4, 2], LAYERS.iter().map(|layer| (layer.name, layer.words))).unwrap()
    }

    fn doubles(&self) -> Tensors {
        self.tensors.iter().map(|(name, x)| (name.clone(), x.iter().map(|&x| f64::from(x)).collect())).collect()
    }

    fn run(tensors: &Tensors, inputs: &[f64], mode: Mode) -> (Tensors, Vec<f64>) {
        let chain = Self::chain();
        let shape = [5, 4, 2];
        let channels_last = |n: usize, c: usize, y: usize, x: usize| inputs[((n * 5 + y) * 4 + x) * 2 + c];
        let inputs = Values::from_fn(inputs.len() / 40, shape, channels_last);
        let values = chain.run(tensors, vec![inputs], mode);
        (chain.state_after(tensors, &values), chain.channels_last(&values[values.len() - 1..]))
    }

    fn loss(tensors: &Tensors, inputs: &[f64], targets: &[f32]) -> f64 {
        let outputs = Self::run(tensors, inputs, Mode::Training).1;
        let squares = outputs.iter().zip(targets).map(|(o, t)| (o - f64::from(*t)).powi(2));
        squares.sum::<f64>() / targets.len() as f64
    }
}

fn doubles(floats: &[f32]) -> Vec<f64> {
    floats.iter().map(|&x| f64::from(x)).collect()
}

/// Every partial derivative, one by one.
fn gradient(at: &[f64], loss: impl Fn(&[f64]) -> f64) -> Vec<f32> {
    let moved = |i: usize, step: f64| {
        let mut there = at.to_vec();
        there[i] += step;
        loss(&there)
    };
    (0..at.len()).map(|i| ((moved(i, 1e-6) - moved(i, -1e-6)) / 2e-6) as f32).collect()
}

impl Machine for Mock {
    fn facts(&self) -> Facts {
        let tensors = if self.mistake == Mistake::Shape { &TENSORS[1..] } else { TENSORS };
        Facts {
            name: "Mock",
            input: [5, 4, 2],
            output: [1, 1, 2],
            params: 59,
            macs: 504,
            layers: LAYERS,
            tensors,
            taps: &[],
        }
    }

    fn set(&mut self, tensor: &str, values: &[f32]) {
        self.tensors.insert(tensor.to_owned(), values.to_vec());
    }

    fn tensor(&self, name: &str) -> Vec<f32> {
        self.tensors[name].clone()
    }

    fn infer(&mut self, inputs: &[f32]) -> Vec<f32> {
        let outputs = Self::run(&self.doubles(), &doubles(inputs), Mode::Inference).1;
        let mut outputs: Vec<f32> = outputs.into_iter().map(|x| x as f32).collect();
        if self.mistake == Mistake::Output {
            outputs[1] *= 1.001;
        }
        outputs
    }

    fn infer_one(&mut self, input: &[f32]) -> Vec<f32> {
        self.infer(input)
    }

    fn tap(&self, name: &str) -> Vec<f32> {
        panic!("no tap is called {name}")
    }

    fn gradients(
        &mut self,
        inputs: &[f32],
        targets: &[f32],
        gradients: &mut [f32],
        wants_d_inputs: bool,
    ) -> (f32, Vec<f32>) {
        assert!(self.mistake != Mistake::Panic, "no kernel for this");
        let (tensors, inputs) = (self.doubles(), doubles(inputs));
        for info in TENSORS.iter().filter(|info| info.kind == TensorKind::Parameter) {
            let mut gradient = gradient(&tensors[info.name], |there| {
                let mut tensors = tensors.clone();
                tensors.insert(info.name.to_owned(), there.to_vec());
                Self::loss(&tensors, &inputs, targets)
            });
            if self.mistake == Mistake::Gradient(info.name) {
                let steepest = gradient.iter_mut().max_by(|a, b| a.abs().total_cmp(&b.abs()));
                *steepest.unwrap() *= 1.01;
            }
            let keep = if self.mistake == Mistake::Accumulation { 0.0 } else { 1.0 };
            for (sum, g) in gradients[info.offset..].iter_mut().zip(gradient) {
                *sum = keep * *sum + g;
            }
        }
        let (mut state, _) = Self::run(&tensors, &inputs, Mode::Training);
        if self.mistake == Mistake::State {
            state.get_mut("bn1.running_var").unwrap()[2] *= 1.001;
        }
        for (name, values) in state {
            self.tensors.insert(name, values.into_iter().map(|x| x as f32).collect());
        }
        let mut d_inputs = Vec::new();
        if wants_d_inputs {
            d_inputs = gradient(&inputs, |there| Self::loss(&tensors, there, targets));
        }
        match self.mistake {
            Mistake::InputGradient if wants_d_inputs => {
                d_inputs[17] += d_inputs.iter().fold(0.0, |sum: f32, g| sum.max(*g))
            }
            Mistake::Undefined => gradients[3] = f32::NAN,
            _ => {}
        }
        let off = if self.mistake == Mistake::Loss { 1.001 } else { 1.0 };
        ((off * Self::loss(&tensors, &inputs, targets)) as f32, d_inputs)
    }

    fn unpack(&self, name: &str, gradients: &[f32]) -> Vec<f32> {
        let info = TENSORS.iter().find(|info| info.name == name).unwrap();
        gradients[info.offset..][..info.len()].to_vec()
    }
}

fn outcome(mistake: Mistake) -> Outcome {
    super::run(&|| Box::new(Mock { tensors: BTreeMap::new(), mistake }), None, 0)
}

#[test]
fn what_is_right_passes() {
    let outcome = outcome(Mistake::None);
    assert!(outcome.findings.is_empty(), "{outcome}");
    assert!(outcome.slopes >= 35 && outcome.worst < 0.1, "{outcome:?}");
    assert!(outcome.network.starts_with("Mock: 5x4x2 => conv(3, 2, p[0, 1, 1, 0]) bn relu pool(2, floor) fc(2)"));
}

#[test]
fn mistakes_are_found() {
    for (mistake, found) in [
        (Mistake::Output, "outputs of inference: "),
        (Mistake::Loss, "loss: "),
        (Mistake::State, "bn1.running_var: 1 of 3 differ; [2] is"),
        (Mistake::Gradient("conv1.weight"), "slope of Tensor(\"conv1.weight\") in the steepest element"),
        (Mistake::Gradient("bn1.weight"), "slope of Tensor(\"bn1.weight\")"),
        (Mistake::Gradient("bn1.bias"), "slope of Tensor(\"bn1.bias\")"),
        (Mistake::Gradient("fc1.weight"), "slope of Tensor(\"fc1.weight\")"),
        (Mistake::Gradient("fc1.bias"), "slope of Tensor(\"fc1.bias\")"),
        (Mistake::InputGradient, "slope of Input(0) in a random direction"),
        (Mistake::Accumulation, "gradients of two passes: "),
        (Mistake::Undefined, "infinite or undefined elements of the gradient of Tensor(\"conv1.weight\"): 1"),
        (Mistake::Shape, "tensors: "),
        (Mistake::Panic, "panic: no kernel for this"),
    ] {
        let outcome = outcome(mistake);
        assert!(outcome.findings.iter().any(|finding| finding.starts_with(found)), "{found}: {outcome}");
    }
}
