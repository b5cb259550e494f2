//! Syntax tree to typed network: names, numbers, shapes, tensors, budgets.
//!
//! A layer that fails has an unknown shape, which silences what depends on it; what does not depend on it is still
//! reported. Knows the layers through their kinds only, and nothing of memory or generated code.

pub mod attempt;
pub mod budget;
pub mod call;
pub mod chain;
pub mod names;
pub mod scope;

use proc_macro2::{Ident, TokenStream};

use crate::diag::Diagnostics;
use crate::layers::kind::Stop;
use crate::messages;
use crate::net::Net;
use crate::shape::Shape;
use crate::syntax::ast::{File, Item, Network};
use chain::Chain;
use scope::Scope;

/// A declared network, right or wrong.
#[derive(Debug)]
pub struct Checked {
    pub outline: Outline,
    /// `None` if it has mistakes.
    pub net: Option<Net>,
}

/// What is known of a network even if it has mistakes: enough for a type that the rest of the program can name.
#[derive(Clone, Debug)]
pub struct Outline {
    pub attrs: Vec<syn::Attribute>,
    pub vis: syn::Visibility,
    pub name: Ident,
    pub krate: TokenStream,
    pub input: Option<Shape>,
    pub output: Option<Shape>,
}

/// Checks the items of a call.
pub fn check(file: File, errors: &mut Diagnostics) -> Vec<Checked> {
    let mut scope = Scope::default();
    let mut checked: Vec<Checked> = Vec::new();
    for item in file.items {
        match item {
            Item::Let(item) => {
                if let Err(Stop::Mistake(mistake)) = scope.declare(&item) {
                    errors.push(*mistake);
                }
            }
            Item::Network(item) => {
                if checked.iter().any(|earlier| earlier.outline.name == item.name) {
                    errors.push(messages::network_twice(&item.name));
                    continue;
                }
                checked.push(network(*item, &file.krate, &scope, errors));
            }
        }
    }
    checked
}

fn network(item: Network, krate: &TokenStream, scope: &Scope, errors: &mut Diagnostics) -> Checked {
    let before = errors.len();
    let mut attrs = item.attrs;
    let budget = budget::take(&mut attrs, errors);
    let input = item.input.as_ref().and_then(|dims| chain::input_shape(dims, scope, errors));
    let mut chain = Chain::new(input, item.input.as_ref(), scope);
    for element in &item.elements {
        chain.element(element, errors);
    }
    if item.elements.is_empty() && !item.is_broken {
        errors.push(messages::no_layers(&item.name));
    }
    names::check(&chain, errors);
    let outline = Outline {
        attrs: attrs.clone(),
        vis: item.vis.clone(),
        name: item.name.clone(),
        krate: krate.clone(),
        input,
        output: chain.output_shape(),
    };
    if item.is_broken || errors.len() > before {
        return Checked { outline, net: None };
    }
    let net = chain.finish(&outline, budget).filter(|net| {
        budget::check(net, errors);
        errors.len() == before
    });
    Checked { outline, net }
}
