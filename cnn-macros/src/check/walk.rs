//! Walks the chains of a network: every layer against what flows into it.

use proc_macro2::{Ident, TokenStream};

use super::attempt::Attempt;
use super::call::check_call;
use super::dims::shape;
use super::known::{Known, Meaning};
use super::marks;
use super::names::{Names, can_be_field};
use super::scope::{Here, Named, Scope};
use super::sharing::Sharing;
use crate::diag::{Diagnostic, Diagnostics, Trail};
use crate::layers::kind::{Incoming, Layer};
use crate::layers::{Op, Role, kind_of};
use crate::messages;
use crate::net::{Marks, Node, NodeId, Repeat, Tap};
use crate::shape::{Shape, count};
use crate::syntax::ast::{Dims, Element, Input, LayerCall};
use crate::syntax::render::{plain, render, whole};

/// Layers of a network at most: what is planned for each pair of values stays within seconds.
const MOST: usize = 10_000;

/// Steps of a walk at most, counted at every use and in every round: steps that add no layers come to an end too, such
/// as statements of shapes, and everything in a block that is checked by itself.
const STEPS: usize = 50_000;

/// A network as far as it has been checked.
#[derive(Debug)]
pub struct Walk<'a> {
    pub(super) known: &'a Known<'a>,
    /// What is known by name where the walk is.
    pub(super) scope: Scope,
    pub(super) flow: Flow,
    pub(super) nodes: Vec<Node>,
    /// Layers and shapes from the input to here.
    pub(super) steps: Vec<(String, String)>,
    pub(super) names: Names,
    pub(super) repeats: Vec<Repeat>,
    pub(super) sharing: Sharing,
    /// What the attributes around the walk say.
    pub(super) marks: Marks,
    pub(super) inputs: Vec<Option<Ident>>,
    pub(super) taps: Vec<Tap>,
    pub(super) words: Vec<Ident>,
    /// Steps taken so far.
    taken: usize,
    /// The network is too large, which has been reported: nothing that follows is looked at.
    is_full: bool,
    /// A step could not be read or checked, perhaps in another branch.
    pub(super) is_poisoned: bool,
    /// Something that is used has mistakes, which are reported where it is declared, perhaps by another macro call.
    pub uses_wrong: bool,
}

/// What flows into the next step.
#[derive(Clone, Debug, Default)]
pub struct Flow {
    /// The value, if it is known.
    pub at: Option<Here>,
    /// What the last layer makes whatever comes before it, where what comes before has a mistake.
    regained: Option<Shape>,
    /// Nothing has been read yet in a network of several inputs: there is no value, and that is no mistake so far.
    is_open: bool,
}

impl<'a> Walk<'a> {
    pub fn new(inputs: &[Input], known: &'a Known<'a>, errors: &mut Diagnostics) -> Self {
        let mut walk = Self {
            known,
            scope: known.scope.clone(),
            flow: Flow::default(),
            nodes: Vec::new(),
            steps: Vec::new(),
            names: Names::default(),
            repeats: Vec::new(),
            sharing: Sharing::default(),
            marks: Marks::default(),
            inputs: Vec::new(),
            taps: Vec::new(),
            words: Vec::new(),
            taken: 0,
            is_full: false,
            is_poisoned: false,
            uses_wrong: false,
        };
        for (index, input) in inputs.iter().enumerate() {
            if let Some(name) = &input.name {
                if inputs[..index].iter().any(|earlier| earlier.name.as_ref().map(plain) == Some(plain(name))) {
                    errors.push(messages::input_twice(name));
                } else if !can_be_field(name) {
                    errors.push(messages::not_a_field("an input", name));
                }
            }
            walk.input(input, errors);
        }
        if let [Input { name: None, .. }] = inputs {
            walk.flow.at = walk.scope.values.pop().and_then(|value| value.here);
            if let Some(here) = &walk.flow.at {
                walk.steps.push(("input".to_owned(), here.incoming.shape.to_string()));
            }
        } else {
            walk.flow.is_open = !inputs.is_empty();
        }
        walk
    }

    fn input(&mut self, input: &Input, errors: &mut Diagnostics) {
        let name = input.name.as_ref().map_or_else(|| "input".to_owned(), plain);
        let shape = shape(&input.dims, &self.scope).map_err(|stop| stop.report(errors)).ok();
        let here = shape.map(|shape| {
            self.nodes.push(Node {
                op: None,
                inputs: Vec::new(),
                shape,
                name: name.clone(),
                words: name.clone(),
                tokens: input.dims.tokens.clone(),
                params: Vec::new(),
                shares: None,
                marks: Marks::default(),
                macs: 0,
                receptive_field: [1; 2],
            });
            Here { node: NodeId(self.nodes.len() - 1), incoming: Incoming::first(shape) }
        });
        self.is_poisoned |= here.is_none();
        self.inputs.push(input.name.clone());
        self.scope.values.push(Named { name, here });
    }

    /// What the walk has come to, if that is known.
    pub fn output_shape(&self) -> Option<Shape> {
        self.flow.at.as_ref().map(|here| here.incoming.shape).or(self.flow.regained)
    }

    /// Shapes of the inputs.
    pub fn input_shapes(&self) -> Vec<(Option<Ident>, Option<Shape>)> {
        let mut nodes = self.nodes.iter().filter(|node| node.op.is_none());
        let is_known =
            !self.is_poisoned || self.nodes.iter().filter(|node| node.op.is_none()).count() == self.inputs.len();
        self.inputs
            .iter()
            .map(|name| (name.clone(), if is_known { nodes.next().map(|node| node.shape) } else { None }))
            .collect()
    }

    /// Checks a chain from where the walk is.
    pub fn chain(&mut self, elements: &[Element], errors: &mut Diagnostics) {
        for (index, element) in elements.iter().enumerate() {
            self.taken += 1;
            if self.taken > STEPS && !self.is_full {
                self.fill(messages::network_too_large(element.tokens(), STEPS, "steps"), errors);
            }
            if self.is_full {
                return self.poison();
            }
            self.element(element, index == 0, errors);
        }
    }

    /// Ends the walk: what follows is not looked at.
    fn fill(&mut self, mistake: Diagnostic, errors: &mut Diagnostics) {
        errors.push(mistake);
        self.is_full = true;
        self.poison();
    }

    fn element(&mut self, element: &Element, is_first: bool, errors: &mut Diagnostics) {
        match element {
            Element::Layer(call) => self.call(call, is_first, errors),
            Element::Repeat(repeat) => self.repeat(repeat, errors),
            Element::Join(join) => self.join(join, errors),
            Element::Residual(residual) => self.residual(residual, errors),
            Element::Recall(name) => self.recall(name, is_first, errors),
            Element::Statement(Some(dims)) => self.statement(dims, errors),
            // A statement that cannot be read says nothing about the shape.
            Element::Statement(None) => {}
            Element::Marked(attributes, element) => {
                let outer = self.marks;
                self.marks = marks::within(outer, attributes, errors);
                self.element(element, is_first, errors);
                self.marks = outer;
            }
            Element::Broken => self.poison(),
        }
    }

    /// What comes next is behind a mistake.
    pub(super) fn poison(&mut self) {
        self.flow = Flow::default();
        self.is_poisoned = true;
    }

    fn call(&mut self, call: &LayerCall, is_first: bool, errors: &mut Diagnostics) {
        match self.known.meaning(&call.word) {
            Meaning::Block(block) => self.block(call, block, None, errors),
            Meaning::Shared(shared) => self.shared(call, shared, is_first, errors),
            Meaning::Network(library) => self.library(call, library, errors),
            Meaning::Wrong => {
                self.uses_wrong = true;
                self.poison();
            }
            Meaning::Mistake(mistake) => {
                errors.push(mistake(call));
                self.poison();
            }
            Meaning::Layer if call.word == "sep" => self.separable(call, errors),
            Meaning::Layer => self.layer(call, errors),
        }
    }

    pub(super) fn layer(&mut self, call: &LayerCall, errors: &mut Diagnostics) {
        let word = call.word.to_string();
        if kind_of(&word).is_some() {
            self.note_word(&call.word);
        }
        let name = self.names.name(&word, call.label.as_ref(), &call.words);
        self.wants_flow(&call.words, &call.tokens, errors);
        let incoming = self.flow.at.as_ref().map(|here| &here.incoming);
        let attempt = Attempt { scope: &self.scope, incoming };
        let mut found = Diagnostics::default();
        let layer = check_call(call, incoming, &self.scope, Some(attempt), &mut found);
        self.report(found, &call.words, errors);
        let regained = if self.flow.at.is_none() { self.regain(call) } else { None };
        let layer = layer.filter(|layer| self.can_be_counted(call, layer, errors));
        let (Some(layer), Some(here)) = (layer, self.flow.at.clone()) else {
            self.is_poisoned = true;
            self.flow = Flow { regained, ..Flow::default() };
            self.tap(call.tap.as_ref(), errors);
            return;
        };
        let words = render(&self.scope.written(&call.tokens));
        if matches!(layer.op.role(), Role::Elementwise | Role::TrainingOnly) {
            self.append_step(&words, layer.shape);
        } else {
            self.step(words, layer.shape);
        }
        let node = Node {
            op: None,
            inputs: std::iter::once(here.node).chain(layer.reads).collect(),
            shape: layer.shape,
            name,
            words: whole(&self.scope.written(&call.tokens)),
            tokens: call.tokens.clone(),
            params: layer.params,
            shares: None,
            marks: self.marks,
            macs: layer.macs,
            receptive_field: layer.field.size,
        };
        let Layer { op, shape, order, field, .. } = layer;
        self.push(node, op, Incoming { shape, order, field, network: here.incoming.network }, &call.tokens, errors);
        self.tap(call.tap.as_ref(), errors);
    }

    /// Adds a node and lets it flow on.
    pub(super) fn push(
        &mut self,
        node: Node,
        op: Box<dyn Op>,
        incoming: Incoming,
        tokens: &TokenStream,
        errors: &mut Diagnostics,
    ) {
        let id = NodeId(self.nodes.len());
        if id.0 == MOST {
            return self.fill(messages::network_too_large(tokens.clone(), MOST, "layers"), errors);
        }
        let mut node = Node { op: Some(op), ..node };
        if node.marks.is_frozen {
            node.op.iter_mut().for_each(|op| op.freeze());
        }
        match self.sharing.take(id, node, &mut self.nodes) {
            Ok(node) => self.nodes.push(node),
            Err(mistake) => {
                let mut found = Diagnostics::default();
                found.push(mistake);
                self.report(found, "", errors);
                self.poison();
                return;
            }
        }
        self.flow = Flow { at: Some(Here { node: id, incoming }), ..Flow::default() };
    }

    /// Remembers a recognised word, for the editor.
    pub(super) fn note_word(&mut self, word: &Ident) {
        self.words.push(word.clone());
    }

    /// Gives where the walk is a name.
    pub(super) fn tap(&mut self, tap: Option<&Ident>, errors: &mut Diagnostics) {
        let Some(tap) = tap else { return };
        let (name, full) = (plain(tap), self.names.full(&plain(tap)));
        let node = self.flow.at.as_ref().map_or(NodeId(self.nodes.len()), |here| here.node);
        let is_input = self.inputs.iter().flatten().any(|input| plain(input) == name && full == name);
        if is_input {
            errors.push(messages::tap_is_input(tap));
        } else if self.taps.iter().any(|earlier| earlier.name == full) {
            errors.push(messages::tap_twice(tap));
        }
        self.taps.push(Tap { name: full, node });
        self.scope.values.retain(|value| value.name != name);
        self.scope.values.push(Named { name, here: self.flow.at.clone() });
    }

    /// `@name` at the beginning of a chain.
    fn recall(&mut self, name: &Ident, is_first: bool, errors: &mut Diagnostics) {
        if !is_first {
            errors.push(messages::recall_in_midchain(name));
            self.poison();
            return;
        }
        self.take_up(name, errors);
    }

    /// Goes on from a named value.
    pub(super) fn take_up(&mut self, name: &Ident, errors: &mut Diagnostics) {
        match self.scope.value(name) {
            Ok(here) => {
                self.steps = vec![(format!("@{}", plain(name)), here.incoming.shape.to_string())];
                self.flow = Flow { at: Some(here), ..Flow::default() };
            }
            Err(stop) => {
                stop.report(errors);
                self.poison();
            }
        }
    }

    /// Reports a step that reads nothing because there are several inputs to choose from.
    pub(super) fn wants_flow(&mut self, words: &str, tokens: &TokenStream, errors: &mut Diagnostics) {
        if self.flow.is_open {
            let names: Vec<String> = self.scope.values.iter().map(|value| value.name.clone()).collect();
            errors.push(messages::no_flow(words, tokens, &names));
            self.poison();
        }
    }

    /// Passes mistakes on, with the way to here for those that want it.
    pub(super) fn report(&self, mut found: Diagnostics, words: &str, errors: &mut Diagnostics) {
        for mut mistake in found.take() {
            if mistake.trail == Trail::Wanted {
                mistake.trail = match words {
                    "" => Trail::None,
                    words => self.trail(words.to_owned(), "<- here"),
                };
            }
            errors.push(mistake);
        }
    }

    /// What a call behind a mistake makes: known if it does not depend on its input, or if its input is known again.
    fn regain(&self, call: &LayerCall) -> Option<Shape> {
        let makes = |input: Shape| {
            let mut errors = Diagnostics::default();
            let layer = check_call(call, Some(&Incoming::first(input)), &self.scope, None, &mut errors);
            let is_right = errors.take().is_empty();
            let shape = layer.filter(|_| is_right)?.shape;
            count(&[shape.height, shape.width, shape.channels]).map(|_| shape)
        };
        match self.flow.regained {
            Some(input) => makes(input),
            None => {
                let [of_volume, of_vector] = Incoming::PROBES.map(makes);
                of_volume.filter(|_| of_volume == of_vector)
            }
        }
    }

    /// Whether the sizes of a layer's tensors, of what it makes and of what it reads stay within bounds.
    fn can_be_counted(&self, call: &LayerCall, layer: &Layer, errors: &mut Diagnostics) -> bool {
        let Some(Here { incoming, .. }) = &self.flow.at else { return false };
        let bordered = |shape: Shape, [top, bottom, left, right]: [usize; 4]| {
            vec![shape.height + top + bottom, shape.width + left + right, shape.channels]
        };
        let output = ("an output", bordered(layer.shape, [0; 4]));
        let tensors = layer.params.iter().map(|param| (param.suffix, param.shape.clone()));
        let too_much = std::iter::once(output)
            .chain(tensors)
            .find(|(_, sizes)| count(sizes).is_none())
            // Borders are asked for where everything else is known to be sane.
            .or_else(|| {
                let gradient = layer.op.gradient_border(incoming.shape, layer.shape);
                let borders = [
                    ("a padded input", bordered(incoming.shape, layer.op.input_border())),
                    ("a padded gradient", bordered(layer.shape, gradient)),
                ];
                borders.into_iter().find(|(_, sizes)| count(sizes).is_none())
            });
        match too_much {
            None => true,
            Some((what, sizes)) => {
                let mut mistake = messages::too_much(&call.words, &call.tokens, what, &sizes);
                mistake.trail = self.trail(call.words.clone(), "<- here");
                errors.push(mistake);
                false
            }
        }
    }

    /// `-> 16x16x10`
    fn statement(&mut self, dims: &Dims, errors: &mut Diagnostics) {
        let Ok(stated) = shape(dims, &self.scope).map_err(|stop| stop.report(errors)) else { return };
        let Some(Here { incoming, .. }) = &self.flow.at else { return };
        if stated != incoming.shape {
            let mut mistake = messages::wrong_statement(dims, stated, incoming.shape);
            mistake.trail = self.trail(format!("-> {stated}"), "<- here");
            errors.push(mistake);
        }
    }

    /// Adds a line to the way to here.
    pub(super) fn step(&mut self, words: String, shape: Shape) {
        self.steps.push((words, shape.to_string()));
    }

    /// Layers that keep the shape stand on the line of what they follow.
    fn append_step(&mut self, words: &str, shape: Shape) {
        let is_short = |line: &str| line.len() + words.len() < 40 && line != "input";
        match self.steps.last_mut() {
            Some((line, _)) if is_short(line) => *line += &format!(" {words}"),
            _ => self.step(words.to_owned(), shape),
        }
    }

    /// The way from the input to here. Of a long one, its two ends.
    pub(super) fn trail(&self, here: String, note: &str) -> Trail {
        const FIRST: usize = 2;
        const LAST: usize = 8;
        let mut steps = self.steps.clone();
        if steps.len() > FIRST + LAST + 1 {
            let left_out = steps.len() - FIRST - LAST;
            steps.splice(FIRST..FIRST + left_out, [(format!("({left_out} steps)"), String::new())]);
        }
        steps.push((here, note.to_owned()));
        Trail::Steps(steps)
    }
}
