//! `pixelshuffle(factor)`: channels become rows and columns (Shi et al., 2016).

use proc_macro2::TokenStream;
use quote::quote;

use super::conv::FILTERS;
use super::emit::number;
use super::kind::{Call, Kind, Layer, Parameter, Stop};
use super::{Constant, Op, Role, Saves, Site};
use crate::messages;
use crate::shape::Shape;

pub static KINDS: &[Kind] = &[Kind {
    word: "pixelshuffle",
    about: "channels as rows and columns: of `factor` squared channels, a square of pixels",
    parameters: &[Parameter { name: "factor", example: "2", ..FILTERS }],
    check,
}];

#[derive(Debug)]
struct PixelShuffle {
    factor: usize,
}

fn check(call: &Call<'_>) -> Result<Layer, Stop> {
    let factor = call.arguments.count("factor").unwrap_or(1);
    let incoming = call.incoming()?;
    let Shape { height, width, channels, is_vector } = incoming.shape;
    if is_vector {
        return Err(messages::needs_a_volume(call.words, call.tokens, incoming.shape, "to enlarge").into());
    }
    let square = factor * factor;
    if channels % square != 0 {
        return Err(messages::square_does_not_divide(call.words, call.blame("factor"), factor, channels).into());
    }
    let output = Shape::volume(height * factor, width * factor, channels / square);
    Ok(Layer {
        field: incoming.field.spread([1; 2], [factor; 2], incoming.network),
        ..Layer::like(incoming, PixelShuffle { factor }).with_shape(output)
    })
}

impl Op for PixelShuffle {
    fn role(&self) -> Role {
        Role::Compute
    }

    fn saves(&self) -> Saves {
        Saves::default()
    }

    fn constant(&self, _site: &Site<'_>) -> Option<Constant> {
        let factor = number(self.factor);
        Some(Constant { ty: "PixelShuffle", value: quote!(rt::PixelShuffle { factor: #factor }) })
    }

    fn infer(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, output, .. } = site;
        quote!(rt::pixelshuffle::forward(pass, #constant, #input, #output);)
    }

    fn backward(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, d_output, d_input, .. } = site;
        site.if_wanted(quote!(rt::pixelshuffle::backward(pass, #constant, #d_output, #d_input);))
    }
}
