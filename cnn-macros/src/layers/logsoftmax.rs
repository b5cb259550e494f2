//! `logsoftmax`: the logarithms of probabilities over the channels of every pixel.

use proc_macro2::TokenStream;
use quote::quote;

use super::kind::{Kind, Layer};
use super::{Op, Role, Saves, Site};

pub static KINDS: &[Kind] = &[Kind {
    word: "logsoftmax",
    about: "the logarithms of probabilities over the channels of every pixel",
    parameters: &[],
    check: |call| Ok(Layer::like(call.incoming()?, LogSoftmax)),
}];

#[derive(Debug)]
struct LogSoftmax;

impl Op for LogSoftmax {
    fn is_softmax(&self) -> bool {
        true
    }

    /// Not element by element, but its output may take its input's memory all the same, which is what the role is for.
    fn role(&self) -> Role {
        Role::Elementwise
    }

    fn saves(&self) -> Saves {
        Saves { output: true, ..Saves::default() }
    }

    fn infer(&self, site: &Site<'_>) -> TokenStream {
        let Site { input, output, .. } = site;
        quote!(rt::logsoftmax::forward(pass, #input, #output);)
    }

    fn backward(&self, site: &Site<'_>) -> TokenStream {
        let Site { output, d_output, d_input, .. } = site;
        site.if_wanted(quote!(rt::logsoftmax::backward(pass, #output, #d_output, #d_input);))
    }
}
