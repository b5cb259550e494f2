//! Where every tensor begins in the flat buffers.

use crate::net::{Init, LANES, Net, NodeId, Param};

/// Offsets of all tensors.
#[derive(Debug)]
pub struct Tensors {
    /// By node: suffix and offset of each tensor.
    pub offsets: Vec<Vec<(&'static str, usize)>>,
    /// Floats of parameters.
    pub parameters: usize,
    /// The first of them: weights of layers that work on the whole batch.
    pub whole: usize,
    /// Floats of state.
    pub state: usize,
}

/// Weights of layers that work on the whole batch come first, so that the others lie together. Of those, tensors of
/// whole vectors come first, so that the kernels' loads from them stay within cache lines. Nothing is padded: the
/// buffer holds as many floats as the network has parameters.
pub(super) fn plan(net: &Net) -> Tensors {
    let mut offsets: Vec<Vec<(&'static str, usize)>> =
        net.nodes.iter().map(|node| node.params.iter().map(|param| (param.suffix, 0)).collect()).collect();
    let mut lay = |wanted: &dyn Fn(&Param, bool) -> bool, mut at: usize| {
        for (node, offsets) in net.nodes.iter().zip(&mut offsets) {
            let is_whole = node.op.as_ref().is_some_and(|op| op.whole(false).is_some());
            for (param, (_, offset)) in node.params.iter().zip(offsets) {
                if wanted(param, is_whole && matches!(param.init, Init::Weight { .. })) {
                    *offset = at;
                    at += param.len();
                }
            }
        }
        at
    };
    let is_round = |param: &Param| param.len().is_multiple_of(LANES);
    let whole = lay(&|param, is_whole| is_whole && is_round(param), 0);
    let whole = lay(&|param, is_whole| is_whole && !is_round(param), whole);
    let round = lay(&|param, is_whole| !param.is_state && !is_whole && is_round(param), whole);
    let parameters = lay(&|param, is_whole| !param.is_state && !is_whole && !is_round(param), round);
    let state = lay(&|param, _| param.is_state, 0);
    for (id, node) in net.iter() {
        if let Some(owner) = node.shares {
            offsets[id.0] = offsets[owner.0].clone();
        }
    }
    Tensors { offsets, parameters, whole, state }
}

/// Whether the next activation after a layer is relu-like, so that its weights start He normal. Layers between that
/// only rescale or select (batch norm, pooling, dropout) do not matter.
pub fn is_rectified(net: &Net, id: NodeId) -> bool {
    let Some(next) = net.consumers(id).next() else { return false };
    let Some(op) = &net[next].op else { return false };
    if op.is_rectifier() || op.activation().is_some() {
        return op.is_rectifier();
    }
    let params = &net[net[next].shares.unwrap_or(next)].params;
    let has_weights = params.iter().any(|param| matches!(param.init, Init::Weight { .. }));
    !has_weights && is_rectified(net, next)
}

#[cfg(test)]
mod tests {
    use crate::net::NodeId;
    use crate::tests::net;

    #[test]
    fn weights_start_for_the_activation_that_follows() {
        let net =
            net("struct A: 8x8x3 => conv(8, 3) bn relu conv(8, 3) pool(2) tanh conv(4, 1) prelu fc(5) fc(3) gelu;");
        let rectified = |name: &str| {
            let id = net.nodes.iter().position(|node| node.name == name).map(NodeId);
            super::is_rectified(&net, id.unwrap())
        };
        let names = ["conv1", "conv2", "conv3", "fc1", "fc2"];
        assert_eq!(names.map(rectified), [true, false, true, false, true]);
    }

    #[test]
    fn tensors_of_whole_vectors_come_first_and_nothing_is_padded() {
        let net = net("struct A: 8x8x3 => conv(6, 3) bn relu conv(16, 3) fc(10);");
        let plan = super::plan(&net);
        let mut ranges: Vec<_> = net
            .nodes
            .iter()
            .zip(&plan.offsets)
            .flat_map(|(node, offsets)| node.params.iter().zip(offsets))
            .filter(|(param, _)| !param.is_state)
            .map(|(param, (_, offset))| (*offset, param.len()))
            .collect();
        ranges.sort_unstable();
        let end = ranges.iter().fold(0, |end, (offset, len)| {
            assert_eq!(*offset, end);
            end + len
        });
        assert_eq!((end, plan.parameters, plan.state), (net.params(), net.params(), 12));
        let first_odd = ranges.iter().position(|(_, len)| len % crate::net::LANES != 0).unwrap();
        assert!(ranges[first_odd..].iter().all(|(_, len)| len % crate::net::LANES != 0));
    }
}
