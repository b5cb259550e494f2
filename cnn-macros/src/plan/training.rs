//! Memory of training: a value lives until its last reader forward or backward, a gradient from the first layer that
//! writes it to the last that reads it.
//!
//! Moments: node i runs forward at i, the loss comes after the last node, and node i runs backward at `end - i`.

use super::arena::{BufferId, Buffers};
use super::fuse::{self, Fusion};
use super::inference::once;
use super::place;
use super::{Part, Pass, Training};
use crate::layers::{Op, Role, Saves};
use crate::net::{Net, Node, NodeId};

pub(super) fn plan(net: &Net) -> Training {
    place::smaller(net, |shared| plan_with(net, shared), |training| training.pass.floats)
}

pub(super) fn plan_with(net: &Net, shared: bool) -> Training {
    let count = net.nodes.len();
    let end = 2 * count;
    let backward = |id: NodeId| end - id.0;
    let fusion = fuse::plan(net, true);
    let mut buffers = Buffers::default();

    let shares: Vec<Option<NodeId>> = net.iter().map(|(id, _)| shares_memory(net, id, &fusion)).collect();
    let mut placement = place::plan(net, &fusion, &shares, |id| saves(&net[id], &fusion[id.0]), [true, shared]);
    let mut values: Vec<BufferId> = Vec::with_capacity(count);
    let mut masks = Vec::with_capacity(count);
    for (id, node) in net.iter() {
        let value = match shares[id.0] {
            Some(input) => values[input.0],
            None => placement.buffer(net, &mut buffers, id, node.shape),
        };
        values.push(value);
        buffers.touch(value, id.0);
        let saves = saves(node, &fusion[id.0]);
        let mask = node.op.as_ref().filter(|_| saves.mask).map(|op| {
            let [input, output] = net.shapes(id);
            let shape = op.mask(input, output);
            (buffers.add(shape, id.0), shape)
        });
        if let Some((mask, _)) = mask {
            buffers.touch(mask, backward(id));
        }
        masks.push(mask);
        if saves.output {
            buffers.touch(value, backward(id));
        }
        for &input in &node.inputs {
            buffers.touch(values[input.0], if saves.input { backward(id) } else { id.0 });
            buffers.widen(values[input.0], node.op.as_ref().map_or([0; 4], |op| op.input_border()));
        }
    }
    if let Some(input) = super::samples_in_place(net) {
        buffers.leave_out(values[input.0]);
    }
    // Backward, from the outputs to the inputs.
    let mut gradients = Gradients::new(net);
    for output in &net.outputs {
        buffers.touch(values[output.node.0], count);
        let buffer = buffers.add(net[output.node].shape, count);
        gradients.of[output.node.0] = Some(Gradient { buffer, must_be_dense: false });
    }
    for (id, _) in net.iter().collect::<Vec<_>>().into_iter().rev() {
        gradients.pass_on(net, &mut buffers, id, backward(id));
    }
    for id in net.input_ids() {
        if let Some(gradient) = gradients.of[id.0] {
            buffers.touch(gradient.buffer, end);
        }
    }

    let (places, floats) = buffers.place();
    let place = |id: NodeId, buffer: BufferId| places.of(buffer, net[id].shape);
    let (stages, exchange, exchanged) = stages(net);
    let Gradients { of, spread, parts } = gradients;
    let part = |(&input, part): (&NodeId, &Unplaced)| match *part {
        Unplaced::First => Part::First,
        Unplaced::Same => Part::Same,
        Unplaced::Adds => Part::Adds,
        Unplaced::Apart(buffer) => Part::Apart(place(input, buffer)),
    };
    Training {
        gradients: net
            .iter()
            .map(|(id, _)| match of[id.0] {
                Some(gradient) => place(id, gradient.buffer),
                None => placement.place(&places, id, values[id.0], net[id].shape),
            })
            .collect(),
        spread: net.iter().map(|(id, _)| spread[id.0].map(|buffer| place(id, buffer))).collect(),
        parts: net.iter().map(|(id, node)| node.inputs.iter().zip(&parts[id.0]).map(part).collect()).collect(),
        learns: learns(net),
        masks: net.iter().map(|(id, _)| masks[id.0].map(|(mask, shape)| places.of(mask, shape))).collect(),
        pass: Pass {
            values: net.iter().map(|(id, _)| placement.place(&places, id, values[id.0], net[id].shape)).collect(),
            fusion,
            shares,
            branches: placement.branches,
            floats,
            peak: buffers.peak(),
        },
        stages,
        exchange,
        exchanged,
    }
}

/// By node: whether its value depends on anything that learns.
fn learns(net: &Net) -> Vec<bool> {
    let mut learns: Vec<bool> = Vec::with_capacity(net.nodes.len());
    for (_, node) in net.iter() {
        let owner = node.shares.map_or(node, |owner| &net[owner]);
        let own = owner.learnt() > 0 && !node.marks.is_frozen;
        learns.push(own || node.inputs.iter().any(|input| learns[input.0]));
    }
    learns
}

/// The gradients of a pass, while memory is being planned.
struct Gradients {
    /// By node.
    of: Vec<Option<Gradient>>,
    spread: Vec<Option<BufferId>>,
    parts: Vec<Vec<Unplaced>>,
}

/// A [`Part`] before buffers have places.
#[derive(Clone, Copy)]
enum Unplaced {
    First,
    Same,
    Adds,
    Apart(BufferId),
}

impl Gradients {
    fn new(net: &Net) -> Self {
        let count = net.nodes.len();
        Self { of: vec![None; count], spread: vec![None; count], parts: vec![Vec::new(); count] }
    }

    /// Plans the backward pass of one node, which happens at `moment`.
    fn pass_on(&mut self, net: &Net, buffers: &mut Buffers, id: NodeId, moment: usize) {
        let node = &net[id];
        let (Some(mut gradient), Some(op)) = (self.of[id.0], &node.op) else { return };
        buffers.touch(gradient.buffer, moment);
        let [input, output] = net.shapes(id);
        let border = op.gradient_border(input, output);
        if border != [0; 4] && gradient.must_be_dense {
            self.spread[id.0] = Some(gradient.buffer);
            gradient = Gradient { buffer: buffers.add(node.shape, moment), must_be_dense: false };
            self.of[id.0] = Some(gradient);
        }
        buffers.widen(gradient.buffer, border);
        let same = if op.role() == Role::Sum { self.same(net, id) } else { Vec::new() };
        for (index, &input) in node.inputs.iter().enumerate() {
            let known = self.of[input.0];
            if let Some(known) = known {
                buffers.touch(known.buffer, moment);
            }
            let mut add = || buffers.add(net[input].shape, moment);
            let several = node.inputs.len() > 1;
            let (part, first) = match (op.role(), known) {
                // A gradient whose layer works element by element keeps its memory.
                (Role::Elementwise | Role::TrainingOnly, None) => (Unplaced::Same, Some(gradient)),
                (Role::View, None) => (Unplaced::Same, Some(Gradient { must_be_dense: true, ..gradient })),
                (Role::Sum, None) if same.contains(&index) => (Unplaced::Same, Some(gradient)),
                (Role::Compute | Role::Sum, None) => {
                    (Unplaced::First, Some(Gradient { buffer: add(), must_be_dense: op.reads_dense() }))
                }
                (Role::Elementwise | Role::TrainingOnly | Role::View, Some(_)) => {
                    (Unplaced::Apart(gradient.buffer), None)
                }
                (Role::Sum, Some(_)) => (Unplaced::Adds, None),
                (Role::Compute, Some(_)) if several => (Unplaced::Adds, None),
                (Role::Compute, Some(_)) => (Unplaced::Apart(add()), None),
            };
            self.parts[id.0].push(part);
            if first.is_some() {
                self.of[input.0] = first;
            }
        }
    }

    /// The inputs of a sum that can have its gradient's memory for their own. One of them may be changed: by the
    /// element-wise layer that made it, or by other readers that add to it. What reads it unchanged must run before.
    fn same(&self, net: &Net, id: NodeId) -> Vec<usize> {
        let inputs = &net[id].inputs;
        let is_open = |index: &usize| {
            let input = inputs[*index];
            self.of[input.0].is_none() && inputs.iter().filter(|other| **other == input).count() == 1
        };
        // The last node backward of which memory is unchanged.
        let changed_from = |input: NodeId| {
            let adds = net.consumers(input).filter(|&reader| reader != id).max();
            let is_computed = net.op(input).is_none_or(|op| op.role() == Role::Compute);
            // A pooling applies the derivative of the activation before it to its own gradient.
            let before = net[input].inputs.first().and_then(|&before| net.pooled_activation(before));
            let applies = before.is_some_and(|(pool, _)| pool == input);
            adds.max((!is_computed || applies).then_some(input))
        };
        let (mut still, changing): (Vec<usize>, Vec<usize>) =
            (0..inputs.len()).filter(is_open).partition(|&index| changed_from(inputs[index]).is_none());
        let fits = |&index: &usize| still.iter().all(|&other| changed_from(inputs[index]) < Some(inputs[other]));
        let chosen =
            changing.iter().copied().find(fits).or(if still.is_empty() { changing.first().copied() } else { None });
        still.extend(chosen);
        still
    }
}

/// The gradient for a value, while memory is being planned.
#[derive(Clone, Copy)]
struct Gradient {
    buffer: BufferId,
    /// Its writer needs one run of floats: no border may be put around it.
    must_be_dense: bool,
}

/// What a node's backward pass reads. A fused activation's output is its producer's.
fn saves(node: &Node, fusion: &Fusion) -> Saves {
    let Some(op) = &node.op else { return Saves::default() };
    match (fusion, op.activation()) {
        (Fusion::Into(_), _) => Saves { output: true, ..Saves::default() },
        _ => op.saves(),
    }
}

/// The input whose memory a node's output takes: a view always does; an element-wise operation or a sum where nothing
/// needs that input again, forward or backward.
fn shares_memory(net: &Net, id: NodeId, fusion: &[Fusion]) -> Option<NodeId> {
    let Node { op: Some(op), inputs, .. } = &net[id] else { return None };
    let &first = inputs.first()?;
    match op.role() {
        Role::View => Some(first),
        Role::Elementwise | Role::TrainingOnly => {
            let shares =
                fusion[id.0] == Fusion::Into(first) || (!op.saves().input && is_expendable(net, first, fusion));
            shares.then_some(first)
        }
        Role::Sum => once(inputs).find(|&input| is_expendable(net, input, fusion)),
        Role::Compute => None,
    }
}

/// Whether the memory of a value, whose one reader is being asked about, may be written over.
fn is_expendable(net: &Net, id: NodeId, fusion: &[Fusion]) -> bool {
    let Node { op: Some(op), inputs, .. } = &net[id] else { return false };
    let alone = net.consumers(id).count() == 1 && !net.is_kept(id);
    let kept = saves(&net[id], &fusion[id.0]).output;
    alone && !kept && (op.role() != Role::View || inputs.iter().all(|&input| is_expendable(net, input, fusion)))
}

/// The stage of every node, and where every barrier's statistics are exchanged.
fn stages(net: &Net) -> (Vec<usize>, Vec<usize>, usize) {
    let (mut stage, mut exchanged) = (0, 0);
    let (mut stages, mut exchange) = (Vec::new(), Vec::new());
    for (_, node) in net.iter() {
        let op: Option<&dyn Op> = node.op.as_deref();
        stage += usize::from(op.is_some_and(Op::is_barrier));
        stages.push(stage);
        exchange.push(exchanged);
        exchanged += op.map_or(0, Op::exchange);
    }
    (stages, exchange, exchanged)
}
