//! `adaptive(size)`: average pooling to an output of that size.

use proc_macro2::TokenStream;
use quote::quote;

use super::kind::{Call, Kind, Layer, Stop};
use super::pool::SIZE_OF_POOL;
use super::{Op, Role, Saves, Site};
use crate::messages;
use crate::shape::Shape;

pub static KINDS: &[Kind] = &[Kind {
    word: "adaptive",
    about: "average pooling to an output of `size`, over windows of nearly the same size",
    parameters: &[SIZE_OF_POOL],
    check,
}];

#[derive(Debug)]
struct Adaptive;

fn check(call: &Call<'_>) -> Result<Layer, Stop> {
    let [height, width] = call.arguments.pair("size").unwrap_or([1; 2]);
    let incoming = call.incoming()?;
    let input = incoming.shape;
    if input.is_vector {
        return Err(messages::needs_a_volume(call.words, call.tokens, input, "to pool over").into());
    }
    // Where the windows are not all the same, the largest may begin and end in the middle of a pixel.
    let most = |inputs: usize, outputs: usize| match inputs % outputs {
        0 => inputs / outputs,
        _ => (inputs / outputs + 2).min(inputs),
    };
    let reach = [most(input.height, height), most(input.width, width)];
    let stride = [input.height.div_ceil(height), input.width.div_ceil(width)];
    Ok(Layer {
        field: incoming.field.through(reach, stride, incoming.network),
        ..Layer::like(incoming, Adaptive).with_shape(Shape::volume(height, width, input.channels))
    })
}

impl Op for Adaptive {
    fn role(&self) -> Role {
        Role::Compute
    }

    fn saves(&self) -> Saves {
        Saves::default()
    }

    fn infer(&self, site: &Site<'_>) -> TokenStream {
        let Site { input, output, .. } = site;
        quote!(rt::adaptive::forward(pass, #input, #output);)
    }

    fn backward(&self, site: &Site<'_>) -> TokenStream {
        let Site { d_output, d_input, .. } = site;
        site.if_wanted(quote!(rt::adaptive::backward(pass, #d_output, #d_input);))
    }
}
