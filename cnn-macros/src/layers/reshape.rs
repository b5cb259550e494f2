//! `reshape(shape)`: the same floats under another shape, in the order in which they lie.

use proc_macro2::TokenStream;
use quote::quote;

use super::conv::FILTERS;
use super::flatten::Flatten;
use super::kind::{Call, Form, Kind, Layer, Parameter, Stop};
use super::{Op, Role, Saves, Site};
use crate::messages;
use crate::order::Order;
use crate::shape::Shape;

pub static KINDS: &[Kind] = &[Kind {
    word: "reshape",
    about: "the same numbers as a volume or vector of another shape, in the order height, width, channel",
    parameters: &[Parameter { name: "shape", form: Form::Shape, example: "24x6x4", ..FILTERS }],
    check,
}];

/// To a volume: what reads that may want a border around it, so that it is a copy. To a vector it is a `flatten`.
#[derive(Debug)]
struct Reshape;

fn check(call: &Call<'_>) -> Result<Layer, Stop> {
    let shape = call.arguments.shape("shape").unwrap_or(Shape::vector(1));
    let incoming = call.incoming()?;
    if crate::shape::count(&[shape.height, shape.width, shape.channels]) != Some(incoming.shape.len()) {
        return Err(messages::reshape_of_another_count(call.words, call.blame("shape"), incoming.shape, shape).into());
    }
    // The volume that was flattened comes back in either order; any other would not.
    if incoming.is_flattened() && !shape.is_vector && incoming.order != Order::of(shape) {
        return Err(messages::reshape_of_flattened(call.words, call.tokens, &incoming.order, shape).into());
    }
    Ok(match shape.is_vector {
        // The order stays known: files list what follows channel by channel of the volume.
        true => Layer { shape, ..Layer::like(incoming, Flatten) },
        false => Layer { field: incoming.whole(), ..Layer::like(incoming, Reshape).with_shape(shape) },
    })
}

impl Op for Reshape {
    fn role(&self) -> Role {
        Role::Compute
    }

    fn saves(&self) -> Saves {
        Saves::default()
    }

    fn infer(&self, site: &Site<'_>) -> TokenStream {
        let Site { input, output, .. } = site;
        quote!(rt::reshape::forward(pass, #input, #output);)
    }

    fn backward(&self, site: &Site<'_>) -> TokenStream {
        let Site { d_output, d_input, .. } = site;
        site.if_wanted(quote!(rt::reshape::backward(pass, #d_output, #d_input);))
    }
}
