//! The wording of every message, one named constructor each.
//!
//! The title is the thing as written and the rule that it breaks, in lower case and without a full stop; the body has
//! the arithmetic; the help has spellings that work.

mod arguments;
mod budget;
mod compound;
mod lints;
mod names;
mod shapes;
mod syntax;

use proc_macro2::Ident;
use quote::ToTokens;

use crate::diag::Diagnostic;

pub use arguments::*;
pub use budget::*;
pub use compound::*;
pub use lints::*;
pub use names::*;
pub use shapes::*;
pub use syntax::*;

/// A network that came to nothing, and no mistake that says why: ours.
pub fn internal_error(name: &Ident) -> Diagnostic {
    Diagnostic::new(name.to_token_stream(), format!("`{name}` could not be compiled, and `network!` does not know why"))
        .line("this is a mistake of the compiler itself, not of the network: please report it with the declaration")
}

/// `60,965,224`
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `one of `a`, `b` or `c``, as far as there are several.
pub fn list(items: &[String], last: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_lists_are_readable() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(61_706), "61,706");
        assert_eq!(thousands(60_965_224), "60,965,224");
        assert_eq!(list(&["a".into(), "b".into(), "c".into()], "or"), "a, b or c");
    }
}
