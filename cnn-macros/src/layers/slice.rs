//! `slice(from, to)`: some of the channels.

use proc_macro2::TokenStream;
use quote::quote;

use super::conv::FILTERS;
use super::emit::number;
use super::kind::{Call, Kind, Layer, Parameter, Stop};
use super::{Constant, Op, Role, Saves, Site};
use crate::messages;
use crate::shape::Shape;

pub static KINDS: &[Kind] = &[Kind {
    word: "slice",
    about: "the channels from number `from`, counted from 0, to the one before `to`",
    parameters: &[
        Parameter { name: "from", example: "0", zero: true, ..FILTERS },
        Parameter { name: "to", example: "2", ..FILTERS },
    ],
    check,
}];

#[derive(Debug)]
struct Slice {
    from: usize,
}

fn check(call: &Call<'_>) -> Result<Layer, Stop> {
    let from = call.arguments.count("from").unwrap_or(0);
    let to = call.arguments.count("to").unwrap_or(1);
    if from >= to {
        return Err(messages::empty_slice(call.words, call.tokens, [from, to]).into());
    }
    let incoming = call.incoming()?;
    if incoming.is_flattened() {
        return Err(messages::flattened(call.words, call.tokens, &incoming.order).into());
    }
    let input = incoming.shape;
    if to > input.channels {
        return Err(messages::slice_beyond_channels(call.words, call.blame("to"), to, input).into());
    }
    let output = Shape { channels: to - from, ..input };
    Ok(Layer::like(incoming, Slice { from }).with_shape(output))
}

impl Op for Slice {
    fn role(&self) -> Role {
        Role::Compute
    }

    fn reads_parts(&self) -> bool {
        true
    }

    fn writes_parts(&self) -> bool {
        true
    }

    fn saves(&self) -> Saves {
        Saves::default()
    }

    fn constant(&self, _site: &Site<'_>) -> Option<Constant> {
        let first = number(self.from);
        Some(Constant { ty: "Slice", value: quote!(rt::Slice { first: #first }) })
    }

    fn infer(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, output, .. } = site;
        quote!(rt::slice::forward(pass, #constant, #input, #output);)
    }

    fn backward(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, d_output, d_input, .. } = site;
        site.if_wanted(quote!(rt::slice::backward(pass, #constant, #d_output, #d_input);))
    }
}
