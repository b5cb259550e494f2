//! The compiler behind `cnn::network!`.
//!
//! Tokens -> syntax -> checked network -> plan -> code: `expand.rs` is the table of contents.

#![allow(
    unreachable_pub,
    reason = "a macro crate exports its macros and nothing else; `pub` marks a module's interface"
)]
#![allow(clippy::result_large_err, reason = "a mistake ends the build: what it costs to pass it on does not matter")]

mod check;
mod codegen;
mod diag;
mod expand;
mod foreign;
mod layers;
mod messages;
mod net;
mod order;
mod plan;
mod reuse;
mod shape;
mod suggest;
mod syntax;
#[cfg(test)]
mod tests;

use proc_macro::TokenStream;

/// What `cnn::network!` calls: the path of the `cnn` crate in parentheses, then the declarations.
#[doc(hidden)]
#[proc_macro]
pub fn __network(tokens: TokenStream) -> TokenStream {
    expand::expand(tokens.into()).into()
}
