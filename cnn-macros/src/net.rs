//! The typed network: a graph of nodes whose shapes have been checked. What the checker makes and the planner reads.
//!
//! A chain is a graph in which every node has one input; branches add nodes with several, and nothing here changes.
//! Nodes stand in the order in which they are computed: a node's inputs come before it.

use std::fmt;
use std::rc::Rc;

use proc_macro2::{Ident, TokenStream};

use crate::layers::{Activation, Op};
use crate::shape::Shape;

/// Floats of the vectors that the kernels are written for, to which memory is rounded up: mirrors the runtime's
/// `LANES`.
pub const LANES: usize = 16;

/// Position of a node in [`Net::nodes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub usize);

/// A network without mistakes.
#[derive(Debug)]
pub struct Net {
    /// Attributes and doc comments to pass on to the struct (`#[max(..)]` is taken out).
    pub attrs: Vec<syn::Attribute>,
    /// Visibility of the struct.
    pub vis: syn::Visibility,
    /// Its name.
    pub name: Ident,
    /// The path of the `cnn` crate at the place of the call.
    pub krate: TokenStream,
    /// The first nodes are the inputs; they are the only ones without an operation.
    pub nodes: Vec<Node>,
    /// Names of the inputs, if there are several.
    pub inputs: Vec<Option<Ident>>,
    /// The values that the network makes: one, or a named one for each head.
    pub outputs: Vec<Output>,
    /// What is repeated: the nodes of every round.
    pub repeats: Vec<Repeat>,
    /// Values named with `@tap`.
    pub taps: Vec<Tap>,
    /// Recognised layer words as written, for the editor: each is emitted as a use of its documentation.
    pub words: Vec<Ident>,
    /// `#[max(..)]`.
    pub budget: Option<Budget>,
    /// `#[min(field = 32)]`: rows and columns of the input that an output should see.
    pub field: Option<Bound>,
}

/// One value of the network and the operation that makes it.
#[derive(Debug)]
pub struct Node {
    /// What makes it; `None` for the input.
    pub op: Option<Box<dyn Op>>,
    /// What it is made from.
    pub inputs: Vec<NodeId>,
    /// Its shape.
    pub shape: Shape,
    /// The label, or the word and its running number: `conv1`. `input` for the input.
    pub name: String,
    /// The layer as the user wrote it: `conv(6, 5, p2)`. Empty for a copy, which is added where one is needed.
    pub words: String,
    /// The layer's tokens, for messages.
    pub tokens: TokenStream,
    /// Its tensors in the order in which files list them. None of its own if it shares another's.
    pub params: Vec<Param>,
    /// The node whose tensors it uses too.
    pub shares: Option<NodeId>,
    /// What attributes say of its tensors.
    pub marks: Marks,
    /// Multiply-adds for one sample.
    pub macs: u64,
    /// Rows and columns of the network's input that one element can see.
    pub receptive_field: [usize; 2],
}

/// How tensors start and learn, as attributes say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Marks {
    /// They do not learn.
    pub is_frozen: bool,
    /// Factor of their learning rate.
    pub rate: f32,
    /// How weights start, if that is stated.
    pub start: Option<Start>,
}

/// A tensor that a layer keeps.
#[derive(Clone, Debug, PartialEq)]
pub struct Param {
    /// Behind the layer's name and a dot: `weight`.
    pub suffix: &'static str,
    /// Shape in files.
    pub shape: Vec<usize>,
    /// Whether it is learnt or kept along.
    pub is_state: bool,
    /// How it starts.
    pub init: Init,
    /// How it lies in memory.
    pub layout: Layout,
}

/// How a tensor starts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Init {
    /// All the same.
    Constant(f32),
    /// He normal if a relu-like activation follows the layer, Glorot uniform otherwise.
    Weight { fan_in: usize, fan_out: usize },
}

/// `#[init = ..]`: how a layer's weights start whatever follows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Start {
    He,
    Glorot,
    Zeros,
    Normal(f32),
}

/// Mirrors the runtime's `Layout`, which documents it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Layout {
    Plain,
    Conv { groups: usize },
    Depthwise,
    Fc { height: usize, width: usize, channels: usize },
    Parts(Rc<[Shape]>),
}

/// A value that the network makes.
#[derive(Clone, Debug)]
pub struct Output {
    /// The head's name, if there are heads.
    pub name: Option<Ident>,
    pub node: NodeId,
}

/// Rounds of a repeat: consecutive nodes, each round from where the one before ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeat {
    pub first: NodeId,
    /// The end of each round.
    pub ends: Vec<NodeId>,
}

/// A named value.
#[derive(Debug)]
pub struct Tap {
    /// With the names of the blocks around it: `basic1.features`.
    pub name: String,
    pub node: NodeId,
}

/// `#[max(params = 60_000, macs = "5M", ram = "64K")]`: each bound with the tokens to blame.
#[derive(Debug, Default)]
pub struct Budget {
    pub params: Option<Bound>,
    pub macs: Option<Bound>,
    /// Bytes of weights are not counted: only what inference needs for activations.
    pub ram: Option<Bound>,
}

/// One bound of a budget.
#[derive(Debug)]
pub struct Bound {
    pub limit: u64,
    pub tokens: TokenStream,
}

impl Default for Marks {
    fn default() -> Self {
        Self { is_frozen: false, rate: 1.0, start: None }
    }
}

impl Param {
    /// A learnt vector that starts all the same.
    pub fn plain(suffix: &'static str, len: usize, start: f32) -> Self {
        Self { suffix, shape: vec![len], is_state: false, init: Init::Constant(start), layout: Layout::Plain }
    }

    /// How many numbers it holds. The checker has made sure that they can be counted.
    pub fn len(&self) -> usize {
        self.shape.iter().product()
    }
}

impl Net {
    /// The nodes with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        self.nodes.iter().enumerate().map(|(i, node)| (NodeId(i), node))
    }

    /// The nodes that read a value.
    pub fn consumers(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        self.iter().filter(move |(_, node)| node.inputs.contains(&id)).map(|(id, _)| id)
    }

    /// The shapes of what a node reads first (its own, if it reads nothing) and of what it makes.
    pub fn shapes(&self, id: NodeId) -> [Shape; 2] {
        let node = &self[id];
        let input = node.inputs.first().map_or(node.shape, |&input| self[input].shape);
        [input, node.shape]
    }

    /// The nodes of the inputs.
    pub fn input_ids(&self) -> impl Iterator<Item = NodeId> {
        (0..self.inputs.len()).map(NodeId)
    }

    /// Whether a value is read after the pass: an output or a tap.
    pub fn is_kept(&self, id: NodeId) -> bool {
        self.outputs.iter().any(|output| output.node == id) || self.taps.iter().any(|tap| tap.node == id)
    }

    /// What makes a node's value; `None` for the input.
    pub fn op(&self, id: NodeId) -> Option<&dyn Op> {
        self[id].op.as_deref()
    }

    /// Whether a node takes the largest of 2 x 2, two steps apart.
    pub fn is_pool_2x2(&self, id: NodeId) -> bool {
        let [input, output] = self.shapes(id);
        self.op(id).is_some_and(|op| op.is_pool_2x2(input, output))
    }

    /// The 2x2 pooling that alone reads an activation whose output tells its derivative, and that activation. An output
    /// of the pooling is the activation's output that won: the derivative is applied in front of the pooling's backward
    /// pass, to a quarter of the values, most of which would be zero behind it.
    pub fn pooled_activation(&self, id: NodeId) -> Option<(NodeId, Activation)> {
        let activation = self.op(id)?.activation().filter(|activation| !activation.saves_input)?;
        let mut consumers = self.consumers(id);
        let pool = consumers.next().filter(|_| consumers.next().is_none())?;
        let is_output = self.outputs.iter().any(|output| output.node == id);
        (self.is_pool_2x2(pool) && !is_output).then_some((pool, activation))
    }

    /// By node: whether an output depends on it.
    pub fn measured(&self) -> Vec<bool> {
        let mut measured = vec![false; self.nodes.len()];
        self.outputs.iter().for_each(|output| measured[output.node.0] = true);
        for (id, node) in self.nodes.iter().enumerate().rev() {
            if measured[id] {
                node.inputs.iter().for_each(|input| measured[input.0] = true);
            }
        }
        measured
    }

    /// Whether a node's own tensors change in training: whether any of its uses learns.
    pub fn learns(&self, id: NodeId) -> bool {
        self.iter().any(|(user, node)| (user == id || node.shares == Some(id)) && !node.marks.is_frozen)
    }

    /// The kernel that was chosen for a node, in words, if there is a choice.
    pub fn kernel(&self, id: NodeId) -> Option<String> {
        let [input, output] = self.shapes(id);
        self[id].op.as_ref()?.kernel(input, output)
    }

    /// Numbers that a network learns.
    pub fn params(&self) -> usize {
        self.nodes.iter().map(Node::learnt).sum()
    }

    /// Multiply-adds for one sample.
    pub fn macs(&self) -> u64 {
        self.nodes.iter().map(|node| node.macs).sum()
    }
}

impl Node {
    /// Whether it stands in the declaration; copies do not.
    pub fn is_written(&self) -> bool {
        !self.words.is_empty()
    }

    /// Numbers that the layer learns.
    pub fn learnt(&self) -> usize {
        self.params.iter().filter(|param| !param.is_state).map(Param::len).sum()
    }
}

impl std::ops::Index<NodeId> for Net {
    type Output = Node;

    fn index(&self, id: NodeId) -> &Node {
        &self.nodes[id.0]
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "%{}", self.0)
    }
}

/// The dump of this stage: one line a node.
impl fmt::Display for Net {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "net {}", self.name)?;
        for (id, node) in self.iter() {
            let inputs: Vec<_> = node.inputs.iter().map(ToString::to_string).collect();
            let from = if inputs.is_empty() { String::new() } else { format!(" <- {}", inputs.join(" ")) };
            writeln!(f, "  {id} {:<10} {:>12}  {:<24}{from}", node.name, node.shape.to_string(), node.words)?;
        }
        for output in &self.outputs {
            match &output.name {
                Some(name) => writeln!(f, "  output {name} {}", output.node)?,
                None => writeln!(f, "  output {}", output.node)?,
            }
        }
        Ok(())
    }
}
