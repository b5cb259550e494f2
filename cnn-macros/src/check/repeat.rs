//! Repeats: every round by itself.

use super::known::Meaning;
use super::marks;
use super::walk::Walk;
use crate::diag::Diagnostics;
use crate::messages;
use crate::net::{NodeId, Repeat};
use crate::syntax::ast::{self, Element};
use crate::syntax::render::render;

/// Rounds of a repeat at most.
const ROUNDS: i64 = 10_000;

impl Walk<'_> {
    /// Every round of a repeat by itself: shapes may change from one to the next.
    pub(super) fn repeat(&mut self, repeat: &ast::Repeat, errors: &mut Diagnostics) {
        let count = match self.scope.signed(&repeat.count) {
            Ok(count) if (1..=ROUNDS).contains(&count) => count,
            Ok(count) if count < 1 => {
                errors.push(messages::repeat_count(repeat.count.tokens.clone(), count));
                return self.poison();
            }
            Ok(_) => {
                errors.push(messages::network_too_large(repeat.count.tokens.clone(), ROUNDS as usize, "layers"));
                return self.poison();
            }
            Err(stop) => {
                stop.report(errors);
                return self.poison();
            }
        };
        let words = repeat_words(repeat);
        self.wants_flow(&words, &repeat.tokens, errors);
        let label = repeat.label.as_ref().map(|label| self.names.name("repeat", Some(label), &words));
        let steps = self.steps.len();
        let first = NodeId(self.nodes.len());
        let mut ends = Vec::new();
        for round in 0..count as usize {
            let before = errors.len();
            self.round(repeat, label.as_deref(), round, errors);
            // What is wrong in one round is wrong once.
            if errors.len() > before {
                if round > 0 {
                    errors.within(before, &format!("in round {} of {count}", round + 1));
                }
                self.poison();
                break;
            }
            if self.flow.at.is_none() {
                break;
            }
            ends.push(NodeId(self.nodes.len()));
        }
        if count > 1 {
            self.repeats.push(Repeat { first, ends });
        }
        self.close(steps, words);
    }

    fn round(&mut self, repeat: &ast::Repeat, label: Option<&str>, round: usize, errors: &mut Diagnostics) {
        let Some(label) = label else {
            self.names.begin_round(round);
            self.chain(&repeat.body, errors);
            self.names.end_round();
            return;
        };
        let name = format!("{label}.{round}");
        if let [element] = &repeat.body[..]
            && let (attributes, Element::Layer(call)) = element.unmarked()
            && let Meaning::Block(block) = self.known.meaning(&call.word)
            && call.label.is_none()
        {
            let outer = self.marks;
            self.marks = marks::within(outer, attributes, errors);
            self.block(call, block, Some(name), errors);
            self.marks = outer;
            return;
        }
        self.names.enter(&name);
        self.chain(&repeat.body, errors);
        self.names.leave();
    }
}

/// `3 * basic(16)`, `3 * { .. }`
fn repeat_words(repeat: &ast::Repeat) -> String {
    let count = render(&repeat.count.tokens);
    match repeat.body.first().map(|first| first.unmarked().1) {
        Some(Element::Layer(call)) if repeat.body.len() == 1 => format!("{count} * {}", call.words),
        _ => format!("{count} * {{ .. }}"),
    }
}
