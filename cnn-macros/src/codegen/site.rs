//! Where a node stands: the names of what its calls read and write.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::maps;
use crate::layers::{Gradient, Site, Wanted};
use crate::net::{Net, NodeId};
use crate::plan::{Branch, Part, Pass, Plan, reads_samples};

/// Which of the two forms of a network a call belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Inference,
    Training,
}

impl Form {
    pub(super) fn pass(self, plan: &Plan) -> &Pass {
        match self {
            Self::Inference => &plan.infer,
            Self::Training => &plan.train.pass,
        }
    }

    /// Prefix of the maps of values.
    pub(super) fn prefix(self) -> &'static str {
        match self {
            Self::Inference => "X",
            Self::Training => "T",
        }
    }
}

/// `rt::Activation::..` that a node applies where it makes its output.
fn fused_activation(net: &Net, pass: &Pass, id: NodeId) -> TokenStream {
    let activation = pass.fused_activation(net, id).and_then(|at| net[at].op.as_ref()?.activation());
    let name = activation.map_or_else(|| quote!(Identity), |activation| activation.tokens);
    quote!(rt::Activation::#name)
}

/// Where a node stands, for the calls that it emits.
pub(super) fn site<'a>(net: &Net, plan: &'a Plan, id: NodeId, name: &'a Ident, form: Form) -> Site<'a> {
    let node = &net[id];
    let input = node.inputs.first().copied().unwrap_or(id);
    let activation = fused_activation(net, form.pass(plan), id);
    let ours = fused_activation(net, &plan.infer, id);
    let reads_samples = reads_samples(net, id);
    let value = |id: NodeId| {
        let name = maps::name(form.prefix(), maps::named_after(net, &form.pass(plan).values, id).0);
        quote!(&#name)
    };
    let gradient = |id: NodeId| {
        let name = gradient_name(net, plan, id);
        quote!(&#name)
    };
    let mask = maps::name("M", id.0);
    // Training fuses less than inference: its constant may differ from the one that is written out.
    let pool = form.pass(plan).fused_pooling(net, id).is_some();
    let unpooled = (!pool && plan.infer.fused_pooling(net, id).is_some()).then(|| quote!(pool: false,));
    let adds = form.pass(plan).adds(net, id);
    let alone = (!adds && plan.infer.adds(net, id)).then(|| quote!(adds: false,));
    let constant = match node.op.as_ref().map(|op| op.fuses_activation()) {
        Some(true) if activation.to_string() != ours.to_string() => {
            let ty = constant_type(net, plan, id, name);
            quote!(&rt::#ty { activation: #activation, #unpooled #alone ..#name })
        }
        Some(_) if unpooled.is_some() || alone.is_some() => {
            let ty = constant_type(net, plan, id, name);
            quote!(&rt::#ty { #unpooled #alone ..#name })
        }
        _ => quote!(&#name),
    };
    let draws = net.iter().take(id.0).filter(|(_, node)| node.op.as_ref().is_some_and(|op| op.saves().mask));
    Site {
        constant,
        input: if reads_samples { quote!(rt::Source::Samples) } else { value(input) },
        reads_samples,
        inputs: node.inputs.iter().map(|&input| value(input)).collect(),
        in_place: form.pass(plan).branches[id.0].iter().map(|branch| *branch == Branch::InPlace).collect(),
        output: value(id),
        d_output: gradient(id),
        d_input: gradient(input),
        d_input_is: wanted(plan, input),
        gradients: gradients(net, plan, id),
        mask: quote!(&#mask),
        activation,
        pool,
        adds,
        offsets: &plan.tensors.offsets[id.0],
        shapes: net.shapes(id),
        record: plan.workspace.records[id.0],
        derived: plan.workspace.derived[id.0],
        prepared: plan.workspace.prepared[id.0],
        exchange: plan.train.exchange[id.0],
        noise: draws.count(),
        name,
    }
}

pub(super) fn constant_type(net: &Net, plan: &Plan, id: NodeId, name: &Ident) -> Ident {
    let plain = site(net, plan, id, name, Form::Inference);
    let constant = net[id].op.as_ref().and_then(|op| op.constant(&plain));
    Ident::new(constant.map_or("", |constant| constant.ty), proc_macro2::Span::mixed_site())
}

/// The map of the gradient for a node's value.
pub(super) fn gradient_name(net: &Net, plan: &Plan, id: NodeId) -> Ident {
    maps::name("D", maps::named_after(net, &plan.train.gradients, id).0)
}

/// Whether the gradient for a value is needed to train.
pub(super) fn wanted(plan: &Plan, id: NodeId) -> Wanted {
    if plan.train.learns[id.0] { Wanted::Always } else { Wanted::IfAsked }
}

/// Where the gradient for a value is first written.
pub(super) fn target(net: &Net, plan: &Plan, id: NodeId) -> Ident {
    match plan.train.spread[id.0] {
        Some(_) => maps::name("S", id.0),
        None => gradient_name(net, plan, id),
    }
}

/// For a node of several inputs: where the gradient for each goes.
fn gradients(net: &Net, plan: &Plan, id: NodeId) -> Vec<Gradient> {
    let inputs = net[id].inputs.iter().zip(&plan.train.parts[id.0]);
    let goes = inputs.map(|(&input, part)| {
        let map = target(net, plan, input);
        match part {
            Part::First => Gradient::Overwrite(quote!(&#map), wanted(plan, input)),
            Part::Adds => Gradient::Accumulate(quote!(&#map), wanted(plan, input)),
            Part::Same => Gradient::Same,
            Part::Apart(_) => Gradient::None,
        }
    });
    goes.collect()
}
