//! Names of layers: labels, running numbers, the blocks and rounds around them, and what may not be named alike.

use proc_macro2::Ident;

use crate::diag::Diagnostics;
use crate::messages;
use crate::syntax::render::plain;

/// Whether a head or an input may have a name: each is a field of a generated struct, and these words are none, not
/// even behind `r#`.
pub fn can_be_field(name: &Ident) -> bool {
    !["self", "Self", "super", "crate", "$crate", "_"].contains(&plain(name).as_str())
}

/// The names of a network's layers.
#[derive(Debug, Default)]
pub struct Names {
    frames: Vec<Frame>,
    labels: Vec<(String, Ident)>,
    /// Automatic names that are in use, and the layers that have them.
    automatic: Vec<(String, String)>,
}

/// The names of one block, head or labelled round; the last one is where the walk is.
#[derive(Debug, Default)]
struct Frame {
    /// Before every name in it: `stage2.0.`
    prefix: String,
    /// Running numbers of words. A labelled layer takes its number too, so that a label renames no other layer.
    words: Vec<(String, usize)>,
    /// Behind every label: the numbers of the rounds that have no label of their own.
    rounds: Vec<usize>,
}

impl Names {
    /// The name of the next layer: its label, or its word and number.
    pub fn name(&mut self, word: &str, label: Option<&Ident>, written: &str) -> String {
        let frame = self.frame();
        let number = match frame.words.iter_mut().find(|(known, _)| known == word) {
            Some((_, number)) => {
                *number += 1;
                *number
            }
            None => {
                frame.words.push((word.to_owned(), 1));
                1
            }
        };
        match label {
            Some(label) => {
                let name = self.full(&plain(label));
                self.labels.push((name.clone(), label.clone()));
                name
            }
            None => {
                let name = format!("{}{word}{number}", self.frame().prefix);
                self.automatic.push((name.clone(), written.to_owned()));
                name
            }
        }
    }

    /// A name as written, with what is around it.
    pub fn full(&mut self, name: &str) -> String {
        let Frame { prefix, rounds, .. } = self.frame();
        let rounds: Vec<String> = rounds.iter().map(|round| (round + 1).to_string()).collect();
        format!("{prefix}{name}{}", rounds.join("_"))
    }

    /// Enters a block, head or labelled round. `name` is a full one.
    pub fn enter(&mut self, name: &str) {
        self.frames.push(Frame { prefix: format!("{name}."), ..Frame::default() });
    }

    /// Leaves what was entered last.
    pub fn leave(&mut self) {
        self.frames.pop();
    }

    /// Begins a round of a repeat without a label.
    pub fn begin_round(&mut self, round: usize) {
        self.frame().rounds.push(round);
    }

    /// Ends it.
    pub fn end_round(&mut self) {
        self.frame().rounds.pop();
    }

    fn frame(&mut self) -> &mut Frame {
        if self.frames.is_empty() {
            self.frames.push(Frame::default());
        }
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    /// Whether every name is used once.
    pub fn check(&self, errors: &mut Diagnostics) {
        for (index, (name, label)) in self.labels.iter().enumerate() {
            if self.labels[..index].iter().any(|(earlier, _)| earlier == name) {
                errors.push(messages::label_twice(label));
            } else if name == "input" {
                errors.push(messages::label_is_input(label));
            } else if let Some((_, words)) = self.automatic.iter().find(|(known, _)| known == name) {
                errors.push(messages::label_is_automatic(label, words));
            }
        }
    }
}
