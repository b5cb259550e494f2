//! Sums of two branches in inference: what makes one branch adds to the memory of the other, which nothing else needs
//! any more, so that no pass over the sum is left.

use super::fuse::{Fusion, Why};
use crate::layers::Role;
use crate::net::{Net, NodeId};

/// The node that can do a sum of two with its own operation.
pub(super) fn fuse(net: &Net, id: NodeId, earlier: &[Fusion]) -> Result<NodeId, Why> {
    let [a, b] = net[id].inputs[..] else { return Err(Why::Branches) };
    if a == b {
        return Err(Why::Branches);
    }
    let [first, second] = [(a, b), (b, a)].map(|(made, other)| adds_to(net, id, [made, other], earlier));
    match (first, second) {
        (Ok(producer), _) | (_, Ok(producer)) => Ok(producer),
        (Err(Why::Kept), _) | (_, Err(Why::Kept)) => Err(Why::Kept),
        (Err(why), _) => Err(why),
    }
}

/// What makes the branch `made` of a sum, if it can add to the other branch instead.
fn adds_to(net: &Net, sum: NodeId, [made, other]: [NodeId; 2], earlier: &[Fusion]) -> Result<NodeId, Why> {
    let is_alone = |id: NodeId| net.consumers(id).count() == 1 && !net.is_kept(id);
    let mut made = made;
    while memory(net, made) != made {
        if !is_alone(made) {
            return Err(Why::Branches);
        }
        made = net[made].inputs[0];
    }
    // A batch norm may be part of it, an activation or a pooling may not: the sum comes before those.
    let producer = match earlier[made.0] {
        Fusion::Into(producer) if net.op(made).is_some_and(|op| op.is_affine()) => producer,
        Fusion::Into(_) => return Err(Why::Branches),
        Fusion::No(_) => made,
    };
    let is_taken = |(node, fusion): (usize, &Fusion)| {
        *fusion == Fusion::Into(producer) && net.op(NodeId(node)).is_none_or(|op| !op.is_affine())
    };
    if net.op(producer).is_none_or(|op| !op.adds()) || earlier.iter().enumerate().any(is_taken) {
        return Err(Why::Branches);
    }
    let is_reshaped = net[memory(net, other)].shape != net[sum].shape || net[made].shape != net[sum].shape;
    // It must be there before, and what the producer reads lies elsewhere.
    let reads_it = net[producer].inputs.iter().any(|&input| memory(net, input) == memory(net, other));
    if !is_alone(made) || is_reshaped || other >= producer || reads_it {
        return Err(Why::Branches);
    }
    if is_needed_after(net, memory(net, other), producer, sum) { Err(Why::Kept) } else { Ok(producer) }
}

/// The value that a value is another name of.
fn memory(net: &Net, id: NodeId) -> NodeId {
    match net.op(id).map(|op| op.role()) {
        Some(Role::View | Role::TrainingOnly) => net[id].inputs.first().map_or(id, |&input| memory(net, input)),
        _ => id,
    }
}

/// Whether a value, under any name, is read by something other than the sum after a node has run.
fn is_needed_after(net: &Net, id: NodeId, node: NodeId, sum: NodeId) -> bool {
    let is_name = |reader: NodeId| memory(net, reader) != reader;
    net.is_kept(id)
        || net
            .consumers(id)
            .filter(|&reader| reader != sum)
            .any(|reader| if is_name(reader) { is_needed_after(net, reader, node, sum) } else { reader >= node })
}

/// The branch of a fused sum to whose memory a node adds, if it does.
pub(super) fn added_to(net: &Net, producer: NodeId, fusion: &[Fusion]) -> Option<NodeId> {
    let is_its_sum =
        |id: &NodeId| fusion[id.0] == Fusion::Into(producer) && net.op(*id).is_some_and(|op| op.role() == Role::Sum);
    let sum = net.iter().map(|(id, _)| id).find(is_its_sum)?;
    let is_other = |id: &NodeId| {
        let made = memory(net, *id);
        made != producer && fusion[made.0] != Fusion::Into(producer)
    };
    net[sum].inputs.iter().copied().find(is_other)
}

#[cfg(test)]
mod tests {
    use crate::layers::Role;
    use crate::plan::fuse;
    use crate::tests::net;

    /// How the first sum is fused in inference.
    fn fusion(layers: &str) -> String {
        let net = net(&format!("struct A: 8x8x4 => {layers};"));
        let id = net.iter().map(|(id, _)| id).find(|&id| net.op(id).is_some_and(|op| op.role() == Role::Sum)).unwrap();
        fuse::plan(&net, false)[id.0].to_string()
    }

    #[test]
    fn the_convolution_that_comes_last_adds_to_what_is_there() {
        for (layers, into) in [
            ("conv(4, 1) add[id | conv(4, 1) relu conv(4, 1)] relu", 5),
            ("conv(4, 1) add[id | conv(4, 1) relu conv(4, 1) bn]", 5),
            ("res { conv(6, 3, p1) bn relu conv(6, 3, p1) bn } via auto relu", 6),
            ("res { conv(4, 1) relu conv(4, 1) drop(0.5) } relu", 3),
        ] {
            assert_eq!(fusion(layers), format!(" fused into %{into}"), "{layers}");
        }
    }

    #[test]
    fn sums_that_stay_say_why() {
        let branches = " not fused: no branch is made by what can add to the other";
        for layers in [
            "add[id | conv(4, 1)] relu",
            "add[id | conv(4, 1) relu conv(4, 1) relu]",
            "add[id | id]",
            "add[id | conv(4, 1) | conv(4, 1)]",
            "add[pool(3, s1, p1) | avg(3, s1, p1)]",
            "add[id | conv(4, 1) relu conv(4, 1) @seen]",
            "add[drop(0.5) | conv(4, 1)]",
        ] {
            assert_eq!(fusion(layers), branches, "{layers}");
        }
        let kept = " not fused: both branches are needed elsewhere too";
        for layers in [
            "conv(4, 1) @seen add[id | conv(4, 1) relu conv(4, 1)] relu",
            "conv(4, 1) @a relu conv(4, 1) add[id | @a] tanh",
            "conv(4, 1) @a add[id | conv(4, 1) relu conv(4, 1)] relu cat[id | @a]",
        ] {
            assert_eq!(fusion(layers), kept, "{layers}");
        }
    }
}
