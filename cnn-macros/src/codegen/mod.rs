//! From the plan to Rust: one file a generated thing. Generated code is calls, not algorithms; it names the runtime's
//! one private door, `rt`, and nothing else. Generation cannot fail.

mod calls;
mod constants;
mod inference;
mod lints;
mod maps;
mod methods;
mod roll;
mod sides;
mod site;
mod table;
mod training;

use proc_macro2::TokenStream;
use quote::quote;

use crate::check::{Outline, Side};
use crate::net::Net;
use crate::plan::Plan;
use crate::shape::Shape;
use crate::syntax::ast::Network;
use roll::Constants;

/// The items of a network.
pub fn network(net: &Net, plan: &Plan) -> TokenStream {
    let Net { attrs, vis, name, krate, words, .. } = net;
    let table = table::doc_lines(net, plan);
    let conditions = conditions(attrs);
    let mut all = Constants::default();
    constants::layers(net, plan, &mut all);
    maps::all(net, plan, &mut all);
    let infer = inference::infer(net, plan, &all);
    let training = training::training(net, plan, &all);
    let network = methods::network_impl(net, plan);
    let constants = all.used_in(&[&infer, &training, &network]);
    let face = methods::Face::of(net);
    let inherent = methods::inherent_impl(&face);
    let sides::Sides { types, impls } = sides::types(&conditions, vis, name, &face.inputs, &face.outputs);
    let lints = lints::all(&crate::check::lints::lints(net), attrs);
    quote! {
        #(#attrs)*
        #(#[doc = #table])*
        #vis struct #name {
            model: #krate::__private::Model<#name>,
        }

        #conditions
        #[allow(clippy::all, clippy::pedantic, clippy::restriction, dead_code, unused_imports)]
        const _: () = {
            use #krate::__private as rt;
            use rt::words::{#(#words as _),*};

            #constants

            #[automatically_derived]
            impl rt::Passes for #name {
                #infer
                #training
            }

            #network

            #inherent

            #impls
        };

        #types

        #lints
    }
}

/// What stands in for a network that has mistakes: the same type with the same items, so that its uses bring no second
/// error and the editor goes on working.
pub fn stub(outline: &Outline) -> TokenStream {
    let Outline { attrs, vis, name, krate, inputs, outputs } = outline;
    let conditions = conditions(attrs);
    // A shape that is not known becomes that of nothing.
    let known = |sides: &[Side]| -> Vec<sides::Part> {
        let known = |(name, shape): &Side| (name.clone(), shape.unwrap_or(Shape::vector(0)));
        if sides.is_empty() { vec![(None, Shape::vector(0))] } else { sides.iter().map(known).collect() }
    };
    let face = methods::Face::new(vis, name, known(inputs), known(outputs));
    let network = methods::stub_impl(name, &face.input, &face.output);
    let inherent = methods::inherent_impl(&face);
    let sides::Sides { types, impls } = sides::types(&conditions, vis, name, &face.inputs, &face.outputs);
    quote! {
        #(#attrs)*
        #vis struct #name {
            model: #krate::__private::Model<#name>,
        }

        #conditions
        #[allow(clippy::all, clippy::pedantic, clippy::restriction, dead_code, unused_imports)]
        const _: () = {
            use #krate::__private as rt;

            #network

            #inherent

            #impls
        };

        #types
    }
}

/// A network's `#[cfg(..)]`, for every item that it becomes. The type has them among its attributes.
fn conditions(attrs: &[syn::Attribute]) -> TokenStream {
    let conditions = Network::conditions(attrs);
    quote!(#(#conditions)*)
}
