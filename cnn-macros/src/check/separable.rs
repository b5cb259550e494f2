//! `sep(filters, size, options)`: a depthwise convolution and a 1x1 convolution behind it.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::walk::Walk;
use crate::diag::Diagnostics;
use crate::messages;
use crate::syntax::ast::{Arg, Element, LayerCall};
use crate::syntax::cursor::{Cursor, trees};
use crate::syntax::parse::layer;
use crate::syntax::render::render;

impl Walk<'_> {
    /// Two layers in the place of one word: the number of filters goes to the second, everything else to the first.
    pub(super) fn separable(&mut self, call: &LayerCall, errors: &mut Diagnostics) {
        self.note_word(&call.word);
        let name = self.names.name("sep", call.label.as_ref(), &call.words);
        let [filters, rest @ ..] = &call.args[..] else {
            errors.push(messages::separable_form(call));
            return self.poison();
        };
        if rest.is_empty() {
            errors.push(messages::separable_form(call));
            return self.poison();
        }
        let has_bias = rest.iter().all(|arg| render(&arg.tokens) != "nobias");
        let list = |args: &[Arg]| -> TokenStream {
            let args = args.iter().map(|arg| &arg.tokens);
            quote!(#(#args),*)
        };
        let (window, filters) = (list(rest), &filters.tokens);
        let bias = (!has_bias).then(|| quote!(, nobias));
        let steps = self.steps.len();
        self.names.enter(&name);
        for (word, args) in [("dw", window), ("conv", quote!(#filters, 1 #bias))] {
            let word = Ident::new(word, call.word.span());
            let tokens = trees(quote!(#word(#args)));
            let mut cursor = Cursor::new(&tokens, call.word.span());
            match layer(&mut cursor, 0, errors) {
                Ok(Element::Layer(part)) => {
                    self.layer(&LayerCall { end: call.end.clone(), ..part }, errors);
                }
                Ok(_) => {}
                Err(error) => {
                    errors.push(error);
                    self.poison();
                }
            }
        }
        self.names.leave();
        self.close(steps, call.words.clone());
        self.tap(call.tap.as_ref(), errors);
    }
}
