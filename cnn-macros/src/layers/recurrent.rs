//! `rnn(hidden)`, `lstm(hidden)`, `gru(hidden)`: a state that goes from row to row of its input, which are the steps of
//! a sequence.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::conv::FILTERS;
use super::emit::number;
use super::kind::{Call, Form, Kind, Layer, Parameter, Place, Stop, macs};
use super::window::ROUNDING;
use super::{Constant, Gradient, Op, Role, Saves, Site, Wanted};
use crate::check::scope::Here;
use crate::messages;
use crate::net::{Init, LANES, Layout, Param};
use crate::shape::Shape;

const PARAMETERS: &[Parameter] = &[
    Parameter { name: "hidden", ..FILTERS },
    // Which states are the output.
    Parameter { name: "states", words: &["last", "state"], ..ROUNDING },
    Parameter { name: "from", form: Form::Tap, place: Place::Named, example: "from = @start", ..FILTERS },
];

pub static KINDS: &[Kind] = &[
    Kind {
        word: "rnn",
        about: "a recurrent layer over the rows of its input: all states, or the `last` one; `from` a named value on",
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

    /// What a sequence that goes on begins with, in units of the state: an LSTM's memory stands behind it.
    fn states(self) -> usize {
        match self {
            Self::Lstm => 2,
            Self::Rnn | Self::Gru => 1,
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
    states: States,
}

/// Mirrors the runtime's `States`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum States {
    All,
    Last,
    LastAndMemory,
}

fn check(call: &Call<'_>, cell: Cell) -> Result<Layer, Stop> {
    let hidden = call.arguments.count("hidden").unwrap_or(1);
    let states = match call.arguments.word("states") {
        None => States::All,
        Some("state") if cell == Cell::Lstm => States::LastAndMemory,
        Some(_) => States::Last,
    };
    let start = call.arguments.tap("from");
    if let Some(start) = start {
        check_start(call, start, [hidden, cell.states()])?;
    }
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
        reads: start.map(|start| start.node).into_iter().collect(),
        ..Layer::like(incoming, Recurrent { cell, inputs, hidden, states }).with_shape(match states {
            States::All => Shape::volume(steps, 1, hidden),
            States::Last => Shape::vector(hidden),
            States::LastAndMemory => Shape::vector(hidden.saturating_mul(2)),
        })
    })
}

/// Whether a value can be the state before the first step: of an LSTM, the state and its memory.
fn check_start(call: &Call<'_>, start: &Here, [hidden, states]: [usize; 2]) -> Result<(), Stop> {
    let Shape { height, width, channels, .. } = start.incoming.shape;
    if height * width != 1 || channels != hidden.saturating_mul(states) {
        let sizes = [hidden, states];
        return Err(messages::start_of_another_size(call.words, call.blame("from"), start.incoming.shape, sizes).into());
    }
    if start.incoming.is_flattened() {
        return Err(messages::start_of_flattened(call.words, call.blame("from"), &start.incoming.order).into());
    }
    Ok(())
}

/// `None` for a layer without one, or `Some(&X1)`: the map of the state before the first step.
fn start(site: &Site<'_>) -> TokenStream {
    match site.inputs.get(1) {
        Some(map) => quote!(::core::option::Option::Some(#map)),
        None => quote!(::core::option::Option::None),
    }
}

/// The runtime's `Target`.
fn target(gradient: &Gradient) -> TokenStream {
    let (map, wanted, adds) = match gradient {
        Gradient::None | Gradient::Same => return quote!(::core::option::Option::None),
        Gradient::Overwrite(map, wanted) => (map, wanted, false),
        Gradient::Accumulate(map, wanted) => (map, wanted, true),
    };
    match wanted {
        Wanted::Always => quote!(::core::option::Option::Some((#map, #adds))),
        Wanted::IfAsked => quote!(pass.wants_d_input().then_some((#map, #adds))),
    }
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

    /// Mirrors the runtime's `recurrent`: state, memory and products of a block of 8 samples; in inference, what 16
    /// steps keep.
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
        let states = Ident::new(&format!("{:?}", self.states), Span::mixed_site());
        let value = quote!(rt::Recurrent {
            cell: rt::Cell::#cell,
            inputs: #inputs,
            hidden: #hidden,
            weight_ih: #weight_ih,
            weight_hh: #weight_hh,
            bias_ih: #bias_ih,
            bias_hh: #bias_hh,
            states: rt::States::#states,
        });
        Some(Constant { ty: "Recurrent", value })
    }

    fn infer(&self, site: &Site<'_>) -> TokenStream {
        let (Site { constant, input, output, .. }, start) = (site, start(site));
        quote!(rt::recurrent::infer(pass, #constant, #input, #start, #output);)
    }

    fn forward(&self, site: &Site<'_>) -> TokenStream {
        let (Site { constant, input, output, mask, .. }, start) = (site, start(site));
        quote!(rt::recurrent::forward(pass, #constant, #input, #start, #output, #mask);)
    }

    fn backward(&self, site: &Site<'_>) -> TokenStream {
        let (Site { constant, input, mask, d_output, .. }, start) = (site, start(site));
        let (d_input, d_start) = match &site.gradients[..] {
            // A sequence that is its own beginning: the runtime comes to the state's gradient first.
            [first, Gradient::Accumulate(map, wanted)] if site.inputs[0].to_string() == site.inputs[1].to_string() => {
                (target(&Gradient::Accumulate(map.clone(), *wanted)), target(first))
            }
            [d_input, d_start] => (target(d_input), target(d_start)),
            _ => (
                target(&Gradient::Overwrite(site.d_input.clone(), site.d_input_is)),
                quote!(::core::option::Option::None),
            ),
        };
        quote!(rt::recurrent::backward(pass, #constant, #input, #start, #mask, #d_output, [#d_input, #d_start]);)
    }

    fn prepare(&self, site: &Site<'_>) -> TokenStream {
        let constant = &site.constant;
        quote!(rt::recurrent::prepare(pass, #constant);)
    }
}
