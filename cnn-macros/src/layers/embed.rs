//! `embed(vocabulary, size)`: a vector of indices becomes a sequence of rows of a table.

use proc_macro2::TokenStream;
use quote::quote;

use super::conv::FILTERS;
use super::emit::number;
use super::kind::{Call, Kind, Layer, Parameter, Stop};
use super::{Constant, Op, Role, Saves, Site};
use crate::messages;
use crate::net::{Init, Layout, Param};
use crate::shape::Shape;

pub static KINDS: &[Kind] = &[Kind {
    word: "embed",
    about: "a row of `size` learnt numbers for every index below `vocabulary`",
    parameters: &[
        Parameter { name: "vocabulary", example: "100", ..FILTERS },
        Parameter { name: "size", example: "8", ..FILTERS },
    ],
    check,
}];

/// Indices come as floats, which hold all whole numbers up to here.
const MOST: usize = 1 << 24;

#[derive(Debug)]
struct Embedding {
    vocabulary: usize,
    size: usize,
    is_frozen: bool,
}

fn check(call: &Call<'_>) -> Result<Layer, Stop> {
    let [vocabulary, size] = ["vocabulary", "size"].map(|name| call.arguments.count(name).unwrap_or(1));
    if vocabulary > MOST {
        return Err(messages::vocabulary_too_large(call.words, call.blame("vocabulary"), vocabulary, MOST).into());
    }
    let incoming = call.incoming()?;
    if !incoming.shape.is_vector {
        return Err(messages::needs_indices(call.words, call.tokens, incoming.shape).into());
    }
    if incoming.is_flattened() {
        return Err(messages::indices_of_flattened(call.words, call.tokens, &incoming.order).into());
    }
    let table = Param {
        suffix: "weight",
        shape: vec![vocabulary, size],
        is_state: false,
        // A variance of 1, as PyTorch's.
        init: Init::Weight { fan_in: 1, fan_out: 1 },
        layout: Layout::Plain,
    };
    let op = Embedding { vocabulary, size, is_frozen: false };
    let shape = Shape::volume(incoming.shape.channels, 1, size);
    Ok(Layer { params: vec![table], ..Layer::like(incoming, op).with_shape(shape) })
}

impl Op for Embedding {
    fn role(&self) -> Role {
        Role::Compute
    }

    fn freeze(&mut self) {
        self.is_frozen = true;
    }

    fn reads_dense(&self) -> bool {
        true
    }

    fn saves(&self) -> Saves {
        Saves { input: !self.is_frozen, ..Saves::default() }
    }

    fn constant(&self, site: &Site<'_>) -> Option<Constant> {
        let [weight, vocabulary, size] = [site.offset("weight"), self.vocabulary, self.size].map(number);
        let value = quote!(rt::Embedding { weight: #weight, vocabulary: #vocabulary, size: #size });
        Some(Constant { ty: "Embedding", value })
    }

    fn infer(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, output, .. } = site;
        quote!(rt::embed::forward(pass, #constant, #input, #output);)
    }

    fn backward(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, d_output, d_input, .. } = site;
        let nothing = site.if_wanted(quote!(rt::embed::backward_data(pass, #d_input);));
        if self.is_frozen {
            return nothing;
        }
        quote!(rt::embed::backward(pass, #constant, #input, #d_output); #nothing)
    }
}
