//! What is repeated stays a loop: rounds whose code differs in numbers alone become one body and a number for each
//! round.
//!
//! Plan and emission know nothing of it. Code is emitted node by node as if nothing were repeated; here rounds are
//! compared, with constants written out, and where they are alike their numbers become expressions in the round.

use std::collections::{HashMap, HashSet};

use proc_macro2::{Group, Ident, Literal, Span, TokenStream, TokenTree};
use quote::{format_ident, quote};

use crate::net::{Net, NodeId, Repeat};

/// The constants of a network by name: what an ident stands for.
#[derive(Debug, Default)]
pub(super) struct Constants {
    order: Vec<(Ident, TokenStream)>,
    values: HashMap<String, TokenStream>,
}

impl Constants {
    /// Adds `const name: ty = value;`.
    pub(super) fn add(&mut self, name: &Ident, ty: &TokenStream, value: &TokenStream) {
        self.order.push((name.clone(), quote!(const #name: #ty = #value;)));
        self.values.insert(name.to_string(), value.clone());
    }

    /// The declarations of those that some code names.
    pub(super) fn used_in(&self, code: &[&TokenStream]) -> TokenStream {
        fn collect(tokens: TokenStream, names: &mut HashSet<String>) {
            for tree in tokens {
                match tree {
                    TokenTree::Ident(ident) => {
                        names.insert(ident.to_string());
                    }
                    TokenTree::Group(group) => collect(group.stream(), names),
                    TokenTree::Punct(_) | TokenTree::Literal(_) => {}
                }
            }
        }
        let mut names = HashSet::new();
        code.iter().for_each(|code| collect((*code).clone(), &mut names));
        self.order.iter().filter(|(name, _)| names.contains(&name.to_string())).map(|(_, code)| code.clone()).collect()
    }

    /// Code with the values of constants in the place of their names.
    fn written_out(&self, tokens: TokenStream) -> TokenStream {
        let write = |tree: TokenTree| match &tree {
            TokenTree::Ident(ident) => match self.values.get(&ident.to_string()) {
                Some(value) => quote!((#value)),
                None => tree.into(),
            },
            TokenTree::Group(group) => {
                let inner = self.written_out(group.stream());
                TokenTree::from(Group::new(group.delimiter(), inner)).into()
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => tree.into(),
        };
        tokens.into_iter().map(write).collect::<Vec<TokenStream>>().into_iter().collect()
    }
}

/// The code of some nodes in the order in which it runs, forward or backward, with loops for what is repeated.
pub(super) fn sequence(net: &Net, constants: &Constants, items: &[(NodeId, TokenStream)]) -> TokenStream {
    let mut repeats: Vec<&Repeat> = net.repeats.iter().collect();
    // Outer ones first.
    repeats.sort_by_key(|repeat| (repeat.first, std::cmp::Reverse(repeat.ends.last().copied())));
    within(constants, &repeats, items, 0)
}

fn within(constants: &Constants, repeats: &[&Repeat], items: &[(NodeId, TokenStream)], depth: usize) -> TokenStream {
    let mut code = TokenStream::new();
    let mut at = 0;
    while at < items.len() {
        let holds = |repeat: &&&Repeat, node: NodeId| repeat.round_of(node).is_some();
        let Some(position) = repeats.iter().position(|repeat| holds(&repeat, items[at].0)) else {
            code.extend(items[at].1.clone());
            at += 1;
            continue;
        };
        let repeat = repeats[position];
        let count = items[at..].iter().take_while(|(node, _)| repeat.round_of(*node).is_some()).count();
        let rounds = items[at..at + count].chunk_by(|(a, _), (b, _)| repeat.round_of(*a) == repeat.round_of(*b));
        let rounds: Vec<TokenStream> =
            rounds.map(|round| within(constants, &repeats[position + 1..], round, depth + 1)).collect();
        code.extend(rolled(constants, &rounds, depth));
        at += count;
    }
    code
}

/// Rounds one behind the other, with a loop over those that are alike.
fn rolled(constants: &Constants, rounds: &[TokenStream], depth: usize) -> TokenStream {
    let round = format_ident!("round{depth}", span = Span::mixed_site());
    let written: Vec<Skeleton> = rounds.iter().map(|code| Skeleton::of(constants.written_out(code.clone()))).collect();
    let mut code = TokenStream::new();
    let mut at = 0;
    while at < rounds.len() {
        let alike = written[at..].iter().take_while(|other| other.text == written[at].text).count();
        if alike < 2 || written[at].tokens.is_empty() {
            code.extend(rounds[at].clone());
            at += 1;
            continue;
        }
        let body = unified(&written[at..at + alike].iter().collect::<Vec<_>>(), &round);
        let count = Literal::usize_unsuffixed(alike);
        code.extend(quote!(for #round in 0..#count { #body }));
        at += alike;
    }
    code
}

/// The arms of a `match` over stages, with one arm for the stages of rounds that are alike. `periods` says after how
/// many stages a round may come again.
pub(super) fn arms(constants: &Constants, bodies: &[TokenStream], periods: &[usize]) -> TokenStream {
    let written: Vec<Skeleton> = bodies.iter().map(|code| Skeleton::of(constants.written_out(code.clone()))).collect();
    // How many rounds of `period` stages from `at` on are alike.
    let rounds_at = |at: usize, period: usize| {
        let alike = |round: &usize| {
            let next = at + round * period;
            next + period <= written.len() && (0..period).all(|i| written[next + i].text == written[at + i].text)
        };
        (1..).take_while(alike).count() + 1
    };
    let mut code = TokenStream::new();
    let mut at = 0;
    while at < bodies.len() {
        let is_worth = |&(period, rounds): &(usize, usize)| {
            rounds >= 2
                && at + period * rounds <= bodies.len()
                && written[at..at + period].iter().any(|s| !s.tokens.is_empty())
        };
        let tried = periods.iter().map(|&period| (period, rounds_at(at, period)));
        let best =
            tried.filter(is_worth).max_by_key(|(period, rounds)| (period * (rounds - 1), std::cmp::Reverse(*period)));
        let first = Literal::usize_unsuffixed(at);
        let Some((period, rounds)) = best else {
            let body = &bodies[at];
            code.extend(quote!(#first => { #body }));
            at += 1;
            continue;
        };
        let round = format_ident!("round", span = Span::mixed_site());
        let within = (0..period).map(|i| {
            let alike: Vec<&Skeleton> = (0..rounds).map(|round| &written[at + round * period + i]).collect();
            unified(&alike, &round)
        });
        let last = Literal::usize_unsuffixed(at + period * rounds - 1);
        let body = if period == 1 {
            quote!(#(#within)*)
        } else {
            let cases = (0..period).map(Literal::usize_unsuffixed).zip(within).map(|(i, body)| quote!(#i => { #body }));
            let step = Literal::usize_unsuffixed(period);
            quote!(match (stage - #first) % #step { #(#cases)* _ => {} })
        };
        let step = Literal::usize_unsuffixed(period);
        code.extend(quote!(#first..=#last => { let #round = (stage - #first) / #step; #body }));
        at += period * rounds;
    }
    code
}

/// Code and the whole numbers in it.
struct Skeleton {
    tokens: TokenStream,
    /// The code with every whole number left out.
    text: String,
    numbers: Vec<u64>,
}

impl Skeleton {
    fn of(tokens: TokenStream) -> Self {
        let mut numbers = Vec::new();
        let text = replace(&tokens, &mut |number| {
            numbers.push(number);
            quote!(_)
        });
        Self { text: text.to_string(), tokens, numbers }
    }
}

/// Code with something in the place of every whole number.
fn replace(tokens: &TokenStream, with: &mut dyn FnMut(u64) -> TokenStream) -> TokenStream {
    let mut code = TokenStream::new();
    for tree in tokens.clone() {
        match &tree {
            TokenTree::Literal(literal) => match literal.to_string().parse() {
                Ok(number) => code.extend(with(number)),
                Err(_) => code.extend([tree]),
            },
            TokenTree::Group(group) => {
                let inner = replace(&group.stream(), with);
                code.extend([TokenTree::from(Group::new(group.delimiter(), inner))]);
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) => code.extend([tree]),
        }
    }
    code
}

/// One body for rounds that are alike.
fn unified(rounds: &[&Skeleton], round: &Ident) -> TokenStream {
    let mut at = 0;
    replace(&rounds[0].tokens, &mut |_| {
        let values: Vec<u64> = rounds.iter().map(|skeleton| skeleton.numbers[at]).collect();
        at += 1;
        expression(&values, round)
    })
}

/// A number for each round: the same, one that grows or shrinks evenly, or one out of a table. They are all `usize`.
fn expression(values: &[u64], round: &Ident) -> TokenStream {
    let literal = Literal::u64_unsuffixed;
    let first = literal(values[0]);
    let steps = values.windows(2).map(|pair| i128::from(pair[1]) - i128::from(pair[0]));
    let is_even = |step: i128| values.windows(2).all(|pair| i128::from(pair[1]) - i128::from(pair[0]) == step);
    match steps.clone().next() {
        Some(0) | None if is_even(0) => quote!(#first),
        Some(step) if is_even(step) => {
            let size = literal(u64::try_from(step.unsigned_abs()).unwrap_or(0));
            match (values[0], step > 0) {
                (0, true) => quote!((#round * #size)),
                (_, true) => quote!((#first + #round * #size)),
                (_, false) => quote!((#first - #round * #size)),
            }
        }
        _ => {
            // Memory is used in turns.
            let comes_again = |turn: &usize| (*turn..values.len()).all(|i| values[i] == values[i - turn]);
            let turn = (2..values.len()).find(comes_again).unwrap_or(values.len());
            let at = if turn < values.len() {
                let turn = Literal::usize_unsuffixed(turn);
                quote!(#round % #turn)
            } else {
                quote!(#round)
            };
            let (count, values) = (Literal::usize_unsuffixed(turn), values[..turn].iter().copied().map(literal));
            quote!(([#(#values),*] as [usize; #count])[#at])
        }
    }
}

impl Repeat {
    /// The round that a node belongs to.
    fn round_of(&self, node: NodeId) -> Option<usize> {
        if node < self.first {
            return None;
        }
        self.ends.iter().position(|end| node < *end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_rounds_become_expressions() {
        let round = format_ident!("i");
        let text = |values: &[u64]| expression(values, &round).to_string();
        assert_eq!(text(&[7, 7, 7]), "7");
        assert_eq!(text(&[0, 4, 8]), "(i * 4)");
        assert_eq!(text(&[3, 10, 17]), "(3 + i * 7)");
        assert_eq!(text(&[17, 10, 3]), "(17 - i * 7)");
        assert_eq!(text(&[1, 2, 4]), "([1 , 2 , 4] as [usize ; 3]) [i]");
        assert_eq!(text(&[1, 2, 1, 2, 1]), "([1 , 2] as [usize ; 2]) [i % 2]");
        assert_eq!(text(&[5, 9]), "(5 + i * 4)");
    }

    #[test]
    fn alike_rounds_are_a_loop_and_others_are_not() {
        let mut constants = Constants::default();
        for (name, value) in [("A", 1), ("B", 3), ("C", 5)] {
            let value = Literal::usize_unsuffixed(value);
            constants.add(&format_ident!("{name}"), &quote!(usize), &quote!(Map(#value)));
        }
        let rounds = [quote!(f(&A);), quote!(f(&B);), quote!(f(&C);)];
        assert_eq!(
            rolled(&constants, &rounds, 0).to_string(),
            quote!(for round0 in 0..3 {
                f(&(Map((1 + round0 * 2))));
            })
            .to_string()
        );
        let rounds = [quote!(g(&A);), quote!(f(&B);), quote!(f(&C);)];
        let expected = quote!(g(&A); for round0 in 0..2 { f(&(Map((3 + round0 * 2)))); });
        assert_eq!(rolled(&constants, &rounds, 0).to_string(), expected.to_string());
        assert_eq!(rolled(&constants, &rounds[..2], 0).to_string(), quote!(g(&A); f(&B);).to_string());
    }

    #[test]
    fn stages_of_alike_rounds_share_an_arm() {
        let bodies = [quote!(a(0);), quote!(b(1);), quote!(c(2);), quote!(b(5);), quote!(c(4);), quote!(d();)];
        let expected = quote! {
            0 => { a(0); }
            1..=4 => {
                let round = (stage - 1) / 2;
                match (stage - 1) % 2 { 0 => { b((1 + round * 4)); } 1 => { c((2 + round * 2)); } _ => {} }
            }
            5 => { d(); }
        };
        assert_eq!(arms(&Constants::default(), &bodies, &[2]).to_string(), expected.to_string());
    }
}
