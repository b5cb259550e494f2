//! Numbers in generated code, without type suffixes: short to read.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

pub fn number(value: usize) -> Literal {
    Literal::usize_unsuffixed(value)
}

pub fn numbers(values: &[usize]) -> TokenStream {
    let values = values.iter().map(|&value| number(value));
    quote!([#(#values),*])
}

/// A finite number; arguments are checked to be finite.
pub fn real(value: f64) -> TokenStream {
    let value = value as f32;
    let literal = Literal::f32_unsuffixed(value.abs());
    if value < 0.0 { quote!(-#literal) } else { quote!(#literal) }
}

/// `Some(8)` or `None`.
pub fn optional(value: Option<usize>) -> TokenStream {
    match value.map(number) {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}
