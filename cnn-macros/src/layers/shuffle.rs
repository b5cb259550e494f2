//! `shuffle(groups)`: channel shuffle (Zhang et al., *ShuffleNet*, 2018).

use proc_macro2::TokenStream;
use quote::quote;

use super::alternatives::{Alternatives, NEAR};
use super::conv::FILTERS;
use super::emit::number;
use super::kind::{Call, Kind, Layer, Parameter, Stop};
use super::{Constant, Op, Role, Saves, Site};
use crate::messages;

pub const GROUPS: Parameter = Parameter { name: "groups", example: "2", ..FILTERS };

pub static KINDS: &[Kind] = &[Kind {
    word: "shuffle",
    about: "channel shuffle: deals `groups` of channels out among each other",
    parameters: &[GROUPS],
    check,
}];

#[derive(Debug)]
struct Shuffle {
    groups: usize,
}

fn check(call: &Call<'_>) -> Result<Layer, Stop> {
    let groups = groups_of_channels(call)?;
    Ok(Layer::like(call.incoming()?, Shuffle { groups }))
}

/// The groups that a call states, if they divide its channels.
pub fn groups_of_channels(call: &Call<'_>) -> Result<usize, Stop> {
    let groups = call.arguments.count("groups").unwrap_or(1);
    let incoming = call.incoming()?;
    if incoming.is_flattened() {
        return Err(messages::flattened(call.words, call.tokens, &incoming.order).into());
    }
    let channels = incoming.shape.channels;
    if channels % groups == 0 {
        return Ok(groups);
    }
    let mut near = Alternatives::new(call);
    (2..groups).rev().take(NEAR).any(|groups| near.respell("groups", &groups.to_string(), 1));
    (groups + 1..=channels).take(NEAR).any(|groups| near.respell("groups", &groups.to_string(), 2));
    let tokens = call.blame("groups");
    let mistake = messages::groups_do_not_divide(call.words, tokens, groups, (channels, "channels"), &near.found);
    Err(mistake.with_trail().into())
}

impl Op for Shuffle {
    fn role(&self) -> Role {
        Role::Compute
    }

    fn saves(&self) -> Saves {
        Saves::default()
    }

    fn constant(&self, _site: &Site<'_>) -> Option<Constant> {
        let groups = number(self.groups);
        Some(Constant { ty: "Shuffle", value: quote!(rt::Shuffle { groups: #groups }) })
    }

    fn infer(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, output, .. } = site;
        quote!(rt::shuffle::forward(pass, #constant, #input, #output);)
    }

    fn backward(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, d_output, d_input, .. } = site;
        site.if_wanted(quote!(rt::shuffle::backward(pass, #constant, #d_output, #d_input);))
    }
}
