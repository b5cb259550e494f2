//! Memory besides values and tensors: other forms of weights, and what a layer works in while it runs.

use super::Pass;
use crate::net::{LANES, Net, NodeId, Param};

/// Other forms of weights and scratch memory.
#[derive(Debug, Default)]
pub struct Workspace {
    /// By node: where the weights that the forward pass derives begin.
    pub derived: Vec<usize>,
    /// By node: where the weights that are prepared for the backward pass begin, those apart that take the place of the
    /// weights themselves.
    pub prepared: Vec<usize>,
    /// Floats of derived weights in training.
    pub derived_floats: usize,
    /// By node: where the weights and biases lie that include the batch norm behind it, behind all other derived
    /// weights.
    pub folded: Vec<Option<Folded>>,
    /// Floats of derived weights in inference, folded ones included.
    pub folded_floats: usize,
    /// Floats of prepared weights.
    pub prepared_floats: usize,
    /// By node: where what it puts together for the whole batch begins in a sample's record.
    pub records: Vec<usize>,
    /// Floats of a record, and of what a layer computes for a sample from the whole batch.
    pub record: usize,
    pub results: usize,
    /// Floats that the layers of inference, and of training, work in.
    pub scratch: [usize; 2],
}

/// Offsets of weights and biases that include a batch norm.
#[derive(Clone, Copy, Debug)]
pub struct Folded {
    pub norm: NodeId,
    pub weight: usize,
    pub bias: usize,
}

/// Forms begin at whole vectors. Layers run one after the other, so all work in the same scratch memory.
pub(super) fn plan(net: &Net, infer: &Pass) -> Workspace {
    let mut workspace = Workspace { prepared_floats: net.params().next_multiple_of(LANES), ..Workspace::default() };
    for (id, node) in net.iter() {
        workspace.derived.push(workspace.derived_floats);
        workspace.prepared.push(workspace.prepared_floats);
        workspace.records.push(workspace.record);
        let Some(op) = &node.op else { continue };
        let [input, output] = net.shapes(id);
        workspace.derived_floats += op.derived(input, output).next_multiple_of(LANES);
        workspace.prepared_floats += op.prepared(input, output).next_multiple_of(LANES);
        if let Some(whole) = op.whole(super::reads_samples(net, id)) {
            workspace.record += whole.record;
            workspace.results = workspace.results.max(whole.results);
        }
        for (most, training) in workspace.scratch.iter_mut().zip([false, true]) {
            let pools = !training && infer.fused_pooling(net, id).is_some();
            let pooling = if pools { op.pools(input, output).unwrap_or(0) } else { 0 };
            *most = op.scratch(input, output, training).max(pooling).max(*most);
        }
    }
    workspace.folded_floats = workspace.derived_floats;
    for (id, node) in net.iter() {
        let folded = infer.folded_norm(net, id).map(|norm| {
            let params = &node.shares.map_or(node, |owner| &net[owner]).params;
            let weights = params.iter().filter(|param| param.suffix == "weight").map(Param::len).sum();
            // Derived forms include the batch norm themselves.
            let [input, output] = net.shapes(id);
            let weights = if node.op.as_ref().is_some_and(|op| op.derived(input, output) > 0) { 0 } else { weights };
            let weight = workspace.folded_floats;
            let bias = weight + weights.next_multiple_of(LANES);
            workspace.folded_floats = bias + node.shape.channels.next_multiple_of(LANES);
            Folded { norm, weight, bias }
        });
        workspace.folded.push(folded);
    }
    workspace
}
