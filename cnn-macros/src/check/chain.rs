//! Walks a chain: every layer against what flows into it.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;

use super::Outline;
use super::attempt::Attempt;
use super::call::check_call;
use super::names::Numbers;
use super::scope::Scope;
use crate::diag::{Diagnostic, Diagnostics, Trail};
use crate::layers::Role;
use crate::layers::kind::{Incoming, Layer, Stop};
use crate::layers::kind_of;
use crate::messages;
use crate::net::{Budget, Net, Node, NodeId, Tap};
use crate::shape::{LIMIT, Shape, count};
use crate::syntax::ast::{Dims, Element, LayerCall};
use crate::syntax::render::whole;

/// A chain as far as it has been checked.
#[derive(Debug)]
pub struct Chain<'a> {
    scope: &'a Scope,
    incoming: Option<Incoming>,
    /// What the last layer makes whatever comes before it, where what comes before has a mistake.
    regained: Option<Shape>,
    nodes: Vec<Node>,
    /// Layers and shapes from the input to here.
    steps: Vec<(String, String)>,
    pub numbers: Numbers,
    pub labels: Vec<Ident>,
    pub taps: Vec<Tap>,
    words: Vec<Ident>,
}

impl<'a> Chain<'a> {
    pub fn new(input: Option<Shape>, dims: Option<&Dims>, scope: &'a Scope) -> Self {
        let incoming = input.map(Incoming::first);
        let node = input.map(|shape| Node {
            op: None,
            inputs: Vec::new(),
            shape,
            name: "input".to_owned(),
            words: "input".to_owned(),
            tokens: dims.map(|dims| dims.tokens.clone()).unwrap_or_default(),
            params: Vec::new(),
            macs: 0,
            receptive_field: [1; 2],
        });
        let steps = input.map(|shape| ("input".to_owned(), shape.to_string()));
        Self {
            scope,
            incoming,
            regained: None,
            nodes: node.into_iter().collect(),
            steps: steps.into_iter().collect(),
            numbers: Numbers::default(),
            labels: Vec::new(),
            taps: Vec::new(),
            words: Vec::new(),
        }
    }

    /// What the chain makes, if that is known.
    pub fn output_shape(&self) -> Option<Shape> {
        self.incoming.map(|incoming| incoming.shape).or(self.regained)
    }

    /// Checks the next step.
    pub fn element(&mut self, element: &Element, errors: &mut Diagnostics) {
        match element {
            Element::Layer(call) => self.layer(call, errors),
            Element::Statement(Some(dims)) => self.statement(dims, errors),
            // A statement that cannot be read says nothing about the shape.
            Element::Statement(None) => {}
            Element::Broken => (self.incoming, self.regained) = (None, None),
        }
    }

    fn layer(&mut self, call: &LayerCall, errors: &mut Diagnostics) {
        let word = call.word.to_string();
        if kind_of(&word).is_some() {
            self.words.push(call.word.clone());
        }
        let name = self.numbers.name(&word, call);
        self.labels.extend(call.label.clone());
        let attempt = Attempt { scope: self.scope, incoming: self.incoming };
        let mut found = Diagnostics::default();
        let layer = check_call(call, self.incoming, self.scope, Some(attempt), &mut found);
        for mut mistake in found.take() {
            if mistake.trail == Trail::Wanted {
                mistake.trail = self.trail(call.words.clone(), "<- here");
            }
            errors.push(mistake);
        }
        self.regained = if self.incoming.is_none() { self.regain(call) } else { None };
        let layer = layer.filter(|layer| self.can_be_counted(call, layer, errors));
        let id = NodeId(self.nodes.len());
        self.taps.extend(call.tap.iter().map(|tap| Tap { name: tap.clone(), node: id }));
        let (Some(layer), Some(incoming)) = (layer, self.incoming) else {
            self.incoming = None;
            return;
        };
        self.step(call, &layer);
        let Layer { op, shape, volume, field, params, macs } = layer;
        self.incoming = Some(Incoming { shape, volume, field, network: incoming.network });
        self.nodes.push(Node {
            op: Some(op),
            inputs: vec![NodeId(id.0 - 1)],
            shape,
            name,
            words: whole(&call.tokens),
            tokens: call.tokens.clone(),
            params,
            macs,
            receptive_field: field.size,
        });
    }

    /// What a call behind a mistake makes: known if it does not depend on its input, or if its input is known again.
    fn regain(&self, call: &LayerCall) -> Option<Shape> {
        let makes = |input: Shape| {
            let mut errors = Diagnostics::default();
            let layer = check_call(call, Some(Incoming::first(input)), self.scope, None, &mut errors);
            let is_right = errors.take().is_empty();
            let shape = layer.filter(|_| is_right)?.shape;
            count(&[shape.height, shape.width, shape.channels]).map(|_| shape)
        };
        match self.regained {
            Some(input) => makes(input),
            None => {
                let [of_volume, of_vector] = Incoming::PROBES.map(makes);
                of_volume.filter(|_| of_volume == of_vector)
            }
        }
    }

    /// Whether the sizes of a layer's tensors, of what it makes and of what it reads stay within bounds.
    fn can_be_counted(&self, call: &LayerCall, layer: &Layer, errors: &mut Diagnostics) -> bool {
        let Some(incoming) = self.incoming else { return false };
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
        let Ok(stated) = shape(dims, self.scope).map_err(|stop| report(stop, errors)) else { return };
        let Some(incoming) = self.incoming else { return };
        if stated != incoming.shape {
            let mut mistake = messages::wrong_statement(dims, stated, incoming.shape);
            mistake.trail = self.trail(format!("-> {stated}"), "<- here");
            errors.push(mistake);
        }
    }

    /// Layers that keep the shape stand on the line of what they follow.
    fn step(&mut self, call: &LayerCall, layer: &Layer) {
        let keeps = matches!(layer.op.role(), Role::Elementwise | Role::TrainingOnly);
        let is_short = |line: &str| line.len() + call.words.len() < 40 && line != "input";
        match self.steps.last_mut() {
            Some((line, _)) if keeps && is_short(line) => *line += &format!(" {}", call.words),
            _ => self.steps.push((call.words.clone(), layer.shape.to_string())),
        }
    }

    /// The way from the input to here. Of a long one, its two ends.
    fn trail(&self, here: String, note: &str) -> Trail {
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

    /// The network, if every step of it is known.
    pub fn finish(self, outline: &Outline, budget: Option<Budget>) -> Option<Net> {
        self.incoming?;
        let output = NodeId(self.nodes.len().checked_sub(1)?);
        Some(Net {
            attrs: outline.attrs.clone(),
            vis: outline.vis.clone(),
            name: outline.name.clone(),
            krate: outline.krate.clone(),
            nodes: self.nodes,
            output,
            taps: self.taps,
            words: self.words,
            budget,
        })
    }
}

/// The shape of a network's input.
pub fn input_shape(dims: &Dims, scope: &Scope, errors: &mut Diagnostics) -> Option<Shape> {
    shape(dims, scope).map_err(|stop| report(stop, errors)).ok()
}

fn report(stop: Stop, errors: &mut Diagnostics) {
    if let Stop::Mistake(mistake) = stop {
        errors.push(*mistake);
    }
}

/// Works out a shape as written.
fn shape(dims: &Dims, scope: &Scope) -> Result<Shape, Stop> {
    let sizes: Vec<usize> = dims
        .sizes
        .iter()
        .map(|expr| {
            let value = scope.signed(expr)?;
            let blamed = || expr.tokens.to_token_stream();
            match u64::try_from(value) {
                Err(_) => Err(messages::negative("a size", &blamed(), value).into()),
                Ok(0) => Err(messages::zero_size(&blamed()).into()),
                Ok(size) if size > LIMIT => Err(messages::size_too_large("a size", &blamed(), size).into()),
                Ok(size) => {
                    usize::try_from(size).map_err(|_| messages::size_too_large("a size", &blamed(), size).into())
                }
            }
        })
        .collect::<Result<_, Stop>>()?;
    let blamed: &TokenStream = &dims.tokens;
    let shape = match sizes[..] {
        [channels] => Shape::vector(channels),
        [height, width, channels] => Shape::volume(height, width, channels),
        _ => return Err(messages::not_three_sizes(blamed, &sizes).into()),
    };
    if count(&[shape.height, shape.width, shape.channels]).is_none() {
        return Err(Diagnostic::into(messages::input_too_large(blamed, &sizes)));
    }
    Ok(shape)
}
