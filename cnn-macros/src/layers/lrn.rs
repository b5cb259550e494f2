//! `lrn(size)`: local response normalisation (Krizhevsky et al., 2012), as PyTorch writes it.

use proc_macro2::TokenStream;
use quote::quote;

use super::conv::FILTERS;
use super::emit::{number, real};
use super::kind::{Call, Form, Kind, Layer, Parameter, Place, Stop, Upper};
use super::{Constant, Op, Role, Saves, Site};
use crate::messages;
use crate::net::LANES;
use crate::shape::Shape;

const ALPHA: Parameter = Parameter {
    name: "alpha",
    form: Form::Real { from: 0.0, to: Upper::None },
    place: Place::Named,
    example: "alpha = 1e-4",
    ..FILTERS
};

pub static KINDS: &[Kind] = &[Kind {
    word: "lrn",
    about: "local response normalisation: x / (k + alpha * mean of the squares of `size` channels)^beta",
    parameters: &[
        Parameter { name: "size", example: "5", ..FILTERS },
        ALPHA,
        Parameter { name: "beta", example: "beta = 0.75", ..ALPHA },
        // Of nothing but zeros there would be no power.
        Parameter { name: "k", form: Form::Real { from: 1e-6, to: Upper::None }, example: "k = 2.0", ..ALPHA },
    ],
    check,
}];

#[derive(Debug)]
struct Lrn {
    size: usize,
    alpha: f64,
    beta: f64,
    k: f64,
}

fn check(call: &Call<'_>) -> Result<Layer, Stop> {
    let size = call.arguments.count("size").unwrap_or(5);
    let [alpha, beta, k] = [("alpha", 1e-4), ("beta", 0.75), ("k", 1.0)]
        .map(|(name, default)| call.arguments.real(name).unwrap_or(default));
    let incoming = call.incoming()?;
    if incoming.is_flattened() {
        return Err(messages::flattened(call.words, call.tokens, &incoming.order).into());
    }
    Ok(Layer::like(incoming, Lrn { size, alpha, beta, k }))
}

impl Op for Lrn {
    fn role(&self) -> Role {
        Role::Compute
    }

    fn saves(&self) -> Saves {
        Saves { input: true, ..Saves::default() }
    }

    /// Mirrors the runtime's: a pixel's channels with room for a window, backward two of them.
    fn scratch(&self, input: Shape, _output: Shape, training: bool) -> usize {
        (1 + usize::from(training)) * (self.size + input.channels.next_multiple_of(LANES) + LANES)
    }

    fn constant(&self, _site: &Site<'_>) -> Option<Constant> {
        let size = number(self.size);
        let [alpha, beta, k] = [self.alpha, self.beta, self.k].map(real);
        let value = quote!(rt::Lrn { size: #size, alpha: #alpha, beta: #beta, k: #k });
        Some(Constant { ty: "Lrn", value })
    }

    fn infer(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, output, .. } = site;
        quote!(rt::lrn::forward(pass, #constant, #input, #output);)
    }

    fn backward(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, d_output, d_input, .. } = site;
        site.if_wanted(quote!(rt::lrn::backward(pass, #constant, #input, #d_output, #d_input);))
    }
}
