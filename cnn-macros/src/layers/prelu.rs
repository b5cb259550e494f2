//! `prelu`: a leaky relu that learns its one slope (He et al., 2015).

use proc_macro2::TokenStream;
use quote::quote;

use super::emit::number;
use super::kind::{Call, Kind, Layer, Stop};
use super::{Constant, Op, Role, Saves, Site};
use crate::net::Param;

pub static KINDS: &[Kind] =
    &[Kind { word: "prelu", about: "a leaky relu that learns its slope", parameters: &[], check }];

#[derive(Debug)]
struct Prelu;

fn check(call: &Call<'_>) -> Result<Layer, Stop> {
    // 0.25 is the paper's start.
    Ok(Layer { params: vec![Param::plain("weight", 1, 0.25)], ..Layer::like(call.incoming()?, Prelu) })
}

impl Op for Prelu {
    fn role(&self) -> Role {
        Role::Compute
    }

    fn is_rectifier(&self) -> bool {
        true
    }

    fn saves(&self) -> Saves {
        Saves { input: true, ..Saves::default() }
    }

    fn constant(&self, site: &Site<'_>) -> Option<Constant> {
        let weight = number(site.offset("weight"));
        Some(Constant { ty: "Prelu", value: quote!(rt::Prelu { weight: #weight }) })
    }

    fn infer(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, output, .. } = site;
        quote!(rt::prelu::forward(pass, #constant, #input, #output);)
    }

    /// Always: the gradient of the slope comes with that for the input.
    fn backward(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, d_output, d_input, .. } = site;
        quote!(rt::prelu::backward(pass, #constant, #input, #d_output, #d_input);)
    }
}
