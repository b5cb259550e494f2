//! The driver: parse, check, plan, generate. A stage sees only what the stage before it made.

use proc_macro2::TokenStream;

use crate::check::{Checked, check};
use crate::codegen;
use crate::diag::Diagnostics;
use crate::messages;
use crate::plan::plan;
use crate::reuse;
use crate::syntax::parse;

/// Expands a macro call: every network of it becomes a type, right or wrong, and every mistake a compiler error.
pub fn expand(tokens: TokenStream) -> TokenStream {
    if let Some(call) = reuse::fetch(&tokens) {
        return call;
    }
    let mut errors = Diagnostics::default();
    let file = parse(tokens, &mut errors);
    let mut code = TokenStream::new();
    let mut carried = TokenStream::new();
    for Checked { item, outline, net, uses_wrong } in check(&file, &mut errors) {
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
        carried.extend(reuse::carry(&file, item));
    }
    code.extend(carried);
    code.extend(errors.render());
    code
}
