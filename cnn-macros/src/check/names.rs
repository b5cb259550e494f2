//! Names of layers and taps: labels, running numbers, and what may not be named alike.

use syn::ext::IdentExt;

use super::chain::Chain;
use crate::diag::Diagnostics;
use crate::messages;
use crate::syntax::ast::LayerCall;

/// Running numbers of words. A labelled layer takes its number too, so that a label renames no other layer.
#[derive(Debug, Default)]
pub struct Numbers {
    words: Vec<(String, usize)>,
    /// Automatic names that are in use, and the layers that have them.
    names: Vec<(String, String)>,
}

impl Numbers {
    /// The name of the next layer: its label, or its word and number.
    pub fn name(&mut self, word: &str, call: &LayerCall) -> String {
        let number = match self.words.iter_mut().find(|(known, _)| known == word) {
            Some((_, number)) => {
                *number += 1;
                *number
            }
            None => {
                self.words.push((word.to_owned(), 1));
                1
            }
        };
        match &call.label {
            Some(label) => label.unraw().to_string(),
            None => {
                let name = format!("{word}{number}");
                self.names.push((name.clone(), call.words.clone()));
                name
            }
        }
    }
}

/// Whether every name is used once.
pub fn check(chain: &Chain<'_>, errors: &mut Diagnostics) {
    for (index, label) in chain.labels.iter().enumerate() {
        let name = label.unraw().to_string();
        if chain.labels[..index].contains(label) {
            errors.push(messages::label_twice(label));
        } else if name == "input" {
            errors.push(messages::label_is_input(label));
        } else if let Some((_, words)) = chain.numbers.names.iter().find(|(known, _)| *known == name) {
            errors.push(messages::label_is_automatic(label, words));
        }
    }
    for (index, tap) in chain.taps.iter().enumerate() {
        if chain.taps[..index].iter().any(|earlier| earlier.name == tap.name) {
            errors.push(messages::tap_twice(&tap.name));
        }
    }
}
