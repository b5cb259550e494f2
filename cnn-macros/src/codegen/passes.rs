//! The straight-line passes: one call a layer.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::maps;
use crate::layers::{Role, Site, Wanted};
use crate::net::{Net, NodeId};
use crate::plan::{Folded, Fusion, Pass, Place, Plan};

/// Which of the two forms of a network a call belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Inference,
    Training,
}

impl Form {
    fn pass(self, plan: &Plan) -> &Pass {
        match self {
            Self::Inference => &plan.infer,
            Self::Training => &plan.train.pass,
        }
    }

    /// Prefix of the maps of values.
    fn prefix(self) -> &'static str {
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
    let constant = match node.op.as_ref().map(|op| op.fuses_activation()) {
        Some(true) if activation.to_string() != ours.to_string() => {
            let ty = constant_type(net, plan, id, name);
            quote!(&rt::#ty { activation: #activation, #unpooled ..#name })
        }
        Some(_) if unpooled.is_some() => {
            let ty = constant_type(net, plan, id, name);
            quote!(&rt::#ty { #unpooled ..#name })
        }
        _ => quote!(&#name),
    };
    let draws = net.iter().take(id.0).filter(|(_, node)| node.op.as_ref().is_some_and(|op| op.saves().mask));
    Site {
        constant,
        input: value(input),
        output: value(id),
        d_output: gradient(id),
        d_input: gradient(input),
        d_input_is: if depends_on_learning(net, input) { Wanted::Always } else { Wanted::IfAsked },
        mask: quote!(&#mask),
        activation,
        pool,
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

fn constant_type(net: &Net, plan: &Plan, id: NodeId, name: &Ident) -> Ident {
    let plain = site(net, plan, id, name, Form::Inference);
    let constant = net[id].op.as_ref().and_then(|op| op.constant(&plain));
    Ident::new(constant.map_or("", |constant| constant.ty), proc_macro2::Span::mixed_site())
}

/// The map of the gradient for a node's value.
fn gradient_name(net: &Net, plan: &Plan, id: NodeId) -> Ident {
    maps::name("D", maps::named_after(net, &plan.train.gradients, id).0)
}

/// Whether a value or anything before it has parameters: its gradient is needed to train.
fn depends_on_learning(net: &Net, id: NodeId) -> bool {
    net[id].learnt() > 0 || net[id].inputs.iter().any(|&input| depends_on_learning(net, input))
}

/// Zeroes the border of memory that held something else, before it is written.
fn clear(place: &Place, name: &Ident) -> TokenStream {
    if place.clear { quote!(rt::border::clear(pass, &#name);) } else { TokenStream::new() }
}

/// The calls that compute a node's value.
fn forward_calls(net: &Net, plan: &Plan, id: NodeId, form: Form) -> TokenStream {
    let pass = form.pass(plan);
    let map = maps::name(form.prefix(), maps::named_after(net, &pass.values, id).0);
    let clear = if pass.fresh[id.0] { clear(&pass.values[id.0], &map) } else { TokenStream::new() };
    let Some(op) = &net[id].op else { return quote!(#clear rt::sample::load(pass, &#map);) };
    if matches!(pass.fusion[id.0], Fusion::Into(_)) || op.role() == Role::View {
        return TokenStream::new();
    }
    let name = maps::layer(&net[id].name);
    let mut site = site(net, plan, id, &name, form);
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

/// `infer` and the size of its arena.
pub(super) fn infer(net: &Net, plan: &Plan) -> TokenStream {
    let [floats, scratch] = [plan.infer.floats, plan.workspace.scratch[0]].map(maps::number);
    let derive = derive(net, plan);
    let calls = net.iter().map(|(id, _)| forward_calls(net, plan, id, Form::Inference));
    let output = maps::name("X", maps::named_after(net, &plan.infer.values, net.output).0);
    quote! {
        const INFER_FLOATS: usize = #floats;
        const INFER_SCRATCH: usize = #scratch;
        #derive

        fn infer(pass: &mut rt::Pass<'_>) {
            #(#calls)*
            rt::sample::store(pass, &#output);
        }
    }
}

/// `derive` and the sizes of what it makes.
fn derive(net: &Net, plan: &Plan) -> TokenStream {
    let workspace = &plan.workspace;
    let [infer, train] = [workspace.folded_floats, workspace.derived_floats].map(maps::number);
    let training = each_op(net, plan, |op, site| op.derive(site));
    let fold = |id: NodeId| {
        let Folded { norm, weight, bias } = workspace.folded[id.0]?;
        let module = Ident::new(net.op(id)?.folds()?, proc_macro2::Span::mixed_site());
        let [name, norm] = [id, norm].map(|id| maps::layer(&net[id].name));
        let [weight, bias] = [weight, bias].map(maps::number);
        Some(quote!(rt::#module::fold(pass, &#name, &#norm, rt::Folded { weight: #weight, bias: #bias });))
    };
    let inference = net.iter().map(|(id, node)| {
        let name = maps::layer(&node.name);
        let derive = || net.op(id).map(|op| op.derive(&site(net, plan, id, &name, Form::Training)));
        fold(id).or_else(derive).unwrap_or_default()
    });
    let body = if workspace.folded.iter().any(Option::is_some) {
        quote!(if training { #training } else { #(#inference)* })
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

/// `prepare`, `forward`, `backward` and what goes between their stages.
pub(super) fn training(net: &Net, plan: &Plan) -> TokenStream {
    let train = &plan.train;
    let stages = train.stages.last().map_or(1, |last| last + 1);
    let [floats, state, exchange] = [train.pass.floats, plan.tensors.state, train.exchanged].map(maps::number);
    let [record, results, whole] =
        [plan.workspace.record, plan.workspace.results, plan.tensors.whole].map(maps::number);
    let [scratch, prepared] = [plan.workspace.scratch[1], plan.workspace.prepared_floats].map(maps::number);
    let count = maps::number(stages);
    let prepare = each_op(net, plan, |op, site| op.prepare(site));
    let forward = by_stage(stages, |stage| forward_stage(net, plan, stage));
    let backward = by_stage(stages, |stage| backward_stage(net, plan, stage));
    let combine_forward = by_stage(stages, |stage| barrier(net, plan, stage + 1, |op, site| op.combine(site)));
    let combine_backward = by_stage(stages, |stage| barrier(net, plan, stage, |op, site| op.combine_gradient(site)));
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
fn by_stage(stages: usize, mut body: impl FnMut(usize) -> TokenStream) -> TokenStream {
    if stages == 1 {
        return body(0);
    }
    let arms = (0..stages).map(|stage| {
        let (number, body) = (maps::number(stage), body(stage));
        quote!(#number => { #body })
    });
    quote! {
        match stage {
            #(#arms)*
            _ => {}
        }
    }
}

fn forward_stage(net: &Net, plan: &Plan, stage: usize) -> TokenStream {
    let ids = net.iter().map(|(id, _)| id).filter(|id| plan.train.stages[id.0] == stage);
    let calls = ids.map(|id| forward_calls(net, plan, id, Form::Training));
    let end = if plan.train.stages.last() == Some(&stage) {
        let output = maps::name("T", maps::named_after(net, &plan.train.pass.values, net.output).0);
        quote!(rt::sample::store(pass, &#output);)
    } else {
        barrier(net, plan, stage + 1, |op, site| op.measure(site))
    };
    quote!(#(#calls)* #end)
}

fn backward_stage(net: &Net, plan: &Plan, stage: usize) -> TokenStream {
    let train = &plan.train;
    let begin = if train.stages.last() == Some(&stage) {
        let d_output = gradient_name(net, plan, net.output);
        let clear = clear(&train.gradients[net.output.0], &d_output);
        quote!(#clear rt::sample::load_gradient(pass, &#d_output);)
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
    let calls = ids.iter().rev().map(|&id| backward_calls(net, plan, id));
    let end = if stage == 0 {
        let d_input = gradient_name(net, plan, NodeId(0));
        quote!(rt::sample::store_gradient(pass, &#d_input);)
    } else {
        barrier(net, plan, stage, |op, site| op.measure_gradient(site))
    };
    quote!(#begin #(#calls)* #end)
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
    let Some(&input) = net[id].inputs.first() else { return TokenStream::new() };
    let name = maps::layer(&net[id].name);
    let mut site = site(net, plan, id, &name, Form::Training);
    // Where the gradient for the input is first written in one run of floats.
    let target = match train.spread[input.0] {
        Some(_) => maps::name("S", input.0),
        None => gradient_name(net, plan, input),
    };
    site.d_input = quote!(&#target);
    let clear = match (op.role(), train.spread[input.0]) {
        (Role::Compute, None) => clear(&train.gradients[input.0], &target),
        _ => TokenStream::new(),
    };
    let calls = match op.role() {
        Role::View => TokenStream::new(),
        _ if pooled_activation(net, id).is_some() => TokenStream::new(),
        // Gradients of element-wise layers stay where they are.
        _ => op.backward(&site),
    };
    let activation = pooled_activation(net, input).filter(|&(pool, _)| pool == id).map(|(_, tokens)| {
        let (output, d_output) = (&site.output, &site.d_output);
        site.if_wanted(quote!(rt::activation::backward(pass, rt::Activation::#tokens, #output, #d_output, #d_output);))
    });
    quote!(#spread #clear #activation #calls)
}

/// The 2x2 pooling that alone reads an activation whose output tells its derivative, and that activation. An output of
/// the pooling is the activation's output that won: the derivative is applied in front of the pooling's backward pass,
/// to a quarter of the values, most of which would be zero behind it.
fn pooled_activation(net: &Net, id: NodeId) -> Option<(NodeId, TokenStream)> {
    let activation = net.op(id)?.activation().filter(|activation| !activation.saves_input)?;
    let mut consumers = net.consumers(id);
    let pool = consumers.next().filter(|_| consumers.next().is_none())?;
    let [input, output] = net.shapes(pool);
    net.op(pool)?.is_pool_2x2(input, output).then_some((pool, activation.tokens))
}

/// What the barrier at the beginning of a stage emits.
fn barrier(
    net: &Net,
    plan: &Plan,
    stage: usize,
    emit: impl Fn(&dyn crate::layers::Op, &Site<'_>) -> TokenStream,
) -> TokenStream {
    let found = net
        .iter()
        .find(|(id, node)| plan.train.stages[id.0] == stage && node.op.as_ref().is_some_and(|op| op.is_barrier()));
    let Some((id, node)) = found else { return TokenStream::new() };
    let name = maps::layer(&node.name);
    let site = site(net, plan, id, &name, Form::Training);
    node.op.as_ref().map_or_else(TokenStream::new, |op| emit(op.as_ref(), &site))
}

fn each_op(net: &Net, plan: &Plan, emit: impl Fn(&dyn crate::layers::Op, &Site<'_>) -> TokenStream) -> TokenStream {
    let calls = net.iter().filter_map(|(id, node)| {
        let name = maps::layer(&node.name);
        let site = site(net, plan, id, &name, Form::Training);
        node.op.as_ref().map(|op| emit(op.as_ref(), &site))
    });
    quote!(#(#calls)*)
}
