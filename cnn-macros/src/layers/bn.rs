//! `bn`: batch normalisation (Ioffe, Szegedy, 2015).

use proc_macro2::TokenStream;
use quote::quote;

use super::conv::FILTERS;
use super::emit::{number, real};
use super::kind::{Call, Form, Incoming, Kind, Layer, Parameter, Place, Stop, Upper};
use super::{Constant, Op, Role, Saves, Site};
use crate::net::{Layout, Param};

pub const EPSILON: Parameter = Parameter {
    name: "eps",
    form: Form::Real { from: 0.0, to: Upper::Below(1.0) },
    place: Place::Named,
    example: "eps = 1e-3",
    ..FILTERS
};

pub static KINDS: &[Kind] = &[Kind {
    word: "bn",
    about: "batch normalisation of every channel",
    parameters: &[
        EPSILON,
        // The weight of the newest batch, as PyTorch has it; 1 forgets all others.
        Parameter {
            name: "momentum",
            form: Form::Real { from: 0.0, to: Upper::AtMost(1.0) },
            example: "momentum = 0.01",
            ..EPSILON
        },
    ],
    check,
}];

#[derive(Debug)]
struct BatchNorm {
    channels: usize,
    pixels: usize,
    epsilon: f64,
    momentum: f64,
    is_frozen: bool,
}

fn check(call: &Call<'_>) -> Result<Layer, Stop> {
    let epsilon = call.arguments.real("eps").unwrap_or(1e-5);
    let momentum = call.arguments.real("momentum").unwrap_or(0.1);
    let incoming = call.incoming()?;
    let channels = incoming.shape.channels;
    let pixels = incoming.shape.height * incoming.shape.width;
    let plain = |suffix, start| of_channels(&incoming, suffix, start);
    let state = |param: Param| Param { is_state: true, ..param };
    Ok(Layer {
        params: vec![
            plain("weight", 1.0),
            plain("bias", 0.0),
            state(plain("running_mean", 0.0)),
            state(plain("running_var", 1.0)),
        ],
        ..Layer::like(incoming, BatchNorm { channels, pixels, epsilon, momentum, is_frozen: false })
    })
}

/// A learnt number for every channel, which all start the same.
pub fn of_channels(incoming: &Incoming, suffix: &'static str, start: f32) -> Param {
    let layout = if incoming.is_flattened() { incoming.order.layout() } else { Layout::Plain };
    Param { layout, ..Param::plain(suffix, incoming.shape.channels, start) }
}

impl Op for BatchNorm {
    fn role(&self) -> Role {
        Role::Compute
    }

    /// It goes on as in inference: no statistics of the batch, and the running ones stay.
    fn freeze(&mut self) {
        self.is_frozen = true;
    }

    fn reads_parts(&self) -> bool {
        true
    }

    fn writes_parts(&self) -> bool {
        true
    }

    fn saves(&self) -> Saves {
        Saves { input: !self.is_frozen, ..Saves::default() }
    }

    fn fuses_activation(&self) -> bool {
        true
    }

    fn is_affine(&self) -> bool {
        true
    }

    fn is_barrier(&self) -> bool {
        !self.is_frozen
    }

    fn exchange(&self) -> usize {
        if self.is_frozen { 0 } else { 4 * self.channels }
    }

    fn constant(&self, site: &Site<'_>) -> Option<Constant> {
        let (channels, pixels) = (number(self.channels), number(self.pixels));
        let (weight, bias) = (number(site.offset("weight")), number(site.offset("bias")));
        let (mean, var) = (number(site.offset("running_mean")), number(site.offset("running_var")));
        let (epsilon, momentum) = (real(self.epsilon), real(self.momentum));
        let (exchange, activation) = (number(site.exchange), &site.activation);
        let value = quote!(rt::BatchNorm {
            channels: #channels,
            pixels: #pixels,
            weight: #weight,
            bias: #bias,
            running_mean: #mean,
            running_var: #var,
            exchange: #exchange,
            epsilon: #epsilon,
            momentum: #momentum,
            activation: #activation,
        });
        Some(Constant { ty: "BatchNorm", value })
    }

    fn infer(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, output, .. } = site;
        quote!(rt::bn::infer(pass, #constant, #input, #output);)
    }

    fn forward(&self, site: &Site<'_>) -> TokenStream {
        if self.is_frozen {
            return self.infer(site);
        }
        let Site { constant, input, output, .. } = site;
        quote!(rt::bn::forward(pass, #constant, #input, #output);)
    }

    fn backward(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, d_output, d_input, .. } = site;
        if self.is_frozen {
            return site.if_wanted(quote!(rt::bn::backward_data(pass, #constant, #d_output, #d_input);));
        }
        site.if_wanted(quote!(rt::bn::backward(pass, #constant, #input, #d_output, #d_input);))
    }

    fn measure(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, .. } = site;
        quote!(rt::bn::measure(pass, #constant, #input);)
    }

    fn combine(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, .. } = site;
        quote!(rt::bn::combine(pass, #constant);)
    }

    fn measure_gradient(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, d_output, .. } = site;
        quote!(rt::bn::measure_gradient(pass, #constant, #input, #d_output);)
    }

    fn combine_gradient(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, .. } = site;
        quote!(rt::bn::combine_gradient(pass, #constant);)
    }
}
