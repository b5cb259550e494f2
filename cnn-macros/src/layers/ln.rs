//! `ln`: layer normalisation (Ba et al., 2016), over all of a sample or over the channels of every pixel.

use proc_macro2::TokenStream;
use quote::quote;

use super::bn::{EPSILON, of_channels};
use super::emit::{number, real};
use super::kind::{Call, Incoming, Kind, Layer, Parameter, Stop};
use super::window::ROUNDING;
use super::{Constant, Op, Role, Saves, Site};
use crate::net::{Layout, Param};
use crate::shape::Shape;

pub static KINDS: &[Kind] = &[Kind {
    word: "ln",
    about: "layer normalisation of all of a sample; with `channels`, of every pixel",
    parameters: &[EPSILON, Parameter { name: "axis", words: &["channels"], example: "", ..ROUNDING }],
    check,
}];

#[derive(Debug)]
struct LayerNorm {
    epsilon: f64,
    by_pixel: bool,
}

fn check(call: &Call<'_>) -> Result<Layer, Stop> {
    let epsilon = call.arguments.real("eps").unwrap_or(1e-5);
    let by_pixel = call.arguments.word("axis").is_some();
    let incoming = call.incoming()?;
    let of = if by_pixel { of_channels } else { of_numbers };
    let params = vec![of(&incoming, "weight", 1.0), of(&incoming, "bias", 0.0)];
    let field = if by_pixel { incoming.field } else { incoming.whole() };
    Ok(Layer { params, field, ..Layer::like(incoming, LayerNorm { epsilon, by_pixel }) })
}

/// A learnt number for every number of a sample, which all start the same.
pub fn of_numbers(incoming: &Incoming, suffix: &'static str, start: f32) -> Param {
    let Shape { height, width, channels, .. } = incoming.shape;
    if height * width == 1 {
        return of_channels(incoming, suffix, start);
    }
    let layout = Layout::Fc { height, width, channels };
    Param { shape: vec![channels, height, width], layout, ..Param::plain(suffix, channels, start) }
}

impl Op for LayerNorm {
    fn role(&self) -> Role {
        Role::Compute
    }

    fn saves(&self) -> Saves {
        Saves { input: true, ..Saves::default() }
    }

    fn constant(&self, site: &Site<'_>) -> Option<Constant> {
        let (weight, bias) = (number(site.offset("weight")), number(site.offset("bias")));
        let (epsilon, by_pixel) = (real(self.epsilon), self.by_pixel);
        let value = quote!(rt::LayerNorm { weight: #weight, bias: #bias, epsilon: #epsilon, by_pixel: #by_pixel });
        Some(Constant { ty: "LayerNorm", value })
    }

    fn infer(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, output, .. } = site;
        quote!(rt::ln::forward(pass, #constant, #input, #output);)
    }

    /// Always: the gradients of weights and biases come with that for the input.
    fn backward(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, d_output, d_input, .. } = site;
        quote!(rt::ln::backward(pass, #constant, #input, #d_output, #d_input);)
    }
}
