//! The driver: parse, check, plan, generate. A stage sees only what the stage before it made.

use proc_macro2::TokenStream;

use crate::check::{Checked, check};
use crate::codegen;
use crate::diag::Diagnostics;
use crate::messages;
use crate::plan::plan;
use crate::reuse;
use crate::syntax::ast::Item;
use crate::syntax::parse;

/// Expands a macro call: every network of it becomes a type, right or wrong, and every mistake a compiler error.
pub fn expand(tokens: TokenStream) -> TokenStream {
    if let Some(call) = reuse::fetch(&tokens) {
        return call;
    }
    let mut errors = Diagnostics::default();
    let file = parse(tokens, &mut errors);
    let mut code = TokenStream::new();
    let mut names = Vec::new();
    for Checked { outline, net, uses_wrong } in check(&file, &mut errors) {
        names.push(outline.name.clone());
        // The barriers: only a network without mistakes is planned, only one within its budget is generated.
        let planned = net.and_then(|net| plan(net, &mut errors));
        // A stub without an error would compile, and compute nothing.
        if planned.is_none() && errors.is_empty() && !uses_wrong {
            errors.push(messages::internal_error(&outline.name));
        }
        code.extend(match planned {
            Some((net, plan)) => codegen::network(&net, &plan),
            None => codegen::stub(&outline),
        });
    }
    for name in names {
        let is_it = |item: &&Item| matches!(item, Item::Network(network) if network.name == name);
        if let Some(Item::Network(network)) = file.items.iter().find(is_it) {
            code.extend(reuse::carry(&file, network));
        }
    }
    code.extend(errors.render());
    code
}
