//! Slopes of the reference's loss, by finite differences.

use crate::reference::{Chain, Mode, Tensors, Values};

/// Half the distance of the two points of a central difference. The loss is exact to 15 digits and its curvature
/// moderate, so a wide range of steps gives seven digits; a small one meets few kinks (of a relu, of a maximum).
const STEP: f64 = 4e-6;
/// The other step is smaller by this: it meets the same kinks elsewhere, or not at all.
const RATIO: f64 = 0.25;

/// The reference's mean squared error as a function of tensors and inputs.
pub(super) struct Slopes<'a> {
    chain: &'a Chain,
    tensors: Tensors,
    targets: Vec<f64>,
    /// What flows into each layer, and what comes out.
    values: Vec<Values>,
}

/// What a direction is taken in.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place<'a> {
    Tensor(&'a str),
    Inputs,
}

impl<'a> Slopes<'a> {
    /// `targets` have their channels last.
    pub(super) fn new(chain: &'a Chain, tensors: Tensors, inputs: Values, targets: &[f32]) -> Self {
        let values = chain.run(&tensors, inputs, Mode::Training);
        Self { chain, tensors, targets: targets.iter().map(|&x| f64::from(x)).collect(), values }
    }

    /// What flows into each layer, and what comes out.
    pub(super) fn values(&self) -> &[Values] {
        &self.values
    }

    /// The loss.
    pub(super) fn loss(&self) -> f64 {
        self.loss_of(&self.values[self.values.len() - 1])
    }

    fn loss_of(&self, output: &Values) -> f64 {
        let outputs = self.chain.channels_last(output);
        let squares = outputs.iter().zip(&self.targets).map(|(o, t)| (o - t) * (o - t));
        squares.sum::<f64>() / self.targets.len() as f64
    }

    /// The slope in a direction, and how far a smaller step sees it otherwise: much where there is a kink nearby.
    /// Further attempts take smaller steps and larger ones in turn: smaller for values that lie almost on a kink
    /// whatever the direction, larger where the loss is so flat that its last digits count. The direction is in the
    /// order of files for tensors, channels first for inputs.
    pub(super) fn along(&mut self, place: Place<'_>, direction: &[f64], attempt: i32) -> (f64, f64) {
        let mut slope = |step: f64| (self.at(place, direction, step) - self.at(place, direction, -step)) / (2.0 * step);
        let step = STEP * if attempt % 2 == 0 { 0.5_f64.powi(attempt) } else { 4.0_f64.powi(attempt) };
        let (coarse, fine) = (slope(step), slope(RATIO * step));
        (coarse, (coarse - fine).abs())
    }

    /// The loss somewhere else.
    fn at(&mut self, place: Place<'_>, direction: &[f64], step: f64) -> f64 {
        let moved = |from: &[f64]| -> Vec<f64> { from.iter().zip(direction).map(|(x, d)| x + step * d).collect() };
        let output = match place {
            Place::Tensor(name) => {
                let owner = self.chain.owner(name).expect("a tensor of the chain");
                let there = moved(&self.tensors[name]);
                let here = self.tensors.insert(name.to_owned(), there).expect("a tensor of the chain");
                let output = self.chain.run_from(owner, &self.tensors, &self.values[owner], Mode::Training);
                self.tensors.insert(name.to_owned(), here);
                output
            }
            Place::Inputs => {
                let inputs = Values { data: moved(&self.values[0].data), ..self.values[0] };
                self.chain.run_from(0, &self.tensors, &inputs, Mode::Training)
            }
        };
        self.loss_of(&output)
    }
}
