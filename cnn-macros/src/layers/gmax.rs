//! `gmax`: global max pooling: the largest of every channel, a vector.

use proc_macro2::TokenStream;
use quote::quote;

use super::kind::{Call, Kind, Layer, Stop};
use super::{Op, Role, Saves, Site};
use crate::messages;
use crate::shape::Shape;

pub static KINDS: &[Kind] = &[Kind {
    word: "gmax",
    about: "global max pooling: the largest of every channel, a vector",
    parameters: &[],
    check,
}];

#[derive(Debug)]
struct GlobalMax;

fn check(call: &Call<'_>) -> Result<Layer, Stop> {
    let incoming = call.incoming()?;
    if incoming.shape.is_vector {
        return Err(messages::needs_a_volume(call.words, call.tokens, incoming.shape, "to pool over").into());
    }
    let (field, vector) = (incoming.whole(), Shape::vector(incoming.shape.channels));
    Ok(Layer { field, ..Layer::like(incoming, GlobalMax).with_shape(vector) })
}

impl Op for GlobalMax {
    fn role(&self) -> Role {
        Role::Compute
    }

    fn writes_parts(&self) -> bool {
        true
    }

    fn saves(&self) -> Saves {
        Saves { input: true, output: true, mask: false }
    }

    fn infer(&self, site: &Site<'_>) -> TokenStream {
        let Site { input, output, .. } = site;
        quote!(rt::gmax::forward(pass, #input, #output);)
    }

    fn backward(&self, site: &Site<'_>) -> TokenStream {
        let Site { input, output, d_output, d_input, .. } = site;
        site.if_wanted(quote!(rt::gmax::backward(pass, #input, #output, #d_output, #d_input);))
    }
}
