//! `up(factor)`: enlarges rows and columns, by repetition or along straight lines.

use proc_macro2::TokenStream;
use quote::quote;

use super::kind::{Call, Kind, Layer, Parameter, Place, Stop};
use super::window::{ROUNDING, SIZE};
use super::{Constant, Op, Role, Saves, Site};
use crate::messages;
use crate::shape::Shape;

const FACTOR: Parameter = Parameter { name: "factor", place: Place::Required, example: "2", ..SIZE };
const MODE: Parameter = Parameter { name: "mode", words: &["nearest", "bilinear"], ..ROUNDING };

pub static KINDS: &[Kind] = &[Kind {
    word: "up",
    about: "enlarges rows and columns `factor` times, by repeating pixels; `bilinear` draws lines between them",
    parameters: &[FACTOR, MODE],
    check,
}];

#[derive(Debug)]
struct Up {
    is_bilinear: bool,
}

fn check(call: &Call<'_>) -> Result<Layer, Stop> {
    let factor = call.arguments.pair("factor").unwrap_or([1; 2]);
    let is_bilinear = call.arguments.word("mode") == Some("bilinear");
    let incoming = call.incoming()?;
    let Shape { height, width, channels, is_vector } = incoming.shape;
    if is_vector {
        return Err(messages::needs_a_volume(call.words, call.tokens, incoming.shape, "to enlarge").into());
    }
    let seen = if is_bilinear { [2; 2] } else { [1; 2] };
    let output = Shape::volume(height * factor[0], width * factor[1], channels);
    Ok(Layer {
        field: incoming.field.spread(seen, factor, incoming.network),
        ..Layer::like(incoming, Up { is_bilinear }).with_shape(output)
    })
}

impl Op for Up {
    fn role(&self) -> Role {
        Role::Compute
    }

    fn writes_parts(&self) -> bool {
        true
    }

    fn saves(&self) -> Saves {
        Saves::default()
    }

    fn constant(&self, _site: &Site<'_>) -> Option<Constant> {
        let is_bilinear = self.is_bilinear;
        Some(Constant { ty: "Up", value: quote!(rt::Up { bilinear: #is_bilinear }) })
    }

    fn infer(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, output, .. } = site;
        quote!(rt::up::forward(pass, #constant, #input, #output);)
    }

    fn backward(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, d_output, d_input, .. } = site;
        site.if_wanted(quote!(rt::up::backward(pass, #constant, #d_output, #d_input);))
    }
}
