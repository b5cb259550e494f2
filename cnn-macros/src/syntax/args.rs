//! Arguments in parentheses: values by position, `s2`, `p?`, `p[0, 1, 0, 1]`, `stride = 2`, `same`.
//!
//! Which of them a layer knows is its signature's business.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::ToTokens;

use super::ast::{Arg, ArgForm, Expr, ExprKind, Written};
use super::cursor::{Cursor, pieces, trees};
use super::expr::{expr, whole_expr};
use super::literal::{Number, Slip, number};
use super::render::render;
use crate::diag::{Diagnostic, Diagnostics};
use crate::messages;

/// An option that has a letter, which a number may follow at once: `s2`, `p1x2`.
struct Short {
    letter: &'static str,
    /// Long spellings: what a parameter is called comes first.
    names: &'static [&'static str],
    /// What it is, in messages.
    about: &'static str,
}

const SHORT: [Short; 5] = [
    Short { letter: "s", names: &["stride"], about: "a stride" },
    Short { letter: "p", names: &["padding", "pad"], about: "a padding" },
    Short { letter: "o", names: &["output_padding"], about: "an output padding" },
    Short { letter: "d", names: &["dilation"], about: "a dilation" },
    Short { letter: "g", names: &["groups"], about: "a number of groups" },
];

/// Every spelling of an option that has a letter, the letter first: `p`, `padding`, `pad`.
pub fn spellings(name: &str) -> impl Iterator<Item = &'static str> {
    let row = SHORT.iter().find(|short| short.letter == name || short.names.contains(&name));
    row.into_iter().flat_map(|short| std::iter::once(short.letter).chain(short.names.iter().copied()))
}

/// Whether two names are spellings of one option.
pub fn is_same(name: &str, other: &str) -> bool {
    name == other || spellings(name).any(|spelling| spelling == other)
}

/// What a word such as `s2` is as an argument, if it is an option.
pub fn option_named(word: &str) -> Option<&'static str> {
    let (letter, _) = short_option(word)?;
    SHORT.iter().find(|short| short.letter == letter).map(|short| short.about)
}

/// Reads an argument list. Each argument is read by itself, so a bad one hides no other.
pub fn args(group: &Group, errors: &mut Diagnostics) -> Vec<Arg> {
    let tokens = trees(group.stream());
    let mut list = Vec::new();
    let mut at = 0;
    for piece in pieces(&tokens) {
        at += piece.len() + 1;
        let stream = piece.iter().cloned().collect();
        let form = if piece.is_empty() {
            Err(messages::argument_missing(tokens[at - 1].clone().into()))
        } else {
            arg(&mut Cursor::new(piece, group.span_close()))
        };
        let form = form.unwrap_or_else(|error| {
            errors.push(error);
            ArgForm::Broken
        });
        list.push(Arg { form, tokens: stream });
    }
    list
}

/// Splits `s2x1` into its letter and its value.
fn short_option(text: &str) -> Option<(&str, Written)> {
    let (letter, digits) = SHORT.iter().find_map(|short| Some((short.letter, text.strip_prefix(short.letter)?)))?;
    let count = |text: &str| if text.starts_with('+') { None } else { text.parse::<u64>().ok() };
    match digits.split_once('x') {
        Some((height, width)) => Some((letter, Written::Pair([count(height)?, count(width)?]))),
        None => {
            let kind = ExprKind::Number(count(digits)?);
            Some((letter, Written::Whole(Expr { kind, tokens: TokenStream::new() })))
        }
    }
}

fn arg(cursor: &mut Cursor<'_>) -> Result<ArgForm, Diagnostic> {
    let form = match cursor.ident(0) {
        Some(name) if cursor.is_punct(1, "=") => {
            cursor.skip(2);
            ArgForm::Option(name.to_string(), written(cursor)?)
        }
        Some(name) if cursor.is_punct(1, "?") || cursor.group(1, Delimiter::Bracket).is_some() => {
            cursor.skip(1);
            ArgForm::Option(name.to_string(), written(cursor)?)
        }
        Some(name) => match short_option(&name.to_string()) {
            Some((letter, mut value)) => {
                if let Written::Whole(expr) = &mut value {
                    expr.tokens = cursor.here();
                }
                cursor.skip(1);
                ArgForm::Option(letter.to_string(), value)
            }
            None => ArgForm::Value(written(cursor)?),
        },
        None => ArgForm::Value(written(cursor)?),
    };
    if cursor.is_empty() {
        return Ok(form);
    }
    let before = cursor.since(0);
    Err(messages::argument_goes_on(cursor.here(), &render(&before)))
}

fn written(cursor: &mut Cursor<'_>) -> Result<Written, Diagnostic> {
    if cursor.eat("?") {
        return Ok(Written::Solve);
    }
    if let Some(name) = cursor.ident(1).filter(|_| cursor.is_punct(0, "@")) {
        cursor.skip(2);
        return Ok(Written::Tap(name.clone()));
    }
    if let Some(group) = cursor.group(0, Delimiter::Bracket) {
        cursor.skip(1);
        return list(group).map(Written::List);
    }
    if let (Some(group), None) = (cursor.group(0, Delimiter::Parenthesis), cursor.peek(1))
        && let Some(pair) = tuple(group)
    {
        cursor.skip(1);
        return Ok(Written::Tuple(pair));
    }
    let start = cursor.position();
    let minus = cursor.is_punct(0, "-");
    if let Some(literal) = cursor.literal(usize::from(minus)) {
        let text = literal.to_string();
        match number(literal) {
            Ok(Number::Fraction(value)) => {
                cursor.skip(usize::from(minus) + 1);
                return Ok(Written::Fraction(if minus { -value } else { value }));
            }
            Ok(Number::Sizes(sizes)) if sizes.len() == 2 => {
                cursor.skip(1);
                return Ok(Written::Pair([sizes[0], sizes[1]]));
            }
            Ok(Number::Sizes(sizes)) if sizes.len() == 3 => {
                cursor.skip(1);
                return Ok(Written::Volume([sizes[0], sizes[1], sizes[2]]));
            }
            Ok(Number::Sizes(sizes)) if sizes.len() > 2 => {
                return Err(messages::volume_as_argument(literal.to_token_stream(), &text));
            }
            Ok(Number::Sizes(height)) if cursor.is_word(1, "x") && !minus => {
                if let Some(Ok(Number::Sizes(width))) = cursor.literal(2).map(number)
                    && width.len() == 1
                    && cursor.peek(3).is_none()
                {
                    cursor.skip(3);
                    return Ok(Written::Pair([height[0], width[0]]));
                }
            }
            Ok(Number::Sizes(_)) => {}
            Err(slip @ Slip::NotANumber) => return Err(messages::literal(literal.to_token_stream(), &text, &slip)),
            Err(slip) => {
                cursor.skip(usize::from(minus) + 1);
                return Err(messages::literal(cursor.since(start), &text, &slip));
            }
        }
    }
    expr(cursor).map(Written::Whole)
}

/// `(2, 2)`
fn tuple(group: &Group) -> Option<[String; 2]> {
    match &trees(group.stream())[..] {
        [TokenTree::Literal(height), TokenTree::Punct(comma), TokenTree::Literal(width)] if comma.as_char() == ',' => {
            let pair = [height.to_string(), width.to_string()];
            pair.iter().all(|size| size.bytes().all(|digit| digit.is_ascii_digit())).then_some(pair)
        }
        _ => None,
    }
}

/// `[0, 1, 0, 1]`
fn list(group: &Group) -> Result<Vec<Expr>, Diagnostic> {
    let tokens = trees(group.stream());
    pieces(&tokens).into_iter().map(|piece| whole_expr(piece, group.span_close())).collect()
}
