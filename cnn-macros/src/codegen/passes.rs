//! The straight-line passes: one call a layer.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::maps;
use super::roll::{self, Constants};
use crate::layers::{Gradient, Role, Site, Wanted};
use crate::net::{Net, NodeId};
use crate::plan::{Branch, Cut, Folded, Fusion, Part, Pass, Place, Plan, reads_samples, samples_in_place};

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

fn constant_type(net: &Net, plan: &Plan, id: NodeId, name: &Ident) -> Ident {
    let plain = site(net, plan, id, name, Form::Inference);
    let constant = net[id].op.as_ref().and_then(|op| op.constant(&plain));
    Ident::new(constant.map_or("", |constant| constant.ty), proc_macro2::Span::mixed_site())
}

/// The map of the gradient for a node's value.
fn gradient_name(net: &Net, plan: &Plan, id: NodeId) -> Ident {
    maps::name("D", maps::named_after(net, &plan.train.gradients, id).0)
}

/// Whether the gradient for a value is needed to train.
fn wanted(plan: &Plan, id: NodeId) -> Wanted {
    if plan.train.learns[id.0] { Wanted::Always } else { Wanted::IfAsked }
}

/// Where the gradient for a value is first written.
fn target(net: &Net, plan: &Plan, id: NodeId) -> Ident {
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

/// Zeroes the border of memory that held something else, before it is written.
fn clear(place: &Place, name: &Ident) -> TokenStream {
    if place.clear { quote!(rt::border::clear(pass, &#name);) } else { TokenStream::new() }
}

/// The calls that compute a node's value.
fn forward_calls(net: &Net, plan: &Plan, id: NodeId, form: Form) -> TokenStream {
    forward_calls_from(net, plan, id, form, None)
}

/// The calls that compute a node's value from what it reads, or from `source` instead.
fn forward_calls_from(net: &Net, plan: &Plan, id: NodeId, form: Form, source: Option<TokenStream>) -> TokenStream {
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

/// The map of a value in inference.
fn map_of(net: &Net, plan: &Plan, id: NodeId) -> Ident {
    maps::name("X", maps::named_after(net, &plan.infer.values, id).0)
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

/// A call for every output.
fn outputs(net: &Net, map: impl Fn(NodeId) -> Ident, function: &str) -> TokenStream {
    let ids = || net.outputs.iter().map(|output| output.node);
    let calls = ids().map(|id| sample_call(function, &map(id), part_of(net, ids(), id)));
    quote!(#(#calls)*)
}

/// Where a value's floats begin among those of all inputs or outputs, and how many there are; `None` if it is the only one.
fn part_of(net: &Net, ids: impl Iterator<Item = NodeId>, id: NodeId) -> Option<[usize; 2]> {
    let ids: Vec<NodeId> = ids.collect();
    let len = |id: &NodeId| net[*id].shape.len();
    let before = ids.iter().take_while(|other| **other != id).map(len).sum();
    (ids.len() > 1).then(|| [before, ids.iter().map(len).sum()])
}

/// `rt::sample::load(pass, &X0);` or, for one of several, `rt::sample::load_part(pass, &X0, [0, 1568]);`
fn sample_call(function: &str, map: &Ident, part: Option<[usize; 2]>) -> TokenStream {
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

/// What is emitted for every node, in order.
fn each(net: &Net, constants: &Constants, emit: impl Fn(NodeId) -> TokenStream) -> TokenStream {
    let items: Vec<_> = net.iter().map(|(id, _)| (id, emit(id))).collect();
    roll::sequence(net, constants, &items)
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
fn barrier_back(
    net: &Net,
    plan: &Plan,
    stage: usize,
    emit: impl Fn(&dyn crate::layers::Op, &Site<'_>) -> TokenStream,
) -> TokenStream {
    match barrier_of(net, plan, stage) {
        Some(id) if !plan.train.parts[id.0].is_empty() => barrier(net, plan, stage, emit),
        _ => TokenStream::new(),
    }
}

/// What the barrier at the beginning of a stage emits.
fn barrier(
    net: &Net,
    plan: &Plan,
    stage: usize,
    emit: impl Fn(&dyn crate::layers::Op, &Site<'_>) -> TokenStream,
) -> TokenStream {
    let Some(id) = barrier_of(net, plan, stage) else { return TokenStream::new() };
    let node = &net[id];
    let name = maps::layer(net, id);
    let site = site(net, plan, id, &name, Form::Training);
    node.op.as_ref().map_or_else(TokenStream::new, |op| emit(op.as_ref(), &site))
}

fn each_op(
    net: &Net,
    plan: &Plan,
    constants: &Constants,
    emit: impl Fn(&dyn crate::layers::Op, &Site<'_>) -> TokenStream,
) -> TokenStream {
    each(net, constants, |id| {
        let name = maps::layer(net, id);
        net.op(id).map(|op| emit(op, &site(net, plan, id, &name, Form::Training))).unwrap_or_default()
    })
}
