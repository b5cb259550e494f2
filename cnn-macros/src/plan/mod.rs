//! From a checked network to memory: which activations are fused, where every value and gradient lies, where every
//! tensor begins. A pure function of the network: the same declaration gives the same plan.

mod arena;
mod fuse;
mod inference;
pub(crate) mod tensors;
mod training;

use std::fmt;

use crate::net::{Net, NodeId};
use crate::shape::Shape;

pub(crate) use fuse::Fusion;
pub(crate) use tensors::is_rectified;

/// What code generation needs to know besides the network.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) tensors: tensors::Tensors,
    pub(crate) infer: Pass,
    pub(crate) train: Training,
}

/// A forward pass: what is fused and where every node's value lies.
#[derive(Debug)]
pub(crate) struct Pass {
    /// By node.
    pub(crate) fusion: Vec<Fusion>,
    /// Where the value of each node lies.
    pub(crate) values: Vec<Place>,
    /// By node: its value has memory of its own, and is not written over its input's.
    pub(crate) fresh: Vec<bool>,
    /// Floats of the arena, per sample.
    pub(crate) floats: usize,
}

/// Training: a forward pass that keeps what backward reads, and the gradients.
#[derive(Debug)]
pub(crate) struct Training {
    pub(crate) pass: Pass,
    /// Where the gradient for each node's value lies.
    pub(crate) gradients: Vec<Place>,
    /// Where the gradient for a node's value is first written, if its writer needs one run of floats and its reader a
    /// border: it is then copied to its place in `gradients`.
    pub(crate) spread: Vec<Option<Place>>,
    /// Where the mask of a node lies, if it has one.
    pub(crate) masks: Vec<Option<Place>>,
    /// The stage that each node's forward pass belongs to.
    pub(crate) stages: Vec<usize>,
    /// By node: where a barrier's statistics are exchanged.
    pub(crate) exchange: Vec<usize>,
    /// Floats that are exchanged.
    pub(crate) exchanged: usize,
}

/// Where a value lies in an arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) offset: usize,
    pub(crate) shape: Shape,
    /// Top, bottom, left, right.
    pub(crate) border: [usize; 4],
    /// The border must be zeroed before the value is written, because its memory holds something else at other times.
    pub(crate) clear: bool,
}

/// Plans a network.
pub(crate) fn plan(net: &Net) -> Plan {
    Plan { tensors: tensors::plan(net), infer: inference::plan(net), train: training::plan(net) }
}

impl Plan {
    /// Bytes of activations that inference needs for one sample.
    pub(crate) fn infer_bytes(&self) -> usize {
        self.infer.floats * size_of::<f32>()
    }

    /// Bytes of activations and gradients that training needs for one sample.
    pub(crate) fn train_bytes(&self) -> usize {
        self.train.pass.floats * size_of::<f32>()
    }

    /// The plan in words, for `CNN_DUMP=plan`.
    pub(crate) fn dump(&self, net: &Net) -> String {
        use fmt::Write;
        let mut text = net.to_string();
        let mut line = |line: String| writeln!(text, "{line}").expect("a String takes everything");
        line(format!("plan: {} parameters, {} floats of state", self.tensors.parameters, self.tensors.state));
        line(format!("inference: {} bytes a sample", self.infer_bytes()));
        for (id, node) in net.iter() {
            line(format!("  {id} {:<10} {}{}", node.name, self.infer.values[id.0], self.infer.fusion[id.0]));
        }
        line(format!("training: {} bytes a sample", self.train_bytes()));
        let train = &self.train;
        for (id, node) in net.iter() {
            let (value, gradient) = (train.pass.values[id.0], train.gradients[id.0]);
            let mask = train.masks[id.0].map(|mask| format!(" mask {mask}")).unwrap_or_default();
            let fusion = train.pass.fusion[id.0].to_string();
            let stage = train.stages[id.0];
            line(format!("  {id} {:<10} stage {stage} {value} gradient {gradient}{mask}{fusion}", node.name));
        }
        text
    }
}

impl Pass {
    /// The activation that a node applies where it makes its output, if any.
    pub(crate) fn fused_activation(&self, id: NodeId) -> Option<NodeId> {
        self.fusion.iter().position(|fusion| *fusion == Fusion::Into(id)).map(NodeId)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.shape, self.offset)?;
        if self.border != [0; 4] {
            let [top, bottom, left, right] = self.border;
            write!(f, " border {top},{bottom},{left},{right}{}", if self.clear { " cleared" } else { "" })?;
        }
        Ok(())
    }
}
