//! What the cells do in a step besides the products: gates, and what they let through. Gates are in PyTorch's order.

use crate::simd::{dispatch, math};
use fearless_simd::prelude::*;

/// A cell: PyTorch's `RNNCell` (with tanh), `LSTMCell`, `GRUCell`.
///
/// A slot holds, `hidden` floats each:
/// - `Rnn`: the gate, and the state `h`, which is the same until backward makes its gradient of the gate;
/// - `Lstm`: the gates `i f g o`, the memory `c`, the state `h`;
/// - `Gru`: the gates `r z n`, what the weights make of the state for `n`, the state `h`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// `h = tanh(W x + b + V h + c)`
    Rnn,
    /// `i, f, o = sigmoid(..), g = tanh(..)`, `c = f c + i g`, `h = o tanh(c)`
    Lstm,
    /// `r, z = sigmoid(..)`, `n = tanh(W x + b + r (V h + c))`, `h = (1 - z) n + z h`
    Gru,
}

/// What a sample remembers of the steps before, to be moved on.
pub(super) struct Before<'a> {
    pub(super) hidden: &'a mut [f32],
    /// An LSTM's memory.
    pub(super) memory: &'a mut [f32],
    /// What the weights make of the state, if that is not in the gates.
    pub(super) products: &'a [f32],
}

/// What comes back from the steps behind: gradients for what a step hands on. They become those for what it was handed,
/// except for what goes through the weights.
pub(super) struct Behind<'a> {
    pub(super) d_hidden: &'a mut [f32],
    /// For an LSTM's memory.
    pub(super) d_memory: &'a mut [f32],
    /// Floats to work in.
    pub(super) spare: &'a mut [f32],
}

impl Cell {
    /// Gates: weights and biases have as many times `hidden` outputs.
    pub(super) const fn gates(self) -> usize {
        match self {
            Self::Rnn => 1,
            Self::Lstm => 4,
            Self::Gru => 3,
        }
    }

    /// A slot, in units of `hidden` floats.
    pub(super) const fn slot(self) -> usize {
        match self {
            Self::Rnn => 2,
            Self::Lstm => 6,
            Self::Gru => 5,
        }
    }

    /// A state in a map, in units of `hidden` floats.
    pub(super) const fn states(self) -> usize {
        match self {
            Self::Lstm => 2,
            Self::Rnn | Self::Gru => 1,
        }
    }

    /// What a slot hands on past the weights: an LSTM's memory, a GRU's state.
    pub(super) fn past_weights(self, slot: &[f32]) -> &[f32] {
        let hidden = slot.len() / self.slot();
        match self {
            Self::Rnn => &[],
            Self::Lstm | Self::Gru => &slot[4 * hidden..][..hidden],
        }
    }

    /// The same of a state in a map.
    pub(super) fn of_state(self, state: &[f32]) -> &[f32] {
        match self {
            Self::Rnn => &[],
            Self::Lstm => &state[state.len() / 2..],
            Self::Gru => state,
        }
    }

    /// Whether what the weights make of inputs and state is added up, gate by gate.
    pub(super) const fn adds(self) -> bool {
        !matches!(self, Self::Gru)
    }

    /// Whether some of a state's gradient goes to the state before past the weights: [`backward`](Self::backward)
    /// leaves it in `d_hidden`, otherwise what it leaves there means nothing.
    pub(super) const fn carries(self) -> bool {
        matches!(self, Self::Gru)
    }

    /// A step of a sample. The slot holds what the weights make of the input and, if the cell [`adds`](Self::adds), of
    /// the state.
    pub(super) fn forward(self, slot: &mut [f32], before: Before<'_>) {
        match self {
            Self::Rnn => dispatch!(simd => rnn(simd, slot, before)),
            Self::Lstm => dispatch!(simd => lstm(simd, slot, before)),
            Self::Gru => dispatch!(simd => gru(simd, slot, before)),
        }
    }

    /// Makes the gates' gradients of the gates. `before` is what the step before handed on past the weights; without
    /// it, that is zero.
    pub(super) fn backward(self, slot: &mut [f32], before: Option<&[f32]>, behind: Behind<'_>) {
        match self {
            Self::Rnn => dispatch!(_simd => rnn_backward(slot, behind)),
            Self::Lstm => dispatch!(simd => lstm_backward(simd, slot, before, behind)),
            Self::Gru => dispatch!(_simd => gru_backward(slot, before, behind)),
        }
    }
}

/// The parts of a slot.
fn parts<const N: usize>(slot: &mut [f32]) -> [&mut [f32]; N] {
    let hidden = slot.len() / N;
    let mut parts = slot.chunks_exact_mut(hidden);
    std::array::from_fn(|_| parts.next().unwrap_or_default())
}

#[inline(always)]
fn rnn<S: Simd>(simd: S, slot: &mut [f32], before: Before<'_>) {
    let [gate, h] = parts(slot);
    math::tanh_of_all(simd, gate);
    h.copy_from_slice(gate);
    before.hidden.copy_from_slice(gate);
}

#[inline(always)]
fn rnn_backward(slot: &mut [f32], behind: Behind<'_>) {
    let [gate, _] = parts(slot);
    gate.iter_mut().zip(behind.d_hidden).for_each(|(gate, d)| *gate = *d * (1.0 - *gate * *gate));
}

#[inline(always)]
fn lstm<S: Simd>(simd: S, slot: &mut [f32], before: Before<'_>) {
    let hidden = slot.len() / 6;
    math::sigmoid_of_all(simd, &mut slot[..2 * hidden]);
    math::tanh_of_all(simd, &mut slot[2 * hidden..3 * hidden]);
    math::sigmoid_of_all(simd, &mut slot[3 * hidden..4 * hidden]);
    let [i, f, g, o, c, h] = parts(slot);
    for ((((c, memory), i), f), g) in c.iter_mut().zip(&mut *before.memory).zip(i).zip(f).zip(g) {
        *c = *f * *memory + *i * *g;
        *memory = *c;
    }
    h.copy_from_slice(c);
    math::tanh_of_all(simd, h);
    h.iter_mut().zip(&*o).for_each(|(h, o)| *h *= o);
    before.hidden.copy_from_slice(h);
}

#[inline(always)]
fn lstm_backward<S: Simd>(simd: S, slot: &mut [f32], before: Option<&[f32]>, behind: Behind<'_>) {
    let Behind { d_hidden, d_memory, spare } = behind;
    let [i, f, g, o, c, _] = parts(slot);
    spare.copy_from_slice(c);
    math::tanh_of_all(simd, spare);
    for (((d_memory, d_hidden), o), tanh) in d_memory.iter_mut().zip(&*d_hidden).zip(o).zip(&*spare) {
        *d_memory += d_hidden * *o * (1.0 - tanh * tanh);
        *o = d_hidden * tanh * *o * (1.0 - *o);
    }
    match before {
        Some(before) => spare.copy_from_slice(before),
        None => spare.fill(0.0),
    }
    for ((((d, i), f), g), before) in d_memory.iter_mut().zip(i).zip(f).zip(g).zip(&*spare) {
        let (input, candidate) = (*i, *g);
        *i = *d * candidate * input * (1.0 - input);
        *g = *d * input * (1.0 - candidate * candidate);
        let d_before = *d * *f;
        *f = *d * before * *f * (1.0 - *f);
        *d = d_before;
    }
}

#[inline(always)]
fn gru<S: Simd>(simd: S, slot: &mut [f32], before: Before<'_>) {
    let hidden = slot.len() / 5;
    let products = &before.products[..3 * hidden];
    slot[..2 * hidden].iter_mut().zip(products).for_each(|(gate, product)| *gate += product);
    math::sigmoid_of_all(simd, &mut slot[..2 * hidden]);
    let [r, z, n, v, h] = parts(slot);
    v.copy_from_slice(&products[2 * hidden..]);
    n.iter_mut().zip(&*r).zip(&*v).for_each(|((n, r), v)| *n += r * v);
    math::tanh_of_all(simd, n);
    for (((h, hidden), z), n) in h.iter_mut().zip(before.hidden).zip(z).zip(n) {
        *h = (1.0 - *z) * *n + *z * *hidden;
        *hidden = *h;
    }
}

/// Leaves the gradients that the state's weights see in the gates, and that for `n`'s inputs in the part behind them.
#[inline(always)]
fn gru_backward(slot: &mut [f32], before: Option<&[f32]>, behind: Behind<'_>) {
    let Behind { d_hidden, spare, .. } = behind;
    match before {
        Some(before) => spare.copy_from_slice(before),
        None => spare.fill(0.0),
    }
    let [r, z, n, v, _] = parts(slot);
    let states = d_hidden.iter_mut().zip(&*spare);
    for ((((r, z), n), v), (d, before)) in r.iter_mut().zip(z).zip(n).zip(v).zip(states) {
        let (reset, update, candidate) = (*r, *z, *n);
        let d_n = *d * (1.0 - update) * (1.0 - candidate * candidate);
        *r = d_n * *v * reset * (1.0 - reset);
        *z = *d * (before - candidate) * update * (1.0 - update);
        *n = d_n * reset;
        *v = d_n;
        *d *= update;
    }
}

/// From the gradients of a GRU's slot that the state's weights see to those that the inputs' see.
pub(super) fn to_inputs(slot: &mut [f32]) {
    let [_, _, n, v, _] = parts(slot);
    n.copy_from_slice(v);
}
