//! Inference of batches in two parts: the first fully connected layer with many weights begins the second, which runs
//! all samples of a batch at once, so that such weights are read once, by all threads together.

use super::Pass;
use crate::net::{LANES, Net, NodeId};
use crate::shape::Shape;

/// Where a batch is cut in two.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cut {
    /// The first layer of the second part; what it reads is handed on.
    pub at: NodeId,
    /// Floats of a sample that are handed on.
    pub handed: usize,
    /// Floats of the arena of the second part, per sample.
    pub floats: usize,
    /// Most outputs of its layers with many weights, in whole strips.
    pub strips: usize,
}

/// How many times the work of all other layers of the second part its layers with many weights must have: threads share
/// nothing else there.
const SHARED: u64 = 8;

/// Where to cut, if that pays: nothing but the one value crosses the cut.
pub(super) fn cut(net: &Net, infer: &Pass) -> Option<Cut> {
    let strips = |id: NodeId| net.op(id).and_then(|op| op.strips());
    let (at, node) = net.iter().find(|(id, _)| strips(*id).is_some())?;
    let &[input] = &node.inputs[..] else { return None };
    let is_behind = |id: &NodeId| *id >= at;
    let crosses = net.iter().filter(|(id, _)| *id > at).any(|(_, node)| !node.inputs.iter().all(is_behind));
    if crosses || !net.outputs.iter().all(|output| is_behind(&output.node)) {
        return None;
    }
    let macs = |ids: &dyn Fn(NodeId) -> bool| net.iter().filter(|(id, _)| ids(*id)).map(|(_, node)| node.macs).sum();
    let front: u64 = macs(&|id| id < at);
    let shared: u64 = macs(&|id| id >= at && strips(id).is_some());
    let alone: u64 = macs(&|id| id >= at && strips(id).is_none());
    let pays = front > 0 && alone.saturating_mul(SHARED) <= shared;
    let stored = |shape: Shape| shape.len().next_multiple_of(LANES) + LANES;
    let ends = net.iter().skip(at.0).map(|(id, _)| {
        let place = infer.values[id.0];
        // Vectors are neither padded nor parts of others.
        (place.border == [0; 4] && place.within.is_none()).then(|| place.offset + stored(place.shape))
    });
    let floats = ends.collect::<Option<Vec<usize>>>()?.into_iter().max()?;
    let strips = net.iter().filter_map(|(id, _)| strips(id)).max()?;
    pays.then_some(Cut { at, handed: net[input].shape.len(), floats, strips })
}
