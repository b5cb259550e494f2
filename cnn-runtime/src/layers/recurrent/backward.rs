//! The way back: from the last step to the first, then all steps' products at once.

use std::ops::Range;

use super::cells::{self, Behind};
use super::state::{self, State};
use super::{BLOCK, Recurrent, Slots, States, pitch};
use crate::kernels::grid::{Grid, Steps};
use crate::kernels::sums;
use crate::map::Map;
use crate::pass::Pass;

/// Where the gradient for an input goes, and whether it is added to what is there.
pub type Target<'a> = Option<(&'a Map, bool)>;

/// Adds to the gradients of weights and biases and writes those for the input and for the state before the first step.
/// The tape then holds gradients.
pub fn backward(
    pass: &mut Pass<'_>,
    layer: &Recurrent,
    input: &Map,
    start: Option<&Map>,
    tape: &Map,
    d_output: &Map,
    [d_input, d_start]: [Target<'_>; 2],
) {
    let counts = [pass.samples, input.height];
    let slots = Slots { sample: tape.stored(), step: layer.slot() };
    let gates = layer.gates();
    for first in (0..pass.samples).step_by(BLOCK) {
        let samples = first..pass.samples.min(first + BLOCK);
        let through = Through { prepared: pass.prepared, layer, samples: samples.clone(), steps: input.height };
        match start {
            None => {
                let ([memory, d], scratch) = pass.arena.views_and_scratch([tape, d_output]);
                through.time((memory, slots), (d, d_output), None, scratch);
            }
            Some(start) => {
                let ([memory, d, state], scratch) = pass.arena.views_and_scratch([tape, d_output, start]);
                through.time((memory, slots), (d, d_output), Some((state, start)), scratch);
            }
        }
        if let Some(target) = d_start {
            state::pass_back(pass.arena, layer, target, samples);
        }
    }

    if let Some(start) = start {
        // Those of the first step saw the state before it.
        let [memory, state] = pass.arena.views([tape, start]);
        let a = Steps { start: start.origin(), steps: [0, 0, start.stored()] };
        let grid = Grid { counts: [1, 1, pass.samples], a, b: Steps { start: 0, steps: [0, 0, slots.sample] } };
        layer.state_weights().add_gradient((state, memory, grid), pass.gradients);
    }
    let memory = &mut *pass.arena.view_mut(tape);
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

    if let Some((d_input, adds)) = d_input {
        let [memory, d_in] = pass.arena.views([tape, d_input]);
        let Grid { counts, a, b } = slots.with_rows(counts, d_input, [d_input.origin(), 0]);
        let weights = (pass.parameters, pass.prepared);
        layer.input_weights().product_around(weights, (memory, Grid { counts, a: b, b: a }), adds, d_in);
    }
}

/// Some samples on the way back.
struct Through<'a> {
    prepared: &'a [f32],
    layer: &'a Recurrent,
    samples: Range<usize>,
    steps: usize,
}

impl Through<'_> {
    /// From the last step to the first: makes gates' gradients of the gates. Leaves the gradients for the state before
    /// the first step, if that is given, in the scratch memory, where [`State`] has the state.
    fn time(
        self,
        (memory, slots): (&mut [f32], Slots),
        (d, d_output): (&[f32], &Map),
        start: Option<(&[f32], &Map)>,
        scratch: &mut [f32],
    ) {
        let Self { prepared, layer, samples, steps } = self;
        let (row, size, hidden) = (pitch(layer.hidden), layer.slot(), layer.hidden);
        let memory = &mut memory[samples.start * slots.sample..];
        let State { hidden: d_hidden, memory: d_memory, products: spare } = State::of(layer, scratch);
        d_hidden.fill(0.0);
        d_memory.fill(0.0);
        for step in (0..steps).rev() {
            for (at, sample) in samples.clone().enumerate() {
                let d_hidden = &mut d_hidden[at * row..][..hidden];
                let d_memory = &mut d_memory[at * row..][..hidden];
                if layer.gives_all() || step + 1 == steps {
                    let from = if layer.gives_all() { step * d_output.row() } else { 0 };
                    let d = &d[sample * d_output.stored() + d_output.origin() + from..];
                    d_hidden.iter_mut().zip(d).for_each(|(sum, d)| *sum += d);
                    if layer.states == States::LastAndMemory {
                        d_memory.iter_mut().zip(&d[hidden..]).for_each(|(sum, d)| *sum += d);
                    }
                }
                let (before, slot) = memory[at * slots.sample..].split_at_mut(step * size);
                let before = match before.rchunks_exact(size).next() {
                    Some(slot) => Some(layer.cell.past_weights(slot)),
                    None => start.map(|(from, map)| layer.cell.of_state(state::of_sample(layer, from, map, sample))),
                };
                let behind = Behind { d_hidden, d_memory, spare: &mut spare[..hidden] };
                layer.cell.backward(&mut slot[..size], before, behind);
            }
            if step > 0 || start.is_some() {
                let a = Steps { start: step * size, steps: [0, 0, slots.sample] };
                let grid = Grid { counts: [1, 1, samples.len()], a, b: Steps { start: 0, steps: [0, 0, row] } };
                let weights = (&[][..], prepared);
                layer.state_weights().product_around(weights, (memory, grid), layer.cell.carries(), d_hidden);
            }
        }
    }
}
