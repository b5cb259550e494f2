//! Recurrent layers: a state goes from step to step of a sequence (Elman, 1990; Hochreiter, Schmidhuber, 1997; Cho et
//! al., 2014).
//!
//! A sequence is a volume whose rows are its steps. All steps' products with the inputs are one product; those with the
//! state follow each other. What a step makes lies in its slot: the gates (of which backward makes their gradients),
//! what else `cells` keeps, the state. Training keeps the slots of all steps, in a map of the layer's own; inference
//! those of a few steps at a time, in scratch memory.
//!
//! The state before the first step is zero, or what another map holds: then it has a gradient too.

mod backward;
mod cells;
#[cfg(test)]
mod reference;
mod state;
#[cfg(test)]
mod tests;
mod weights;

use crate::buffer::LANES;
use crate::kernels::grid::{Grid, Steps};
use crate::map::Map;
use crate::pass::{Pass, Prepare};
pub use backward::{Target, backward};
use cells::Before;
pub use cells::Cell;
use state::State;
use weights::Weights;

/// The constants of a recurrent layer.
#[derive(Clone, Copy, Debug)]
pub struct Recurrent {
    /// What is done in a step.
    pub cell: Cell,
    /// Floats of a step of the input: of a row.
    pub inputs: usize,
    /// Floats of the state.
    pub hidden: usize,
    /// Offset of the weights of the inputs, in `Layout::Fc`.
    pub weight_ih: usize,
    /// Offset of the weights of the state, in `Layout::Fc`.
    pub weight_hh: usize,
    /// Offset of the biases of the inputs.
    pub bias_ih: usize,
    /// Offset of the biases of the state.
    pub bias_hh: usize,
    /// Which states are the output.
    pub states: States,
}

/// Which states are the output of a recurrent layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum States {
    /// A row for each step.
    All,
    /// The one behind the last step: a vector.
    Last,
    /// The same, and an LSTM's memory behind it: what a sequence that goes on begins with.
    LastAndMemory,
}

/// Samples that go from step to step together, as many as the highest register tile has rows: each step reads all of
/// the state's weights. The macro reserves scratch memory for as many.
const BLOCK: usize = 8;

/// Steps whose slots are in scratch memory together in inference: the more, the longer the products with the inputs,
/// and the less of it stays in the first level cache. Two tiles' rows. The macro knows it.
const STEPS: usize = 16;

/// Floats of a sample's row of `len` floats in scratch memory: whole vectors, and one more, as of a map.
const fn pitch(len: usize) -> usize {
    len.next_multiple_of(LANES) + LANES
}

impl Recurrent {
    /// Floats of a slot.
    const fn slot(&self) -> usize {
        self.cell.slot() * self.hidden
    }

    /// Floats of the gates.
    const fn gates(&self) -> usize {
        self.cell.gates() * self.hidden
    }

    const fn input_weights(&self) -> Weights {
        Weights { offset: self.weight_ih, inputs: self.inputs, outputs: self.gates() }
    }

    const fn state_weights(&self) -> Weights {
        Weights { offset: self.weight_hh, inputs: self.hidden, outputs: self.gates() }
    }

    /// Whether every step has a row in the output.
    fn gives_all(&self) -> bool {
        self.states == States::All
    }
}

/// Slots of a block of samples.
#[derive(Clone, Copy, Debug)]
struct Slots {
    /// Floats from a sample to the next, and from a step to the next.
    sample: usize,
    step: usize,
}

impl Slots {
    /// All steps of some samples, of which `from` and `to` name the first float: `a` in a map of rows, `b` in the
    /// slots.
    fn with_rows(&self, [samples, steps]: [usize; 2], map: &Map, [from, to]: [usize; 2]) -> Grid {
        Grid {
            counts: [1, samples, steps],
            a: Steps { start: from, steps: [0, map.stored(), map.row()] },
            b: Steps { start: to, steps: [0, self.sample, self.step] },
        }
    }
}

/// The layer in inference. `start` holds the state before the first step; without it, it is zero.
pub fn infer(pass: &mut Pass<'_>, layer: &Recurrent, input: &Map, start: Option<&Map>, output: &Map) {
    let step = layer.slot();
    for first in (0..pass.samples).step_by(BLOCK) {
        let samples = BLOCK.min(pass.samples - first);
        state::begin(pass.arena, layer, start, first..first + samples);
        let ([x, y], scratch) = pass.arena.views_and_scratch([input, output]);
        let (state, slots) = scratch.split_at_mut(layer.remembered());
        let run = Run { parameters: pass.parameters, layer, slots: Slots { sample: pitch(STEPS * step), step } };
        let mut state = State::of(layer, state);
        for from in (0..input.height).step_by(STEPS) {
            let steps = from..input.height.min(from + STEPS);
            let counts = [samples, steps.len()];
            run.steps(counts, (x, input, [first, from]), slots, &mut state);
            run.store(counts, slots, [first, from], (y, output), steps.end == input.height);
        }
    }
}

/// The layer in training: `tape`, of as many rows as the input has, gets the slots of all steps.
pub fn forward(pass: &mut Pass<'_>, layer: &Recurrent, input: &Map, start: Option<&Map>, output: &Map, tape: &Map) {
    for first in (0..pass.samples).step_by(BLOCK) {
        let counts = [BLOCK.min(pass.samples - first), input.height];
        state::begin(pass.arena, layer, start, first..first + counts[0]);
        let ([x, y, slots], scratch) = pass.arena.views_and_scratch([input, output, tape]);
        let run =
            Run { parameters: pass.parameters, layer, slots: Slots { sample: tape.stored(), step: layer.slot() } };
        let slots = &mut slots[first * tape.stored()..];
        run.steps(counts, (x, input, [first, 0]), slots, &mut State::of(layer, scratch));
        run.store(counts, slots, [first, 0], (y, output), true);
    }
}

/// A layer on its way through some steps.
#[derive(Clone, Copy)]
struct Run<'a> {
    parameters: &'a [f32],
    layer: &'a Recurrent,
    slots: Slots,
}

impl Run<'_> {
    /// Some steps of some samples: fills their slots, and moves the state on.
    fn steps(
        &self,
        counts: [usize; 2],
        (x, input, [first, from]): (&[f32], &Map, [usize; 2]),
        slots: &mut [f32],
        state: &mut State<'_>,
    ) {
        let Self { parameters, layer, .. } = *self;
        let start = first * input.stored() + input.origin() + from * input.row();
        let grid = self.slots.with_rows(counts, input, [start, 0]);
        layer.input_weights().product(parameters, Some(layer.bias_ih), (x, grid), false, slots);
        let [samples, steps] = counts;
        let (row, products_row) = (pitch(layer.hidden), pitch(layer.gates()));
        let bias = Some(layer.bias_hh);
        for step in 0..steps {
            let at = step * self.slots.step;
            let a = Steps { start: 0, steps: [0, 0, row] };
            let mut grid =
                Grid { counts: [1, 1, samples], a, b: Steps { start: at, steps: [0, 0, self.slots.sample] } };
            if layer.cell.adds() {
                layer.state_weights().product(parameters, bias, (state.hidden, grid), true, slots);
            } else {
                grid.b = Steps { start: 0, steps: [0, 0, products_row] };
                layer.state_weights().product(parameters, bias, (state.hidden, grid), false, state.products);
            }
            for sample in 0..samples {
                let slot = &mut slots[sample * self.slots.sample + at..][..layer.slot()];
                let before = Before {
                    hidden: &mut state.hidden[sample * row..][..layer.hidden],
                    memory: &mut state.memory[sample * row..][..layer.hidden],
                    // Only some cells have any.
                    products: state.products.get(sample * products_row..).unwrap_or_default(),
                };
                layer.cell.forward(slot, before);
            }
        }
    }

    /// Copies states from the slots to the output: those of all steps, or that of the last one.
    fn store(
        &self,
        [samples, steps]: [usize; 2],
        slots: &[f32],
        [first, from]: [usize; 2],
        (y, output): (&mut [f32], &Map),
        ends: bool,
    ) {
        let Self { layer, slots: Slots { sample: pitch, step: size }, .. } = *self;
        let hidden = layer.hidden;
        let wanted = if layer.gives_all() { 0..steps } else { steps - usize::from(ends)..steps };
        for sample in 0..samples {
            for step in wanted.clone() {
                let slot = &slots[sample * pitch + step * size..][..size];
                let row = if layer.gives_all() { from + step } else { 0 };
                let at = (first + sample) * output.stored() + output.origin() + row * output.row();
                y[at..][..hidden].copy_from_slice(&slot[size - hidden..]);
                if layer.states == States::LastAndMemory {
                    y[at + hidden..][..hidden].copy_from_slice(layer.cell.past_weights(slot));
                }
            }
        }
    }
}

/// Turns the weights around, for [`backward`](self::backward()).
pub fn prepare(prepare: &mut Prepare<'_>, layer: &Recurrent) {
    layer.input_weights().turn_around(prepare);
    layer.state_weights().turn_around(prepare);
}
