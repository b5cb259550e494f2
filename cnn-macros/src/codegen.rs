//! Stands in for the code generator: the type and its constants.

use proc_macro2::TokenStream;
use quote::quote;

use crate::check::Outline;
use crate::net::Net;
use crate::plan::Plan;

pub fn network(net: &Net, _plan: &Plan) -> TokenStream {
    let Net { attrs, vis, name, krate, .. } = net;
    let (params, macs) = (net.params(), net.macs());
    let output = net[net.output].shape;
    let (height, width, channels) = (output.height, output.width, output.channels);
    let layers = net.nodes.iter().filter(|node| node.op.is_some()).map(|node| {
        let (name, words, params, macs) = (&node.name, &node.words, node.learnt(), node.macs);
        let (height, width, channels) = (node.shape.height, node.shape.width, node.shape.channels);
        let [rows, columns] = node.receptive_field;
        quote!(#krate::__private::LayerInfo {
            name: #name, words: #words, output: [#height, #width, #channels],
            params: #params, macs: #macs, receptive_field: [#rows, #columns],
        })
    });
    quote! {
        #(#attrs)*
        #vis struct #name;
        #[automatically_derived]
        #[allow(dead_code)]
        impl #name {
            /// How many numbers training learns.
            pub const PARAMS: usize = #params;
            /// Multiply-adds of one forward pass.
            pub const MACS: u64 = #macs;
            /// The output's shape.
            pub const OUTPUT: [usize; 3] = [#height, #width, #channels];
            /// The layers.
            pub const LAYERS: &'static [#krate::__private::LayerInfo] = &[#(#layers),*];
        }
    }
}

pub fn stub(outline: &Outline) -> TokenStream {
    let Outline { attrs, vis, name, .. } = outline;
    quote!(#(#attrs)* #vis struct #name;)
}
