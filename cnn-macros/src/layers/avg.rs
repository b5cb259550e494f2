//! `avg(size)`: average pooling.

use proc_macro2::TokenStream;
use quote::quote;

use super::kind::Kind;
use super::pool::{Pooling, SIZE_OF_POOL, check};
use super::window::{PADDING, ROUNDING, STRIDE};
use super::{Constant, Op, Role, Saves, Site};

pub static KINDS: &[Kind] = &[Kind {
    word: "avg",
    about: "average pooling: the mean of each window of `size`; the stride is the size unless it is given",
    parameters: &[SIZE_OF_POOL, STRIDE, PADDING, ROUNDING],
    check: |call| check(call, AveragePool),
}];

#[derive(Debug)]
struct AveragePool(Pooling);

impl Op for AveragePool {
    fn skips(&self) -> Option<[usize; 2]> {
        super::window::skips(&self.0.window)
    }

    fn role(&self) -> Role {
        Role::Compute
    }

    fn reads_parts(&self) -> bool {
        true
    }

    fn writes_parts(&self) -> bool {
        true
    }

    fn saves(&self) -> Saves {
        Saves::default()
    }

    fn constant(&self, _site: &Site<'_>) -> Option<Constant> {
        Some(self.0.constant())
    }

    fn infer(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, output, .. } = site;
        quote!(rt::avg::forward(pass, #constant, #input, #output);)
    }

    fn backward(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, d_output, d_input, .. } = site;
        site.if_wanted(quote!(rt::avg::backward(pass, #constant, #d_output, #d_input);))
    }
}
