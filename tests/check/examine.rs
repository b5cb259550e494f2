//! One network, from its constants to its gradients.

use std::collections::BTreeMap;
use std::time::Instant;

use super::differences::Differences;
use super::machine::{Facts, Machine};
use super::outcome::Outcome;
use super::probe;
use super::slopes::Place;
use super::subject::{Drawn, draw, split};
use crate::reference::{Graph, Mode, Node, Shape, Values};

/// The reference goes by the declaration, or for a chain by its table of layers.
pub(super) fn examine(net: &mut dyn Machine, declaration: Option<&str>, seed: u64) -> Outcome {
    let (facts, start) = (net.facts(), Instant::now());
    let layers = facts.layers.iter().map(|layer| (layer.name, layer.words));
    let graph = match declaration {
        Some(text) => Graph::declared(text, facts.name),
        None => Graph::chain(facts.input, layers),
    };
    let graph = match graph {
        Ok(graph) => graph,
        Err(why) => return Outcome::new(&facts, seed, vec![why]),
    };
    let mut differences = Differences::default();
    compare_facts(&facts, &graph, &mut differences);
    if declaration.is_some() {
        compare_taps(&facts, &graph, &mut differences);
    }
    let mut outcome = Outcome::new(&facts, seed, Vec::new());
    if differences.0.is_empty() {
        let Some(drawn) = draw(&facts, graph, seed) else {
            outcome.is_hopeless = true;
            return outcome;
        };
        outcome.network += &format!(", batch {}", drawn.batch);
        for (name, values) in &drawn.tensors {
            net.set(name, values);
        }
        compare_inference(net, &drawn, &mut differences);
        if drawn.graph.layers().all(|(_, layer)| !layer.is_random()) {
            compare_training(net, &drawn, seed, &mut differences, &mut outcome);
        }
    }
    outcome.findings = differences.0;
    outcome.time = start.elapsed();
    outcome
}

/// Whether macro and reference read the same network.
fn compare_facts(facts: &Facts, graph: &Graph, differences: &mut Differences) {
    let listed = || graph.nodes.iter().filter(|node| node.is_listed());
    let names = |names: &mut dyn Iterator<Item = &str>| names.map(str::to_owned).collect::<Vec<_>>();
    let expected = names(&mut listed().map(|node| &*node.name));
    differences.same("layers", &expected, &names(&mut facts.layers.iter().map(|info| info.name)));
    for (info, node) in facts.layers.iter().zip(listed()) {
        differences.same(&format!("output of {}", info.name), &node.shape, &info.output);
        differences.same(&format!("parameters of {}", info.name), &node.params(), &info.params);
        differences.same(&format!("multiply-adds of {}", info.name), &node.macs(), &info.macs);
    }
    differences.same("input", &whole(&graph.input_shapes(), graph.named[0]), &facts.input);
    differences.same("output", &whole(&graph.output_shapes(), graph.named[1]), &facts.output);
    differences.same("PARAMS", &listed().map(Node::params).sum(), &facts.params);
    differences.same("MACS", &listed().map(Node::macs).sum(), &facts.macs);
    let expected: BTreeMap<_, _> = graph.tensors().into_iter().collect();
    let found = facts.tensors.iter().map(|info| (info.name.to_owned(), info.shape.to_vec())).collect();
    differences.same("tensors", &expected, &found);
}

/// Whether they know the same names of values, which a table of layers does not tell.
fn compare_taps(facts: &Facts, graph: &Graph, differences: &mut Differences) {
    let expected: Vec<&str> = graph.taps.iter().map(|(name, _)| &**name).collect();
    differences.same("taps", &expected, &facts.taps.iter().map(|tap| tap.name).collect());
}

/// The shape of a sample that holds all of these.
fn whole(parts: &[Shape], named: bool) -> Shape {
    match parts {
        [shape] if !named => *shape,
        _ => [1, 1, parts.iter().map(|shape| shape.iter().product::<usize>()).sum()],
    }
}

fn compare_inference(net: &mut dyn Machine, drawn: &Drawn, differences: &mut Differences) {
    let graph = &drawn.graph;
    let values = graph.run(&drawn.tensors(), drawn.inputs(), Mode::Inference);
    let outputs: Vec<Values> = graph.outputs.iter().map(|&output| values[output].clone()).collect();
    let expected = graph.channels_last(&outputs);
    differences.values("outputs of inference", &expected, &net.infer(&drawn.inputs));
    let (input, output) = (drawn.inputs.len() / drawn.batch, expected.len() / drawn.batch);
    let found = net.infer_one(&drawn.inputs[..input]);
    differences.values("output of one sample", &expected[..output], &found);
    for (name, node) in &graph.taps {
        let expected = graph.nodes[*node].channels_last(&values[*node], 0);
        differences.values(&format!("tap {name}"), &expected, &net.tap(name));
    }
}

fn compare_training(
    net: &mut dyn Machine,
    drawn: &Drawn,
    seed: u64,
    differences: &mut Differences,
    outcome: &mut Outcome,
) {
    let facts = net.facts();
    let mut slopes = drawn.slopes();
    let mut flat = vec![0.0; facts.params];
    let (loss, d_inputs) = net.gradients(&drawn.inputs, &drawn.targets, &mut flat, true);
    differences.values("loss", &[slopes.loss()], &[loss]);
    for (name, expected) in drawn.graph.state_after(&drawn.tensors(), slopes.values()) {
        differences.values(&name, &expected, &net.tensor(&name));
    }

    // Without the inputs' gradient, and on top of what is there.
    let mut twice = flat.clone();
    net.gradients(&drawn.inputs, &drawn.targets, &mut twice, false);
    let expected: Vec<f64> = flat.iter().map(|&x| 2.0 * f64::from(x)).collect();
    differences.values("gradients of two passes", &expected, &twice);

    let doubles = |floats: Vec<f32>| -> Vec<f64> { floats.into_iter().map(f64::from).collect() };
    let is_learnt = |name: &&String| !name.contains(".running_");
    let mut gradients: Vec<(Place<'_>, Vec<f64>)> = drawn
        .tensors
        .keys()
        .filter(is_learnt)
        .map(|name| (Place::Tensor(name), doubles(net.unpack(name, &flat))))
        .collect();
    let d_inputs = split(&d_inputs, drawn.batch, &drawn.graph.input_shapes()).into_iter().enumerate();
    gradients.extend(d_inputs.map(|(index, d_input)| (Place::Input(index), d_input.data)));

    for (place, gradient) in &gradients {
        let strange = gradient.iter().filter(|g| !g.is_finite()).count();
        differences.same(&format!("infinite or undefined elements of the gradient of {place:?}"), &0, &strange);
    }
    if !differences.0.is_empty() {
        return;
    }

    probe::compare(&gradients, &mut slopes, seed, outcome, differences);
}
