//! What a kind of layer states about itself, and what the checker hands it.

use proc_macro2::TokenStream;
use quote::ToTokens;

use super::Op;
use super::arguments::Arguments;
use crate::check::attempt::Attempt;
use crate::check::scope::Here;
use crate::diag::{Diagnostic, Diagnostics};
use crate::net::{NodeId, Param};
use crate::order::Order;
use crate::shape::{Field, Shape};
use crate::syntax::args::spellings;

/// A layer word. Words, arguments, errors and the documentation's table all follow from it.
#[derive(Debug)]
pub struct Kind {
    /// The word.
    pub word: &'static str,
    /// What it does, in half a line.
    pub about: &'static str,
    /// Its arguments: positions first.
    pub parameters: &'static [Parameter],
    /// Checks a call.
    pub check: fn(&Call<'_>) -> Result<Layer, Stop>,
}

/// One argument of a kind.
#[derive(Debug)]
pub struct Parameter {
    /// Its name in messages and its long spelling.
    pub name: &'static str,
    /// Other spellings before `=`, besides those of options that have a letter.
    pub aliases: &'static [&'static str],
    pub form: Form,
    pub place: Place,
    /// Words that set it: `same`.
    pub words: &'static [&'static str],
    /// A value that shows its form.
    pub example: &'static str,
    /// Whether the value may be zero.
    pub zero: bool,
}

impl Parameter {
    /// Every spelling of its name.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.aliases.iter().copied()).chain(spellings(self.name))
    }
}

/// Where an argument stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Required,
    /// By position, or left out.
    Optional,
    /// By name, behind the positions.
    Named,
}

/// What values an argument takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Form {
    /// A whole number.
    Count,
    /// A whole number or `HxW`.
    Pair,
    /// A whole number, `HxW`, `[top, bottom, left, right]`, `?`.
    Sides,
    /// A real number, at least `from`.
    Real { from: f64, to: Upper },
    /// One of its words and nothing else.
    Word,
    /// `7x7x16`, `[7, 7, 16]`, or a whole number for a vector.
    Shape,
    /// A named value: `@start`.
    Tap,
}

/// The upper bound of a real number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Upper {
    Below(f64),
    AtMost(f64),
    None,
}

impl Upper {
    pub fn holds(self, value: f64) -> bool {
        match self {
            Self::Below(bound) => value < bound,
            Self::AtMost(bound) => value <= bound,
            Self::None => true,
        }
    }
}

/// An argument's value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Count(usize),
    Pair([usize; 2]),
    Sides([usize; 4]),
    Solve,
    Real(f64),
    Word(&'static str),
    Shape(Shape),
    Tap(Here),
}

/// What flows into a layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Incoming {
    pub shape: Shape,
    /// In which order files list what has a number for each of these.
    pub order: Order,
    pub field: Field,
    /// The network's input, which no field exceeds.
    pub network: Shape,
}

/// A call to be checked.
#[derive(Debug)]
pub struct Call<'a> {
    pub kind: &'static Kind,
    /// As written.
    pub words: &'a str,
    pub tokens: &'a TokenStream,
    pub arguments: Arguments,
    /// `None` behind a mistake: the shape is unknown.
    pub incoming: Option<Incoming>,
    /// Checks other spellings of the call; absent where such a spelling is being checked.
    pub attempt: Option<Attempt<'a>>,
}

/// A call without mistakes.
#[derive(Debug)]
pub struct Layer {
    pub op: Box<dyn Op>,
    pub shape: Shape,
    /// See [`Incoming::order`].
    pub order: Order,
    pub field: Field,
    /// What it reads besides what flows in.
    pub reads: Vec<NodeId>,
    pub params: Vec<Param>,
    pub macs: u64,
}

/// Why a call was not checked to its end.
#[derive(Debug)]
pub enum Stop {
    Mistake(Box<Diagnostic>),
    /// Its input is unknown because of a mistake before it.
    Poisoned,
}

impl Stop {
    /// Reports the mistake, if it has not been reported before.
    pub fn report(self, errors: &mut Diagnostics) {
        if let Self::Mistake(mistake) = self {
            errors.push(*mistake);
        }
    }
}

impl From<Diagnostic> for Stop {
    fn from(mistake: Diagnostic) -> Self {
        Self::Mistake(Box::new(mistake))
    }
}

impl Call<'_> {
    /// What flows in. Whatever can be checked without it is checked before.
    pub fn incoming(&self) -> Result<Incoming, Stop> {
        self.incoming.clone().ok_or(Stop::Poisoned)
    }

    /// The tokens of an argument, or of the whole call if it was left out.
    pub fn blame(&self, parameter: &str) -> TokenStream {
        self.arguments.tokens(parameter).unwrap_or(self.tokens).to_token_stream()
    }
}

impl Layer {
    /// A layer that keeps the shape and has no tensors.
    pub fn like(incoming: Incoming, op: impl Op + 'static) -> Self {
        let Incoming { shape, order, field, .. } = incoming;
        Self { op: Box::new(op), shape, order, field, reads: Vec::new(), params: Vec::new(), macs: 0 }
    }

    /// With another shape.
    pub fn with_shape(self, shape: Shape) -> Self {
        Self { shape, order: Order::of(shape), ..self }
    }
}

impl Incoming {
    /// Inputs of both sorts, to find out what depends on them.
    pub const PROBES: [Shape; 2] = [Shape::volume(12, 10, 8), Shape::vector(7)];

    /// What flows into a network's first layer.
    pub fn first(shape: Shape) -> Self {
        Self { shape, order: Order::of(shape), field: Field::ONE, network: shape }
    }

    /// Whether it is a vector whose numbers files list in another order.
    pub fn is_flattened(&self) -> bool {
        self.shape.is_vector && !self.order.is_plain()
    }

    /// The field of something that sees all of its input.
    pub fn whole(&self) -> Field {
        Field { size: [self.network.height, self.network.width], jump: self.field.jump }
    }
}

/// The product of some sizes, as multiply-adds. Sizes whose tensors are within bounds do not overflow it; others are
/// refused for their tensors.
pub fn macs(sizes: &[usize]) -> u64 {
    sizes.iter().fold(1, |product: u64, &size| product.saturating_mul(size as u64))
}
