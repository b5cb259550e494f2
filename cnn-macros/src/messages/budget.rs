//! Budgets that are exceeded or cannot be read.

use proc_macro2::{Ident, TokenStream};

use super::thousands;
use crate::diag::Diagnostic;
use crate::net::{Bound, Net, Node};
use crate::syntax::render::render;

/// `worst` is the layer that takes most, and how much.
pub fn over_budget(net: &Net, bound: &Bound, what: &str, found: u64, worst: Option<(&Node, u64)>) -> Diagnostic {
    let limit = thousands(bound.limit);
    let title = format!("`{}` has {} {what}, over its budget of {limit}", net.name, thousands(found));
    let mistake = Diagnostic::new(bound.tokens.clone(), title);
    match worst {
        Some((node, amount)) => mistake.line(format!(
            "`{}` ({}) has {} of them, {} %",
            node.words,
            node.name,
            thousands(amount),
            amount as u128 * 100 / u128::from(found.max(1))
        )),
        None => mistake,
    }
}

pub fn budget_form(tokens: TokenStream) -> Diagnostic {
    Diagnostic::new(tokens, "a budget names its bounds").help("`#[max(params = 60_000, macs = \"5M\", ram = \"64K\")]`")
}

pub fn budget_key(tokens: TokenStream, key: &str, near: Option<&str>) -> Diagnostic {
    let mistake = Diagnostic::new(tokens, format!("there is no budget of `{key}`"));
    match near {
        Some(near) => mistake.help(format!("`{near}`")),
        None => mistake.line("there are `params`, `macs` and `ram`"),
    }
}

pub fn budget_twice(tokens: TokenStream, key: &str) -> Diagnostic {
    Diagnostic::new(tokens, format!("the budget of `{key}` is there twice"))
}

pub fn budget_amount(tokens: TokenStream, key: &str) -> Diagnostic {
    let text = render(&tokens);
    Diagnostic::new(tokens, format!("`{text}` is not an amount for `{key}`"))
        .line("an amount is a whole number, or a number in quotes with K, M or G behind it: `\"1.5M\"`")
}

/// `node` is the layer with which they no longer can.
pub fn macs_overflow(name: &Ident, node: &Node) -> Diagnostic {
    Diagnostic::new(node.tokens.clone(), format!("up to here, `{name}` has more multiply-adds than can be counted"))
        .line("the limit is 2^64")
}

pub fn field_form(tokens: TokenStream) -> Diagnostic {
    Diagnostic::new(tokens, "this bound cannot be read")
        .help("`#[min(field = 32)]`: rows and columns that an output sees")
}
