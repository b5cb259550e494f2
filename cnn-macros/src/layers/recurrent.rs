//! `rnn(hidden)`, `lstm(hidden)`, `gru(hidden)`: a state that goes from row to row of its input, which are the steps of a
//! sequence.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::conv::FILTERS;
use super::emit::number;
use super::kind::{Call, Kind, Layer, Parameter, Stop, macs};
use super::window::ROUNDING;
use super::{Constant, Op, Role, Saves, Site};
use crate::messages;
use crate::net::{Init, LANES, Layout, Param};
use crate::shape::Shape;

const PARAMETERS: &[Parameter] = &[
    Parameter { name: "hidden", ..FILTERS },
    // Which states are the output.
    Parameter { name: "states", words: &["last"], ..ROUNDING },
];

pub static KINDS: &[Kind] = &[
    Kind {
        word: "rnn",
        about: "a recurrent layer over the rows of its input: all states, or the `last` one",
        parameters: PARAMETERS,
        check: |call| check(call, Cell::Rnn),
    },
    Kind {
        word: "lstm",
        about: "an `rnn` with gates and a memory (long short-term memory)",
        parameters: PARAMETERS,
        check: |call| check(call, Cell::Lstm),
    },
    Kind {
        word: "gru",
        about: "an `rnn` with gates (gated recurrent unit)",
        parameters: PARAMETERS,
        check: |call| check(call, Cell::Gru),
    },
];

/// Mirrors the runtime's `Cell`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cell {
    Rnn,
    Lstm,
    Gru,
}

impl Cell {
    fn gates(self) -> usize {
        match self {
            Self::Rnn => 1,
            Self::Lstm => 4,
            Self::Gru => 3,
        }
    }

    /// What a step keeps, in units of the state.
    fn slot(self) -> usize {
        match self {
            Self::Rnn => 2,
            Self::Lstm => 6,
            Self::Gru => 5,
        }
    }
}

#[derive(Debug)]
struct Recurrent {
    cell: Cell,
    inputs: usize,
    hidden: usize,
    last: bool,
}

fn check(call: &Call<'_>, cell: Cell) -> Result<Layer, Stop> {
    let hidden = call.arguments.count("hidden").unwrap_or(1);
    let last = call.arguments.word("states").is_some();
    let incoming = call.incoming()?;
    let Shape { height: steps, width, channels, is_vector } = incoming.shape;
    if is_vector {
        let what_for = "to go through step by step";
        return Err(messages::needs_a_volume(call.words, call.tokens, incoming.shape, what_for).into());
    }
    let (inputs, gates) = (width * channels, cell.gates().saturating_mul(hidden));
    // Everything starts as PyTorch has it: uniform within 1 / sqrt(hidden).
    let fan = hidden.saturating_mul(3);
    let init = Init::Weight { fan_in: fan, fan_out: fan };
    let weight = |suffix, inputs: usize, width: usize| Param {
        suffix,
        shape: vec![gates, inputs],
        is_state: false,
        init,
        layout: Layout::Fc { height: 1, width, channels: inputs / width },
    };
    let bias = |suffix| Param { init, ..Param::plain(suffix, gates, 0.0) };
    Ok(Layer {
        field: incoming.whole(),
        params: vec![
            weight("weight_ih_l0", inputs, width),
            weight("weight_hh_l0", hidden, 1),
            bias("bias_ih_l0"),
            bias("bias_hh_l0"),
        ],
        macs: macs(&[steps, gates, inputs.saturating_add(hidden)]),
        ..Layer::like(incoming, Recurrent { cell, inputs, hidden, last }).with_shape(if last {
            Shape::vector(hidden)
        } else {
            Shape::volume(steps, 1, hidden)
        })
    })
}

impl Op for Recurrent {
    fn role(&self) -> Role {
        Role::Compute
    }

    fn saves(&self) -> Saves {
        Saves { input: true, mask: true, ..Saves::default() }
    }

    /// What all steps keep.
    fn mask(&self, input: Shape, _output: Shape) -> Shape {
        Shape::volume(input.height, 1, self.cell.slot() * self.hidden)
    }

    /// Mirrors the runtime's `recurrent`: state, memory and products of a block of 8 samples; in inference, what 16 steps
    /// keep.
    fn scratch(&self, _input: Shape, _output: Shape, training: bool) -> usize {
        let rows = |floats: usize| 8 * (floats.next_multiple_of(LANES) + LANES);
        let state = 2 * rows(self.hidden) + rows(self.cell.gates() * self.hidden);
        state + if training { 0 } else { rows(16 * self.cell.slot() * self.hidden) }
    }

    fn constant(&self, site: &Site<'_>) -> Option<Constant> {
        let cell = Ident::new(&format!("{:?}", self.cell), Span::mixed_site());
        let [inputs, hidden] = [self.inputs, self.hidden].map(number);
        let tensors = ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"];
        let [weight_ih, weight_hh, bias_ih, bias_hh] = tensors.map(|suffix| number(site.offset(suffix)));
        let last = self.last;
        let value = quote!(rt::Recurrent {
            cell: rt::Cell::#cell,
            inputs: #inputs,
            hidden: #hidden,
            weight_ih: #weight_ih,
            weight_hh: #weight_hh,
            bias_ih: #bias_ih,
            bias_hh: #bias_hh,
            last: #last,
        });
        Some(Constant { ty: "Recurrent", value })
    }

    fn infer(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, output, .. } = site;
        quote!(rt::recurrent::infer(pass, #constant, #input, #output);)
    }

    fn forward(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, output, mask, .. } = site;
        quote!(rt::recurrent::forward(pass, #constant, #input, #output, #mask);)
    }

    fn backward(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, mask, d_output, .. } = site;
        let d_input = site.optional_d_input();
        quote!(rt::recurrent::backward(pass, #constant, #input, #mask, #d_output, #d_input);)
    }

    fn prepare(&self, site: &Site<'_>) -> TokenStream {
        let constant = &site.constant;
        quote!(rt::recurrent::prepare(pass, #constant);)
    }
}
