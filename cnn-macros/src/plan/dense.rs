//! Readers that need a value in one run of floats, apart from those that need a border around it: they read a copy.
//!
//! It happens in branches only: `conv(4, 3, p1) cat[conv(2, 3, p1) | flatten]`.

use super::{fuse, sums};
use crate::layers::{Op, Role, copy};
use crate::net::{Net, Node, NodeId, Repeat};

/// Puts the copies into a network.
pub(super) fn separate(mut net: Net) -> Net {
    let needs_copy = readers(&net);
    if needs_copy.iter().all(|needs| !needs) {
        return net;
    }
    // Where each node begins, with the copy before it, and where it is.
    let (mut begins, mut places) = (Vec::new(), Vec::new());
    let mut copies: Vec<(NodeId, NodeId)> = Vec::new();
    let mut nodes: Vec<Node> = Vec::new();
    for (mut node, needs_copy) in std::mem::take(&mut net.nodes).into_iter().zip(needs_copy) {
        begins.push(NodeId(nodes.len()));
        for input in &mut node.inputs {
            *input = places[input.0];
            if !needs_copy {
                continue;
            }
            let known = copies.iter().find(|(of, _)| of == input).map(|(_, copy)| *copy);
            *input = known.unwrap_or_else(|| {
                let copy = NodeId(nodes.len());
                nodes.push(copy::node(*input, &nodes[input.0]));
                copies.push((*input, copy));
                copy
            });
        }
        node.shares = node.shares.map(|owner| places[owner.0]);
        places.push(NodeId(nodes.len()));
        nodes.push(node);
    }
    begins.push(NodeId(nodes.len()));
    net.nodes = nodes;
    net.outputs.iter_mut().for_each(|output| output.node = places[output.node.0]);
    net.taps.iter_mut().for_each(|tap| tap.node = places[tap.node.0]);
    for Repeat { first, ends } in &mut net.repeats {
        std::iter::once(first).chain(ends).for_each(|id| *id = begins[id.0]);
    }
    net
}

/// By node: whether it needs one run of floats and reads what may lie within a border.
fn readers(net: &Net) -> Vec<bool> {
    // Values that may lie in the same memory have the same number.
    let mut memory: Vec<usize> = (0..net.nodes.len()).collect();
    // What makes one branch of a sum adds to the memory of the other.
    let fusion = fuse::plan(net, false);
    let added: Vec<NodeId> = net.iter().filter_map(|(id, _)| sums::added_to(net, id, &fusion)).collect();
    for (id, node) in net.iter() {
        let Some(op) = &node.op else { continue };
        for &input in node.inputs.iter().filter(|input| may_share(net, op.as_ref(), **input, &added)) {
            let (from, to) = (memory[id.0], memory[input.0]);
            memory.iter_mut().filter(|number| **number == from).for_each(|number| *number = to);
        }
    }
    let mut bordered = vec![false; net.nodes.len()];
    for node in &net.nodes {
        let border = node.op.as_ref().map_or([0; 4], |op| op.input_border());
        node.inputs.iter().for_each(|input| bordered[memory[input.0]] |= border != [0; 4]);
    }
    let reads_dense = |node: &Node| node.op.as_ref().is_some_and(|op| op.reads_dense());
    net.nodes
        .iter()
        .map(|node| reads_dense(node) && node.inputs.iter().any(|input| bordered[memory[input.0]]))
        .collect()
}

/// Whether an operation's output may take the memory of an input: of one that others read too only as another name.
fn may_share(net: &Net, op: &dyn Op, input: NodeId, added: &[NodeId]) -> bool {
    match op.role() {
        Role::View | Role::TrainingOnly => true,
        Role::Sum if added.contains(&input) => true,
        Role::Elementwise | Role::Sum => net.consumers(input).count() == 1,
        Role::Compute => op.is_affine() && net.consumers(input).count() == 1,
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::net;

    fn copies(layers: &str) -> Vec<String> {
        let net = super::separate(net(&format!("struct A: 6x6x3 => {layers};")));
        let copies = net.nodes.iter().filter(|node| !node.is_written());
        copies.map(|copy| format!("{} <- {}", copy.name, net[copy.inputs[0]].name)).collect()
    }

    #[test]
    fn only_what_is_read_in_both_ways_is_copied() {
        for layers in [
            "conv(4, 3, p1) relu conv(4, 3, p1) flatten fc(3)",
            "cat[conv(4, 3) fc(2) | flatten | fc(3)]",
            "res { conv(3, 3, p1) } relu fc(3)",
        ] {
            assert_eq!(copies(layers), [""; 0], "{layers}");
        }
        let relu = ["relu1.copy <- relu1"];
        assert_eq!(copies("conv(4, 3) relu cat[conv(4, 3, p1) fc(2) | flatten | fc(3)]"), relu);
        assert_eq!(copies("conv(4, 3) relu cat[flatten | drop(0.5) conv(4, 3, p1) fc(2)]"), relu);
        assert_eq!(copies("cat[conv(4, 3, p1) fc(2) | fc(3)]"), ["input.copy <- input"]);
    }
}
