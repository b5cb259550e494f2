//! Chains: layers with labels, taps and checked shapes. Recovers at the next layer.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;

use super::args::args;
use super::ast::{Dims, Element, Expr, ExprKind, File, LayerCall};
use super::cursor::{Cursor, blame, trees};
use super::expr::whole_expr;
use super::item::{end_of, item};
use super::literal::{Number, number};
use super::render::render;
use crate::diag::{Diagnostic, Diagnostics};
use crate::messages;

/// Reads a macro call: the path of `cnn` in parentheses, then items.
pub fn parse(tokens: TokenStream, errors: &mut Diagnostics) -> File {
    let tokens = trees(tokens);
    let mut cursor = Cursor::new(&tokens, end_of(&tokens));
    let mut file = File::default();
    if let Some(krate) = cursor.group(0, Delimiter::Parenthesis) {
        file.krate = krate.stream();
        cursor.skip(1);
    }
    while !cursor.is_empty() {
        file.items.extend(item(&mut cursor, &tokens, errors));
    }
    file
}

/// Reads a shape: `32x32x3`, `32 x 32 x 3`, `[32, 32, 3]`, `784`.
pub fn dims(cursor: &mut Cursor<'_>) -> Result<Dims, Diagnostic> {
    let start = cursor.position();
    if let Some(group) = cursor.group(0, Delimiter::Bracket) {
        cursor.skip(1);
        let inner = trees(group.stream());
        let is_comma = |tree: &TokenTree| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == ',');
        let mut pieces: Vec<&[TokenTree]> = inner.split(is_comma).collect();
        if pieces.last().is_some_and(|piece| piece.is_empty()) {
            pieces.pop();
        }
        let sizes = pieces.into_iter().map(|piece| whole_expr(piece, group.span_close())).collect::<Result<_, _>>()?;
        return Ok(Dims { sizes, tokens: cursor.since(start) });
    }
    if cursor.group(0, Delimiter::Parenthesis).is_some() {
        cursor.skip(1);
        return Err(messages::not_yet(cursor.since(start), "a network of several inputs"));
    }
    let mut sizes = Vec::new();
    let mut expects_size = true;
    loop {
        match cursor.peek(0) {
            Some(TokenTree::Literal(literal)) if expects_size => {
                cursor.skip(1);
                match number(literal) {
                    Ok(Number::Sizes(more)) => sizes.extend(more),
                    Ok(Number::Fraction(value)) => {
                        return Err(messages::not_whole(cursor.since(start), &literal.to_string(), value));
                    }
                    Err(slip) => return Err(messages::literal(cursor.since(start), &literal.to_string(), &slip)),
                }
                expects_size = false;
            }
            // `x`, or `x3` of `32 x3`.
            Some(TokenTree::Ident(by)) if !expects_size => match by.to_string().strip_prefix('x') {
                Some("") => {
                    cursor.skip(1);
                    expects_size = true;
                }
                Some(digits) => match digits.split('x').map(|size| size.parse().ok()).collect::<Option<Vec<u64>>>() {
                    Some(more) => {
                        cursor.skip(1);
                        sizes.extend(more);
                    }
                    None => break,
                },
                None => break,
            },
            _ if expects_size => return Err(messages::expected_shape(cursor.here(), &render(&cursor.here()))),
            _ => break,
        }
    }
    let tokens = cursor.since(start);
    let sizes = sizes.into_iter().map(|size| Expr { kind: ExprKind::Number(size), tokens: tokens.clone() }).collect();
    Ok(Dims { sizes, tokens })
}

/// Reads the layers of a network, with or without `<` `>` around them.
pub fn chain(cursor: &mut Cursor<'_>, errors: &mut Diagnostics) -> Vec<Element> {
    let mut elements = Vec::new();
    let open = cursor.here();
    let is_open = cursor.eat("<");
    let mut is_closed = false;
    while !cursor.is_empty() {
        if cursor.is_punct(0, ">") && is_open && !is_closed {
            cursor.skip(1);
            is_closed = true;
        } else if cursor.is_punct(0, "=>") {
            let start = cursor.position();
            cursor.skip(2);
            errors.push(messages::not_yet(cursor.since(start), "a network of several heads (`=> { .. }`)"));
            return elements;
        } else if is_closed {
            errors.push(messages::behind_the_chain(cursor.here(), &render(&cursor.here())));
            return elements;
        } else if !cursor.eat(",") {
            elements.push(element(cursor, errors));
        }
    }
    if is_open && !is_closed {
        errors.push(messages::unclosed_chain(open));
    }
    elements
}

/// Reads one step of a chain; at least one token.
fn element(cursor: &mut Cursor<'_>, errors: &mut Diagnostics) -> Element {
    let start = cursor.position();
    let result = if cursor.eat("->") {
        match cursor.peek(0) {
            Some(TokenTree::Literal(_)) => dims(cursor).map(|dims| Element::Statement(Some(dims))),
            Some(TokenTree::Group(group)) if group.delimiter() != Delimiter::Brace => {
                dims(cursor).map(|dims| Element::Statement(Some(dims)))
            }
            Some(TokenTree::Ident(_)) => layer(cursor, errors),
            _ => Err(messages::arrow_to_nothing(cursor.since(start))),
        }
    } else {
        layer(cursor, errors)
    };
    result.unwrap_or_else(|error| {
        errors.push(error);
        skip_to_layer(cursor, start);
        Element::Broken
    })
}

fn layer(cursor: &mut Cursor<'_>, errors: &mut Diagnostics) -> Result<Element, Diagnostic> {
    let start = cursor.position();
    if is_repeat(cursor) {
        return Err(not_yet_repeat(cursor));
    }
    let label = match cursor.ident(0) {
        Some(label) if cursor.is_punct(1, ":") && !cursor.is_punct(1, "::") => {
            cursor.skip(2);
            Some(label.clone())
        }
        _ => None,
    };
    if label.is_some() && is_repeat(cursor) {
        return Err(not_yet_repeat(cursor));
    }
    let Some(word) = path(cursor) else {
        let found = cursor.here();
        return Err(match (&label, cursor.peek(0)) {
            (Some(label), _) => messages::label_of_nothing(label),
            (None, Some(TokenTree::Punct(punct))) if punct.as_char() == '@' => {
                cursor.skip(1 + usize::from(cursor.ident(1).is_some()));
                messages::tap_of_nothing(cursor.since(start))
            }
            (None, tree) => messages::expected_layer(found.clone(), &render(&found), tree),
        });
    };
    if let Some(error) = not_yet(cursor, &word.to_string(), start) {
        return Err(error);
    }
    if cursor.is_punct(0, "=") && !cursor.is_punct(0, "=>") {
        cursor.skip(1);
        while !cursor.is_empty() && cursor.ident(0).is_none() && !cursor.is_punct(0, ",") {
            cursor.skip(1);
        }
        return Err(messages::setting_in_chain(cursor.since(start), &word.to_string()));
    }
    let word_end = cursor.position();
    let mut end: TokenStream = word.to_token_stream();
    let mut list = Vec::new();
    if let Some(group) = cursor.group(0, Delimiter::Parenthesis) {
        cursor.skip(1);
        end = blame(group.span_close());
        list = args(group, errors);
    } else if let Some(TokenTree::Group(group)) = cursor.peek(0) {
        cursor.skip(1);
        return Err(messages::arguments_in_parentheses(cursor.since(word_end), &word.to_string(), &group.stream()));
    } else if cursor.literal(0).is_some() && !cursor.is_punct(1, "*") {
        let from = cursor.position();
        cursor.skip(1);
        return Err(messages::arguments_in_parentheses(cursor.since(from), &word.to_string(), &cursor.since(from)));
    }
    let mut tokens: TokenStream = word.to_token_stream();
    tokens.extend(cursor.since(word_end));
    let words = render(&tokens);
    let tap = tap(cursor, &words)?;
    Ok(Element::Layer(LayerCall { label, word, args: list, tokens, words, end, tap }))
}

/// A layer's word. A path such as `nn.Conv2d` comes from elsewhere and stands for its last segment, whose answer says
/// what to write.
fn path(cursor: &mut Cursor<'_>) -> Option<proc_macro2::Ident> {
    let mut word = cursor.ident(0)?;
    cursor.skip(1);
    loop {
        let separator = ["::", "."].iter().find(|separator| cursor.is_punct(0, separator));
        match separator.and_then(|separator| Some((separator, cursor.ident(separator.len())?))) {
            Some((separator, next)) => {
                word = next;
                cursor.skip(separator.len() + 1);
            }
            None => return Some(word.clone()),
        }
    }
}

fn tap(cursor: &mut Cursor<'_>, words: &str) -> Result<Option<proc_macro2::Ident>, Diagnostic> {
    let start = cursor.position();
    if !cursor.eat("@") {
        return Ok(None);
    }
    match cursor.ident(0) {
        // A name is not followed by arguments: that is a layer.
        Some(name) if cursor.group(1, Delimiter::Parenthesis).is_none() => {
            cursor.skip(1);
            Ok(Some(name.clone()))
        }
        _ => Err(messages::tap_without_name(cursor.since(start), words)),
    }
}

/// `3 * ..`, `n * ..`, `(n + 1) * ..`
fn is_repeat(cursor: &Cursor<'_>) -> bool {
    cursor.is_punct(1, "*") && !matches!(cursor.peek(0), None | Some(TokenTree::Punct(_)))
}

fn not_yet_repeat(cursor: &mut Cursor<'_>) -> Diagnostic {
    let start = cursor.position();
    cursor.skip(2);
    let error = messages::not_yet(cursor.since(start), "a repeat (`n * ..`)");
    // What is repeated belongs to it.
    if cursor.ident(0).is_some() {
        cursor.skip(1);
    }
    if let Some(TokenTree::Group(_)) = cursor.peek(0) {
        cursor.skip(1);
    }
    error
}

/// The answer to a word whose turn has not come. Reads all that belongs to it.
fn not_yet(cursor: &mut Cursor<'_>, word: &str, start: usize) -> Option<Diagnostic> {
    let is_branch = ["add", "cat", "mul"].contains(&word) && cursor.group(0, Delimiter::Bracket).is_some();
    let is_res = word == "res" && cursor.group(0, Delimiter::Brace).is_some();
    if !is_branch && !is_res && word != "block" {
        return None;
    }
    let error = messages::not_yet(cursor.since(start), &format!("`{word}`"));
    if is_branch || is_res {
        cursor.skip(1);
    }
    if is_res && cursor.is_word(0, "via") {
        cursor.skip(2);
    }
    if cursor.is_punct(0, "@") {
        cursor.skip(2);
    }
    Some(error)
}

/// Moves to where a layer may begin again. At least one token has been read since `start` afterwards.
fn skip_to_layer(cursor: &mut Cursor<'_>, start: usize) {
    if cursor.position() == start {
        cursor.skip(1);
    }
    while !cursor.is_empty()
        && cursor.ident(0).is_none()
        && !["->", "=>", ",", ">"].iter().any(|stop| cursor.is_punct(0, stop))
    {
        cursor.skip(1);
    }
}
