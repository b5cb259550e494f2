//! Slopes of the reference's loss, by finite differences.

use crate::reference::{Graph, Mode, Tensors, Values};

/// Half the distance of the two points of a central difference. The loss is exact to 15 digits and its curvature
/// moderate, so a wide range of steps gives seven digits; a small one meets few kinks (of a relu, of a maximum).
const STEP: f64 = 4e-6;
/// The other step is smaller by this: it meets the same kinks elsewhere, or not at all.
const RATIO: f64 = 0.25;

/// The reference's mean squared error as a function of tensors and inputs.
pub(super) struct Slopes<'a> {
    graph: &'a Graph,
    tensors: Tensors,
    targets: Vec<f64>,
    /// Of all nodes.
    values: Vec<Values>,
}

/// What a direction is taken in.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place<'a> {
    Tensor(&'a str),
    Input(usize),
}

impl<'a> Slopes<'a> {
    /// `targets` have their channels last.
    pub(super) fn new(graph: &'a Graph, tensors: Tensors, inputs: Vec<Values>, targets: &[f32]) -> Self {
        let values = graph.run(&tensors, inputs, Mode::Training);
        Self { graph, tensors, targets: targets.iter().map(|&x| f64::from(x)).collect(), values }
    }

    /// The values of all nodes.
    pub(super) fn values(&self) -> &[Values] {
        &self.values
    }

    /// The loss.
    pub(super) fn loss(&self) -> f64 {
        let outputs = self.graph.outputs.iter().map(|&output| self.values[output].clone());
        self.loss_of(&outputs.collect::<Vec<_>>())
    }

    fn loss_of(&self, outputs: &[Values]) -> f64 {
        let outputs = self.graph.channels_last(outputs);
        let squares = outputs.iter().zip(&self.targets).map(|(o, t)| (o - t) * (o - t));
        squares.sum::<f64>() / self.targets.len() as f64
    }

    /// The slope in a direction, and how far a smaller step sees it otherwise: much where there is a kink nearby.
    /// Almost on a kink both steps see the same mean of two slopes, but the loss bends by as much in the smaller one.
    /// Further attempts take smaller steps and larger ones in turn: smaller for values that lie almost on a kink
    /// whatever the direction, larger where the loss is so flat that its last digits count. The direction is in the
    /// order of files for tensors, channels first for inputs.
    pub(super) fn along(&mut self, place: Place<'_>, direction: &[f64], attempt: i32) -> (f64, f64) {
        let here = self.loss();
        let mut slope_and_bend = |step: f64| {
            let (ahead, behind) = (self.at(place, direction, step), self.at(place, direction, -step));
            ((ahead - behind) / (2.0 * step), (ahead - 2.0 * here + behind).abs() / (2.0 * step))
        };
        let step = STEP * if attempt % 2 == 0 { 0.5_f64.powi(attempt) } else { 4.0_f64.powi(attempt) };
        let (coarse, wide_bend) = slope_and_bend(step);
        let (fine, narrow_bend) = slope_and_bend(RATIO * step);
        // Without a kink the bend is in proportion to the step.
        (coarse, (coarse - fine).abs() + (narrow_bend - 0.5 * wide_bend).max(0.0))
    }

    /// The loss somewhere else.
    fn at(&mut self, place: Place<'_>, direction: &[f64], step: f64) -> f64 {
        let moved = |from: &[f64]| -> Vec<f64> { from.iter().zip(direction).map(|(x, d)| x + step * d).collect() };
        let outputs = match place {
            Place::Tensor(name) => {
                let there = moved(&self.tensors[name]);
                let here = self.tensors.insert(name.to_owned(), there).expect("a tensor of the network");
                let outputs = self.graph.with_tensor(&self.tensors, name, &self.values);
                self.tensors.insert(name.to_owned(), here);
                outputs
            }
            Place::Input(index) => {
                let input = Values { data: moved(&self.values[index].data), ..self.values[index] };
                self.graph.with_input(&self.tensors, index, input, &self.values)
            }
        };
        self.loss_of(&outputs)
    }
}
