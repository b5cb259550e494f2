//! `sep(filters, size, options)`: a depthwise convolution and a 1x1 convolution behind it.

use proc_macro2::{Delimiter, Group, Ident, TokenStream};
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
        let before = errors.len();
        self.names.enter(&name);
        for (word, args) in [("dw", window), ("conv", quote!(#filters, 1 #bias))] {
            let word = Ident::new(word, call.word.span());
            let mut group = Group::new(Delimiter::Parenthesis, args);
            group.set_span(call.tokens.clone().into_iter().last().map_or(word.span(), |tree| tree.span()));
            let tokens = trees(quote!(#word #group));
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
        errors.for_each_from(before, |mistake| {
            mistake.body.push(format!("in `{}`: `dw` and a 1x1 `conv` behind it", call.words));
            // A spelling of one of the two does not stand for both.
            let is_part = |help: &String| ["`dw(", "`conv("].iter().any(|part| help.contains(part));
            mistake.help = mistake.help.take().filter(|help| !is_part(help));
        });
        self.close(steps, call.words.clone());
        self.tap(call.tap.as_ref(), errors);
    }
}
