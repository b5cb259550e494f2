//! What the layers of a network are called: `conv1`, `stem`, `stage2.0.conv1`, `res1.via.bn1`.

use std::collections::BTreeMap;

/// The names of a network; the last of them is where names are given.
#[derive(Clone, Debug)]
pub(super) struct Names(Vec<Within>);

/// What names of a block, a head or a labelled round have in common.
#[derive(Clone, Debug, Default)]
struct Within {
    prefix: String,
    /// How often each word stood here.
    words: BTreeMap<String, usize>,
    /// Rounds of repeats without a label, from 1: they stand behind labels.
    rounds: Vec<usize>,
}

impl Names {
    pub(super) fn new() -> Self {
        Self(vec![Within::default()])
    }

    fn here(&mut self) -> &mut Within {
        self.0.last_mut().expect("the network is around everything")
    }

    /// The next name of a word: its number counts labelled ones too.
    pub(super) fn next(&mut self, word: &str, label: Option<&String>) -> String {
        let here = self.here();
        let number = here.words.entry(word.to_owned()).or_default();
        *number += 1;
        match label {
            None => format!("{}{word}{number}", here.prefix),
            Some(label) => self.written(label),
        }
    }

    /// A name that was written.
    pub(super) fn written(&mut self, name: &str) -> String {
        let here = self.here();
        let rounds: Vec<String> = here.rounds.iter().map(usize::to_string).collect();
        format!("{}{name}{}", here.prefix, rounds.join("_"))
    }

    /// Goes into what has a name.
    pub(super) fn enter(&mut self, name: &str) {
        self.0.push(Within { prefix: format!("{name}."), ..Within::default() });
    }

    pub(super) fn leave(&mut self) {
        self.0.pop();
    }

    pub(super) fn begin_round(&mut self, round: usize) {
        self.here().rounds.push(round + 1);
    }

    pub(super) fn end_round(&mut self) {
        self.here().rounds.pop();
    }
}
