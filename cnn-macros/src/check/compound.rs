//! Steps that hold chains: blocks, shared chains, repeats, branches, residuals, heads.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;

use super::known::{Borrowed, Known, Meaning, Soundness};
use super::marks;
use super::names::can_be_field;
use super::scope::{Here, Scope};
use super::sharing::Sharing;
use super::walk::{Flow, Walk};
use crate::diag::{Diagnostic, Diagnostics};
use crate::layers::join::{self, Joined};
use crate::layers::kind::{Incoming, Stop};
use crate::messages;
use crate::net::{Marks, Node, NodeId, Output, Repeat};
use crate::shape::{Field, Shape};
use crate::syntax::args::is_same;
use crate::syntax::ast::{self, Arg, ArgForm, Block, Element, Head, LayerCall, Shared, Via, Written};
use crate::syntax::cursor::{Cursor, trees};
use crate::syntax::parse::inner_chain;
use crate::syntax::render::{plain, render, whole};

/// Rounds of a repeat at most.
const ROUNDS: i64 = 10_000;

impl<'a> Walk<'a> {
    /// A use of a network that was declared elsewhere: fresh weights, under its name and number or a label.
    pub(super) fn library(&mut self, call: &LayerCall, library: &'a Borrowed<'a>, errors: &mut Diagnostics) {
        self.wants_flow(&call.words, &call.tokens, errors);
        let name = self.names.name(&plain(&call.word), call.label.as_ref(), &call.words);
        if !call.args.is_empty() {
            errors.push(messages::network_takes_nothing(call));
            return self.poison();
        }
        if library.network.inputs.len() > 1 {
            errors.push(messages::network_of_several_inputs(call));
            return self.poison();
        }
        let steps = self.steps.len();
        let known = std::mem::replace(&mut self.known, &library.known);
        let scope = std::mem::replace(&mut self.scope, library.known.scope.clone());
        let firsts = self.sharing.begin_network();
        self.names.enter(&name);
        let before = errors.len();
        // Heads are its own: what flows on is what flows into them.
        self.chain(&library.network.elements, errors);
        errors.within(before, &format!("in `{}`", call.words));
        self.names.leave();
        self.sharing.end_network(firsts);
        (self.known, self.scope) = (known, scope);
        self.close(steps, call.words.clone());
        self.tap(call.tap.as_ref(), errors);
    }

    /// A use of a block: fresh weights, under the block's name and number, or under a name that is given.
    pub(super) fn block(&mut self, call: &LayerCall, block: &Block, name: Option<String>, errors: &mut Diagnostics) {
        self.wants_flow(&call.words, &call.tokens, errors);
        let name = name.unwrap_or_else(|| self.names.name(&plain(&block.name), call.label.as_ref(), &call.words));
        let arguments = self.arguments(call, block, errors);
        let Some(numbers) = arguments else {
            self.poison();
            return;
        };
        let scope = self.known.scope.with(numbers);
        let outer = std::mem::replace(&mut self.scope, scope);
        let steps = self.steps.len();
        self.names.enter(&name);
        let before = errors.len();
        self.chain(&block.body, errors);
        errors.within(before, &format!("in `{}`", call.words));
        self.names.leave();
        self.scope = outer;
        self.close(steps, call.words.clone());
        self.tap(call.tap.as_ref(), errors);
    }

    /// The numbers of a block's use. `None` if one is missing or wrong, which is reported.
    fn arguments(
        &self,
        call: &LayerCall,
        block: &Block,
        errors: &mut Diagnostics,
    ) -> Option<Vec<(String, Option<i64>)>> {
        let mut given: Vec<Option<i64>> = vec![None; block.params.len()];
        let mut is_right = true;
        for (place, arg) in call.args.iter().enumerate() {
            match self.argument(arg, block, place) {
                Ok((index, _)) if given[index].is_some() => {
                    errors.push(messages::block_argument_twice(arg, &block.params[index].name));
                    is_right = false;
                }
                Ok((index, value)) => given[index] = Some(value),
                Err(stop) => {
                    is_right = false;
                    stop.report(errors);
                }
            }
        }
        if !is_right {
            return None;
        }
        // Defaults may use the numbers before them.
        let mut numbers: Vec<(String, Option<i64>)> = Vec::new();
        for (param, given) in block.params.iter().zip(given) {
            let value = match (given, &param.default) {
                (Some(value), _) => Some(value),
                (None, Some(default)) => match self.known.scope.with(numbers.clone()).signed(default) {
                    Ok(value) => Some(value),
                    Err(stop) => {
                        stop.report(errors);
                        return None;
                    }
                },
                (None, None) => {
                    errors.push(messages::block_argument_missing(block, &param.name, call));
                    return None;
                }
            };
            numbers.push((param.name.to_string(), value));
        }
        Some(numbers)
    }

    /// Which number an argument gives, and what it is.
    fn argument(&self, arg: &Arg, block: &Block, place: usize) -> Result<(usize, i64), Stop> {
        let form = || Stop::from(messages::block_argument_form(block, arg));
        match &arg.form {
            ArgForm::Broken => Err(Stop::Poisoned),
            ArgForm::Value(written) => {
                if place >= block.params.len() {
                    return Err(messages::block_arguments_too_many(block, arg).into());
                }
                let Written::Whole(expr) = written else { return Err(form()) };
                Ok((place, self.scope.signed(expr)?))
            }
            ArgForm::Option(name, written) => {
                // `s2` may set a `stride`, if there is no `s`.
                let mut params = block.params.iter();
                let exactly = params.position(|param| param.name == name);
                let like_it = || block.params.iter().position(|param| is_same(&plain(&param.name), name));
                let Some(index) = exactly.or_else(like_it) else {
                    return Err(messages::block_argument_unknown(block, arg, name).into());
                };
                let Written::Whole(expr) = written else { return Err(form()) };
                Ok((index, self.scope.signed(expr)?))
            }
        }
    }

    /// Makes one line of the way to here out of what came since.
    pub(super) fn close(&mut self, steps: usize, words: String) {
        self.steps.truncate(steps);
        if let Some(shape) = self.flow.at.as_ref().map(|here| here.incoming.shape) {
            self.step(words, shape);
        }
    }

    /// A use of a shared chain, behind what flows into it or with the name of a value.
    pub(super) fn shared(&mut self, call: &LayerCall, shared: &Shared, is_first: bool, errors: &mut Diagnostics) {
        match &call.args[..] {
            [] => {}
            [Arg { form: ArgForm::Value(Written::Whole(expr)), .. }] if expr.as_name().is_some() => {
                let name = expr.as_name().cloned().unwrap_or_else(|| call.word.clone());
                if !is_first {
                    errors.push(messages::recall_in_midchain(&name));
                    self.poison();
                    return;
                }
                self.take_up(&name, errors);
            }
            _ => {
                errors.push(messages::shared_takes_inputs(call));
                self.poison();
                return;
            }
        }
        self.wants_flow(&call.words, &call.tokens, errors);
        let name = self.names.name(&plain(&shared.name), call.label.as_ref(), &call.words);
        let Some(first) = self.sharing.enter(call) else {
            errors.push(messages::shared_within_shared(call));
            self.poison();
            return;
        };
        // The tensors of all uses are those of the first, so that one has the plain name.
        let name = if first && call.label.is_none() { self.names.full(&plain(&shared.name)) } else { name };
        let steps = self.steps.len();
        let scope = std::mem::replace(&mut self.scope, self.known.scope.clone());
        self.names.enter(&name);
        self.chain(&shared.body, errors);
        self.names.leave();
        self.scope = scope;
        self.sharing.leave();
        self.close(steps, call.words.clone());
        self.tap(call.tap.as_ref(), errors);
    }

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
}

impl Walk<'_> {
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

/// `3 * basic(16)`, `3 * { .. }`
fn repeat_words(repeat: &ast::Repeat) -> String {
    let count = render(&repeat.count.tokens);
    match repeat.body.first().map(|first| first.unmarked().1) {
        Some(Element::Layer(call)) if repeat.body.len() == 1 => format!("{count} * {}", call.words),
        _ => format!("{count} * {{ .. }}"),
    }
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

impl Diagnostics {
    /// Adds a line to the mistakes from a position on: where they happen.
    fn within(&mut self, from: usize, place: &str) {
        self.for_each_from(from, |mistake: &mut Diagnostic| mistake.body.push(place.to_owned()));
    }
}

/// Checks a block by itself, with numbers that are not known: what is wrong in any use is said once.
pub fn check_block(block: &Block, known: &Known<'_>, errors: &mut Diagnostics) -> Soundness {
    let before = errors.len();
    let mut walk = Walk::new(&[], known, errors);
    walk.scope = known.scope.with(block.params.iter().map(|param| (param.name.to_string(), None)).collect());
    walk.chain(&block.body, errors);
    Soundness::of(block.is_broken || errors.len() > before)
}

/// The same for a shared chain.
pub fn check_shared(shared: &Shared, known: &Known<'_>, errors: &mut Diagnostics) -> Soundness {
    let before = errors.len();
    let mut walk = Walk::new(&[], known, errors);
    walk.sharing = Sharing::of_declaration();
    walk.chain(&shared.body, errors);
    Soundness::of(shared.is_broken || errors.len() > before)
}

impl Scope {
    /// With more numbers, which hide those of the same names.
    fn with(&self, numbers: Vec<(String, Option<i64>)>) -> Self {
        let mut scope = self.clone();
        scope.add_first(numbers);
        scope
    }
}
