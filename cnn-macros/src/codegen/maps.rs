//! `rt::Map` constants: where values lie.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use crate::net::Net;
use crate::plan::{Place, Plan};
use crate::shape::Shape;

/// The name of a node's map: `X3`, or `D3` for its gradient.
pub(super) fn name(prefix: &str, node: usize) -> Ident {
    Ident::new(&format!("{prefix}{node}"), Span::mixed_site())
}

/// `const X3: rt::Map = ..;`
pub(super) fn constant(name: &Ident, place: &Place) -> TokenStream {
    let value = value(place);
    quote!(const #name: rt::Map = #value;)
}

/// `rt::Map { .. }`
pub(super) fn value(place: &Place) -> TokenStream {
    let Place { offset, shape: Shape { height, width, channels, .. }, border: [top, bottom, left, right], .. } = place;
    let numbers = [offset, height, width, channels, top, bottom, left, right].map(|&n| number(n));
    let [offset, height, width, channels, top, bottom, left, right] = numbers;
    quote! {
        rt::Map {
            offset: #offset, height: #height, width: #width, channels: #channels,
            border: [#top, #bottom, #left, #right]
        }
    }
}

/// A number without a suffix: `28` and not `28usize`.
pub(super) fn number(n: usize) -> proc_macro2::Literal {
    proc_macro2::Literal::usize_unsuffixed(n)
}

/// The name of a layer's constant: `conv1` gives `CONV1`.
pub(super) fn layer(name: &str) -> Ident {
    format_ident!("{}", name.to_uppercase(), span = Span::mixed_site())
}

/// The type of a sample of some shape.
pub(super) fn sample_type(shape: Shape) -> TokenStream {
    let Shape { height, width, channels, is_vector } = shape;
    let [height, width, channels] = [height, width, channels].map(number);
    if is_vector { quote!([f32; #channels]) } else { quote!(rt::Volume<#height, #width, #channels>) }
}

/// All maps of a network: X of values in inference; T of values, D of gradients, M of masks and S of gradients that are
/// written without a border, in training. The number is the node's.
pub(super) fn all(net: &Net, plan: &Plan) -> TokenStream {
    let train = &plan.train;
    let constants = net.iter().flat_map(|(id, _)| {
        let map = |prefix: &str, place: &Place| constant(&name(prefix, id.0), place);
        [
            Some(map("X", &plan.infer.values[id.0])),
            Some(map("T", &train.pass.values[id.0])),
            Some(map("D", &train.gradients[id.0])),
            train.masks[id.0].map(|place| map("M", &place)),
            train.spread[id.0].map(|place| map("S", &place)),
        ]
    });
    let constants = constants.flatten();
    quote!(#(#constants)*)
}
