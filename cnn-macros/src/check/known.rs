//! What a macro call has declared so far: numbers, blocks, shared chains.

use proc_macro2::{Ident, TokenStream};

use super::scope::Scope;
use crate::diag::{Diagnostic, Diagnostics};
use crate::layers::{OTHER_WORDS, kind_of};
use crate::messages;
use crate::syntax::ast::{Block, Item, LayerCall, Library, Network, Shared};
use crate::syntax::render::plain;

/// What can be used by name.
#[derive(Debug, Default)]
pub struct Known<'a> {
    pub scope: Scope,
    blocks: Vec<(&'a Block, Soundness)>,
    shared: Vec<(&'a Shared, Soundness)>,
    libraries: Vec<Borrowed<'a>>,
    /// Names that are declared further on.
    later: Vec<String>,
    /// The block whose own layers are being checked.
    within: Option<String>,
}

/// A network of another `network!`, and what was known where it was declared.
#[derive(Debug)]
pub struct Borrowed<'a> {
    pub name: &'a Ident,
    pub network: &'a Network,
    pub known: Known<'a>,
    pub soundness: Soundness,
}

/// Whether a block, a shared chain or a network is right by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Soundness {
    Right,
    /// What is wrong is reported where it is declared.
    Wrong,
}

impl Soundness {
    pub fn of(is_wrong: bool) -> Self {
        if is_wrong { Self::Wrong } else { Self::Right }
    }
}

/// What a word in a chain stands for.
pub enum Meaning<'a> {
    Layer,
    Block(&'a Block),
    Shared(&'a Shared),
    Network(&'a Borrowed<'a>),
    /// Something that is reported where it is declared.
    Wrong,
    Mistake(fn(&LayerCall) -> Diagnostic),
}

impl<'a> Known<'a> {
    /// Nothing is known yet, and these names of blocks and shared chains are to come.
    pub fn new(later: Vec<String>) -> Self {
        Self { later, ..Self::default() }
    }

    /// The meaning of a word. A declared name goes before a layer's.
    pub fn meaning(&'a self, word: &Ident) -> Meaning<'a> {
        let text = plain(word);
        if let Some((block, soundness)) = self.blocks.iter().find(|(block, _)| plain(&block.name) == text) {
            return if *soundness == Soundness::Right { Meaning::Block(block) } else { Meaning::Wrong };
        }
        if let Some((shared, soundness)) = self.shared.iter().find(|(shared, _)| plain(&shared.name) == text) {
            return if *soundness == Soundness::Right { Meaning::Shared(shared) } else { Meaning::Wrong };
        }
        if let Some(library) = self.libraries.iter().find(|library| plain(library.name) == text) {
            return if library.soundness == Soundness::Right { Meaning::Network(library) } else { Meaning::Wrong };
        }
        if self.within.as_ref() == Some(&text) {
            return Meaning::Mistake(messages::block_within_itself);
        }
        if self.later.contains(&text) && kind_of(&text).is_none() {
            return Meaning::Mistake(messages::declared_below);
        }
        Meaning::Layer
    }

    /// Names that are declared.
    pub fn names(&self) -> impl Iterator<Item = String> {
        let blocks = self.blocks.iter().map(|(block, _)| plain(&block.name));
        let libraries = self.libraries.iter().map(|library| plain(library.name));
        blocks.chain(libraries).chain(self.shared.iter().map(|(shared, _)| plain(&shared.name)))
    }

    /// Whether a name is free for a block or a shared chain; reported if not.
    fn is_free(&self, name: &Ident, errors: &mut Diagnostics) -> bool {
        let text = plain(name);
        let taken = if kind_of(&text).is_some() || OTHER_WORDS.contains(&text.as_str()) {
            Some("it is a layer's word")
        } else if self.names().any(|known| known == text) {
            Some("another block or shared chain has it")
        } else {
            None
        };
        if let Some(by) = taken {
            errors.push(messages::name_taken(name, by));
        }
        taken.is_none()
    }

    /// Begins a block: what is checked until it is declared is its own.
    pub fn begin(&mut self, block: &Block) {
        self.within = Some(plain(&block.name));
    }

    pub fn declare_block(&mut self, block: &'a Block, soundness: Soundness, errors: &mut Diagnostics) {
        self.within = None;
        if self.is_free(&block.name, errors) {
            self.blocks.push((block, soundness));
        }
    }

    /// Adds a network of another `network!`.
    pub fn declare_library(&mut self, library: &'a Library, errors: &mut Diagnostics) {
        if !self.is_free(&library.name, errors) {
            return;
        }
        let mut known = Known::default();
        let mut unsaid = Diagnostics::default();
        for item in &library.items {
            match item {
                Item::Let(item) => drop(known.scope.declare(item)),
                Item::Block(block) => known.declare_block(block, Soundness::of(block.is_broken), &mut unsaid),
                Item::Shared(shared) => known.declare_shared(shared, Soundness::of(shared.is_broken), &mut unsaid),
                Item::Library(inner) => known.declare_library(inner, &mut unsaid),
                Item::Network(network) if network.name == library.network => {
                    let net = super::network(network, &TokenStream::new(), &known, &mut unsaid).net;
                    unsaid.take();
                    let soundness = Soundness::of(net.is_none());
                    self.libraries.push(Borrowed { name: &library.name, network, known, soundness });
                    return;
                }
                Item::Network(_) => {}
            }
        }
        unsaid.take();
    }

    pub fn declare_shared(&mut self, shared: &'a Shared, soundness: Soundness, errors: &mut Diagnostics) {
        if self.is_free(&shared.name, errors) {
            self.shared.push((shared, soundness));
        }
    }
}
