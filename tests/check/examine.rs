//! One network, from its constants to its gradients.

use std::collections::BTreeMap;
use std::time::Instant;

use super::differences::Differences;
use super::machine::{Facts, Machine};
use super::outcome::Outcome;
use super::probe;
use super::slopes::Place;
use super::subject::{Drawn, draw};
use crate::reference::{Chain, Mode, Values};

pub(super) fn examine(net: &mut dyn Machine, seed: u64) -> Outcome {
    let (facts, start) = (net.facts(), Instant::now());
    let layers = facts.layers.iter().map(|layer| (layer.name, layer.words));
    let chain = match Chain::new(facts.input, layers) {
        Ok(chain) => chain,
        Err(why) => return Outcome::new(&facts, seed, vec![why]),
    };
    let mut differences = Differences::default();
    compare_facts(&facts, &chain, &mut differences);
    let mut outcome = Outcome::new(&facts, seed, Vec::new());
    if differences.0.is_empty() {
        let drawn = draw(&facts, chain, seed);
        outcome.network += &format!(", batch {}", drawn.batch);
        for (name, values) in &drawn.tensors {
            net.set(name, values);
        }
        compare_inference(net, &drawn, &mut differences);
        if drawn.chain.layers.iter().all(|(_, layer)| !layer.is_random()) {
            compare_training(net, &drawn, seed, &mut differences, &mut outcome);
        }
    }
    outcome.findings = differences.0;
    outcome.time = start.elapsed();
    outcome
}

/// Whether macro and reference read the same network.
fn compare_facts(facts: &Facts, chain: &Chain, differences: &mut Differences) {
    for (info, (_, layer)) in facts.layers.iter().zip(&chain.layers) {
        differences.same(&format!("output of {}", info.name), &layer.output, &info.output);
        differences.same(&format!("parameters of {}", info.name), &layer.params(), &info.params);
        differences.same(&format!("multiply-adds of {}", info.name), &(layer.macs as u64), &info.macs);
    }
    let layers = || chain.layers.iter().map(|(_, layer)| layer);
    differences.same("output", &chain.output(), &facts.output);
    differences.same("PARAMS", &layers().map(|layer| layer.params()).sum(), &facts.params);
    differences.same("MACS", &layers().map(|layer| layer.macs as u64).sum(), &facts.macs);
    let expected: BTreeMap<_, _> = chain.tensors().into_iter().collect();
    let found = facts.tensors.iter().map(|info| (info.name.to_owned(), info.shape.to_vec())).collect();
    differences.same("tensors", &expected, &found);
}

fn compare_inference(net: &mut dyn Machine, drawn: &Drawn, differences: &mut Differences) {
    let facts = net.facts();
    let values = drawn.chain.run(&drawn.tensors(), drawn.inputs(&facts), Mode::Inference);
    let expected = drawn.chain.channels_last(&values[values.len() - 1]);
    differences.values("outputs of inference", &expected, &net.infer(&drawn.inputs));
    let (input, output) = (drawn.inputs.len() / drawn.batch, expected.len() / drawn.batch);
    let found = net.infer_one(&drawn.inputs[..input]);
    differences.values("output of one sample", &expected[..output], &found);
}

fn compare_training(
    net: &mut dyn Machine,
    drawn: &Drawn,
    seed: u64,
    differences: &mut Differences,
    outcome: &mut Outcome,
) {
    let facts = net.facts();
    let mut slopes = drawn.slopes(&facts);
    let mut flat = vec![0.0; facts.params];
    let (loss, d_inputs) = net.gradients(&drawn.inputs, &drawn.targets, &mut flat, true);
    differences.values("loss", &[slopes.loss()], &[loss]);
    for (name, expected) in drawn.chain.state_after(&drawn.tensors(), slopes.values()) {
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
    let d_inputs = Values::from_channels_last(drawn.batch, facts.input, &d_inputs);
    gradients.push((Place::Inputs, d_inputs.data));

    for (place, gradient) in &gradients {
        let strange = gradient.iter().filter(|g| !g.is_finite()).count();
        differences.same(&format!("infinite or undefined elements of the gradient of {place:?}"), &0, &strange);
    }
    if !differences.0.is_empty() {
        return;
    }

    probe::compare(&gradients, &mut slopes, seed, outcome, differences);
}
