//! Which activation functions and poolings are done where their input is made, which batch norms are part of the
//! weights of the layer before them, and why the others are not.

use std::fmt;

use super::sums;
use crate::layers::{Op, Role};
use crate::net::{Net, Node, NodeId};

/// What happens to a node's operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fusion {
    /// It runs by itself.
    No(Why),
    /// Another node does it with its own: the one that makes its input, or into which that is fused itself. First comes
    /// a batch norm, then a sum, then an activation, then a pooling.
    Into(NodeId),
}

/// Why an operation runs by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is neither an activation function nor a pooling of 2 x 2, nor, in inference, a batch norm or a sum of two.
    OfItsOwn,
    /// What makes its input cannot do it.
    Producer,
    /// Its input is needed elsewhere too: by another layer or under a tap's name.
    Shared,
    /// Its derivative is worked out from its input, which training therefore keeps.
    SavesInput,
    /// What makes its input applies another already.
    Taken,
    /// What makes its input has no weights that a scale could go into.
    Weights,
    /// Neither branch of the sum is made by something that can add to the other.
    Branches,
    /// The branch of the sum that would be added to is needed elsewhere too.
    Kept,
}

/// Decides for every node.
pub(super) fn plan(net: &Net, training: bool) -> Vec<Fusion> {
    let mut decisions = Vec::with_capacity(net.nodes.len());
    for (id, _) in net.iter() {
        decisions.push(decide(net, id, training, &decisions).map_or_else(Fusion::No, Fusion::Into));
    }
    decisions
}

fn decide(net: &Net, id: NodeId, training: bool, earlier: &[Fusion]) -> Result<NodeId, Why> {
    let op = net[id].op.as_ref().ok_or(Why::OfItsOwn)?;
    let [before, after] = net.shapes(id);
    if op.is_affine() && !training {
        return fold(net, id);
    }
    if op.role() == Role::Sum && !training {
        return sums::fuse(net, id, earlier);
    }
    let pools = op.is_pool_2x2(before, after);
    let activation = op.activation();
    if activation.is_none() && !pools {
        return Err(Why::OfItsOwn);
    }
    let [input] = net[id].inputs[..] else { return Err(Why::Producer) };
    // A pooling goes with the activation before it, and both with the batch norm or the sum before them.
    let goes_with = |op: &dyn Op| op.is_affine() || op.role() == Role::Sum || pools && op.activation().is_some();
    let producer = match earlier[input.0] {
        Fusion::Into(producer) if net.op(input).is_some_and(goes_with) => producer,
        _ => input,
    };
    let can = |id: NodeId| {
        let Some(op) = &net[id].op else { return false };
        let [input, output] = net.shapes(id);
        op.role() != Role::View && if pools { op.pools(input, output).is_some() } else { op.fuses_activation() }
    };
    let is_sum = |(fusion, node): (&Fusion, &Node)| {
        *fusion == Fusion::Into(producer) && node.op.as_ref().is_some_and(|op| op.role() == Role::Sum)
    };
    if !can(producer) || pools && earlier.iter().zip(&net.nodes).any(is_sum) {
        return Err(Why::Producer);
    }
    if net.consumers(input).count() > 1 || net.is_kept(input) {
        return Err(Why::Shared);
    }
    if training && (pools || activation.is_some_and(|activation| activation.saves_input)) {
        return Err(Why::SavesInput);
    }
    let is_taken = |(fusion, node): (&Fusion, &Node)| {
        *fusion == Fusion::Into(producer) && node.op.as_ref().is_some_and(|op| op.activation().is_some())
    };
    if !pools && earlier.iter().zip(&net.nodes).any(is_taken) {
        return Err(Why::Taken);
    }
    Ok(producer)
}

/// Whether a batch norm of inference becomes part of the weights that make its input. (An activation that is fused into
/// those stands between as a node of its own.)
fn fold(net: &Net, id: NodeId) -> Result<NodeId, Why> {
    let [input] = net[id].inputs[..] else { return Err(Why::Producer) };
    if net.op(input).is_none_or(|op| op.folds().is_none()) {
        return Err(Why::Weights);
    }
    if net.consumers(input).count() > 1 || net.is_kept(input) {
        return Err(Why::Shared);
    }
    Ok(input)
}

impl fmt::Display for Fusion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::No(Why::OfItsOwn) => Ok(()),
            Self::No(Why::Producer) => f.write_str(" not fused: what makes its input cannot apply it"),
            Self::No(Why::Shared) => f.write_str(" not fused: its input is needed elsewhere too"),
            Self::No(Why::SavesInput) => f.write_str(" not fused: its derivative reads its input"),
            Self::No(Why::Taken) => f.write_str(" not fused: another activation comes first"),
            Self::No(Why::Weights) => f.write_str(" not folded: what makes its input has no weights"),
            Self::No(Why::Branches) => f.write_str(" not fused: no branch is made by what can add to the other"),
            Self::No(Why::Kept) => f.write_str(" not fused: both branches are needed elsewhere too"),
            Self::Into(id) => write!(f, " fused into {id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::net::NodeId;
    use crate::tests::net;

    /// How the node of a name is fused in inference.
    fn fusion(layers: &str, name: &str) -> String {
        let net = net(&format!("struct A: 16x16x3 => {layers};"));
        let id = net.nodes.iter().position(|node| node.name == name).map(NodeId).unwrap();
        super::plan(&net, false)[id.0].to_string()
    }

    #[test]
    fn poolings_of_two_by_two_go_with_a_convolution() {
        for layers in
            ["conv(4, 3, same) relu pool(2)", "conv(4, 3, same) pool(2) relu", "conv(4, 2) gelu pool(2, floor)"]
        {
            assert_eq!(fusion(layers, "pool1"), " fused into %1", "{layers}");
        }
        assert_eq!(fusion("conv(4, 2) @seen pool(2, floor)", "pool1"), " not fused: its input is needed elsewhere too");
        assert_eq!(
            fusion("conv(4, 2) relu @seen pool(2, floor)", "pool1"),
            " not fused: its input is needed elsewhere too"
        );
        for layers in ["conv(4, 3, same) bn pool(2)", "conv(4, 3, same) bn relu pool(2)"] {
            assert_eq!(fusion(layers, "pool1"), " fused into %1", "{layers}");
        }
        assert_eq!(fusion("bn pool(2)", "pool1"), " not fused: what makes its input cannot apply it");
        for layers in ["conv(4, 2) pool(2, ceil)", "conv(4, 2) pool(3)", "conv(4, 3) pool(2, s1)", "conv(4, 3) avg(2)"]
        {
            let name = if layers.contains("avg") { "avg1" } else { "pool1" };
            assert_eq!(fusion(layers, name), "", "{layers}");
        }
    }

    #[test]
    fn batch_norms_are_folded_into_weights() {
        for layers in
            ["conv(4, 3) bn relu", "deconv(4, 3) bn relu", "dw(3) bn gelu", "fc(4) bn tanh", "fc(4, nobias) bn relu bn"]
        {
            assert_eq!(fusion(layers, "bn1"), " fused into %1", "{layers}");
        }
        for (layers, node) in [("conv(4, 3) bn relu", "relu1"), ("conv(4, 3) bn relu pool(2)", "pool1")] {
            assert_eq!(fusion(layers, node), " fused into %1", "{layers}");
        }
        assert_eq!(fusion("conv(4, 3) bn relu bn", "bn2"), " not folded: what makes its input has no weights");
        assert_eq!(fusion("conv(4, 3) bn bn relu", "bn2"), " not folded: what makes its input has no weights");
        assert_eq!(fusion("conv(4, 3) bn bn relu", "relu1"), " fused into %3");
        assert_eq!(fusion("conv(4, 3) relu bn", "bn1"), " not folded: what makes its input has no weights");
        assert_eq!(fusion("conv(4, 3) @seen bn relu", "bn1"), " not fused: its input is needed elsewhere too");
        assert_eq!(fusion("conv(4, 3) @seen bn relu", "relu1"), " fused into %2");
        let net = net("struct A: 16x16x3 => conv(4, 3, same) bn relu;");
        let training: Vec<_> = super::plan(&net, true).iter().map(ToString::to_string).collect();
        assert_eq!(training, ["", "", "", " fused into %2"]);
    }

    #[test]
    fn training_keeps_what_is_pooled() {
        let net = net("struct A: 16x16x3 => conv(4, 3, same) relu pool(2);");
        assert_eq!(super::plan(&net, true)[3].to_string(), " not fused: its derivative reads its input");
    }
}
