//! `infer`: one call a layer, the forms of weights that it reads, and the names of its kernels.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::calls::{each, each_op, forward_calls, forward_calls_from, outputs, sample_call};
use super::maps;
use super::roll::{self, Constants};
use super::site::{Form, site};
use crate::net::{Net, NodeId};
use crate::plan::{Cut, Folded, Plan, samples_in_place};

/// `infer` and the size of its arena.
pub(super) fn infer(net: &Net, plan: &Plan, constants: &Constants) -> TokenStream {
    let [floats, scratch] = [plan.infer.floats, plan.workspace.scratch[0]].map(maps::number);
    let derive = derive(net, plan, constants);
    let stores = outputs(net, |id| map_of(net, plan, id), "store");
    let (calls, halves) = match &plan.cut {
        Some(cut) => in_two(net, plan, constants, cut),
        None => (each(net, constants, |id| forward_calls(net, plan, id, Form::Inference)), TokenStream::new()),
    };
    let kernels = kernels(net, plan, constants);
    let in_place = samples_in_place(net).map(|_| {
        quote!(
            const SAMPLES_IN_PLACE: bool = true;
        )
    });
    quote! {
        const INFER_FLOATS: usize = #floats;
        const INFER_SCRATCH: usize = #scratch;
        #in_place
        #halves
        #derive

        fn infer(pass: &mut rt::Pass<'_>) {
            #calls
            #stores
        }

        #kernels
    }
}

/// The calls of `infer` that can also stop where a batch is handed on, or begin there; and what the second part needs.
fn in_two(net: &Net, plan: &Plan, constants: &Constants, cut: &Cut) -> (TokenStream, TokenStream) {
    let calls = |range: std::ops::Range<usize>| {
        let items: Vec<_> = range.map(NodeId).map(|id| (id, forward_calls(net, plan, id, Form::Inference))).collect();
        roll::sequence(net, constants, &items)
    };
    let (front, first, back) =
        (calls(0..cut.at.0), calls(cut.at.0..cut.at.0 + 1), calls(cut.at.0 + 1..net.nodes.len()));
    let from_handed = forward_calls_from(net, plan, cut.at, Form::Inference, Some(quote!(rt::Source::Samples)));
    let handed = net[cut.at].inputs.iter().map(|&input| sample_call("store", &map_of(net, plan, input), None));
    let calls = quote! {
        if pass.is_back() {
            #from_handed
        } else {
            #front
            if pass.is_front() {
                #(#handed)*
                return;
            }
            #first
        }
        #back
    };
    let [handed, floats, strips] = [cut.handed, cut.floats, cut.strips].map(maps::number);
    let constants = quote! {
        const HANDED: usize = #handed;
        const BACK_FLOATS: usize = #floats;
        const STRIPS: usize = #strips;
    };
    (calls, constants)
}

/// The map of a value in inference.
fn map_of(net: &Net, plan: &Plan, id: NodeId) -> Ident {
    maps::name("X", maps::named_after(net, &plan.infer.values, id).0)
}

/// `derive` and the sizes of what it makes.
fn derive(net: &Net, plan: &Plan, constants: &Constants) -> TokenStream {
    let workspace = &plan.workspace;
    let [infer, train] = [workspace.folded_floats, workspace.derived_floats].map(maps::number);
    let training = each_op(net, plan, constants, |op, site| op.derive(site));
    let fold = |id: NodeId| {
        let Folded { norm, weight, bias } = workspace.folded[id.0]?;
        let module = Ident::new(net.op(id)?.folds()?, proc_macro2::Span::mixed_site());
        let [name, norm] = [id, norm].map(|id| maps::layer(net, id));
        let [weight, bias] = [weight, bias].map(maps::number);
        Some(quote!(rt::#module::fold(pass, &#name, &#norm, rt::Folded { weight: #weight, bias: #bias });))
    };
    let inference = each(net, constants, |id| {
        let name = maps::layer(net, id);
        let derive = || net.op(id).map(|op| op.derive(&site(net, plan, id, &name, Form::Training)));
        fold(id).or_else(derive).unwrap_or_default()
    });
    let body = if workspace.folded.iter().any(Option::is_some) {
        quote!(if training { #training } else { #inference })
    } else {
        training
    };
    quote! {
        const INFER_DERIVED: usize = #infer;
        const TRAIN_DERIVED: usize = #train;

        #[allow(unused_variables)]
        fn derive(training: bool, pass: &mut rt::Prepare<'_>) {
            #body
        }
    }
}

/// `kernels`, if any layer has a choice.
fn kernels(net: &Net, plan: &Plan, constants: &Constants) -> TokenStream {
    let layers = net.iter().skip(net.inputs.len()).filter(|(_, node)| node.is_written());
    let written: Vec<NodeId> = layers.map(|(id, _)| id).collect();
    let calls = each(net, constants, |id| {
        let name = maps::layer(net, id);
        let place = written.iter().position(|other| *other == id).map(maps::number);
        let kernel = net.op(id).and_then(|op| op.kernel_at_run_time(&site(net, plan, id, &name, Form::Inference)));
        place.zip(kernel).map(|(place, kernel)| quote!(report(#place, #kernel);)).unwrap_or_default()
    });
    if calls.is_empty() {
        return calls;
    }
    quote! {
        fn kernels(report: &mut dyn ::core::ops::FnMut(usize, ::std::string::String)) {
            #calls
        }
    }
}
