//! `prepare`, `forward`, `backward` and what goes between their stages.

use proc_macro2::TokenStream;
use quote::quote;

use super::calls::{clear, each_op, forward_calls, outputs, part_of, sample_call};
use super::maps;
use super::roll::{self, Constants};
use super::site::{Form, gradient_name, site, target, wanted};
use crate::layers::{Op, Role, Site, Wanted};
use crate::net::{Net, NodeId};
use crate::plan::{Part, Plan};

/// `prepare`, `forward`, `backward` and what goes between their stages.
pub(super) fn training(net: &Net, plan: &Plan, constants: &Constants) -> TokenStream {
    let train = &plan.train;
    let stages = train.stages.last().map_or(1, |last| last + 1);
    let [floats, state, exchange] = [train.pass.floats, plan.tensors.state, train.exchanged].map(maps::number);
    let [record, results, whole] =
        [plan.workspace.record, plan.workspace.results, plan.tensors.whole].map(maps::number);
    let [scratch, prepared] = [plan.workspace.scratch[1], plan.workspace.prepared_floats].map(maps::number);
    let count = maps::number(stages);
    let prepare = each_op(net, plan, constants, |op, site| op.prepare(site));
    let by_stage = |body: &dyn Fn(usize) -> TokenStream| by_stage(net, plan, constants, stages, body);
    let forward = by_stage(&|stage| forward_stage(net, plan, constants, stage));
    let backward = by_stage(&|stage| backward_stage(net, plan, constants, stage));
    let combine_forward = by_stage(&|stage| barrier(net, plan, stage + 1, |op, site| op.combine(site)));
    let combine_backward = by_stage(&|stage| barrier_back(net, plan, stage, |op, site| op.combine_gradient(site)));
    quote! {
        const STAGES: usize = #count;
        const EXCHANGE: usize = #exchange;
        const RECORD: usize = #record;
        const RESULTS: usize = #results;
        const WHOLE_PARAMS: usize = #whole;
        const STATE: usize = #state;
        const TRAIN_FLOATS: usize = #floats;
        const TRAIN_SCRATCH: usize = #scratch;
        const PREPARED: usize = #prepared;

        #[allow(unused_variables)]
        fn prepare(pass: &mut rt::Prepare<'_>) {
            #prepare
        }

        #[allow(unused_variables)]
        fn forward(stage: usize, pass: &mut rt::Pass<'_>) {
            #forward
        }

        #[allow(unused_variables)]
        fn combine_forward(stage: usize, pass: &mut rt::Exchange<'_>) {
            #combine_forward
        }

        #[allow(unused_variables)]
        fn backward(stage: usize, pass: &mut rt::Pass<'_>) {
            #backward
        }

        #[allow(unused_variables)]
        fn combine_backward(stage: usize, pass: &mut rt::Exchange<'_>) {
            #combine_backward
        }
    }
}

/// The body of a function of one stage, or a `match` over the stages.
fn by_stage(
    net: &Net,
    plan: &Plan,
    constants: &Constants,
    stages: usize,
    body: &dyn Fn(usize) -> TokenStream,
) -> TokenStream {
    if stages == 1 {
        return body(0);
    }
    // Stages of a round, of every repeat.
    let stage = |id: NodeId| plan.train.stages.get(id.0).copied().unwrap_or(stages - 1);
    let mut periods: Vec<usize> = net
        .repeats
        .iter()
        .flat_map(|repeat| repeat.ends.windows(2).map(|pair| stage(pair[1]).saturating_sub(stage(pair[0]))))
        .filter(|&period| period > 0)
        .collect();
    periods.sort_unstable();
    periods.dedup();
    let bodies: Vec<TokenStream> = (0..stages).map(body).collect();
    let arms = roll::arms(constants, &bodies, &periods);
    quote! {
        match stage {
            #arms
            _ => {}
        }
    }
}

fn forward_stage(net: &Net, plan: &Plan, constants: &Constants, stage: usize) -> TokenStream {
    let ids = net.iter().map(|(id, _)| id).filter(|id| plan.train.stages[id.0] == stage);
    let calls: Vec<_> = ids.map(|id| (id, forward_calls(net, plan, id, Form::Training))).collect();
    let calls = roll::sequence(net, constants, &calls);
    let end = if plan.train.stages.last() == Some(&stage) {
        outputs(net, |id| maps::name("T", maps::named_after(net, &plan.train.pass.values, id).0), "store")
    } else {
        barrier(net, plan, stage + 1, |op, site| op.measure(site))
    };
    quote!(#calls #end)
}

fn backward_stage(net: &Net, plan: &Plan, constants: &Constants, stage: usize) -> TokenStream {
    let train = &plan.train;
    let begin = if train.stages.last() == Some(&stage) {
        let clears = net.outputs.iter().map(|output| match train.spread[output.node.0] {
            None => clear(&train.gradients[output.node.0], &target(net, plan, output.node)),
            Some(_) => TokenStream::new(),
        });
        let loads = outputs(net, |id| target(net, plan, id), "load_gradient");
        quote!(#(#clears)* #loads)
    } else {
        TokenStream::new()
    };
    // A barrier begins the stage in which it runs forward. Backward, the stage after the barrier ends with its
    // measurement, and its own gradient begins the stage before.
    let in_stage = |id: &NodeId| {
        let barrier = net[*id].op.as_ref().is_some_and(|op| op.is_barrier());
        train.stages[id.0] - usize::from(barrier) == stage
    };
    let ids: Vec<NodeId> = net.iter().map(|(id, _)| id).filter(in_stage).collect();
    let calls: Vec<_> = ids.iter().rev().map(|&id| (id, backward_calls(net, plan, id))).collect();
    let calls = roll::sequence(net, constants, &calls);
    let end = if stage == 0 {
        let ids = || net.input_ids();
        let calls = ids().map(|id| sample_call("store_gradient", &target(net, plan, id), part_of(net, ids(), id)));
        quote!(#(#calls)*)
    } else {
        barrier_back(net, plan, stage, |op, site| op.measure_gradient(site))
    };
    quote!(#begin #calls #end)
}

/// The calls that turn the gradient for a node's value into those for its parameters and its input.
fn backward_calls(net: &Net, plan: &Plan, id: NodeId) -> TokenStream {
    let train = &plan.train;
    let Some(op) = &net[id].op else { return TokenStream::new() };
    let d_output = gradient_name(net, plan, id);
    let spread = train.spread[id.0].map(|_| {
        let (from, clear) = (maps::name("S", id.0), clear(&train.gradients[id.0], &d_output));
        quote!(#clear rt::border::spread(pass, &#from, &#d_output);)
    });
    let (Some(&input), parts) = (net[id].inputs.first(), &train.parts[id.0]) else { return TokenStream::new() };
    if parts.is_empty() {
        // Nothing that is measured depends on it.
        return TokenStream::new();
    }
    let name = maps::layer(net, id);
    let mut site = site(net, plan, id, &name, Form::Training);
    let mut added = TokenStream::new();
    let target_of_input = target(net, plan, input);
    site.d_input = match parts[0] {
        Part::Apart(_) => {
            let apart = maps::name("G", id.0);
            added = wanted(plan, input).guard(quote!(rt::join::pass_on(pass, &#apart, &#target_of_input, true);));
            quote!(&#apart)
        }
        _ => quote!(&#target_of_input),
    };
    let firsts = net[id].inputs.iter().zip(parts).filter(|(_, part)| **part == Part::First);
    let clears = firsts.map(|(&input, _)| match train.spread[input.0] {
        None => clear(&train.gradients[input.0], &target(net, plan, input)),
        Some(_) => TokenStream::new(),
    });
    let clears = quote!(#(#clears)*);
    let learns_before = net[id].inputs.iter().any(|input| train.learns[input.0]);
    let calls = match op.role() {
        Role::View => TokenStream::new(),
        // Its derivative is applied in front of the pooling behind it.
        _ if net.pooled_activation(id).is_some() => TokenStream::new(),
        // What is frozen and has nothing before it that learns is passed only for the gradient of the input.
        _ if net[id].marks.is_frozen && !learns_before => Wanted::IfAsked.guard(op.backward(&site)),
        // Gradients of element-wise layers stay where they are.
        _ => op.backward(&site),
    };
    let activation = net.pooled_activation(input).filter(|(pool, _)| *pool == id).map(|(_, activation)| {
        let (output, d_output, tokens) = (&site.output, &site.d_output, activation.tokens);
        site.if_wanted(quote!(rt::activation::backward(pass, rt::Activation::#tokens, #output, #d_output, #d_output);))
    });
    quote!(#spread #clears #activation #calls #added)
}

/// The barrier at the beginning of a stage.
fn barrier_of(net: &Net, plan: &Plan, stage: usize) -> Option<NodeId> {
    let is_barrier = |id: NodeId| net.op(id).is_some_and(|op| op.is_barrier());
    net.iter().map(|(id, _)| id).find(|&id| plan.train.stages[id.0] == stage && is_barrier(id))
}

/// What the barrier at the beginning of a stage emits on the way back: nothing, if no output depends on it.
fn barrier_back(net: &Net, plan: &Plan, stage: usize, emit: impl Fn(&dyn Op, &Site<'_>) -> TokenStream) -> TokenStream {
    match barrier_of(net, plan, stage) {
        Some(id) if !plan.train.parts[id.0].is_empty() => barrier(net, plan, stage, emit),
        _ => TokenStream::new(),
    }
}

/// What the barrier at the beginning of a stage emits.
fn barrier(net: &Net, plan: &Plan, stage: usize, emit: impl Fn(&dyn Op, &Site<'_>) -> TokenStream) -> TokenStream {
    let Some(id) = barrier_of(net, plan, stage) else { return TokenStream::new() };
    let node = &net[id];
    let name = maps::layer(net, id);
    let site = site(net, plan, id, &name, Form::Training);
    node.op.as_ref().map_or_else(TokenStream::new, |op| emit(op.as_ref(), &site))
}
