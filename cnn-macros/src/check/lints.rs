//! What is right and probably not meant: reported as warnings.

use proc_macro2::TokenStream;

use crate::layers::Op;
use crate::messages;
use crate::net::{Net, NodeId};

/// A warning and the word that it is about.
#[derive(Clone, Debug)]
pub struct Lint {
    pub tokens: TokenStream,
    pub text: String,
}

/// Looks a network over.
pub fn lints(net: &Net) -> Vec<Lint> {
    let mut found = Vec::new();
    for (id, node) in net.iter() {
        let Some(op) = &node.op else { continue };
        let mut warn = |text: String| found.push(Lint { tokens: node.tokens.clone(), text });
        if op.is_affine() && biased_before(net, id) {
            warn(messages::lint_bias_before_norm(&net[node.inputs[0]].words));
        }
        if op.is_softmax() && before(net, id).is_some_and(Op::is_softmax) {
            warn(messages::lint_softmax_twice());
        }
        let linear = node.inputs.iter().find_map(|&input| linear(net, input));
        if let Some(before) = linear.filter(|_| op.is_linear()) {
            warn(messages::lint_no_activation(&node.words, &net[before].words));
        }
        if let Some([stride, kernel]) = op.skips() {
            warn(messages::lint_stride_skips(&node.words, stride, kernel));
        }
    }
    if let Some(field) = &net.field {
        for output in &net.outputs {
            let sees = net[output.node].receptive_field;
            if (sees[0] as u64) < field.limit || (sees[1] as u64) < field.limit {
                found.push(Lint { tokens: field.tokens.clone(), text: messages::lint_field(field.limit, sees) });
            }
        }
    }
    // What is repeated is said once.
    let mut once: Vec<Lint> = Vec::new();
    for lint in found {
        let place = |lint: &Lint| {
            lint.tokens.clone().into_iter().next().map(|tree| {
                let start = tree.span().start();
                (start.line, start.column)
            })
        };
        if !once.iter().any(|earlier| earlier.text == lint.text && place(earlier) == place(&lint)) {
            once.push(lint);
        }
    }
    once
}

/// What makes a node's input, if it is one layer.
fn before(net: &Net, id: NodeId) -> Option<&dyn Op> {
    let [input] = net[id].inputs[..] else { return None };
    net.op(input)
}

/// Whether the layer before a norm adds biases, which the norm takes away again.
fn biased_before(net: &Net, id: NodeId) -> bool {
    let [input] = net[id].inputs[..] else { return false };
    let has_bias = net[input].params.iter().any(|param| param.suffix == "bias");
    net.op(input).is_some_and(|op| op.folds().is_some()) && has_bias && net.consumers(input).count() == 1
}

/// The fully connected layer that a value comes out of, with nothing between that is not linear.
fn linear(net: &Net, id: NodeId) -> Option<NodeId> {
    let op = net.op(id)?;
    if op.is_linear() {
        return Some(id);
    }
    let passes = matches!(op.role(), crate::layers::Role::View | crate::layers::Role::TrainingOnly);
    net[id].inputs.iter().filter(|_| passes).find_map(|&input| linear(net, input))
}
