//! Syntax tree to typed network: names, numbers, shapes, tensors, budgets.
//!
//! A layer that fails has an unknown shape, which silences what depends on it; what does not depend on it is still
//! reported. Knows the layers through their kinds only, and nothing of memory or generated code.

pub mod attempt;
mod branches;
pub mod budget;
pub mod call;
mod dims;
mod finish;
pub mod known;
pub mod lints;
mod marks;
pub mod names;
mod repeat;
pub mod scope;
pub mod separable;
pub mod sharing;
mod uses;
pub mod walk;

use proc_macro2::{Ident, TokenStream};

use crate::diag::Diagnostics;
use crate::messages;
use crate::net::Net;
use crate::shape::Shape;
use crate::syntax::ast::{Element, File, Item, Network, Via};
use crate::syntax::render::plain;
use known::Known;
use walk::Walk;

/// A declared network, right or wrong.
#[derive(Debug)]
pub struct Checked<'a> {
    /// As declared.
    pub item: &'a Network,
    pub outline: Outline,
    /// `None` if it has mistakes.
    pub net: Option<Net>,
    /// It uses something that has mistakes, perhaps of another macro call, which reports them.
    pub uses_wrong: bool,
}

/// What is known of a network even if it has mistakes: enough for a type that the rest of the program can name.
#[derive(Clone, Debug)]
pub struct Outline {
    pub attrs: Vec<syn::Attribute>,
    pub vis: syn::Visibility,
    pub name: Ident,
    pub krate: TokenStream,
    /// Names, if there are several, and shapes, as far as they are known.
    pub inputs: Vec<Side>,
    pub outputs: Vec<Side>,
}

/// One input or output.
pub type Side = (Option<Ident>, Option<Shape>);

/// Checks the items of a call.
pub fn check<'a>(file: &'a File, errors: &mut Diagnostics) -> Vec<Checked<'a>> {
    let later = file.items.iter().filter_map(|item| match item {
        Item::Block(block) => Some(plain(&block.name)),
        Item::Shared(shared) => Some(plain(&shared.name)),
        Item::Let(_) | Item::Library(_) | Item::Network(_) => None,
    });
    let mut known = Known::new(later.collect());
    let mut checked: Vec<Checked<'a>> = Vec::new();
    for item in &file.items {
        match item {
            Item::Let(item) => {
                known.scope.declare(item).unwrap_or_else(|stop| stop.report(errors));
            }
            Item::Block(block) => {
                known.begin(block);
                let soundness = uses::check_block(block, &known, errors);
                known.declare_block(block, soundness, errors);
            }
            Item::Shared(shared) => {
                let soundness = uses::check_shared(shared, &known, errors);
                known.declare_shared(shared, soundness, errors);
            }
            Item::Library(library) => known.declare_library(library, errors),
            Item::Network(item) => {
                // Of two that are configured, one may be there: rustc knows.
                let clashes = |earlier: &Checked<'_>| {
                    let are_configured = earlier.item.is_configured() && item.is_configured();
                    earlier.item.name == item.name && !are_configured
                };
                if checked.iter().any(clashes) {
                    errors.push(messages::network_twice(&item.name));
                    continue;
                }
                checked.push(network(item, &file.krate, &known, errors));
            }
        }
    }
    checked
}

fn network<'a>(item: &'a Network, krate: &TokenStream, known: &Known<'_>, errors: &mut Diagnostics) -> Checked<'a> {
    let before = errors.len();
    let mut attrs = item.attrs.clone();
    let budget = budget::take(&mut attrs, errors);
    let field = budget::take_field(&mut attrs, errors);
    let mut walk = Walk::new(&item.inputs, known, errors);
    walk.scope.later = taps(&item.elements).chain(item.heads.iter().flat_map(|head| taps(&head.elements))).collect();
    walk.chain(&item.elements, errors);
    if item.elements.is_empty() && item.heads.is_empty() && !item.is_broken {
        errors.push(messages::no_layers(&item.name));
    }
    let trunk = walk.output_shape();
    let outputs = walk.heads(&item.heads, errors);
    walk.names.check(errors);
    // What is read or named wrongly may be what is missed here.
    if errors.len() == before {
        walk.check_inputs(errors);
        walk.check_names(errors);
    }
    let output = match item.heads.is_empty() {
        true => vec![(None, trunk)],
        false => item
            .heads
            .iter()
            .map(|head| {
                let found = outputs.iter().find(|output| output.name.as_ref() == Some(&head.name));
                (Some(head.name.clone()), found.map(|output| walk.nodes[output.node.0].shape))
            })
            .collect(),
    };
    let outline = Outline {
        attrs,
        vis: item.vis.clone(),
        name: item.name.clone(),
        krate: krate.clone(),
        inputs: named_once(walk.input_shapes()),
        outputs: named_once(output),
    };
    if item.is_broken || errors.len() > before {
        return Checked { item, outline, net: None, uses_wrong: walk.uses_wrong };
    }
    let uses_wrong = walk.uses_wrong;
    let net = walk.finish(&outline, outputs, budget, field).filter(|net| {
        budget::check(net, errors);
        errors.len() == before
    });
    Checked { item, outline, net, uses_wrong }
}

/// The first of each name: of fields that are named alike, a second mistake would follow.
fn named_once(sides: Vec<Side>) -> Vec<Side> {
    let mut once: Vec<Side> = Vec::new();
    for side in sides {
        if once.iter().all(|(name, _)| name.as_ref().map(plain) != side.0.as_ref().map(plain)) {
            once.push(side);
        }
    }
    once
}

/// Names of taps that stand in a chain, outside of blocks.
fn taps(elements: &[Element]) -> impl Iterator<Item = String> {
    fn collect(elements: &[Element], names: &mut Vec<String>) {
        for element in elements {
            if let Element::Marked(_, element) = element {
                collect(std::slice::from_ref(element), names);
                continue;
            }
            let (tap, chains): (Option<&Ident>, Vec<&[Element]>) = match element {
                Element::Layer(call) => (call.tap.as_ref(), Vec::new()),
                Element::Repeat(repeat) => (None, vec![&repeat.body]),
                Element::Join(join) => {
                    (join.tap.as_ref(), join.branches.iter().map(|branch| &branch.elements[..]).collect())
                }
                Element::Residual(residual) => match &residual.via {
                    Some(Via::Layers(layers)) => (residual.tap.as_ref(), vec![&residual.body, layers]),
                    Some(Via::Auto(_)) | None => (residual.tap.as_ref(), vec![&residual.body]),
                },
                Element::Recall(_) | Element::Statement(_) | Element::Marked(..) | Element::Broken => {
                    (None, Vec::new())
                }
            };
            names.extend(tap.map(plain));
            chains.into_iter().for_each(|chain| collect(chain, names));
        }
    }
    let mut names = Vec::new();
    collect(elements, &mut names);
    names.into_iter()
}
