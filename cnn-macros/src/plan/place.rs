//! Which branches of a `cat` are written where its output lies, among the others, and why the rest is copied there.
//!
//! A branch is all that lies in one memory: what makes its value, and what is fused into that or written over it. The
//! memory of a `cat` that is a branch itself lies in that of the `cat` it goes to, and so on outwards.

use std::fmt;

use super::Place;
use super::arena::{BufferId, Buffers, Places};
use super::fuse::Fusion;
use crate::layers::{Op, Role, Saves};
use crate::net::{Net, Node, NodeId};
use crate::shape::Shape;

/// What happens to a branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Branch {
    /// It is written in place.
    InPlace,
    /// It is copied.
    Copied(Why),
}

/// Why a branch is copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is the network's input, which is not computed.
    Input,
    /// What makes it, or is done over it, writes whole maps only.
    Writer,
    /// It has been given another shape.
    Shape,
    /// The same value is another branch too, or one of another `cat`.
    Twice,
    /// Something else reads it, but whole maps only.
    Reader,
    /// Something reads some channels of the `cat`, of which this would be others: nothing reads and writes the same
    /// map.
    SameMap,
    /// The joined value is written over, and this is needed once more.
    WrittenOver,
    /// Something is added to it after it has been joined, where it lies.
    AddedTo,
    /// Something reads it with a border of zeros around it, and the joined value must be one run of floats.
    Border,
    /// Something else reads it too, long before it is joined, and the pass would need more memory.
    Memory,
}

/// Where a node's value begins in the memory of a `cat` around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Slot {
    /// The outermost one.
    cat: NodeId,
    /// A channel of it.
    first: usize,
}

/// The decisions of a pass.
#[derive(Debug)]
pub(super) struct Placement {
    /// By node, for each of its inputs if it is a `cat`.
    pub(super) branches: Vec<Vec<Branch>>,
    /// By node: the node in whose memory it lies; its own, if it has some.
    roots: Vec<NodeId>,
    /// By node that has memory of its own.
    slots: Vec<Option<Slot>>,
    /// By node, of an outermost `cat`: its memory, and the node that is written there first.
    memory: Vec<Option<(BufferId, NodeId)>>,
}

/// Plans a pass with branches in place that other layers read too, and without: the map of a `cat` takes its memory
/// from its first branch on, and where that is a skip over much of the network, a copy needs less.
pub(super) fn smaller<P>(net: &Net, plan: impl Fn(bool) -> P, floats: impl Fn(&P) -> usize) -> P {
    let with = plan(true);
    if !net.iter().any(|(id, _)| net.op(id).is_some_and(Op::is_cat)) {
        return with;
    }
    let without = plan(false);
    if floats(&without) < floats(&with) { without } else { with }
}

/// Decides for every branch, from the last `cat` to the first, so that outer ones come before those within them.
/// `shares` names the input whose memory a node takes, `saves` what its backward pass reads; `shared` branches are in
/// place too, which something else reads or which are needed after the pass.
pub(super) fn plan(
    net: &Net,
    fusion: &[Fusion],
    shares: &[Option<NodeId>],
    saves: impl Fn(NodeId) -> Saves,
    [training, shared]: [bool; 2],
) -> Placement {
    let mut roots: Vec<NodeId> = Vec::with_capacity(shares.len());
    for (id, input) in shares.iter().enumerate() {
        roots.push(input.map_or(NodeId(id), |input| roots[input.0]));
    }
    let count = net.nodes.len();
    let placement =
        Placement { branches: vec![Vec::new(); count], roots, slots: vec![None; count], memory: vec![None; count] };
    let mut planner = Planner { net, fusion, saves, training, shared, placement };
    for (id, node) in net.iter().collect::<Vec<_>>().into_iter().rev() {
        if !net.op(id).is_some_and(Op::is_cat) {
            continue;
        }
        let Slot { cat, first } = planner.placement.slot(id);
        let mut first = first;
        for &input in &node.inputs {
            let branch = match planner.refusal(id, input) {
                None => {
                    let root = planner.placement.roots[input.0];
                    planner.placement.slots[root.0] = Some(Slot { cat, first });
                    Branch::InPlace
                }
                Some(why) => Branch::Copied(why),
            };
            planner.placement.branches[id.0].push(branch);
            first += net[input].shape.channels;
        }
    }
    planner.placement
}

struct Planner<'a, F> {
    net: &'a Net,
    fusion: &'a [Fusion],
    saves: F,
    training: bool,
    shared: bool,
    placement: Placement,
}

impl<F: Fn(NodeId) -> Saves> Planner<'_, F> {
    /// Why a branch cannot be written in place.
    fn refusal(&self, cat: NodeId, input: NodeId) -> Option<Why> {
        let Self { net, placement, .. } = self;
        let root = placement.roots[input.0];
        let outer = placement.slot(cat).cat;
        let Some(op) = net.op(root) else { return Some(Why::Input) };
        if !op.writes_parts() {
            return Some(Why::Writer);
        }
        if let Some(why) = self.members(root).filter(|&id| id != root).find_map(|id| self.follower(id)) {
            return Some(why);
        }
        let uses = net[cat].inputs.iter().filter(|input| placement.roots[input.0] == root).count();
        if uses > 1 || placement.slots[root.0].is_some() {
            return Some(Why::Twice);
        }
        let readers = || self.readers(root).filter(|&reader| reader != cat);
        if readers().any(|reader| !net.op(reader).is_some_and(Op::reads_parts)) {
            return Some(Why::Reader);
        }
        let within = |id: &NodeId| placement.outermost(*id) == outer;
        let mut sources = self.members(root).flat_map(|id| &net[id].inputs);
        if readers().any(|reader| within(&reader)) || sources.any(within) {
            return Some(Why::SameMap);
        }
        if self.members(root).any(|id| id > cat && self.writes(id)) {
            return Some(Why::AddedTo);
        }
        let is_needed = || {
            let is_kept = |id: NodeId| net.is_kept(id) || (self.saves)(id).output;
            readers().next().is_some() || self.members(root).any(is_kept)
        };
        if self.is_written_over(cat) && is_needed() {
            return Some(Why::WrittenOver);
        }
        let has_border = |id: NodeId| net.op(id).is_some_and(|op| op.input_border() != [0; 4]);
        if readers().any(has_border) && self.is_read_dense(outer) {
            return Some(Why::Border);
        }
        let is_shared = || readers().next().is_some() || self.members(root).any(|id| net.is_kept(id));
        (!self.shared && is_shared()).then_some(Why::Memory)
    }

    /// The nodes in one memory.
    fn members(&self, root: NodeId) -> impl Iterator<Item = NodeId> {
        self.net.iter().map(|(id, _)| id).filter(move |id| self.placement.roots[id.0] == root)
    }

    /// What reads a memory and writes another.
    fn readers(&self, root: NodeId) -> impl Iterator<Item = NodeId> {
        let roots = &self.placement.roots;
        let reads = move |node: &Node| node.inputs.iter().any(|input| roots[input.0] == root);
        self.net.iter().filter(move |(id, node)| roots[id.0] != root && reads(node)).map(|(id, _)| id)
    }

    /// Why a node that lies in the memory of its input keeps the two from being a part of a map.
    fn follower(&self, id: NodeId) -> Option<Why> {
        let op = self.net.op(id)?;
        let [from, to] = self.net.shapes(id);
        match op.role() {
            _ if matches!(self.fusion[id.0], Fusion::Into(_)) => None,
            Role::View => (from != to).then_some(Why::Shape),
            Role::TrainingOnly if !self.training => None,
            _ => (!op.reads_parts() || !op.writes_parts()).then_some(Why::Writer),
        }
    }

    /// Whether the memory of a `cat` is written once more after it, by what takes it over.
    fn is_written_over(&self, cat: NodeId) -> bool {
        let mut around = vec![cat];
        // Those around it, of which it is a branch itself.
        while let Some(outer) = self.around(around[around.len() - 1]) {
            around.push(outer);
        }
        around.iter().any(|&cat| self.members(self.placement.roots[cat.0]).any(|id| id > cat && self.writes(id)))
    }

    /// Whether a node writes the memory in which it lies.
    fn writes(&self, id: NodeId) -> bool {
        match self.net.op(id).map(Op::role) {
            Some(Role::View) | None => false,
            Some(Role::TrainingOnly) => self.training,
            Some(_) => true,
        }
    }

    /// The `cat` of which another is a branch in place.
    fn around(&self, cat: NodeId) -> Option<NodeId> {
        let Placement { branches, roots, .. } = &self.placement;
        let takes = |(id, node): &(NodeId, &Node)| {
            let mut branches = branches[id.0].iter().zip(&node.inputs);
            branches.any(|(branch, input)| *branch == Branch::InPlace && roots[input.0] == cat)
        };
        self.net.iter().find(takes).map(|(id, _)| id)
    }

    /// Whether something needs what lies in a memory as one run of floats.
    fn is_read_dense(&self, root: NodeId) -> bool {
        let is_flat = |id: NodeId| {
            let [from, to] = self.net.shapes(id);
            self.net.op(id).is_some_and(|op| op.role() == Role::View && from != to)
        };
        self.members(root).any(is_flat)
            || self.readers(root).any(|reader| self.net.op(reader).is_some_and(Op::reads_dense))
    }
}

impl Placement {
    /// The outermost `cat` in whose memory a `cat`'s output lies, and where.
    fn slot(&self, cat: NodeId) -> Slot {
        self.slots[cat.0].unwrap_or(Slot { cat, first: 0 })
    }

    /// The node that has the memory in which a value lies.
    fn outermost(&self, id: NodeId) -> NodeId {
        let root = self.roots[id.0];
        self.slots[root.0].map_or(root, |slot| slot.cat)
    }

    /// The memory of a node that has some of its own, from the moment on at which it is first written.
    pub(super) fn buffer(&mut self, net: &Net, buffers: &mut Buffers, id: NodeId, shape: Shape) -> BufferId {
        let cat = self.outermost(id);
        let shape = if cat == id { shape } else { net[cat].shape };
        let (buffer, _) = *self.memory[cat.0].get_or_insert_with(|| (buffers.add(shape, id.0), id));
        buffer
    }

    /// Where a value lies. The border of a map that holds several is cleared before the first of them is written.
    pub(super) fn place(&self, places: &Places, id: NodeId, buffer: BufferId, shape: Shape) -> Place {
        let root = self.roots[id.0];
        let mut place = match self.slots[root.0] {
            None => places.of(buffer, shape),
            Some(Slot { first, .. }) => places.part(buffer, shape, first),
        };
        let is_first = self.memory[self.outermost(id).0].is_none_or(|(_, first)| first == root);
        place.clear &= is_first;
        place
    }
}

impl fmt::Display for Branch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::InPlace => "in place",
            Self::Copied(Why::Input) => "copied: the network's input is not computed",
            Self::Copied(Why::Writer) => "copied: what makes it writes whole maps only",
            Self::Copied(Why::Shape) => "copied: it has been given another shape",
            Self::Copied(Why::Twice) => "copied: it is a branch twice",
            Self::Copied(Why::Reader) => "copied: something else reads it, and whole maps only",
            Self::Copied(Why::SameMap) => "copied: nothing reads some channels of a map and writes others",
            Self::Copied(Why::WrittenOver) => "copied: the joined value is written over, and it is needed once more",
            Self::Copied(Why::AddedTo) => "copied: something is added to it later, where it lies",
            Self::Copied(Why::Memory) => "copied: something else reads it, and in place it would take more memory",
            Self::Copied(Why::Border) => "copied: a reader needs a border around it, and one of all a run of floats",
        })
    }
}

#[cfg(test)]
mod tests;
