//! `drop(probability)`: dropout (Srivastava et al., 2014); nothing in inference.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::conv::FILTERS;
use super::emit::real;
use super::kind::{Call, Form, Kind, Layer, Parameter, Stop, Upper};
use super::window::ROUNDING;
use super::{Constant, Op, Role, Saves, Site};
use crate::messages;

pub static KINDS: &[Kind] = &[Kind {
    word: "drop",
    about: "dropout: in training, drops values, or whole `channels`, at random and scales the others up",
    parameters: &[
        Parameter {
            name: "probability",
            form: Form::Real { from: 0.0, to: Upper::Below(1.0) },
            example: "0.5",
            ..FILTERS
        },
        Parameter { name: "what", words: &["channels"], example: "", ..ROUNDING },
    ],
    check,
}];

#[derive(Debug)]
struct Dropout {
    probability: f64,
    by_channel: bool,
}

fn check(call: &Call<'_>) -> Result<Layer, Stop> {
    let probability = call.arguments.real("probability").unwrap_or(0.5);
    let by_channel = call.arguments.word("what").is_some();
    let incoming = call.incoming()?;
    if by_channel && incoming.shape.is_vector {
        return Err(messages::needs_a_volume(call.words, call.tokens, incoming.shape, "to drop together").into());
    }
    Ok(Layer::like(incoming, Dropout { probability, by_channel }))
}

impl Op for Dropout {
    fn role(&self) -> Role {
        Role::TrainingOnly
    }

    fn reads_parts(&self) -> bool {
        true
    }

    fn writes_parts(&self) -> bool {
        true
    }

    fn saves(&self) -> Saves {
        Saves { mask: true, ..Saves::default() }
    }

    fn constant(&self, site: &Site<'_>) -> Option<Constant> {
        let (probability, index) = (real(self.probability), Literal::u64_unsuffixed(site.noise as u64));
        let value = quote!(rt::Dropout { probability: #probability, index: #index });
        Some(Constant { ty: "Dropout", value })
    }

    fn infer(&self, _site: &Site<'_>) -> TokenStream {
        TokenStream::new()
    }

    fn forward(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, output, mask, .. } = site;
        match self.by_channel {
            true => quote!(rt::drop::channels::forward(pass, #constant, #input, #output, #mask);),
            false => quote!(rt::drop::forward(pass, #constant, #input, #output, #mask);),
        }
    }

    fn backward(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, mask, d_output, d_input, .. } = site;
        site.if_wanted(quote!(rt::drop::backward(pass, #constant, #mask, #d_output, #d_input);))
    }
}
