//! The calls that both passes are made of.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::maps;
use super::roll::{self, Constants};
use super::site::{Form, constant_type, site};
use crate::layers::{Op, Role, Site};
use crate::net::{Net, NodeId};
use crate::plan::{Folded, Fusion, Place, Plan, samples_in_place};

/// What is emitted for every node, in order.
pub(super) fn each(net: &Net, constants: &Constants, emit: impl Fn(NodeId) -> TokenStream) -> TokenStream {
    let items: Vec<_> = net.iter().map(|(id, _)| (id, emit(id))).collect();
    roll::sequence(net, constants, &items)
}

pub(super) fn each_op(
    net: &Net,
    plan: &Plan,
    constants: &Constants,
    emit: impl Fn(&dyn Op, &Site<'_>) -> TokenStream,
) -> TokenStream {
    each(net, constants, |id| {
        let name = maps::layer(net, id);
        net.op(id).map(|op| emit(op, &site(net, plan, id, &name, Form::Training))).unwrap_or_default()
    })
}

/// The calls that compute a node's value.
pub(super) fn forward_calls(net: &Net, plan: &Plan, id: NodeId, form: Form) -> TokenStream {
    forward_calls_from(net, plan, id, form, None)
}

/// The calls that compute a node's value from what it reads, or from `source` instead.
pub(super) fn forward_calls_from(
    net: &Net,
    plan: &Plan,
    id: NodeId,
    form: Form,
    source: Option<TokenStream>,
) -> TokenStream {
    let pass = form.pass(plan);
    let map = maps::name(form.prefix(), maps::named_after(net, &pass.values, id).0);
    let clear = match pass.shares[id.0] {
        None => clear(&pass.values[id.0], &map),
        Some(_) => TokenStream::new(),
    };
    let Some(op) = &net[id].op else {
        if samples_in_place(net) == Some(id) {
            return TokenStream::new();
        }
        let load = sample_call("load", &map, part_of(net, net.input_ids(), id));
        return quote!(#clear #load);
    };
    if matches!(pass.fusion[id.0], Fusion::Into(_)) || op.role() == Role::View {
        return TokenStream::new();
    }
    let name = maps::layer(net, id);
    let mut site = site(net, plan, id, &name, form);
    if let Some(source) = source {
        site.input = source;
    }
    let call = match (form, plan.workspace.folded[id.0]) {
        (Form::Inference, _) if op.role() == Role::TrainingOnly => return TokenStream::new(),
        (Form::Inference, Some(Folded { weight, bias, .. })) => {
            let ty = constant_type(net, plan, id, &name);
            let [weight, bias] = [weight, bias].map(maps::number);
            site.constant = quote!(&rt::#ty { weight: #weight, bias: ::core::option::Option::Some(#bias), ..#name });
            let call = op.infer(&site);
            quote!(rt::bn::folded(pass, |pass| { #call });)
        }
        (Form::Inference, None) => op.infer(&site),
        (Form::Training, _) => op.forward(&site),
    };
    quote!(#clear #call)
}

/// Zeroes the border of memory that held something else, before it is written.
pub(super) fn clear(place: &Place, name: &Ident) -> TokenStream {
    if place.clear { quote!(rt::border::clear(pass, &#name);) } else { TokenStream::new() }
}

/// A call for every output.
pub(super) fn outputs(net: &Net, map: impl Fn(NodeId) -> Ident, function: &str) -> TokenStream {
    let ids = || net.outputs.iter().map(|output| output.node);
    let calls = ids().map(|id| sample_call(function, &map(id), part_of(net, ids(), id)));
    quote!(#(#calls)*)
}

/// Where a value's floats begin among those of all inputs or outputs, and how many there are; `None` if it is the only
/// one.
pub(super) fn part_of(net: &Net, ids: impl Iterator<Item = NodeId>, id: NodeId) -> Option<[usize; 2]> {
    let ids: Vec<NodeId> = ids.collect();
    let len = |id: &NodeId| net[*id].shape.len();
    let before = ids.iter().take_while(|other| **other != id).map(len).sum();
    (ids.len() > 1).then(|| [before, ids.iter().map(len).sum()])
}

/// `rt::sample::load(pass, &X0);` or, for one of several, `rt::sample::load_part(pass, &X0, [0, 1568]);`
pub(super) fn sample_call(function: &str, map: &Ident, part: Option<[usize; 2]>) -> TokenStream {
    let span = proc_macro2::Span::mixed_site();
    match part {
        None => {
            let function = Ident::new(function, span);
            quote!(rt::sample::#function(pass, &#map);)
        }
        Some(part) => {
            let (function, part) = (Ident::new(&format!("{function}_part"), span), part.map(maps::number));
            quote!(rt::sample::#function(pass, &#map, [#(#part),*]);)
        }
    }
}
