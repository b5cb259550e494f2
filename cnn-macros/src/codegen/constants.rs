//! The constants of layers: sizes, offsets of tensors, the activation that is fused.

use proc_macro2::TokenStream;
use quote::quote;

use super::maps;
use super::passes::{Form, site};
use crate::net::Net;
use crate::plan::Plan;

/// `const CONV1: rt::Conv = rt::Conv { .. };` for every layer that has one, as inference wants it.
pub(super) fn layers(net: &Net, plan: &Plan) -> TokenStream {
    let constants = net.iter().filter_map(|(id, node)| {
        let op = node.op.as_ref()?;
        let name = maps::layer(net, id);
        let constant = op.constant(&site(net, plan, id, &name, Form::Inference))?;
        let ty = proc_macro2::Ident::new(constant.ty, proc_macro2::Span::mixed_site());
        let value = constant.value;
        Some(quote!(const #name: rt::#ty = #value;))
    });
    quote!(#(#constants)*)
}
