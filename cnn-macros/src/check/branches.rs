//! Branches and where they meet: joins, residuals, heads.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;

use super::names::can_be_field;
use super::scope::Here;
use super::walk::{Flow, Walk};
use crate::diag::Diagnostics;
use crate::layers::join::{self, Joined};
use crate::layers::kind::Incoming;
use crate::messages;
use crate::net::{Marks, Node, Output};
use crate::shape::{Field, Shape};
use crate::syntax::ast::{self, Element, Head, Via};
use crate::syntax::cursor::{Cursor, trees};
use crate::syntax::parse::inner_chain;
use crate::syntax::render::{plain, render, whole};

impl Walk<'_> {
    /// Walks a chain from a fork; gives back what it ends in.
    fn branch(&mut self, fork: &Flow, elements: &[Element], errors: &mut Diagnostics) -> Flow {
        let steps = self.steps.clone();
        self.flow = fork.clone();
        self.chain(elements, errors);
        self.steps = steps;
        std::mem::take(&mut self.flow)
    }

    /// `add[..|..]`, `cat[..|..]`, `mul[..|..]`
    pub(super) fn join(&mut self, join: &ast::Join, errors: &mut Diagnostics) {
        self.note_word(&join.word);
        let fork = self.flow.clone();
        let ends: Vec<Flow> = join.branches.iter().map(|branch| self.branch(&fork, &branch.elements, errors)).collect();
        let texts: Vec<String> = join.branches.iter().map(|branch| render(&branch.tokens)).collect();
        let word = join.word.to_string();
        let name = self.names.name(&word, join.label.as_ref(), &word);
        self.flow = Flow::default();
        match ends.into_iter().map(|end| end.at).collect::<Option<Vec<Here>>>() {
            None => self.poison(),
            Some(ends) => {
                let shapes: Vec<Shape> = ends.iter().map(|here| here.incoming.shape).collect();
                match join::join(&word, &shapes) {
                    Ok(joined) => {
                        let meeting = Meeting { name, word: &word, tokens: &join.tokens, branches: &texts };
                        self.meet(&ends, joined, meeting, errors);
                    }
                    Err(rule) => {
                        let shapes: Vec<(String, Shape)> = texts.into_iter().zip(shapes).collect();
                        let help = self.projections(&word, &fork, &shapes);
                        let mistake = messages::branches_differ(&word, join.tokens.clone(), rule, &shapes, help);
                        let mut found = Diagnostics::default();
                        found.push(mistake);
                        self.report(found, &format!("{word}[..]"), errors);
                        self.poison();
                    }
                }
            }
        }
        self.tap(join.tap.as_ref(), errors);
    }

    /// Layers that would give the branches one shape, as follows from the shapes: a 1x1 convolution, rounded down.
    fn projections(&self, word: &str, fork: &Flow, branches: &[(String, Shape)]) -> Vec<String> {
        let [(text, from), (_, to)] = branches else { return Vec::new() };
        if word == "cat" || fork.at.is_none() {
            return Vec::new();
        }
        let projection = |text: &str, from: Shape, to: Shape| {
            let call = projection(from, to, false)?;
            let layers = render(&call);
            Some(if text == "id" {
                format!("`{layers}` instead of `id` gives {to}")
            } else {
                format!("`{layers}` behind `{text}` gives {to}")
            })
        };
        let (other, _) = &branches[1];
        [projection(text, *from, *to), projection(other, *to, *from)].into_iter().flatten().take(1).collect()
    }

    /// Adds the node in which branches meet.
    fn meet(
        &mut self,
        ends: &[Here],
        Joined { op, shape }: Joined,
        Meeting { name, word, tokens, branches }: Meeting<'_>,
        errors: &mut Diagnostics,
    ) {
        let incoming = || ends.iter().map(|here| &here.incoming);
        let largest = |i: usize| incoming().map(|incoming| incoming.field.size[i]).max().unwrap_or(1);
        let jump = |i: usize| incoming().map(|incoming| incoming.field.jump[i]).max().unwrap_or(1);
        let field = Field { size: [0, 1].map(largest), jump: [0, 1].map(jump) };
        let Some(network) = incoming().next().map(|incoming| incoming.network) else { return };
        let Some(order) = join::order(word, shape, &incoming().collect::<Vec<_>>()) else {
            let branches: Vec<_> = branches.iter().cloned().zip(incoming()).collect();
            let mut found = Diagnostics::default();
            found.push(messages::orders_differ(word, tokens.clone(), &branches));
            self.report(found, &format!("{word}[..]"), errors);
            return self.poison();
        };
        self.step(format!("{word}[..]"), shape);
        let node = Node {
            op: None,
            inputs: ends.iter().map(|here| here.node).collect(),
            shape,
            name,
            words: whole(tokens),
            tokens: tokens.clone(),
            params: Vec::new(),
            shares: None,
            marks: Marks::default(),
            macs: 0,
            receptive_field: field.size,
        };
        self.push(node, op, Incoming { shape, order, field, network }, tokens, errors);
    }

    /// `res { layers } via auto`
    pub(super) fn residual(&mut self, residual: &ast::Residual, errors: &mut Diagnostics) {
        self.note_word(&residual.word);
        let tokens = residual.word.to_token_stream();
        self.wants_flow("res", &tokens, errors);
        let name = self.names.name("res", residual.label.as_ref(), "res");
        let fork = self.flow.clone();
        let first = self.nodes.len();
        let body = self.branch(&fork, &residual.body, errors);
        let has_norm = self.nodes[first..].iter().any(|node| node.op.as_ref().is_some_and(|op| op.is_affine()));
        let short = match &residual.via {
            None => fork,
            Some(Via::Layers(layers)) => self.branch(&fork, layers, errors),
            Some(Via::Auto(word)) => match (&fork.at, &body.at) {
                (Some(from), Some(to)) if from.incoming.shape != to.incoming.shape => {
                    match projection(from.incoming.shape, to.incoming.shape, has_norm) {
                        Some(call) => {
                            let call = call.into_iter().map(|mut tree| {
                                tree.set_span(word.span());
                                tree
                            });
                            let trees = trees(call.collect());
                            let layers = inner_chain(&mut Cursor::new(&trees, word.span()), 0, errors);
                            self.names.enter(&format!("{name}.via"));
                            let end = self.branch(&fork, &layers, errors);
                            self.names.leave();
                            end
                        }
                        None => fork,
                    }
                }
                _ => fork,
            },
        };
        self.flow = Flow::default();
        match (short.at, body.at) {
            (Some(short), Some(body)) => {
                let [from, to] = [&short, &body].map(|here| here.incoming.shape);
                match join::join("add", &[from, to]) {
                    Ok(joined) => {
                        let branches = ["the input", "the layers"].map(str::to_owned);
                        let meeting = Meeting { name, word: "res", tokens: &tokens, branches: &branches };
                        self.meet(&[short, body], joined, meeting, errors);
                    }
                    Err(_) => {
                        let help = projection(from, to, has_norm)
                            .map(|call| format!("`via auto`, or `via {{ {} }}`", render(&call)));
                        let mut found = Diagnostics::default();
                        found.push(messages::residual_differs(tokens, from, to, help));
                        self.report(found, "res { .. }", errors);
                        self.poison();
                    }
                }
            }
            _ => self.poison(),
        }
        self.tap(residual.tap.as_ref(), errors);
    }

    /// The network's outputs: where the walk is, or what each head makes of it.
    pub fn heads(&mut self, heads: &[Head], errors: &mut Diagnostics) -> Vec<Output> {
        if heads.is_empty() {
            return self.flow.at.iter().map(|here| Output { name: None, node: here.node }).collect();
        }
        let fork = self.flow.clone();
        let mut outputs: Vec<Output> = Vec::new();
        for head in heads {
            if outputs.iter().any(|earlier| earlier.name.as_ref().map(plain) == Some(plain(&head.name))) {
                errors.push(messages::head_twice(&head.name));
            }
            if !can_be_field(&head.name) {
                errors.push(messages::not_a_field("a head", &head.name));
            }
            let name = self.names.full(&plain(&head.name));
            self.names.enter(&name);
            let end = self.branch(&fork, &head.elements, errors);
            self.names.leave();
            // Two heads of one value: each output has a place and a gradient of its own.
            self.flow = end;
            let is_again = |here: &Here| outputs.iter().any(|output| output.node == here.node);
            if let Some(here) = self.flow.at.clone().filter(is_again) {
                self.copy(here, &head.name, errors);
            }
            match std::mem::take(&mut self.flow).at {
                Some(here) => outputs.push(Output { name: Some(head.name.clone()), node: here.node }),
                None => self.poison(),
            }
        }
        outputs
    }

    /// Adds a copy of where the walk is, which is not listed among the layers.
    fn copy(&mut self, here: Here, name: &Ident, errors: &mut Diagnostics) {
        let node = crate::layers::copy::node(here.node, &self.nodes[here.node.0]);
        self.push(node, Box::new(crate::layers::copy::Copy), here.incoming, &name.to_token_stream(), errors);
    }
}

/// What a node of several inputs is called.
struct Meeting<'a> {
    name: String,
    word: &'a str,
    tokens: &'a TokenStream,
    /// What its branches are called in messages.
    branches: &'a [String],
}

/// A 1x1 convolution from one volume to another, and a batch norm where the layers beside it have one.
fn projection(from: Shape, to: Shape, has_norm: bool) -> Option<TokenStream> {
    if from.is_vector || to.is_vector {
        return None;
    }
    let stride = |from: usize, to: usize| (1..=from).find(|stride| from.div_ceil(*stride) == to);
    let (down, across) = (stride(from.height, to.height)?, stride(from.width, to.width)?);
    let stride = if down == across { down.to_string() } else { format!("{down}x{across}") };
    let stride = if stride == "1" { String::new() } else { format!(", s{stride}, floor") };
    let bias = if has_norm { ", nobias" } else { "" };
    let norm = if has_norm { " bn" } else { "" };
    format!("conv({}, 1{stride}{bias}){norm}", to.channels).parse().ok()
}
