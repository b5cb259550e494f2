//! Memory of inference: a value lives until its last reader.

use super::Pass;
use super::arena::{BufferId, Buffers};
use super::fuse::{self, Fusion};
use super::{place, sums};
use crate::layers::{Role, Saves};
use crate::net::{Net, Node, NodeId};
use crate::shape::Shape;

pub(super) fn plan(net: &Net) -> Pass {
    place::smaller(net, |shared| plan_with(net, shared), |pass| pass.floats)
}

pub(super) fn plan_with(net: &Net, shared: bool) -> Pass {
    let fusion = fuse::plan(net, false);
    let mut buffers = Buffers::default();
    let shares: Vec<Option<NodeId>> = net.iter().map(|(id, _)| shares_memory(net, id, &fusion)).collect();
    let shapes = shapes(net, &fusion);
    let mut placement = place::plan(net, &fusion, &shares, |_| Saves::default(), [false, shared]);
    let mut of: Vec<BufferId> = Vec::with_capacity(net.nodes.len());
    for (id, node) in net.iter() {
        let buffer = match shares[id.0] {
            Some(input) => of[input.0],
            None => placement.buffer(net, &mut buffers, id, shapes[id.0]),
        };
        buffers.touch(buffer, id.0);
        for input in &node.inputs {
            buffers.touch(of[input.0], id.0);
            buffers.widen(of[input.0], node.op.as_ref().map_or([0; 4], |op| op.input_border()));
        }
        of.push(buffer);
    }
    if let Some(input) = super::samples_in_place(net) {
        buffers.leave_out(of[input.0]);
    }
    // Outputs are stored, and taps are read, after the last layer.
    let end = net.nodes.len();
    for (id, _) in net.iter().filter(|(id, _)| net.is_kept(*id)) {
        buffers.touch(of[id.0], end);
    }
    let (places, floats) = buffers.place();
    let values = net.iter().map(|(id, _)| placement.place(&places, id, of[id.0], shapes[id.0])).collect();
    Pass { fusion, values, shares, branches: placement.branches, floats, peak: buffers.peak() }
}

/// The shape in which each node's value lies in memory: where a pooling is fused, the values before it are never there.
fn shapes(net: &Net, fusion: &[Fusion]) -> Vec<Shape> {
    let mut shapes: Vec<Shape> = net.nodes.iter().map(|node| node.shape).collect();
    for (id, node) in net.iter() {
        if let Fusion::Into(producer) = fusion[id.0]
            && net.is_pool_2x2(id)
        {
            // What is fused into the producer before, and the producer.
            let mut before = id;
            while before != producer {
                let [input] = net[before].inputs[..] else { break };
                before = input;
                shapes[before.0] = node.shape;
            }
        }
    }
    shapes
}

/// The input whose memory a node's output takes, if any.
fn shares_memory(net: &Net, id: NodeId, fusion: &[Fusion]) -> Option<NodeId> {
    let Node { op: Some(op), inputs, .. } = &net[id] else { return None };
    let &first = inputs.first()?;
    let added = sums::added_to(net, id, fusion);
    match op.role() {
        Role::View | Role::TrainingOnly => Some(first),
        _ if added.is_some() => added,
        _ if matches!(fusion[id.0], Fusion::Into(_)) => Some(first),
        Role::Elementwise | Role::Sum => once(inputs).find(|&input| is_sole_name(net, input)),
        Role::Compute => None,
    }
}

/// The inputs that a node reads once.
pub(super) fn once(inputs: &[NodeId]) -> impl Iterator<Item = NodeId> {
    inputs.iter().copied().filter(|input| inputs.iter().filter(|other| *other == input).count() == 1)
}

/// Whether nothing else reads the memory of a value: neither the value itself nor what it is another name of.
fn is_sole_name(net: &Net, id: NodeId) -> bool {
    let alone = net.consumers(id).count() == 1 && !net.is_kept(id);
    let is_name = net[id].op.as_ref().is_some_and(|op| matches!(op.role(), Role::View | Role::TrainingOnly));
    alone && (!is_name || net[id].inputs.iter().all(|&input| is_sole_name(net, input)))
}
