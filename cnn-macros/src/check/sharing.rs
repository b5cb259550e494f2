//! Chains whose uses have the same weights: `let encoder = { .. };`.

use crate::diag::Diagnostic;
use crate::messages;
use crate::net::{Node, NodeId};
use crate::syntax::ast::LayerCall;
use crate::syntax::render::plain;

/// The shared chains of a network, and the use in which the walk is.
#[derive(Debug, Default)]
pub struct Sharing {
    /// Name and nodes of the first use of each.
    firsts: Vec<(String, Vec<NodeId>)>,
    current: Option<Use>,
    /// The walk is in the declaration of a shared chain, which nothing uses yet.
    is_declared: bool,
}

#[derive(Debug)]
struct Use {
    name: String,
    call: Blame,
    /// Nodes so far.
    nodes: Vec<NodeId>,
    is_first: bool,
}

/// First uses that were set aside.
#[derive(Debug)]
pub struct Firsts(Vec<(String, Vec<NodeId>)>);

/// What a mistake of a use is blamed on.
#[derive(Debug)]
struct Blame(LayerCall);

impl Sharing {
    /// That of a walk through the declaration of a shared chain.
    pub fn of_declaration() -> Self {
        Self { is_declared: true, ..Self::default() }
    }

    /// Enters a use; whether it is the first one is given back. `None` within another shared chain.
    pub fn enter(&mut self, call: &LayerCall) -> Option<bool> {
        if self.current.is_some() || self.is_declared {
            return None;
        }
        let name = plain(&call.word);
        let is_first = self.firsts.iter().all(|(known, _)| *known != name);
        self.current = Some(Use { name, call: Blame(call.clone()), nodes: Vec::new(), is_first });
        Some(is_first)
    }

    /// Leaves it.
    pub fn leave(&mut self) {
        if let Some(Use { name, nodes, is_first: true, .. }) = self.current.take() {
            self.firsts.push((name, nodes));
        }
    }

    /// Sets the first uses aside: a network that is used has shared chains of its own, and fresh weights at each use.
    pub fn begin_network(&mut self) -> Firsts {
        Firsts(std::mem::take(&mut self.firsts))
    }

    /// Goes on where [`begin_network`](Self::begin_network) was called.
    pub fn end_network(&mut self, firsts: Firsts) {
        self.firsts = firsts.0;
    }

    /// A node as it is added to the network: one of a later use has the tensors of the first use's.
    pub fn take(&mut self, id: NodeId, mut node: Node, nodes: &mut [Node]) -> Result<Node, Diagnostic> {
        let Some(current) = &mut self.current else { return Ok(node) };
        current.nodes.push(id);
        if current.is_first || node.params.is_empty() {
            return Ok(node);
        }
        let firsts = self.firsts.iter().find(|(name, _)| *name == current.name);
        let index = current.nodes.len() - 1;
        let Some(&first) = firsts.and_then(|(_, nodes)| nodes.get(index)) else { return Ok(node) };
        let earlier = &mut nodes[first.0];
        for (param, own) in earlier.params.iter().zip(&node.params) {
            if param != own {
                let text = |shape: &[usize]| shape.iter().map(usize::to_string).collect::<Vec<_>>().join("x");
                let (first, now) = (text(&param.shape), text(&own.shape));
                return Err(messages::shared_differs(&current.call.0, &earlier.name, &first, &now));
            }
        }
        node.params.clear();
        node.shares = Some(first);
        for op in [&mut earlier.op, &mut node.op].into_iter().flatten() {
            op.share();
        }
        Ok(node)
    }
}
