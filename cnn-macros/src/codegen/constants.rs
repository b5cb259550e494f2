//! The constants of layers: sizes, offsets of tensors, the activation that is fused.

use quote::quote;

use super::maps;
use super::roll::Constants;
use super::site::{Form, site};
use crate::net::Net;
use crate::plan::Plan;

/// Adds `const CONV1: rt::Conv = rt::Conv { .. };` for every layer that has one, as inference wants it.
pub(super) fn layers(net: &Net, plan: &Plan, constants: &mut Constants) {
    for (id, node) in net.iter() {
        let Some(op) = &node.op else { continue };
        let name = maps::layer(net, id);
        let Some(constant) = op.constant(&site(net, plan, id, &name, Form::Inference)) else { continue };
        let ty = proc_macro2::Ident::new(constant.ty, proc_macro2::Span::mixed_site());
        constants.add(&name, &quote!(rt::#ty), &constant.value);
    }
}
