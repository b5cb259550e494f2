//! From a checked network to memory: which activations are fused, where every value and gradient lies, where every
//! tensor begins. A pure function of the network: the same declaration gives the same plan.

mod arena;
mod dense;
mod fuse;
mod halves;
mod inference;
mod place;
mod sums;
pub mod tensors;
mod training;
mod workspace;

use std::fmt;

use crate::diag::{Diagnostic, Diagnostics};
use crate::layers::Role;
use crate::messages;
use crate::net::{LANES, Net, NodeId};
use crate::shape::Shape;

pub use fuse::Fusion;
pub use halves::Cut;
pub use place::Branch;
pub use tensors::is_rectified;
pub use workspace::Folded;

/// What code generation needs to know besides the network.
#[derive(Debug)]
pub struct Plan {
    pub tensors: tensors::Tensors,
    pub infer: Pass,
    /// Where inference of a batch is cut in two, if it is.
    pub cut: Option<Cut>,
    pub train: Training,
    pub workspace: workspace::Workspace,
}

/// A forward pass: what is fused and where every node's value lies.
#[derive(Debug)]
pub struct Pass {
    /// By node.
    pub fusion: Vec<Fusion>,
    /// Where the value of each node lies.
    pub values: Vec<Place>,
    /// By node: the input over whose value its own is written, if it has no memory of its own.
    pub shares: Vec<Option<NodeId>>,
    /// By node, for each branch of a `cat`: whether it is written where the output lies.
    pub branches: Vec<Vec<Branch>>,
    /// Floats of the arena, per sample.
    pub floats: usize,
    /// The most of them that hold something at the same time.
    pub peak: usize,
}

/// Training: a forward pass that keeps what backward reads, and the gradients.
#[derive(Debug)]
pub struct Training {
    pub pass: Pass,
    /// Where the gradient for each node's value lies.
    pub gradients: Vec<Place>,
    /// Where the gradient for a node's value is first written, if its writer needs one run of floats and its reader a
    /// border: it is then copied to its place in `gradients`.
    pub spread: Vec<Option<Place>>,
    /// By node, for each of its inputs: how the gradient for it comes about.
    pub parts: Vec<Vec<Part>>,
    /// By node: whether its value depends on anything that learns, so that training needs its gradient.
    pub learns: Vec<bool>,
    /// Where the mask of a node lies, if it has one.
    pub masks: Vec<Option<Place>>,
    /// The stage that each node's forward pass belongs to.
    pub stages: Vec<usize>,
    /// By node: where a barrier's statistics are exchanged.
    pub exchange: Vec<usize>,
    /// Floats that are exchanged.
    pub exchanged: usize,
}

/// One reader's part of the gradient for a value. The readers run backward from the last to the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The reader runs first: it overwrites.
    First,
    /// The gradient for the value is the reader's own, in the same memory.
    Same,
    /// The reader itself adds.
    Adds,
    /// The reader writes here, and what it wrote is added.
    Apart(Place),
}

/// Where a value lies in an arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub offset: usize,
    pub shape: Shape,
    /// If it is some channels of a larger map.
    pub within: Option<Within>,
    /// Top, bottom, left, right.
    pub border: [usize; 4],
    /// The border must be zeroed before the value is written, because its memory holds something else at other times.
    pub clear: bool,
}

/// The map in which a value is some of the channels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Within {
    /// How many there are.
    pub channels: usize,
    /// The first one that is the value's.
    pub first: usize,
}

/// Plans a network, and holds it against its budget of memory. `CNN_DUMP=plan` prints what was planned.
pub fn plan(net: Net, errors: &mut Diagnostics) -> Option<(Net, Plan)> {
    let mut net = dense::separate(net);
    // What works on the whole batch overwrites its gradients, which stay zero where no output depends on it.
    let unmeasured = net.measured().into_iter().map(|is_measured| !is_measured);
    for op in net.nodes.iter_mut().zip(unmeasured).filter(|(_, is)| *is).filter_map(|(node, _)| node.op.as_mut()) {
        if op.whole(false).is_some() {
            op.freeze();
        }
    }
    let is_barrier = |id: NodeId| net.op(id).is_some_and(|op| op.is_barrier());
    if net.iter().any(|(id, _)| is_barrier(id)) {
        let are_followed: Vec<bool> = net.iter().map(|(id, _)| net.consumers(id).any(is_barrier)).collect();
        for (node, is_followed) in net.nodes.iter_mut().zip(are_followed) {
            node.op.iter_mut().for_each(|op| op.stage(is_followed));
        }
    }
    let infer = inference::plan(&net);
    let plan = Plan {
        tensors: tensors::plan(&net),
        workspace: workspace::plan(&net, &infer),
        cut: halves::cut(&net, &infer),
        infer,
        train: training::plan(&net),
    };
    if std::env::var_os("CNN_DUMP").is_some_and(|what| what == "plan") {
        eprintln!("{}", plan.dump(&net));
    }
    match plan.over_budget(&net) {
        Some(mistake) => errors.push(mistake),
        None => return Some((net, plan)),
    }
    None
}

/// The input, if it is read where the caller's samples lie: nothing but layers that can do so reads it, and whole
/// vectors fit in it up to its end.
pub fn samples_in_place(net: &Net) -> Option<NodeId> {
    let mut ids = net.input_ids();
    let (Some(input), None) = (ids.next(), ids.next()) else { return None };
    let fits = net[input].shape.len().is_multiple_of(LANES);
    (fits && only_read_as_samples(net, input)).then_some(input)
}

/// Whether a node reads the input there.
pub fn reads_samples(net: &Net, id: NodeId) -> bool {
    samples_in_place(net).is_some_and(|input| net[id].inputs.iter().any(|&read| is_view_of(net, read, input)))
}

/// Whether a node's value is that of another, perhaps seen in another shape.
fn is_view_of(net: &Net, id: NodeId, other: NodeId) -> bool {
    let is_view = net.op(id).is_some_and(|op| op.role() == Role::View);
    id == other || is_view && net[id].inputs.iter().all(|&input| is_view_of(net, input, other))
}

fn only_read_as_samples(net: &Net, id: NodeId) -> bool {
    let can = |reader: NodeId| match net.op(reader) {
        Some(op) if op.role() == Role::View => only_read_as_samples(net, reader),
        Some(op) => op.reads_samples() && net[reader].inputs.len() == 1,
        None => false,
    };
    !net.is_kept(id) && net.consumers(id).all(can)
}

impl Plan {
    /// Bytes of activations that inference needs for one sample. Kernels take scratch memory besides.
    pub fn infer_bytes(&self) -> usize {
        self.infer.floats * size_of::<f32>()
    }

    /// Bytes of activations and gradients that training needs for one sample.
    pub fn train_bytes(&self) -> usize {
        self.train.pass.floats * size_of::<f32>()
    }

    /// `#[max(ram = ..)]`: what inference needs for activations.
    fn over_budget(&self, net: &Net) -> Option<Diagnostic> {
        let bytes = self.infer_bytes() as u64;
        let bound = net.budget.as_ref()?.ram.as_ref().filter(|bound| bytes > bound.limit)?;
        let size = |id: NodeId| (self.infer.values[id.0].bytes() as u64, std::cmp::Reverse(id));
        let worst = net.iter().map(|(id, node)| (node, size(id))).max_by_key(|(_, size)| *size);
        let worst = worst.map(|(node, (size, _))| (node, size));
        Some(messages::over_budget(net, bound, "bytes of activations", bytes, worst))
    }

    /// The plan in words, for `CNN_DUMP=plan`.
    pub fn dump(&self, net: &Net) -> String {
        use fmt::Write;
        let mut text = net.to_string();
        let mut line = |line: String| writeln!(text, "{line}").expect("a String takes everything");
        line(format!("plan: {} parameters, {} floats of state", self.tensors.parameters, self.tensors.state));
        let bytes = |sample: usize, peak: usize, scratch: usize| {
            let [peak, scratch] = [peak, scratch].map(|floats| floats * size_of::<f32>());
            format!("{sample} bytes a sample, {peak} at the same time; {scratch} bytes of scratch memory")
        };
        let [infer_scratch, train_scratch] = self.workspace.scratch;
        line(format!("inference: {}", bytes(self.infer_bytes(), self.infer.peak, infer_scratch)));
        if let Some(input) = samples_in_place(net) {
            line(format!("  {input} is read where the caller's samples lie"));
        }
        for (id, node) in net.iter() {
            let kernel = net.kernel(id).map(|kernel| format!(" {kernel}")).unwrap_or_default();
            line(format!("  {id} {:<10} {}{kernel}{}", node.name, self.infer.values[id.0], self.infer.fusion[id.0]));
            self.infer.branches(net, id).for_each(&mut line);
        }
        if let Some(cut) = &self.cut {
            line(format!("  a batch runs in two parts, the second from {} on for all samples at once", cut.at));
        }
        let train = &self.train;
        line(format!("training: {}", bytes(self.train_bytes(), train.pass.peak, train_scratch)));
        for (id, node) in net.iter() {
            let (value, gradient) = (train.pass.values[id.0], train.gradients[id.0]);
            let mask = train.masks[id.0].map(|mask| format!(" mask {mask}")).unwrap_or_default();
            let fusion = train.pass.fusion[id.0].to_string();
            let stage = train.stages[id.0];
            line(format!("  {id} {:<10} stage {stage} {value} gradient {gradient}{mask}{fusion}", node.name));
            train.pass.branches(net, id).for_each(&mut line);
        }
        text
    }
}

impl Pass {
    /// The activation that a node applies where it makes its output, if any.
    pub fn fused_activation(&self, net: &Net, id: NodeId) -> Option<NodeId> {
        self.fused(net, id, |node| net.op(node).is_some_and(|op| op.activation().is_some()))
    }

    /// The pooling that a node does where it makes its output, if any.
    pub fn fused_pooling(&self, net: &Net, id: NodeId) -> Option<NodeId> {
        self.fused(net, id, |node| net.is_pool_2x2(node))
    }

    /// Whether a node adds its output to what its memory holds.
    pub fn adds(&self, net: &Net, id: NodeId) -> bool {
        self.fused(net, id, |node| net.op(node).is_some_and(|op| op.role() == Role::Sum)).is_some()
    }

    /// The batch norm that a node's weights include, if any.
    pub fn folded_norm(&self, net: &Net, id: NodeId) -> Option<NodeId> {
        self.fused(net, id, |node| net.op(node).is_some_and(|op| op.is_affine()))
    }

    /// A line for each branch of a `cat`.
    fn branches(&self, net: &Net, id: NodeId) -> impl Iterator<Item = String> {
        let branches = net[id].inputs.iter().zip(&self.branches[id.0]);
        branches.map(|(input, branch)| format!("    {input} {branch}"))
    }

    fn fused(&self, net: &Net, id: NodeId, is_wanted: impl Fn(NodeId) -> bool) -> Option<NodeId> {
        net.iter().map(|(node, _)| node).find(|&node| self.fusion[node.0] == Fusion::Into(id) && is_wanted(node))
    }
}

impl Place {
    /// Bytes of one sample, border included.
    fn bytes(&self) -> usize {
        let [top, bottom, left, right] = self.border;
        let Shape { height, width, channels, .. } = self.shape;
        (top + height + bottom) * (left + width + right) * channels * size_of::<f32>()
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.shape, self.offset)?;
        if let Some(Within { channels, first }) = self.within {
            write!(f, " channels {first} to {} of {channels}", first + self.shape.channels - 1)?;
        }
        if self.border != [0; 4] {
            let [top, bottom, left, right] = self.border;
            write!(f, " border {top},{bottom},{left},{right}{}", if self.clear { " cleared" } else { "" })?;
        }
        Ok(())
    }
}
