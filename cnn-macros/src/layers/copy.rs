//! A value once more in memory of its own: for readers that need one run of floats where others need a border around
//! it, and for a second head of the same value. No word of the language.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Op, Role, Saves, Site};
use crate::net::{Marks, Node, NodeId};

#[derive(Debug)]
pub struct Copy;

/// The node of a copy.
pub fn node(of: NodeId, node: &Node) -> Node {
    Node {
        op: Some(Box::new(Copy)),
        inputs: vec![of],
        shape: node.shape,
        name: format!("{}.copy", node.name),
        words: String::new(),
        tokens: TokenStream::new(),
        params: Vec::new(),
        shares: None,
        marks: Marks::default(),
        macs: 0,
        receptive_field: node.receptive_field,
    }
}

impl Op for Copy {
    fn role(&self) -> Role {
        Role::Compute
    }

    fn saves(&self) -> Saves {
        Saves::default()
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
