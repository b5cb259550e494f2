//! The state that goes from step to step: where it begins, and what of it comes back as a gradient.
//!
//! A state in a map is a vector: `hidden` floats, behind which an LSTM has as many of its memory.

use std::ops::Range;

use super::{BLOCK, Recurrent, pitch};
use crate::arena::Arena;
use crate::map::Map;

/// What a block of samples remembers from step to step, at the beginning of the scratch memory.
pub(super) struct State<'a> {
    /// The outputs of the step before, and for some cells their second state: `pitch(hidden)` floats a sample.
    pub(super) hidden: &'a mut [f32],
    pub(super) memory: &'a mut [f32],
    /// For what the weights make of the state, where it is not added to the gates at once.
    pub(super) products: &'a mut [f32],
}

impl Recurrent {
    /// Floats of a state in a map.
    pub(super) const fn state(&self) -> usize {
        self.cell.states() * self.hidden
    }

    /// Floats of a block's [`State`].
    pub(super) const fn remembered(&self) -> usize {
        BLOCK * (2 * pitch(self.hidden) + pitch(self.gates()))
    }
}

impl<'a> State<'a> {
    /// What [`begin`] or the step before left.
    pub(super) fn of(layer: &Recurrent, scratch: &'a mut [f32]) -> Self {
        let size = BLOCK * pitch(layer.hidden);
        let (hidden, rest) = scratch.split_at_mut(size);
        let (memory, products) = rest.split_at_mut(size);
        Self { hidden, memory, products }
    }
}

/// Writes the state before the first step to the scratch memory: that of some samples in a map, or zeros.
///
/// By itself, since the sequence and the state may be one map.
pub(super) fn begin(arena: &mut Arena, layer: &Recurrent, start: Option<&Map>, samples: Range<usize>) {
    let Some(map) = start else {
        let ([], scratch) = arena.views_and_scratch([]);
        return scratch[..layer.remembered()].fill(0.0);
    };
    let ([from], scratch) = arena.views_and_scratch([map]);
    scratch[..layer.remembered()].fill(0.0);
    let State { hidden, memory, .. } = State::of(layer, scratch);
    let rows = hidden.chunks_exact_mut(pitch(layer.hidden)).zip(memory.chunks_exact_mut(pitch(layer.hidden)));
    for (sample, (hidden, memory)) in samples.zip(rows) {
        let (first, second) = of_sample(layer, from, map, sample).split_at(layer.hidden);
        hidden[..first.len()].copy_from_slice(first);
        memory[..second.len()].copy_from_slice(second);
    }
}

/// The state that a map holds for a sample.
pub(super) fn of_sample<'a>(layer: &Recurrent, memory: &'a [f32], map: &Map, sample: usize) -> &'a [f32] {
    &memory[sample * map.stored() + map.origin()..][..layer.state()]
}

/// Writes the gradients for the state before the first step, which the scratch memory holds where [`State`] has the
/// state, to a map, or adds them to what is there.
pub(super) fn pass_back(arena: &mut Arena, layer: &Recurrent, (map, adds): (&Map, bool), samples: Range<usize>) {
    let ([to], scratch) = arena.views_and_scratch([map]);
    let State { hidden, memory, .. } = State::of(layer, scratch);
    let rows = hidden.chunks_exact(pitch(layer.hidden)).zip(memory.chunks_exact(pitch(layer.hidden)));
    for (sample, (hidden, memory)) in samples.zip(rows) {
        let to = &mut to[sample * map.stored() + map.origin()..][..layer.state()];
        let d = hidden[..layer.hidden].iter().chain(&memory[..layer.hidden]);
        to.iter_mut().zip(d).for_each(|(to, d)| *to = if adds { *to + d } else { *d });
    }
}
