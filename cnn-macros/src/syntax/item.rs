//! Items of a macro call: networks and `let` numbers.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{ParseStream, Parser};

use super::args::option_named;
use super::ast::{Block, BlockParam, File, Item, Let, Library, Network, Shared};
use super::compound::nested;
use super::cursor::{Cursor, pieces, trees};
use super::expr::whole_expr;
use super::parse::{chain, inputs, items};
use super::render::render;
use crate::diag::Diagnostics;
use crate::messages;

/// Reads one item and moves behind it.
pub fn item(cursor: &mut Cursor<'_>, tokens: &[TokenTree], errors: &mut Diagnostics) -> Option<Item> {
    let start = cursor.position();
    skip_head(cursor);
    let head = cursor.since(start);
    if at_library(cursor) {
        check_head(&head, "use", errors);
        return library(cursor).map(Item::Library);
    }
    let keyword = cursor.ident(0).map(ToString::to_string);
    match keyword.as_deref() {
        Some("struct" | "let" | "block") => cursor.skip(1),
        // One that can be read is gone: what it names stands in its place.
        Some("use") => {
            errors.push(messages::use_form(cursor.here()));
            cursor.skip(1);
            skip_to_item(cursor);
            return None;
        }
        _ => {
            errors.push(messages::expected_item(cursor.here(), &render(&cursor.here()), cursor.is_empty()));
            skip_to_item(cursor);
            return None;
        }
    }
    if keyword.as_deref() == Some("block") {
        return block(&head, cursor, errors).map(Item::Block);
    }
    let begin = cursor.position();
    let is_closed = skip_to_end(cursor, tokens);
    let body = &tokens[begin..cursor.position()];
    let end = tokens[cursor.position().saturating_sub(1)].span();
    if is_closed {
        cursor.skip(1);
    } else {
        errors.push(messages::semicolon_missing(TokenTree::clone(&tokens[cursor.position() - 1]).into()));
    }
    let mut body = Cursor::new(body, end);
    match keyword.as_deref() {
        Some("struct") => network(head, &mut body, errors).map(Box::new).map(Item::Network),
        _ if is_shared(&body) => shared(&head, &mut body, errors).map(Item::Shared),
        _ => number(&head, &mut body, errors).map(Item::Let),
    }
}

/// `path::Name;` or `path::Name as Other;` behind `use`: the path, and the network's name here.
pub fn used(cursor: &mut Cursor<'_>) -> Option<(TokenStream, Ident)> {
    let start = cursor.position();
    cursor.eat("::");
    let mut name = cursor.ident(0)?;
    cursor.skip(1);
    while cursor.eat("::") {
        name = cursor.ident(0)?;
        cursor.skip(1);
    }
    let path = cursor.since(start);
    if cursor.is_word(0, "as") {
        name = cursor.ident(1)?;
        cursor.skip(2);
    }
    let is_name = |name: &Ident| syn::parse2::<Ident>(name.to_token_stream()).is_ok();
    let last = path.clone().into_iter().last();
    let is_network = matches!(last, Some(TokenTree::Ident(last)) if is_name(&last)) && is_name(name);
    (cursor.eat(";") && is_network).then(|| (path, name.clone()))
}

/// `@library name network { items }`, which the macro of a network puts in the place of its `use`. What is wrong in it
/// has been reported where it was declared.
fn library(cursor: &mut Cursor<'_>) -> Option<Library> {
    let (name, network) = (cursor.ident(2).cloned(), cursor.ident(3).cloned());
    let group = cursor.group(4, Delimiter::Brace);
    cursor.skip(5);
    let inner = trees(group?.stream());
    let mut file = File::default();
    let mut unsaid = Diagnostics::default();
    items(&mut Cursor::new(&inner, Span::call_site()), &inner, &mut file, &mut unsaid);
    unsaid.take();
    Some(Library { name: name?, network: network?, items: file.items })
}

fn at_library(cursor: &Cursor<'_>) -> bool {
    cursor.is_punct(0, "@") && cursor.is_word(1, "library") && cursor.group(4, Delimiter::Brace).is_some()
}

/// `name(filters, stride = 1) { layers }` behind `block`.
fn block(head: &TokenStream, cursor: &mut Cursor<'_>, errors: &mut Diagnostics) -> Option<Block> {
    let before = errors.len();
    check_head(head, "block", errors);
    let form = match (cursor.ident(0), cursor.group(1, Delimiter::Parenthesis)) {
        (Some(name), Some(params)) => cursor.group(2, Delimiter::Brace).map(|body| (name, Some(params), body, 3)),
        (Some(name), None) => cursor.group(1, Delimiter::Brace).map(|body| (name, None, body, 2)),
        _ => None,
    };
    let Some((name, params, body, tokens)) = form else {
        errors.push(messages::block_form(cursor.here()));
        skip_block(cursor);
        return None;
    };
    cursor.skip(tokens);
    cursor.eat(";");
    let params = params.map_or_else(Vec::new, |group| block_params(group, errors));
    let body = nested(body, 0, errors).unwrap_or_else(|error| {
        errors.push(error);
        Vec::new()
    });
    Some(Block { name: name.clone(), params, body, is_broken: errors.len() > before })
}

/// `filters, stride = 1`
fn block_params(group: &Group, errors: &mut Diagnostics) -> Vec<BlockParam> {
    let inner = trees(group.stream());
    let mut params = Vec::new();
    for piece in pieces(&inner) {
        let param = Cursor::new(piece, group.span_close());
        let Some(name) = param.ident(0).filter(|_| piece.len() == 1 || param.is_punct(1, "=")) else {
            errors.push(messages::block_param_form(param.here()));
            continue;
        };
        if let Some(option) = option_named(&name.to_string()) {
            errors.push(messages::let_is_an_option(name, option));
        }
        let default = match piece.len() {
            1 => None,
            _ => whole_expr(&piece[2..], name.span()).map_err(|error| errors.push(error)).ok(),
        };
        params.push(BlockParam { name: name.clone(), default });
    }
    params
}

/// Whether a `let` names layers and not a number.
fn is_shared(body: &Cursor<'_>) -> bool {
    body.ident(0).is_some() && body.is_punct(1, "=") && body.group(2, Delimiter::Brace).is_some()
}

/// `name = { layers }` behind `let`.
fn shared(head: &TokenStream, body: &mut Cursor<'_>, errors: &mut Diagnostics) -> Option<Shared> {
    let before = errors.len();
    check_head(head, "let", errors);
    let (name, group) = (body.ident(0)?, body.group(2, Delimiter::Brace)?);
    let layers = nested(group, 0, errors).unwrap_or_else(|error| {
        errors.push(error);
        Vec::new()
    });
    body.skip(3);
    if !body.is_empty() {
        errors.push(messages::behind_shared(body.here()));
    }
    Some(Shared { name: name.clone(), body: layers, is_broken: errors.len() > before })
}

/// `n = 2 * 8` behind `let`.
fn number(head: &TokenStream, body: &mut Cursor<'_>, errors: &mut Diagnostics) -> Option<Let> {
    check_head(head, "let", errors);
    let Some(name) = body.ident(0) else {
        errors.push(messages::let_form(body.here()));
        return None;
    };
    body.skip(1);
    if let Some(option) = option_named(&name.to_string()) {
        errors.push(messages::let_is_an_option(name, option));
    }
    if !body.eat("=") {
        errors.push(messages::let_form(body.here()));
        return Some(Let { name: name.clone(), value: None });
    }
    let rest: Vec<TokenTree> = body.rest().to_vec();
    let value = whole_expr(&rest, name.span()).map_err(|error| errors.push(error)).ok();
    Some(Let { name: name.clone(), value })
}

/// `Name: 32x32x3 => layers` behind `struct`.
fn network(head: TokenStream, body: &mut Cursor<'_>, errors: &mut Diagnostics) -> Option<Network> {
    let before = errors.len();
    let parse_head =
        |input: ParseStream<'_>| Ok((input.call(syn::Attribute::parse_outer)?, input.parse::<syn::Visibility>()?));
    let (attrs, vis) = parse_head.parse2(head.clone()).unwrap_or_else(|error| {
        errors.push(messages::bad_head(head, &error.to_string()));
        (Vec::new(), syn::Visibility::Inherited)
    });
    let is_name = |name: &&Ident| {
        // `$crate` of a macro around this one is a word that has no other spelling.
        *name != "$crate" && syn::parse2::<Ident>(name.to_token_stream()).is_ok()
    };
    let Some(name) = body.ident(0).filter(is_name) else {
        errors.push(messages::name_missing(body.here()));
        return None;
    };
    body.skip(1);
    let mut network = Network {
        attrs,
        vis,
        name: name.clone(),
        inputs: Vec::new(),
        elements: Vec::new(),
        heads: Vec::new(),
        is_broken: false,
    };
    if body.is_punct(0, ":") && !body.is_punct(0, "::") {
        body.skip(1);
        match inputs(body) {
            Ok(inputs) => network.inputs = inputs,
            Err(error) => errors.push(error),
        }
        // Whatever else stands before the arrow belongs to the input that could not be read.
        if network.inputs.is_empty() {
            while !body.is_empty() && !body.is_punct(0, "=>") {
                body.skip(1);
            }
        }
        if body.eat("=>") {
            (network.elements, network.heads) = chain(body, errors);
        } else if !network.inputs.is_empty() {
            let has_layers = body.ident(0).is_some() || body.is_punct(0, "<");
            errors.push(messages::arrow_missing(body.here(), &render(&body.since(0)), has_layers));
            if has_layers {
                (network.elements, network.heads) = chain(body, errors);
            }
        }
    } else {
        errors.push(messages::input_missing(body.here(), &name.to_string()));
    }
    network.is_broken = errors.len() > before;
    Some(network)
}

/// Attributes and visibility.
fn skip_head(cursor: &mut Cursor<'_>) {
    loop {
        if cursor.is_punct(0, "#") && cursor.group(1, Delimiter::Bracket).is_some() {
            cursor.skip(2);
        } else if cursor.is_word(0, "pub") {
            cursor.skip(1 + usize::from(cursor.group(1, Delimiter::Parenthesis).is_some()));
        } else if cursor.group(0, Delimiter::None).is_some() {
            cursor.skip(1);
        } else {
            return;
        }
    }
}

/// Nothing but documentation stands before what is no network.
fn check_head(head: &TokenStream, keyword: &str, errors: &mut Diagnostics) {
    let docs = syn::Attribute::parse_outer.parse2(head.clone());
    if !docs.is_ok_and(|attrs| attrs.iter().all(|attr| attr.path().is_ident("doc"))) {
        errors.push(messages::head_of_item(head.clone(), keyword));
    }
}

/// Whether an item's keyword comes next. `let` and `struct` are no words of a chain.
fn at_keyword(cursor: &Cursor<'_>) -> bool {
    cursor.is_word(0, "struct")
        || at_library(cursor)
        || (["let", "block"].iter().any(|w| cursor.is_word(0, w)) && cursor.ident(1).is_some())
}

/// Moves to the `;` that ends an item, or to the head of the next item if there is none.
fn skip_to_end(cursor: &mut Cursor<'_>, tokens: &[TokenTree]) -> bool {
    let begin = cursor.position();
    while !cursor.is_empty() {
        if cursor.is_punct(0, ";") {
            return true;
        }
        if at_keyword(cursor) {
            let head = (begin..cursor.position()).find(|&from| {
                let mut try_head = cursor.clone();
                try_head.rewind(from);
                skip_head(&mut try_head);
                try_head.position() == cursor.position()
            });
            cursor.rewind(head.unwrap_or(cursor.position()));
            return false;
        }
        cursor.skip(1);
    }
    debug_assert_eq!(cursor.position(), tokens.len());
    false
}

fn skip_to_item(cursor: &mut Cursor<'_>) {
    while !cursor.is_empty() && !at_keyword(cursor) {
        if cursor.eat(";") {
            return;
        }
        let mut head = cursor.clone();
        skip_head(&mut head);
        if head.position() > cursor.position() && at_keyword(&head) {
            return;
        }
        cursor.skip(1);
    }
}

fn skip_block(cursor: &mut Cursor<'_>) {
    while !cursor.is_empty() && !at_keyword(cursor) {
        let is_body = cursor.group(0, Delimiter::Brace).is_some();
        let is_end = cursor.is_punct(0, ";");
        cursor.skip(1);
        if is_body || is_end {
            return;
        }
    }
}

/// The end of a run of tokens, for messages.
pub fn end_of(tokens: &[TokenTree]) -> Span {
    tokens.last().map_or_else(Span::call_site, TokenTree::span)
}
