//! Which activation functions are applied where their input is made, and why the others are not.

use std::fmt;

use crate::layers::Role;
use crate::net::{Net, NodeId};

/// What happens to a node's operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fusion {
    /// It runs by itself.
    No(Why),
    /// The node that makes its input applies it.
    Into(NodeId),
}

/// Why an operation runs by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is no activation function.
    NotAnActivation,
    /// What makes its input cannot apply one.
    Producer,
    /// Its input is needed elsewhere too: by another layer or under a tap's name.
    Shared,
    /// Its derivative is worked out from its input, which training therefore keeps.
    SavesInput,
    /// What makes its input applies another already.
    Taken,
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
    let op = net[id].op.as_ref().ok_or(Why::NotAnActivation)?;
    let activation = op.activation().ok_or(Why::NotAnActivation)?;
    let [producer] = net[id].inputs[..] else { return Err(Why::Producer) };
    if !net[producer].op.as_ref().is_some_and(|op| op.fuses_activation() && op.role() != Role::View) {
        return Err(Why::Producer);
    }
    if net.consumers(producer).count() > 1 || net.taps.iter().any(|tap| tap.node == producer) {
        return Err(Why::Shared);
    }
    if training && activation.saves_input {
        return Err(Why::SavesInput);
    }
    if earlier.contains(&Fusion::Into(producer)) {
        return Err(Why::Taken);
    }
    Ok(producer)
}

impl fmt::Display for Fusion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::No(Why::NotAnActivation) => Ok(()),
            Self::No(Why::Producer) => f.write_str(" not fused: what makes its input cannot apply it"),
            Self::No(Why::Shared) => f.write_str(" not fused: its input is needed elsewhere too"),
            Self::No(Why::SavesInput) => f.write_str(" not fused: its derivative reads its input"),
            Self::No(Why::Taken) => f.write_str(" not fused: another activation comes first"),
            Self::Into(id) => write!(f, " fused into {id}"),
        }
    }
}
