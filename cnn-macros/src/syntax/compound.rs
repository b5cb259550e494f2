//! Steps that hold chains of their own: repeats, branches, residuals.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::ToTokens;

use super::ast::{Branch, Element, Expr, Join, Repeat, Residual, Via};
use super::cursor::{Cursor, trees};
use super::expr::whole_expr;
use super::parse::{inner_chain, layer, tap};
use super::render::render;
use crate::diag::{Diagnostic, Diagnostics};
use crate::messages;

/// Chains within chains: it bounds the recursion of everything that walks them.
pub const DEPTH: usize = 24;

/// `3 * ..`, `n * ..`, `(n + 1) * ..`
pub fn is_repeat(cursor: &Cursor<'_>) -> bool {
    cursor.is_punct(1, "*") && !matches!(cursor.peek(0), None | Some(TokenTree::Punct(_)))
}

/// Reads a repeat behind its label.
pub fn repeat(
    cursor: &mut Cursor<'_>,
    label: Option<Ident>,
    depth: usize,
    errors: &mut Diagnostics,
) -> Result<Element, Diagnostic> {
    let start = cursor.position();
    let count: Expr = match cursor.peek(0) {
        Some(tree) => whole_expr(std::slice::from_ref(tree), tree.span())?,
        None => return Err(messages::number_missing(cursor.here())),
    };
    cursor.skip(2);
    let tokens = cursor.since(start);
    let body = if let Some(group) = cursor.group(0, Delimiter::Brace) {
        cursor.skip(1);
        nested(group, depth, errors)?
    } else if cursor.is_empty() {
        return Err(messages::repeat_of_nothing(tokens));
    } else {
        vec![layer(cursor, depth, errors)?]
    };
    if body.is_empty() {
        return Err(messages::repeat_of_nothing(tokens));
    }
    Ok(Element::Repeat(Repeat { label, count, body, tokens }))
}

/// Reads `add[..|..]` or `res {..}` behind its word, if it is one.
pub fn compound(
    cursor: &mut Cursor<'_>,
    label: Option<&Ident>,
    word: &Ident,
    depth: usize,
    errors: &mut Diagnostics,
) -> Option<Result<Element, Diagnostic>> {
    match word.to_string().as_str() {
        "add" | "cat" | "mul" => {
            let group = match cursor.peek(0) {
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Bracket => group,
                Some(TokenTree::Group(group)) => {
                    cursor.skip(1);
                    return Some(Err(messages::branches_in_brackets(word, &group.stream())));
                }
                _ => return Some(Err(messages::branches_in_brackets(word, &TokenStream::new()))),
            };
            cursor.skip(1);
            Some(join(cursor, label.cloned(), word, group, depth, errors))
        }
        "res" => {
            let Some(group) = cursor.group(0, Delimiter::Brace) else {
                return Some(Err(messages::residual_form(word.to_token_stream())));
            };
            cursor.skip(1);
            Some(residual(cursor, label.cloned(), word, group, depth, errors))
        }
        _ => None,
    }
}

fn join(
    cursor: &mut Cursor<'_>,
    label: Option<Ident>,
    word: &Ident,
    group: &Group,
    depth: usize,
    errors: &mut Diagnostics,
) -> Result<Element, Diagnostic> {
    let mut tokens = word.to_token_stream();
    tokens.extend([TokenTree::from(group.clone())]);
    let inner = trees(group.stream());
    let is_bar = |tree: &TokenTree| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == '|');
    let mut branches = Vec::new();
    for piece in inner.split(is_bar) {
        let elements = inner_chain(&mut Cursor::new(piece, group.span_close()), deeper(depth, &tokens)?, errors);
        if elements.is_empty() {
            return Err(messages::empty_branch(tokens, word));
        }
        branches.push(Branch { elements, tokens: piece.iter().cloned().collect() });
    }
    if branches.len() < 2 {
        return Err(messages::single_branch(tokens, word));
    }
    let tap = tap(cursor, &render(&tokens))?;
    Ok(Element::Join(Join { label, word: word.clone(), branches, tokens, tap }))
}

fn residual(
    cursor: &mut Cursor<'_>,
    label: Option<Ident>,
    word: &Ident,
    group: &Group,
    depth: usize,
    errors: &mut Diagnostics,
) -> Result<Element, Diagnostic> {
    let body = nested(group, depth, errors)?;
    let via = if cursor.is_word(0, "via") {
        let start = cursor.position();
        cursor.skip(1);
        match cursor.peek(0) {
            Some(TokenTree::Ident(auto)) if auto == "auto" => {
                cursor.skip(1);
                Some(Via::Auto(auto.clone()))
            }
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                cursor.skip(1);
                Some(Via::Layers(nested(group, depth, errors)?))
            }
            _ => return Err(messages::via_form(cursor.since(start))),
        }
    } else {
        None
    };
    if body.is_empty() {
        return Err(messages::residual_form(word.to_token_stream()));
    }
    let tap = tap(cursor, "res { .. }")?;
    Ok(Element::Residual(Residual { label, word: word.clone(), body, via, tap }))
}

/// The chain in a group.
pub fn nested(group: &Group, depth: usize, errors: &mut Diagnostics) -> Result<Vec<Element>, Diagnostic> {
    let tokens = TokenTree::from(group.clone()).into();
    let inner = trees(group.stream());
    Ok(inner_chain(&mut Cursor::new(&inner, group.span_close()), deeper(depth, &tokens)?, errors))
}

fn deeper(depth: usize, tokens: &TokenStream) -> Result<usize, Diagnostic> {
    if depth < DEPTH { Ok(depth + 1) } else { Err(messages::too_deep(tokens.clone())) }
}
