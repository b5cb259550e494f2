//! What a walk has come to: the network, and what can only be said of it as a whole.

use super::Outline;
use super::walk::Walk;
use crate::diag::Diagnostics;
use crate::messages;
use crate::net::{Bound, Budget, Net, Node, NodeId, Output};

impl Walk<'_> {
    /// The network, if every step of it is known.
    pub fn finish(
        self,
        outline: &Outline,
        outputs: Vec<Output>,
        budget: Option<Budget>,
        field: Option<Bound>,
    ) -> Option<Net> {
        if self.is_poisoned || outputs.is_empty() {
            return None;
        }
        Some(Net {
            attrs: outline.attrs.clone(),
            vis: outline.vis.clone(),
            name: outline.name.clone(),
            krate: outline.krate.clone(),
            nodes: self.nodes,
            inputs: self.inputs,
            outputs,
            repeats: self.repeats,
            taps: self.taps,
            words: self.words,
            budget,
            field,
        })
    }

    /// Layers of one name, which blocks whose names end in digits may have.
    fn find_clash(&self) -> Option<&Node> {
        let mut names = std::collections::HashSet::new();
        self.nodes.iter().filter(|node| node.is_written()).find(|node| !names.insert(&node.name))
    }

    /// Whether every layer has a name of its own. Of a block's layers the first is named.
    pub fn check_names(&self, errors: &mut Diagnostics) {
        if let Some(node) = self.find_clash() {
            errors.push(messages::name_twice(&node.tokens, &node.name));
        }
    }

    /// Inputs that nothing reads.
    pub fn check_inputs(&self, errors: &mut Diagnostics) {
        if self.is_poisoned {
            return;
        }
        for (index, name) in self.inputs.iter().enumerate() {
            let is_read = self.nodes.iter().any(|node| node.inputs.contains(&NodeId(index)));
            let is_new = !self.inputs[..index].contains(name);
            if let Some(name) = name.as_ref().filter(|_| !is_read && is_new) {
                errors.push(messages::input_unused(name));
            }
        }
    }
}
