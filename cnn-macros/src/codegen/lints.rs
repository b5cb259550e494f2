//! Warnings. A macro on stable Rust cannot make one; a use of something deprecated can, at any place.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;

use crate::check::lints::Lint;

/// For each warning, a use of a deprecated constant where it is due. The network's own `#[allow(..)]` and
/// `#[cfg(..)]` count.
pub(super) fn all(lints: &[Lint], attrs: &[syn::Attribute]) -> TokenStream {
    let levels = attrs.iter().filter(|attr| ["allow", "expect", "cfg"].iter().any(|level| attr.path().is_ident(level)));
    let levels: Vec<_> = levels.collect();
    let uses = lints.iter().map(|Lint { tokens, text }| {
        let span =
            tokens.clone().into_iter().next().as_ref().map_or_else(proc_macro2::Span::call_site, TokenTree::span);
        let name = Ident::new("warning", span);
        quote! {
            #(#levels)*
            const _: () = {
                #[deprecated(note = #text)]
                #[allow(non_upper_case_globals)]
                const warning: () = ();
                #name
            };
        }
    });
    quote!(#(#uses)*)
}
