//! Tokens as a person would write them: `conv(6, 5, p2)`.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use syn::ext::IdentExt;

/// Characters after which text is cut: a title stays a title whatever was written.
const LONGEST: usize = 60;

/// A name as it stands in files and messages: `type` for `r#type`.
pub fn plain(name: &Ident) -> String {
    name.unraw().to_string()
}

/// The text of some tokens, whole.
pub fn whole(tokens: &TokenStream) -> String {
    let mut text = String::new();
    write(tokens, usize::MAX, &mut text);
    text
}

/// The text of some tokens, cut if it is very long: for messages.
pub fn render(tokens: &TokenStream) -> String {
    let mut text = String::new();
    write(tokens, LONGEST, &mut text);
    if let Some((cut, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(cut);
        text.push_str("..");
    }
    text
}

/// Writes at least `longest` characters, if there are so many.
fn write(tokens: &TokenStream, longest: usize, text: &mut String) {
    let mut before: Option<TokenTree> = None;
    let mut is_operand = false;
    for tree in tokens.clone() {
        // Twice the limit: a cut in the middle is still seen by `render`.
        if text.len() / 2 > longest {
            return;
        }
        if before.as_ref().is_some_and(|before| spaced(before, &tree, is_operand)) {
            text.push(' ');
        }
        match &tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{", "}"),
                    // An expression that came in one piece through another macro.
                    Delimiter::None if group.stream().into_iter().nth(1).is_some() => ("(", ")"),
                    Delimiter::None => ("", ""),
                };
                text.push_str(open);
                write(&group.stream(), longest, text);
                // A comma behind the last argument says nothing.
                if text.ends_with(',') && text.len() <= longest {
                    text.pop();
                }
                text.push_str(close);
            }
            _ => text.push_str(&tree.to_string()),
        }
        // A minus behind an operand is a binary one, and so is the space behind it.
        is_operand = match &tree {
            TokenTree::Punct(punct) if punct.as_char() == '-' => is_operand && before.is_some(),
            TokenTree::Punct(_) => false,
            _ => true,
        };
        before = Some(tree);
    }
}

/// Whether a space stands between two tokens. `was_operand`: for a minus, whether it is a binary one.
fn spaced(before: &TokenTree, after: &TokenTree, was_operand: bool) -> bool {
    let punct = |tree: &TokenTree| match tree {
        TokenTree::Punct(punct) => Some(punct.as_char()),
        _ => None,
    };
    match (punct(before), punct(after)) {
        (_, Some(',' | ';' | '?' | ':' | '.')) => false,
        (Some('-' | '=' | ':' | '&' | '|'), Some('>' | '=' | '&' | '|')) => false,
        (Some('-'), _) => was_operand,
        (Some('@' | '#' | '!' | '.' | '<' | ':' | '&' | '\''), _) => matches!(punct(before), Some(':')),
        (Some(_), _) => true,
        (None, Some('>' | '@' | '!')) => !matches!(punct(after), Some('!')),
        (None, Some(_)) => true,
        (None, None) => !matches!(
            (before, after),
            (TokenTree::Ident(_), TokenTree::Group(group)) if group.delimiter() != Delimiter::Brace
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_read_as_they_are_written() {
        for text in [
            "conv(6, 5, p2)",
            "conv(8, 3x5, s2x1)",
            "conv(2 * n, (k - 1) / 2, p[0, 1, 0, 1])",
            "conv(6, 5, p?, stride = 2)",
            "elu(-1.0)",
            "relu",
        ] {
            assert_eq!(render(&text.parse().unwrap()), text);
        }
        let crowded: TokenStream = "conv( 6,5 , p = 2 ,s=n-1 )".parse().unwrap();
        assert_eq!(render(&crowded), "conv(6, 5, p = 2, s = n - 1)");
        let trailing: TokenStream = "conv(6, 5,)".parse().unwrap();
        assert_eq!(render(&trailing), "conv(6, 5)");
    }

    #[test]
    fn endless_text_is_cut() {
        let endless: TokenStream = "relu ".repeat(10_000).parse().unwrap();
        assert_eq!(render(&endless).len(), LONGEST + 2);
    }
}
