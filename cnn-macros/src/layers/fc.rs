//! `fc(outputs)`: fully connected; a volume is stretched to a vector by itself.

use proc_macro2::TokenStream;
use quote::quote;

use super::conv::FILTERS;
use super::emit::{number, optional};
use super::kind::{Call, Kind, Layer, Parameter, Stop, macs};
use super::window::NO_BIAS;
use super::{Constant, Op, Role, Saves, Site};
use crate::net::{Init, Layout, Param};
use crate::shape::Shape;

pub static KINDS: &[Kind] = &[Kind {
    word: "fc",
    about: "fully connected: every output sees every input",
    parameters: &[Parameter { name: "outputs", example: "10", ..FILTERS }, NO_BIAS],
    check,
}];

#[derive(Debug)]
struct Fc {
    inputs: usize,
    outputs: usize,
    has_bias: bool,
}

fn check(call: &Call<'_>) -> Result<Layer, Stop> {
    let outputs = call.arguments.count("outputs").unwrap_or(1);
    let incoming = call.incoming()?;
    let inputs = incoming.shape.len();
    let Shape { height, width, channels, .. } = incoming.volume;
    let has_bias = call.arguments.word("bias").is_none();
    let weight = Param {
        suffix: "weight",
        shape: vec![outputs, inputs],
        is_state: false,
        init: Init::Weight { fan_in: inputs, fan_out: outputs },
        layout: Layout::Fc { height, width, channels },
    };
    let bias = has_bias.then(|| Param::plain("bias", outputs, 0.0));
    Ok(Layer {
        field: incoming.whole(),
        params: std::iter::once(weight).chain(bias).collect(),
        macs: macs(&[inputs, outputs]),
        ..Layer::like(incoming, Fc { inputs, outputs, has_bias }).with_shape(Shape::vector(outputs))
    })
}

impl Op for Fc {
    fn role(&self) -> Role {
        Role::Compute
    }

    fn reads_dense(&self) -> bool {
        true
    }

    fn saves(&self) -> Saves {
        Saves { input: true, ..Saves::default() }
    }

    fn fuses_activation(&self) -> bool {
        true
    }

    fn constant(&self, site: &Site<'_>) -> Option<Constant> {
        let (inputs, outputs) = (number(self.inputs), number(self.outputs));
        let weight = number(site.offset("weight"));
        let bias = optional(self.has_bias.then(|| site.offset("bias")));
        let activation = &site.activation;
        let value = quote!(rt::Fc {
            inputs: #inputs,
            outputs: #outputs,
            weight: #weight,
            bias: #bias,
            activation: #activation,
        });
        Some(Constant { ty: "Fc", value })
    }

    fn infer(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, output, .. } = site;
        quote!(rt::fc::forward(pass, #constant, #input, #output);)
    }

    fn backward(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, d_output, .. } = site;
        let d_input = site.optional_d_input();
        quote!(rt::fc::backward(pass, #constant, #input, #d_output, #d_input);)
    }

    fn prepare(&self, site: &Site<'_>) -> TokenStream {
        let constant = &site.constant;
        site.if_wanted(quote!(rt::fc::prepare(pass, #constant);))
    }
}
