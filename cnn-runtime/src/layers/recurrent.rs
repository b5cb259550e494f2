//! Recurrent layers: a state goes from step to step of a sequence (Elman, 1990; Hochreiter, Schmidhuber, 1997; Cho et al.,
//! 2014).
//!
//! A sequence is a volume whose rows are its steps. All steps' products with the inputs are one product; those with the
//! state follow each other. What a step makes lies in its slot: the gates (of which backward makes their gradients), what
//! else `cells` keeps, the state. Training keeps the slots of all steps, in a map of the layer's own; inference those of
//! a few steps at a time, in scratch memory.

mod cells;
#[cfg(test)]
mod reference;
#[cfg(test)]
mod tests;
mod weights;

use crate::buffer::LANES;
use crate::kernels::grid::{Grid, Steps};
use crate::kernels::sums;
use crate::map::Map;
use crate::pass::{Pass, Prepare};
pub use cells::Cell;
use cells::{Before, Behind};
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
    /// Whether the output is the state behind the last step, and not all of them.
    pub last: bool,
}

/// Samples that go from step to step together, as many as the highest register tile has rows: each step reads all of the
/// state's weights. The macro reserves scratch memory for as many.
const BLOCK: usize = 8;

/// Steps whose slots are in scratch memory together in inference: the more, the longer the products with the inputs, and
/// the less of it stays in the first level cache. Two tiles' rows. The macro knows it.
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
}

/// Slots of a block of samples.
#[derive(Clone, Copy, Debug)]
struct Slots {
    /// Floats from a sample to the next, and from a step to the next.
    sample: usize,
    step: usize,
}

impl Slots {
    /// All steps of some samples, of which `from` and `to` name the first float: `a` in a map of rows, `b` in the slots.
    fn with_rows(&self, [samples, steps]: [usize; 2], map: &Map, [from, to]: [usize; 2]) -> Grid {
        Grid {
            counts: [1, samples, steps],
            a: Steps { start: from, steps: [0, map.stored(), map.row()] },
            b: Steps { start: to, steps: [0, self.sample, self.step] },
        }
    }
}

/// The layer in inference.
pub fn infer(pass: &mut Pass<'_>, layer: &Recurrent, input: &Map, output: &Map) {
    let ([x, y], scratch) = pass.arena.views_and_scratch([input, output]);
    let (slots, scratch) = scratch.split_at_mut(BLOCK * pitch(STEPS * layer.slot()));
    let step = layer.slot();
    let run = Run { parameters: pass.parameters, layer, slots: Slots { sample: pitch(STEPS * step), step } };
    for first in (0..pass.samples).step_by(BLOCK) {
        let samples = BLOCK.min(pass.samples - first);
        let mut state = State::zeroed(layer, scratch);
        for from in (0..input.height).step_by(STEPS) {
            let steps = from..input.height.min(from + STEPS);
            let counts = [samples, steps.len()];
            run.steps(counts, (x, input, [first, from]), slots, &mut state);
            run.store(counts, slots, [first, from], (y, output), steps.end == input.height);
        }
    }
}

/// The layer in training: `tape`, of as many rows as the input has, gets the slots of all steps.
pub fn forward(pass: &mut Pass<'_>, layer: &Recurrent, input: &Map, output: &Map, tape: &Map) {
    let ([x, y, slots], scratch) = pass.arena.views_and_scratch([input, output, tape]);
    let run = Run { parameters: pass.parameters, layer, slots: Slots { sample: tape.stored(), step: layer.slot() } };
    for first in (0..pass.samples).step_by(BLOCK) {
        let counts = [BLOCK.min(pass.samples - first), input.height];
        let slots = &mut slots[first * tape.stored()..];
        run.steps(counts, (x, input, [first, 0]), slots, &mut State::zeroed(layer, scratch));
        run.store(counts, slots, [first, 0], (y, output), true);
    }
}

/// What a block of samples remembers from step to step.
struct State<'a> {
    /// The outputs of the step before, and for some cells their second state: `pitch(hidden)` floats a sample.
    hidden: &'a mut [f32],
    memory: &'a mut [f32],
    /// For what the weights make of the state, where it is not added to the gates at once.
    products: &'a mut [f32],
}

impl<'a> State<'a> {
    /// The state before the first step.
    fn zeroed(layer: &Recurrent, scratch: &'a mut [f32]) -> Self {
        let size = BLOCK * pitch(layer.hidden);
        let (hidden, rest) = scratch.split_at_mut(size);
        let (memory, products) = rest.split_at_mut(size);
        hidden.fill(0.0);
        memory.fill(0.0);
        Self { hidden, memory, products }
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
        let wanted = if !layer.last { 0..steps } else { steps - usize::from(ends)..steps };
        for sample in 0..samples {
            for step in wanted.clone() {
                let hidden = &slots[sample * pitch + (step + 1) * size - layer.hidden..][..layer.hidden];
                let row = if layer.last { 0 } else { from + step };
                let at = (first + sample) * output.stored() + output.origin() + row * output.row();
                y[at..][..layer.hidden].copy_from_slice(hidden);
            }
        }
    }
}

/// Turns the weights around, for [`backward`].
pub fn prepare(prepare: &mut Prepare<'_>, layer: &Recurrent) {
    layer.input_weights().turn_around(prepare);
    layer.state_weights().turn_around(prepare);
}

/// Adds to the gradients of weights and biases and overwrites `d_input`. The tape then holds gradients.
pub fn backward(
    pass: &mut Pass<'_>,
    layer: &Recurrent,
    input: &Map,
    tape: &Map,
    d_output: &Map,
    d_input: Option<&Map>,
) {
    let counts = [pass.samples, input.height];
    let slots = Slots { sample: tape.stored(), step: layer.slot() };
    let gates = layer.gates();
    let ([memory, d], scratch) = pass.arena.views_and_scratch([tape, d_output]);
    for first in (0..pass.samples).step_by(BLOCK) {
        let samples = BLOCK.min(pass.samples - first);
        let (memory, d) = (&mut memory[first * tape.stored()..], &d[first * d_output.stored()..]);
        through_time(pass.prepared, layer, [samples, input.height], (memory, slots), (d, d_output), scratch);
    }

    // The state's weights: those of a step saw what the step before made.
    let hidden = Steps { start: layer.slot() - layer.hidden, steps: [0, slots.sample, slots.step] };
    let later = Steps { start: slots.step, steps: [0, slots.sample, slots.step] };
    let grid = Grid { counts: [1, pass.samples, input.height - 1], a: hidden, b: later };
    layer.state_weights().add_gradient((memory, memory, grid), pass.gradients);
    let all = Grid { counts: [1, pass.samples, input.height], a: hidden, b: Steps { start: 0, ..later } };
    sums::add_pixels(memory, all, &mut pass.gradients[layer.bias_hh..][..gates]);

    if !layer.cell.adds() {
        let slots = memory.chunks_mut(slots.sample).take(pass.samples);
        slots.flat_map(|sample| sample.chunks_exact_mut(layer.slot()).take(input.height)).for_each(cells::to_inputs);
    }
    let [x, memory] = pass.arena.views([input, tape]);
    let grid = slots.with_rows(counts, input, [input.origin(), 0]);
    layer.input_weights().add_gradient((x, memory, grid), pass.gradients);
    sums::add_pixels(memory, grid, &mut pass.gradients[layer.bias_ih..][..gates]);

    if let Some(d_input) = d_input {
        let [memory, d_in] = pass.arena.views([tape, d_input]);
        let Grid { counts, a, b } = slots.with_rows(counts, d_input, [d_input.origin(), 0]);
        let weights = (pass.parameters, pass.prepared);
        layer.input_weights().product_around(weights, (memory, Grid { counts, a: b, b: a }), false, d_in);
    }
}

/// From the last step to the first: makes gates' gradients of the gates.
fn through_time(
    prepared: &[f32],
    layer: &Recurrent,
    [samples, steps]: [usize; 2],
    (memory, slots): (&mut [f32], Slots),
    (d, d_output): (&[f32], &Map),
    scratch: &mut [f32],
) {
    let (row, size) = (pitch(layer.hidden), layer.slot());
    let (d_hidden, rest) = scratch.split_at_mut(BLOCK * row);
    let (d_memory, rest) = rest.split_at_mut(BLOCK * row);
    d_hidden.fill(0.0);
    d_memory.fill(0.0);
    for step in (0..steps).rev() {
        for sample in 0..samples {
            let d_hidden = &mut d_hidden[sample * row..][..layer.hidden];
            if !layer.last || step + 1 == steps {
                let at = if layer.last { 0 } else { step * d_output.row() };
                let d = &d[sample * d_output.stored() + d_output.origin() + at..][..layer.hidden];
                d_hidden.iter_mut().zip(d).for_each(|(sum, d)| *sum += d);
            }
            let (before, slot) = memory[sample * slots.sample..].split_at_mut(step * size);
            let behind = Behind {
                d_hidden,
                d_memory: &mut d_memory[sample * row..][..layer.hidden],
                spare: &mut rest[..layer.hidden],
            };
            layer.cell.backward(&mut slot[..size], before.rchunks_exact(size).next(), behind);
        }
        if step > 0 {
            let a = Steps { start: step * size, steps: [0, 0, slots.sample] };
            let grid = Grid { counts: [1, 1, samples], a, b: Steps { start: 0, steps: [0, 0, row] } };
            let weights = (&[][..], prepared);
            layer.state_weights().product_around(weights, (memory, grid), layer.cell.carries(), d_hidden);
        }
    }
}
