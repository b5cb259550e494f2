//! `bias`: a learnt number for every number of the input, added to it.

use proc_macro2::TokenStream;
use quote::quote;

use super::emit::number;
use super::kind::{Call, Kind, Layer, Stop};
use super::ln::of_numbers;
use super::{Constant, Op, Role, Saves, Site};

pub static KINDS: &[Kind] = &[Kind {
    word: "bias",
    about: "adds a learnt number to every number of its input: a bias for each unit instead of one for each channel",
    parameters: &[],
    check,
}];

#[derive(Debug, Default)]
struct Bias {
    is_frozen: bool,
}

fn check(call: &Call<'_>) -> Result<Layer, Stop> {
    let incoming = call.incoming()?;
    Ok(Layer { params: vec![of_numbers(&incoming, "bias", 0.0)], ..Layer::like(incoming, Bias::default()) })
}

impl Op for Bias {
    fn role(&self) -> Role {
        Role::Elementwise
    }

    fn freeze(&mut self) {
        self.is_frozen = true;
    }

    fn saves(&self) -> Saves {
        Saves::default()
    }

    fn constant(&self, site: &Site<'_>) -> Option<Constant> {
        let bias = number(site.offset("bias"));
        Some(Constant { ty: "Bias", value: quote!(rt::Bias { bias: #bias }) })
    }

    fn infer(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, output, .. } = site;
        quote!(rt::bias::forward(pass, #constant, #input, #output);)
    }

    /// Also where nothing before it learns: the gradients of the biases come with that for the input.
    fn backward(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, d_output, d_input, .. } = site;
        if self.is_frozen {
            return site.if_wanted(quote!(rt::bias::backward_data(pass, #d_output, #d_input);));
        }
        quote!(rt::bias::backward(pass, #constant, #d_output, #d_input);)
    }
}
