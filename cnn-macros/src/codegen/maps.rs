//! `rt::Map` constants: where values lie.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::roll::Constants;
use crate::net::{Net, NodeId};
use crate::plan::{Part, Place, Plan, Within};
use crate::shape::Shape;

/// The name of a node's map: `X3`, or `D3` for its gradient.
pub fn name(prefix: &str, node: usize) -> Ident {
    Ident::new(&format!("{prefix}{node}"), Span::mixed_site())
}

/// The node that a node's map is named after: a value that stays in the memory of an input shares its map.
pub fn named_after(net: &Net, places: &[Place], id: NodeId) -> NodeId {
    match net[id].inputs.iter().find(|input| places[input.0] == places[id.0]) {
        Some(&input) => named_after(net, places, input),
        None => id,
    }
}

/// `rt::Map::new(offset, [height, width, channels], [top, bottom, left, right])`, and `.part(first, channels)` if it is
/// some channels of that.
pub fn value(place: &Place) -> TokenStream {
    if let Some(Within { channels, first }) = place.within {
        let whole = value(&Place { shape: Shape { channels, ..place.shape }, within: None, ..*place });
        let [first, channels] = [first, place.shape.channels].map(number);
        return quote!(#whole.part(#first, #channels));
    }
    let Shape { height, width, channels, .. } = place.shape;
    let offset = number(place.offset);
    let shape = [height, width, channels].map(number);
    if place.border == [0; 4] {
        quote!(rt::Map::dense(#offset, [#(#shape),*]))
    } else {
        let border = place.border.map(number);
        quote!(rt::Map::new(#offset, [#(#shape),*], [#(#border),*]))
    }
}

/// A number without a suffix: `28` and not `28usize`.
pub(super) fn number(n: usize) -> proc_macro2::Literal {
    proc_macro2::Literal::usize_unsuffixed(n)
}

/// The name of a layer's constant: `conv1` gives `CONV1`. Names that may differ in dots or case alone (`a.b` and `a_b`,
/// `Conv1`), or that are a map's (`x1`), have the node's number behind them. What a constant's name cannot hold is left
/// out.
pub(super) fn layer(net: &Net, id: NodeId) -> Ident {
    let name = &net[id].name;
    let is_letter = |byte: &u8| byte.is_ascii_lowercase();
    let is_plain = name.bytes().take(2).filter(is_letter).count() == 2
        && name.bytes().all(|byte| is_letter(&byte) || byte.is_ascii_digit());
    let upper = name.replace(|c: char| !c.is_ascii_alphanumeric(), "_").to_ascii_uppercase();
    let name = if is_plain { upper } else { format!("{upper}_{}", id.0) };
    format_ident!("{}", name, span = Span::mixed_site())
}

/// The type of a sample of some shape.
pub(super) fn sample_type(shape: Shape) -> TokenStream {
    let Shape { height, width, channels, is_vector } = shape;
    let [height, width, channels] = [height, width, channels].map(number);
    if is_vector { quote!([f32; #channels]) } else { quote!(rt::Volume<#height, #width, #channels>) }
}

/// All maps of a network: X of values in inference; T of values, D of gradients, M of masks, S of gradients that are
/// written without a border and G of what is added to another gradient, in training. The number is the node's.
pub(super) fn all(net: &Net, plan: &Plan, constants: &mut Constants) {
    let train = &plan.train;
    let mut add = |prefix: &str, id: usize, place: &Place| {
        let ty = if place.within.is_some() { quote!(rt::Part) } else { quote!(rt::Map) };
        constants.add(&name(prefix, id), &ty, &value(place));
    };
    for (prefix, places) in [("X", &plan.infer.values), ("T", &train.pass.values), ("D", &train.gradients)] {
        for (id, _) in net.iter().filter(|(id, _)| named_after(net, places, *id) == *id) {
            add(prefix, id.0, &places[id.0]);
        }
    }
    for (prefix, places) in [("M", &train.masks), ("S", &train.spread), ("G", &apart(plan))] {
        for (id, place) in places.iter().enumerate() {
            if let Some(place) = place {
                add(prefix, id, place);
            }
        }
    }
}

/// By node: where its part of the gradient for its input lies until it is added.
fn apart(plan: &Plan) -> Vec<Option<Place>> {
    let places = plan.train.parts.iter().map(|parts| match parts[..] {
        [Part::Apart(place)] => Some(place),
        _ => None,
    });
    places.collect()
}
