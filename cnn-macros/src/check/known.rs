//! What a macro call has declared so far: numbers, blocks, shared chains.

use proc_macro2::Ident;

use super::scope::Scope;
use crate::diag::{Diagnostic, Diagnostics};
use crate::layers::kind_of;
use crate::messages;
use crate::syntax::ast::{Block, LayerCall, Shared};

/// What can be used by name.
#[derive(Debug, Default)]
pub struct Known<'a> {
    pub scope: Scope,
    blocks: Vec<&'a Block>,
    shared: Vec<&'a Shared>,
    /// Names that are declared further on.
    later: Vec<String>,
    /// The block whose own layers are being checked.
    within: Option<String>,
}

/// What a word in a chain stands for.
pub enum Meaning<'a> {
    Layer,
    Block(&'a Block),
    Shared(&'a Shared),
    Mistake(fn(&LayerCall) -> Diagnostic),
}

impl<'a> Known<'a> {
    /// Nothing is known yet, and these names of blocks and shared chains are to come.
    pub fn new(later: Vec<String>) -> Self {
        Self { later, ..Self::default() }
    }

    /// The meaning of a word. A declared name goes before a layer's.
    pub fn meaning(&self, word: &Ident) -> Meaning<'a> {
        let text = word.to_string();
        if let Some(block) = self.blocks.iter().find(|block| block.name == text) {
            return Meaning::Block(block);
        }
        if let Some(shared) = self.shared.iter().find(|shared| shared.name == text) {
            return Meaning::Shared(shared);
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
        let blocks = self.blocks.iter().map(|block| block.name.to_string());
        blocks.chain(self.shared.iter().map(|shared| shared.name.to_string()))
    }

    /// Whether a name is free for a block or a shared chain; reported if not.
    fn is_free(&self, name: &Ident, errors: &mut Diagnostics) -> bool {
        let text = name.to_string();
        let taken = if kind_of(&text).is_some() || ["add", "cat", "mul", "res", "id"].contains(&text.as_str()) {
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
        self.within = Some(block.name.to_string());
    }

    pub fn declare_block(&mut self, block: &'a Block, errors: &mut Diagnostics) {
        self.within = None;
        if self.is_free(&block.name, errors) {
            self.blocks.push(block);
        }
    }

    pub fn declare_shared(&mut self, shared: &'a Shared, errors: &mut Diagnostics) {
        if self.is_free(&shared.name, errors) {
            self.shared.push(shared);
        }
    }
}
