//! Trying a spelling before it is suggested.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::quote;

use super::call::check_call;
use super::scope::Scope;
use crate::diag::Diagnostics;
use crate::layers::kind::Incoming;
use crate::shape::Shape;
use crate::syntax::ast::Element;
use crate::syntax::cursor::{Cursor, trees};
use crate::syntax::parse::chain;
use crate::syntax::render::render;

/// What a call would be checked against.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
    pub scope: &'a Scope,
    pub incoming: Option<&'a Incoming>,
}

impl Attempt<'_> {
    /// What a call makes, if the checker has nothing against it.
    pub fn shape(&self, tokens: TokenStream) -> Option<Shape> {
        let tokens = trees(tokens);
        let mut errors = Diagnostics::default();
        let (elements, _) = chain(&mut Cursor::new(&tokens, Span::call_site()), &mut errors);
        let layer = match &elements[..] {
            [Element::Layer(call)] => check_call(call, self.incoming, self.scope, None, &mut errors),
            _ => None,
        };
        let is_right = errors.take().is_empty();
        layer.filter(|_| is_right).map(|layer| layer.shape)
    }

    /// The text of a call of `word` and what it makes, if that is anything.
    pub fn spell(&self, word: &str, args: &[TokenStream]) -> Option<String> {
        let call = call_tokens(word, args)?;
        if self.incoming.is_none() {
            // Behind a mistake: what any input can have.
            let fits =
                |shape| Attempt { incoming: Some(&Incoming::first(shape)), ..*self }.shape(call.clone()).is_some();
            return Incoming::PROBES.into_iter().all(fits).then(|| format!("`{}`", render(&call)));
        }
        let shape = self.shape(call.clone())?;
        Some(format!("`{}` gives {shape}", render(&call)))
    }
}

/// The tokens of a call.
pub fn call_tokens(word: &str, args: &[TokenStream]) -> Option<TokenStream> {
    syn::parse_str::<syn::Ident>(word).ok()?;
    let word = TokenTree::from(Ident::new(word, Span::call_site()));
    Some(if args.is_empty() { word.into() } else { quote!(#word(#(#args),*)) })
}
