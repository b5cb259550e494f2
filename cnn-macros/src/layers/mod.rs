//! The layers of the language: one file a kind, one line each in [`KINDS`].
//!
//! A kind states its words and arguments and checks a call against its input's shape ([`Kind`]); the call that passes
//! becomes an [`Op`], which states the facts that the planner needs and emits the calls of the runtime. A layer knows
//! nothing of its neighbours.

mod alternatives;
pub mod arguments;
mod emit;
pub mod kind;
mod window;
mod winograd;

mod activation;
mod adaptive;
mod avg;
mod bias;
mod bn;
mod conv;
pub mod copy;
mod deconv;
mod drop;
mod dw;
mod embed;
mod fc;
mod flatten;
mod gap;
mod gmax;
mod gn;
pub mod join;
mod l2norm;
mod ln;
mod logsoftmax;
mod lrn;
mod pixelshuffle;
mod pool;
mod prelu;
mod recurrent;
mod reshape;
mod shuffle;
mod slice;
mod softmax;
mod up;

use std::fmt;

use proc_macro2::{Ident, TokenStream};

use crate::shape::Shape;
use kind::Kind;

/// Every layer word, in the order in which they are documented.
static KINDS: &[&[Kind]] = &[
    conv::KINDS,
    dw::KINDS,
    deconv::KINDS,
    pool::KINDS,
    avg::KINDS,
    adaptive::KINDS,
    gap::KINDS,
    gmax::KINDS,
    up::KINDS,
    pixelshuffle::KINDS,
    fc::KINDS,
    bias::KINDS,
    flatten::KINDS,
    reshape::KINDS,
    slice::KINDS,
    shuffle::KINDS,
    recurrent::KINDS,
    embed::KINDS,
    drop::KINDS,
    bn::KINDS,
    ln::KINDS,
    gn::KINDS,
    lrn::KINDS,
    l2norm::KINDS,
    softmax::KINDS,
    logsoftmax::KINDS,
    activation::KINDS,
    prelu::KINDS,
];

/// Words of steps that are no kinds: they hold chains, or stand for two layers.
pub const OTHER_WORDS: [&str; 5] = ["add", "cat", "mul", "res", "sep"];

/// Every kind.
pub fn kinds() -> impl Iterator<Item = &'static Kind> {
    KINDS.iter().copied().flatten()
}

/// The kind of a word.
pub fn kind_of(word: &str) -> Option<&'static Kind> {
    kinds().find(|kind| kind.word == word)
}

/// A checked layer.
pub trait Op: fmt::Debug {
    /// How the planner treats it.
    fn role(&self) -> Role;

    /// Zeros that it reads around its input: top, bottom, left, right.
    fn input_border(&self) -> [usize; 4] {
        [0; 4]
    }

    /// Zeros that its backward pass reads around the gradient for its output, to compute that for its input.
    fn gradient_border(&self, _input: Shape, _output: Shape) -> [usize; 4] {
        [0; 4]
    }

    /// Whether its input must be one run of floats (no border).
    fn reads_dense(&self) -> bool {
        false
    }

    /// Whether it can read the network's input where the caller's samples lie: its calls then get `rt::Source::Samples`
    /// for the map.
    fn reads_samples(&self) -> bool {
        false
    }

    /// Floats of its outputs in whole strips (the runtime's `fc::wide::STRIP`), if its weights are so many that a batch
    /// should read them once in inference.
    fn strips(&self) -> Option<usize> {
        None
    }

    /// Whether its input may be some channels of a larger map, forward and backward.
    fn reads_parts(&self) -> bool {
        false
    }

    /// Whether its output, and what is fused into it, may be some channels of a larger map; also what its backward pass
    /// reads of it.
    fn writes_parts(&self) -> bool {
        false
    }

    /// Whether it puts the channels of its inputs side by side.
    fn is_cat(&self) -> bool {
        false
    }

    /// What its backward pass reads besides gradients.
    fn saves(&self) -> Saves;

    /// The shape of its mask, if [`Saves::mask`].
    fn mask(&self, _input: Shape, output: Shape) -> Shape {
        output
    }

    /// The field `activation` of its constant can be set: bias and activation happen where the output is made.
    fn fuses_activation(&self) -> bool {
        false
    }

    /// Floats that it takes to pool its own output 2 x 2, if it can: the field `pool` of its constant can be set.
    fn pools(&self, _input: Shape, _output: Shape) -> Option<usize> {
        None
    }

    /// Whether it can add its output to what the output's map holds, before the activation: the field `adds` of its
    /// constant can be set.
    fn adds(&self) -> bool {
        false
    }

    /// Whether it takes the largest of 2 x 2, two steps apart, and leaves out a last odd row or column.
    fn is_pool_2x2(&self, _input: Shape, _output: Shape) -> bool {
        false
    }

    /// Another layer has the same tensors.
    fn share(&mut self) {}

    /// Its tensors do not learn: its backward pass makes the gradient for its input alone, and nothing is kept for
    /// more. Kinds whose few gradients come along with the input's leave it at that.
    fn freeze(&mut self) {}

    /// Other layers of the network work on the whole batch, perhaps what reads this one's output.
    fn stage(&mut self, _is_followed: bool) {}

    /// If it is an activation function: `Activation::Relu` in the runtime's spelling, behind the door's name.
    fn activation(&self) -> Option<Activation> {
        None
    }

    /// Whether inference does no more than scale and shift its channels, which a layer before it can do with its
    /// weights.
    fn is_affine(&self) -> bool {
        false
    }

    /// Whether it makes probabilities.
    fn is_softmax(&self) -> bool {
        false
    }

    /// Whether it is a linear function of all of its input.
    fn is_linear(&self) -> bool {
        false
    }

    /// The stride and the size of its windows, where they leave something out between them.
    fn skips(&self) -> Option<[usize; 2]> {
        None
    }

    /// If its weights can take over such a scale and shift: the runtime's module whose `fold` does it.
    fn folds(&self) -> Option<&'static str> {
        None
    }

    /// Whether it is relu-like, so that weights before it start He normal.
    fn is_rectifier(&self) -> bool {
        self.activation().is_some_and(|activation| activation.is_rectifier)
    }

    /// Whether it needs the whole batch at once in training (a statistic of it, or its samples themselves): a stage
    /// ends before it, forward and backward.
    fn is_barrier(&self) -> bool {
        false
    }

    /// Floats that a barrier exchanges.
    fn exchange(&self) -> usize {
        0
    }

    /// Floats of its weights in the forms that kernels of the forward pass want them in.
    fn derived(&self, _input: Shape, _output: Shape) -> usize {
        0
    }

    /// Floats of its weights in the forms that kernels of the backward pass want them in, besides the transposed ones
    /// that take the place of the weights.
    fn prepared(&self, _input: Shape, _output: Shape) -> usize {
        0
    }

    /// Floats that it may use while it runs, for a whole group of samples.
    fn scratch(&self, _input: Shape, _output: Shape, _training: bool) -> usize {
        0
    }

    /// The kernel that was chosen, in words, if there is a choice.
    fn kernel(&self, _input: Shape, _output: Shape) -> Option<String> {
        None
    }

    /// What tells the kernel of inference at run time, if there is a choice: an expression of type `String`.
    fn kernel_at_run_time(&self, _site: &Site<'_>) -> Option<TokenStream> {
        None
    }

    /// For a barrier that works on the batch's samples: what each puts together, besides the network's input if it
    /// reads that, and what is computed for it.
    fn whole(&self, _reads_samples: bool) -> Option<WholeBatch> {
        None
    }

    /// The type and value of its constant in generated code, if it has one: `(Conv, quote!(rt::Conv { .. }))`.
    /// Fields of activations are written by [`Site::activation`].
    fn constant(&self, _site: &Site<'_>) -> Option<Constant> {
        None
    }

    /// What makes [`derived`](Self::derived) weights.
    fn derive(&self, _site: &Site<'_>) -> TokenStream {
        TokenStream::new()
    }

    /// The calls of inference.
    fn infer(&self, site: &Site<'_>) -> TokenStream;

    /// The calls of training's forward pass. The same as inference unless the kind says otherwise.
    fn forward(&self, site: &Site<'_>) -> TokenStream {
        self.infer(site)
    }

    /// The calls of training's backward pass.
    fn backward(&self, site: &Site<'_>) -> TokenStream;

    /// What rearranges weights before a batch's passes.
    fn prepare(&self, _site: &Site<'_>) -> TokenStream {
        TokenStream::new()
    }

    /// For a barrier: the calls that end the stage before it and that combine the segments' statistics.
    fn measure(&self, _site: &Site<'_>) -> TokenStream {
        TokenStream::new()
    }
    fn combine(&self, _site: &Site<'_>) -> TokenStream {
        TokenStream::new()
    }
    fn measure_gradient(&self, _site: &Site<'_>) -> TokenStream {
        TokenStream::new()
    }
    fn combine_gradient(&self, _site: &Site<'_>) -> TokenStream {
        TokenStream::new()
    }
}

/// How the planner treats an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Makes its output in memory of its own.
    Compute,
    /// Element by element: its output may take its input's memory.
    Elementwise,
    /// Element by element in training, nothing at all in inference.
    TrainingOnly,
    /// The same floats under another shape: no code, no memory.
    View,
    /// The sum of its inputs: its output may take the memory of one of them, and its gradient is that of all of them.
    Sum,
}

/// What a backward pass reads besides gradients.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Saves {
    /// The input.
    pub input: bool,
    /// The output.
    pub output: bool,
    /// Floats that the forward pass writes for it, in a map of their own: [`Op::mask`] says how many.
    pub mask: bool,
}

/// An activation function as the planner sees it.
#[derive(Clone, Debug)]
pub struct Activation {
    /// `Relu`, or `Leaky(0.01)`: what stands behind `rt::Activation::`.
    pub tokens: TokenStream,
    /// Whether its derivative is worked out from its input; from its output otherwise.
    pub saves_input: bool,
    /// Relu-like: weights before it start He normal.
    pub is_rectifier: bool,
}

/// Floats per sample of a layer that works on the whole batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WholeBatch {
    /// What a sample puts together.
    pub record: usize,
    /// What is computed for it.
    pub results: usize,
}

/// A constant of generated code.
#[derive(Debug)]
pub struct Constant {
    /// Its type behind `rt::`: `Conv`.
    pub ty: &'static str,
    /// Its value: `rt::Conv { .. }`.
    pub value: TokenStream,
}

/// Where an operation stands: what its emitted calls name. All idents are of constants in generated code; `pass` is the
/// variable of every call, `rt` the runtime's door.
#[derive(Debug)]
pub struct Site<'a> {
    /// Its constant, or a variation of it: an expression of type `&rt::Conv`, say.
    pub constant: TokenStream,
    /// Maps of input (the first, if there are several) and output: expressions of type `&rt::Map`.
    pub input: TokenStream,
    pub inputs: Vec<TokenStream>,
    /// Whether the input is read where the caller's samples lie.
    pub reads_samples: bool,
    pub output: TokenStream,
    /// By input, for a layer that puts them side by side: whether it lies where the output does.
    pub in_place: Vec<bool>,
    /// Maps of the gradients for output and input (training only).
    pub d_output: TokenStream,
    pub d_input: TokenStream,
    /// Whether `d_input` must be computed: where this layer reads the network's input, only if its gradient is asked
    /// for.
    pub d_input_is: Wanted,
    /// For a layer of several inputs: where the gradient for each goes.
    pub gradients: Vec<Gradient>,
    /// Map of the mask, if [`Saves::mask`].
    pub mask: TokenStream,
    /// `rt::Activation::Relu` or whatever was fused: the value of the constant's field.
    pub activation: TokenStream,
    /// Whether a pooling was fused: the value of the constant's field.
    pub pool: bool,
    /// Whether a sum was fused: the value of the constant's field.
    pub adds: bool,
    /// Offsets of its tensors by suffix.
    pub offsets: &'a [(&'static str, usize)],
    /// Shapes of input and output.
    pub shapes: [Shape; 2],
    /// Offsets of its derived and its prepared weights.
    pub derived: usize,
    pub prepared: usize,
    /// Where what it puts together lies in the record of a sample.
    pub record: usize,
    /// Offset of its exchanged statistics.
    pub exchange: usize,
    /// Its running number among the operations of its kind that draw random numbers.
    pub noise: usize,
    /// Name of the constant, for kinds that need it apart.
    pub name: &'a Ident,
}

/// Whether the gradient for a layer's input is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    Always,
    /// The layer reads the network's input: only if the caller asks for the input's gradient.
    IfAsked,
}

/// Where the gradient for an input goes.
#[derive(Clone, Debug)]
pub enum Gradient {
    /// Nobody wants it.
    None,
    /// To where the output's own gradient lies, which is the same.
    Same,
    /// Over what the map holds.
    Overwrite(TokenStream, Wanted),
    /// On top of what the map holds.
    Accumulate(TokenStream, Wanted),
}

impl Wanted {
    /// A call that only computes a gradient: left out where nobody asks.
    pub fn guard(self, call: TokenStream) -> TokenStream {
        match self {
            Self::Always => call,
            Self::IfAsked => quote::quote!(if pass.wants_d_input() { #call }),
        }
    }
}

impl Site<'_> {
    /// Offset of a tensor.
    ///
    /// # Panics
    /// If the layer has no such tensor, which is a slip in its own file.
    pub fn offset(&self, suffix: &str) -> usize {
        let found = self.offsets.iter().find(|(name, _)| *name == suffix);
        found.unwrap_or_else(|| panic!("{} has no tensor `{suffix}`", self.name)).1
    }

    /// An argument of type `Option<&rt::Map>` for layers whose backward pass takes one.
    pub fn optional_d_input(&self) -> TokenStream {
        let d_input = &self.d_input;
        match self.d_input_is {
            Wanted::Always => quote::quote!(::core::option::Option::Some(#d_input)),
            Wanted::IfAsked => quote::quote!(pass.wants_d_input().then_some(#d_input)),
        }
    }

    /// A call that only computes the input's gradient: left out where nobody asks.
    pub fn if_wanted(&self, call: TokenStream) -> TokenStream {
        self.d_input_is.guard(call)
    }
}
