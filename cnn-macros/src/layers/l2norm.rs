//! `l2norm`: every pixel as a vector of length 1.

use proc_macro2::TokenStream;
use quote::quote;

use super::bn::EPSILON;
use super::emit::real;
use super::kind::{Call, Kind, Layer, Stop};
use super::{Constant, Op, Role, Saves, Site};

pub static KINDS: &[Kind] = &[Kind {
    word: "l2norm",
    about: "the channels of every pixel, divided by the root of the sum of their squares",
    parameters: &[EPSILON],
    check,
}];

#[derive(Debug)]
struct L2Norm {
    epsilon: f64,
}

fn check(call: &Call<'_>) -> Result<Layer, Stop> {
    let epsilon = call.arguments.real("eps").unwrap_or(1e-12);
    Ok(Layer::like(call.incoming()?, L2Norm { epsilon }))
}

impl Op for L2Norm {
    /// Not element by element, but its output may take its input's memory all the same, which is what the role is for.
    fn role(&self) -> Role {
        Role::Elementwise
    }

    fn saves(&self) -> Saves {
        Saves { input: true, ..Saves::default() }
    }

    fn constant(&self, _site: &Site<'_>) -> Option<Constant> {
        let epsilon = real(self.epsilon);
        Some(Constant { ty: "L2Norm", value: quote!(rt::L2Norm { epsilon: #epsilon }) })
    }

    fn infer(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, output, .. } = site;
        quote!(rt::l2norm::forward(pass, #constant, #input, #output);)
    }

    fn backward(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, d_output, d_input, .. } = site;
        site.if_wanted(quote!(rt::l2norm::backward(pass, #constant, #input, #d_output, #d_input);))
    }
}
