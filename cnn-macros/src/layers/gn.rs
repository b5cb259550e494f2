//! `gn(groups)`: group normalisation (Wu, He, 2018), and `inorm`, which has a group for every channel (Ulyanov et al.,
//! 2016).

use proc_macro2::TokenStream;
use quote::quote;

use super::bn::{EPSILON, of_channels};
use super::emit::{number, real};
use super::kind::{Call, Kind, Layer, Stop};
use super::shuffle::{GROUPS, groups_of_channels};
use super::{Constant, Op, Role, Saves, Site};
use crate::messages;
use crate::shape::Shape;

pub static KINDS: &[Kind] = &[
    Kind {
        word: "gn",
        about: "group normalisation: of every sample's `groups` of channels",
        parameters: &[GROUPS, EPSILON],
        check: |call| {
            let groups = groups_of_channels(call)?;
            check(call, groups)
        },
    },
    Kind {
        word: "inorm",
        about: "instance normalisation: of every channel of every sample",
        parameters: &[EPSILON],
        check: |call| {
            let input = call.incoming()?.shape;
            if input.is_vector {
                return Err(messages::needs_a_volume(call.words, call.tokens, input, "to normalise over").into());
            }
            check(call, input.channels)
        },
    },
];

#[derive(Debug)]
struct GroupNorm {
    groups: usize,
    epsilon: f64,
}

fn check(call: &Call<'_>, groups: usize) -> Result<Layer, Stop> {
    let epsilon = call.arguments.real("eps").unwrap_or(1e-5);
    let incoming = call.incoming()?;
    Ok(Layer {
        params: vec![of_channels(&incoming, "weight", 1.0), of_channels(&incoming, "bias", 0.0)],
        field: incoming.whole(),
        ..Layer::like(incoming, GroupNorm { groups, epsilon })
    })
}

impl Op for GroupNorm {
    fn role(&self) -> Role {
        Role::Compute
    }

    fn saves(&self) -> Saves {
        Saves { input: true, ..Saves::default() }
    }

    /// Mirrors the runtime's: four numbers of every channel.
    fn scratch(&self, input: Shape, _output: Shape, _training: bool) -> usize {
        4 * input.channels
    }

    fn constant(&self, site: &Site<'_>) -> Option<Constant> {
        let (weight, bias) = (number(site.offset("weight")), number(site.offset("bias")));
        let (groups, epsilon) = (number(self.groups), real(self.epsilon));
        let value = quote!(rt::GroupNorm { groups: #groups, weight: #weight, bias: #bias, epsilon: #epsilon });
        Some(Constant { ty: "GroupNorm", value })
    }

    fn infer(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, output, .. } = site;
        quote!(rt::gn::forward(pass, #constant, #input, #output);)
    }

    /// Always: the gradients of weights and biases come with that for the input.
    fn backward(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, d_output, d_input, .. } = site;
        quote!(rt::gn::backward(pass, #constant, #input, #d_output, #d_input);)
    }
}
