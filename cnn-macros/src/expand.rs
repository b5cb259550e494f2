//! The driver: parse, check, plan, generate. A stage sees only what the stage before it made.

use proc_macro2::TokenStream;

use crate::check::{Checked, check};
use crate::codegen;
use crate::diag::Diagnostics;
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
    for Checked { outline, net } in check(&file, &mut errors) {
        // The barriers: only a network without mistakes is planned, only one within its budget is generated.
        let planned = net.and_then(|net| plan(net, &mut errors));
        code.extend(match planned {
            Some((net, plan)) => codegen::network(&net, &plan),
            None => codegen::stub(&outline),
        });
    }
    for item in &file.items {
        if let Item::Network(network) = item {
            code.extend(reuse::carry(&file, network));
        }
    }
    code.extend(errors.render());
    code
}
