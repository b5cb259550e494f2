//! The syntax tree: what was written, with the tokens to blame for each part.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;

/// The items of one macro call.
#[derive(Debug, Default)]
pub struct File {
    /// The path of the `cnn` crate at the place of the call.
    pub krate: TokenStream,
    pub items: Vec<Item>,
    /// The tokens of each item.
    pub sources: Vec<TokenStream>,
}

#[derive(Debug)]
pub enum Item {
    Let(Let),
    Block(Block),
    Shared(Shared),
    Library(Library),
    Network(Box<Network>),
}

/// A network that was declared elsewhere, as `use path::Name;` brings it in: all that its declaration needs.
#[derive(Debug)]
pub struct Library {
    /// What it is called here.
    pub name: Ident,
    /// What it was declared as, among these items.
    pub network: Ident,
    pub items: Vec<Item>,
}

/// `block basic(filters, stride = 1) { layers }`: fresh weights at each use.
#[derive(Debug)]
pub struct Block {
    pub name: Ident,
    pub params: Vec<BlockParam>,
    pub body: Vec<Element>,
    /// Some of it could not be read, which has been reported.
    pub is_broken: bool,
}

/// A number that a use of a block gives, or that it has where none is given.
#[derive(Clone, Debug)]
pub struct BlockParam {
    pub name: Ident,
    pub default: Option<Expr>,
}

/// `let encoder = { layers };`: the same weights at each use.
#[derive(Debug)]
pub struct Shared {
    pub name: Ident,
    pub body: Vec<Element>,
    pub is_broken: bool,
}

/// `let n = 16;`
#[derive(Debug)]
pub struct Let {
    pub name: Ident,
    /// `None` if it could not be read, which has been reported.
    pub value: Option<Expr>,
}

/// `#[max(..)] pub struct Name: 32x32x3 => layers;`
#[derive(Debug)]
pub struct Network {
    pub attrs: Vec<syn::Attribute>,
    pub vis: syn::Visibility,
    pub name: Ident,
    /// Empty if it could not be read, which has been reported. Several have names.
    pub inputs: Vec<Input>,
    pub elements: Vec<Element>,
    /// `=> { class: fc(10), box: fc(4) }`
    pub heads: Vec<Head>,
    /// Some of it could not be read, which has been reported.
    pub is_broken: bool,
}

impl Network {
    /// Its `#[cfg(..)]`, which hold for all that it becomes.
    pub fn conditions(attrs: &[syn::Attribute]) -> impl Iterator<Item = &syn::Attribute> {
        attrs.iter().filter(|attr| attr.path().is_ident("cfg"))
    }

    /// Whether it is not there in every build.
    pub fn is_configured(&self) -> bool {
        Self::conditions(&self.attrs).next().is_some()
    }
}

/// `32x32x3`, or `left: 28x28x1` among several.
#[derive(Debug)]
pub struct Input {
    pub name: Option<Ident>,
    pub dims: Dims,
}

/// `class: fc(10)`
#[derive(Debug)]
pub struct Head {
    pub name: Ident,
    pub elements: Vec<Element>,
}

/// A shape as written: `32x32x3`, `784`, `[h, w, 3]`.
#[derive(Clone, Debug)]
pub struct Dims {
    pub sizes: Vec<Expr>,
    pub tokens: TokenStream,
}

/// One step of a chain.
#[derive(Debug)]
pub enum Element {
    /// A layer, or a use of a block or of a shared chain.
    Layer(LayerCall),
    Repeat(Repeat),
    Join(Join),
    Residual(Residual),
    /// `@name` where a chain begins: a value that was named before.
    Recall(Ident),
    /// `-> 16x16x10`; `None` if the shape could not be read.
    Statement(Option<Dims>),
    /// `#[frozen] conv(16, 3)`, `#[lr = 0.1] 2 * { fc(8) relu }`: whatever stands in it is meant.
    Marked(Vec<Attribute>, Box<Element>),
    /// Reported; the shape behind it is unknown.
    Broken,
}

impl Element {
    /// The element itself, and the attributes before it.
    pub fn unmarked(&self) -> (&[Attribute], &Self) {
        match self {
            Self::Marked(attributes, element) => (attributes, element),
            element => (&[], element),
        }
    }

    /// What to blame for it. Nothing if it could not be read.
    pub fn tokens(&self) -> TokenStream {
        match self {
            Self::Layer(call) => call.tokens.clone(),
            Self::Repeat(repeat) => repeat.tokens.clone(),
            Self::Join(join) => join.tokens.clone(),
            Self::Residual(residual) => residual.word.to_token_stream(),
            Self::Recall(name) => name.to_token_stream(),
            Self::Statement(Some(dims)) => dims.tokens.clone(),
            Self::Marked(_, element) => element.tokens(),
            Self::Statement(None) | Self::Broken => TokenStream::new(),
        }
    }
}

/// `3 * basic(16)`, `3 * { conv(16, 3) relu }`
#[derive(Debug)]
pub struct Repeat {
    pub label: Option<Ident>,
    pub count: Expr,
    pub body: Vec<Element>,
    /// `3 *`
    pub tokens: TokenStream,
}

/// `add[id | conv(16, 3)]`
#[derive(Debug)]
pub struct Join {
    pub label: Option<Ident>,
    /// `add`, `cat` or `mul`
    pub word: Ident,
    pub branches: Vec<Branch>,
    /// The whole of it.
    pub tokens: TokenStream,
    pub tap: Option<Ident>,
}

/// What stands between two bars.
#[derive(Debug)]
pub struct Branch {
    pub elements: Vec<Element>,
    pub tokens: TokenStream,
}

/// `res { layers } via auto`
#[derive(Debug)]
pub struct Residual {
    pub label: Option<Ident>,
    pub word: Ident,
    pub body: Vec<Element>,
    pub via: Option<Via>,
    pub tap: Option<Ident>,
}

/// How the input of a `res` gets the shape of its output.
#[derive(Debug)]
pub enum Via {
    /// By itself where the shapes agree, else by a 1x1 convolution.
    Auto(Ident),
    Layers(Vec<Element>),
}

/// `#[frozen]`, `#[lr = 0.1]`
#[derive(Clone, Debug)]
pub struct Attribute {
    pub name: Ident,
    pub value: Option<TokenStream>,
    pub tokens: TokenStream,
}

/// `stem: conv(16, 3, s2) @early`
#[derive(Clone, Debug)]
pub struct LayerCall {
    pub label: Option<Ident>,
    pub word: Ident,
    pub args: Vec<Arg>,
    /// Word and arguments.
    pub tokens: TokenStream,
    /// The same, as text.
    pub words: String,
    /// Where a missing argument is missed: the closing parenthesis, or the word if there is none.
    pub end: TokenStream,
    pub tap: Option<Ident>,
}

/// One argument.
#[derive(Clone, Debug)]
pub struct Arg {
    pub form: ArgForm,
    pub tokens: TokenStream,
}

#[derive(Clone, Debug)]
pub enum ArgForm {
    /// A value by position: `5`, `2 * n`, `3x5`, `0.5`, or a name alone, which is a `let` number or an option
    /// (`same`).
    Value(Written),
    /// `s2`, `p1x2`, `p?`, `p[0, 1, 0, 1]`, `stride = 2`: a name and its value.
    Option(String, Written),
    /// Reported.
    Broken,
}

/// A value as written.
#[derive(Clone, Debug)]
pub enum Written {
    /// A whole number, to be worked out.
    Whole(Expr),
    /// `3x5`: height x width.
    Pair([u64; 2]),
    /// `7x7x16`: height x width x channels.
    Volume([u64; 3]),
    /// `0.5`
    Fraction(f64),
    /// `[1, 2, 1, 2]`
    List(Vec<Expr>),
    /// `(2, 2)`, which is another language's pair.
    Tuple([String; 2]),
    /// `?`
    Solve,
    /// `@start`
    Tap(Ident),
}

/// An integer expression.
#[derive(Clone, Debug)]
pub struct Expr {
    pub kind: ExprKind,
    pub tokens: TokenStream,
}

#[derive(Clone, Debug)]
pub enum ExprKind {
    Number(u64),
    Name(Ident),
    Negative(Box<Expr>),
    Binary(Box<Expr>, Operator, Box<Expr>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

impl Expr {
    /// The name, if the expression is nothing else.
    pub fn as_name(&self) -> Option<&Ident> {
        match &self.kind {
            ExprKind::Name(name) => Some(name),
            _ => None,
        }
    }
}
