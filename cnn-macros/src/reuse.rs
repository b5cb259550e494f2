//! Networks within networks of other modules and crates.
//!
//! A macro sees its own tokens and nothing else, so a network brings its declaration along: beside its type stands a
//! macro of the same name, which puts the declaration into another `network!`. `use path::Name;` there calls it.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::syntax::ast::{File, Item, Network};
use crate::syntax::cursor::{Cursor, trees};
use crate::syntax::item::used;

/// The call that puts a declaration in the place of the first `use path::Name;`, if there is one.
pub fn fetch(tokens: &TokenStream) -> Option<TokenStream> {
    let trees = trees(tokens.clone());
    let mut cursor = Cursor::new(&trees, proc_macro2::Span::call_site());
    let krate = cursor.group(0, proc_macro2::Delimiter::Parenthesis)?.stream();
    cursor.skip(1);
    let (before, (path, name)) = loop {
        // `use` is no word of a chain, so wherever it stands an item begins. One that cannot be read is left to the
        // parser.
        while !cursor.is_word(0, "use") {
            cursor.next()?;
        }
        let before = cursor.position();
        cursor.skip(1);
        if let Some(used) = used(&mut cursor) {
            break (before, used);
        }
        cursor.rewind(before + 1);
    };
    let found: TokenStream = trees[1..before].iter().cloned().collect();
    let rest: TokenStream = cursor.rest().iter().cloned().collect();
    Some(quote!(#path! { @cnn (#krate) #name { #found } { #rest } }))
}

/// The macro that brings a network's declaration along, and its name beside the type's.
pub fn carry(file: &File, network: &Network) -> TokenStream {
    let Network { attrs, vis, name, .. } = network;
    if matches!(vis, syn::Visibility::Inherited) {
        return TokenStream::new();
    }
    let mut source = TokenStream::new();
    for (item, tokens) in file.items.iter().zip(&file.sources) {
        match item {
            Item::Network(other) if std::ptr::eq(&**other, network) => {
                source.extend(tokens.clone());
                break;
            }
            Item::Network(_) => {}
            Item::Let(_) | Item::Block(_) | Item::Shared(_) | Item::Library(_) => source.extend(tokens.clone()),
        }
    }
    // Exported macros of a crate share one list of names, and modules may declare the same network.
    let start = name.span().start();
    let text = format!("{} {} {source}", start.line, start.column);
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, mix);
    let hidden: Ident = format_ident!("__cnn_{}_{:x}", name, hash);
    let export = matches!(vis, syn::Visibility::Public(_)).then(|| quote!(#[macro_export]));
    let conditions: Vec<_> = Network::conditions(attrs).collect();
    quote! {
        #(#conditions)*
        #export
        #[doc(hidden)]
        #[allow(unused_macros, non_local_definitions)]
        macro_rules! #hidden {
            (@cnn ($($krate:tt)*) $name:ident { $($found:tt)* } { $($rest:tt)* }) => {
                $($krate)*::__network! { ($($krate)*) $($found)* @library $name #name { #source } $($rest)* }
            };
        }
        #(#conditions)*
        #[doc(hidden)]
        #[allow(unused_imports)]
        #vis use #hidden as #name;
    }
}
