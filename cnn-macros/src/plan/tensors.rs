//! Where every tensor begins in the flat buffers.

use crate::net::{Init, Net, NodeId};

/// Floats of a vector.
const LANES: usize = 16;

/// Offsets of all tensors.
#[derive(Debug)]
pub struct Tensors {
    /// By node: suffix and offset of each tensor.
    pub offsets: Vec<Vec<(&'static str, usize)>>,
    /// Floats of parameters.
    pub parameters: usize,
    /// Floats of state.
    pub state: usize,
}

/// Tensors of whole vectors come first, so that the kernels' loads from them stay within cache lines; nothing is padded,
/// so the buffer holds as many floats as the network has parameters.
pub(super) fn plan(net: &Net) -> Tensors {
    let mut offsets: Vec<Vec<(&'static str, usize)>> =
        net.nodes.iter().map(|node| node.params.iter().map(|param| (param.suffix, 0)).collect()).collect();
    let mut lay = |wanted: &dyn Fn(bool, usize) -> bool, mut at: usize| {
        for (node, offsets) in net.nodes.iter().zip(&mut offsets) {
            for (param, (_, offset)) in node.params.iter().zip(offsets) {
                if wanted(param.is_state, param.len()) {
                    *offset = at;
                    at += param.len();
                }
            }
        }
        at
    };
    let whole = lay(&|is_state, len| !is_state && len % LANES == 0, 0);
    let parameters = lay(&|is_state, len| !is_state && len % LANES != 0, whole);
    let state = lay(&|is_state, _| is_state, 0);
    Tensors { offsets, parameters, state }
}

/// Whether the next activation after a layer is relu-like, so that its weights start He normal. Layers between that
/// only rescale or select (batch norm, pooling, dropout) do not matter.
pub fn is_rectified(net: &Net, id: NodeId) -> bool {
    let Some(next) = net.consumers(id).next() else { return false };
    let has_weights = net[next].params.iter().any(|param| matches!(param.init, Init::Weight { .. }));
    match net[next].op.as_ref().and_then(|op| op.activation()) {
        Some(activation) => activation.is_rectifier,
        None => !has_weights && is_rectified(net, next),
    }
}
