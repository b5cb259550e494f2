//! A value once more in one run of floats, where one of its readers needs that and another needs a border around it.
//! No word of the language: the planner puts it in.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Constant, Op, Role, Saves, Site};

#[derive(Debug)]
pub struct Copy;

impl Op for Copy {
    fn role(&self) -> Role {
        Role::Compute
    }

    fn saves(&self) -> Saves {
        Saves::default()
    }

    fn constant(&self, _site: &Site<'_>) -> Option<Constant> {
        None
    }

    fn infer(&self, site: &Site<'_>) -> TokenStream {
        let Site { input, output, .. } = site;
        quote!(rt::join::pass_on(pass, #input, #output, false);)
    }

    fn backward(&self, site: &Site<'_>) -> TokenStream {
        let Site { d_output, d_input, .. } = site;
        site.if_wanted(quote!(rt::join::pass_on(pass, #d_output, #d_input, false);))
    }
}
