//! Memory of training: a value lives until its last reader forward or backward, a gradient from the first layer that
//! writes it to the last that reads it.
//!
//! Moments: node i runs forward at i, the loss comes after the last node, and node i runs backward at `end - i`.

use super::arena::{BufferId, Buffers};
use super::fuse::{self, Fusion};
use super::{Pass, Training};
use crate::layers::{Op, Role, Saves};
use crate::net::{Net, Node, NodeId};

pub(super) fn plan(net: &Net) -> Training {
    let count = net.nodes.len();
    let end = 2 * count;
    let backward = |id: NodeId| end - id.0;
    let fusion = fuse::plan(net, true);
    let mut buffers = Buffers::default();

    let fresh: Vec<bool> = net.iter().map(|(id, _)| !shares_memory(net, id, &fusion)).collect();
    let mut values: Vec<BufferId> = Vec::with_capacity(count);
    let mut masks = Vec::with_capacity(count);
    for (id, node) in net.iter() {
        let value = match node.inputs[..] {
            [input] if !fresh[id.0] => values[input.0],
            _ => buffers.add(node.shape, id.0),
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
    buffers.touch(values[net.output.0], count);

    // Backward, from the output to the input. A gradient whose layer works element by element keeps its memory.
    let mut gradients: Vec<Option<Gradient>> = vec![None; count];
    let mut spread = vec![None; count];
    let output = buffers.add(net[net.output].shape, count);
    gradients[net.output.0] = Some(Gradient { buffer: output, must_be_dense: false });
    for (id, node) in net.iter().collect::<Vec<_>>().into_iter().rev() {
        let (Some(mut gradient), Some(op)) = (gradients[id.0], &node.op) else { continue };
        buffers.touch(gradient.buffer, backward(id));
        for &input in &node.inputs {
            let border = op.gradient_border(net[input].shape, node.shape);
            if border != [0; 4] && gradient.must_be_dense {
                spread[id.0] = Some(gradient.buffer);
                gradient = Gradient { buffer: buffers.add(node.shape, backward(id)), must_be_dense: false };
                gradients[id.0] = Some(gradient);
            }
            buffers.widen(gradient.buffer, border);
            let d_input = match op.role() {
                Role::Compute => {
                    let buffer = buffers.add(net[input].shape, backward(id));
                    Gradient { buffer, must_be_dense: op.reads_dense() }
                }
                Role::View => Gradient { must_be_dense: true, ..gradient },
                Role::Elementwise | Role::TrainingOnly => gradient,
            };
            gradients[input.0] = Some(d_input);
        }
    }
    if let Some(gradient) = gradients[0] {
        buffers.touch(gradient.buffer, end);
    }

    let (places, floats) = buffers.place();
    let place = |id: NodeId, buffer: BufferId| places.of(buffer, net[id].shape);
    let (stages, exchange, exchanged) = stages(net);
    Training {
        gradients: net
            .iter()
            .map(|(id, _)| place(id, gradients[id.0].map_or(values[id.0], |gradient| gradient.buffer)))
            .collect(),
        spread: net.iter().map(|(id, _)| spread[id.0].map(|buffer| place(id, buffer))).collect(),
        masks: net.iter().map(|(id, _)| masks[id.0].map(|(mask, shape)| places.of(mask, shape))).collect(),
        pass: Pass { values: net.iter().map(|(id, _)| place(id, values[id.0])).collect(), fusion, fresh, floats },
        stages,
        exchange,
        exchanged,
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

/// Whether a node's output is its input's memory: a view always is; an element-wise operation where nothing needs its
/// input again, forward or backward.
fn shares_memory(net: &Net, id: NodeId, fusion: &[Fusion]) -> bool {
    let Node { op: Some(op), inputs, .. } = &net[id] else { return false };
    let &[input] = &inputs[..] else { return false };
    match op.role() {
        Role::View => true,
        Role::Elementwise | Role::TrainingOnly => {
            fusion[id.0] == Fusion::Into(input) || (!op.saves().input && is_expendable(net, input, fusion))
        }
        Role::Compute => false,
    }
}

/// Whether the memory of a value, whose one reader is being asked about, may be written over.
fn is_expendable(net: &Net, id: NodeId, fusion: &[Fusion]) -> bool {
    let Node { op: Some(op), inputs, .. } = &net[id] else { return false };
    let alone = net.consumers(id).count() == 1 && net.taps.iter().all(|tap| tap.node != id);
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
