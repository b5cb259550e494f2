//! Chains: layers with labels, taps and checked shapes. Recovers at the next layer.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;

use super::args::args;
use super::ast::{Attribute, Dims, Element, Expr, ExprKind, File, Head, Input, LayerCall};
use super::compound::{compound, is_repeat, repeat};
use super::cursor::{Cursor, blame, pieces, trees};
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
    items(&mut cursor, &tokens, &mut file, errors);
    file
}

/// Reads items to the end of their tokens.
pub fn items(cursor: &mut Cursor<'_>, tokens: &[TokenTree], file: &mut File, errors: &mut Diagnostics) {
    while !cursor.is_empty() {
        let start = cursor.position();
        if let Some(item) = item(cursor, tokens, errors) {
            file.items.push(item);
            file.sources.push(cursor.since(start));
        }
    }
}

/// Reads the input of a network: a shape, or several with names in parentheses.
pub fn inputs(cursor: &mut Cursor<'_>) -> Result<Vec<Input>, Diagnostic> {
    let Some(group) = cursor.group(0, Delimiter::Parenthesis) else {
        return dims(cursor).map(|dims| vec![Input { name: None, dims }]);
    };
    cursor.skip(1);
    let inner = trees(group.stream());
    let mut inputs = Vec::new();
    for piece in pieces(&inner) {
        let mut input = Cursor::new(piece, group.span_close());
        match input.ident(0) {
            Some(name) if input.is_punct(1, ":") => {
                input.skip(2);
                inputs.push(Input { name: Some(name.clone()), dims: dims(&mut input)? });
                if !input.is_empty() {
                    return Err(messages::inputs_form(input.here()));
                }
            }
            _ => return Err(messages::inputs_form(input.here())),
        }
    }
    match inputs.len() {
        0 => Err(messages::inputs_form(TokenTree::from(group.clone()).into())),
        _ => Ok(inputs),
    }
}

/// Reads a shape: `32x32x3`, `32 x 32 x 3`, `[32, 32, 3]`, `784`.
pub fn dims(cursor: &mut Cursor<'_>) -> Result<Dims, Diagnostic> {
    let start = cursor.position();
    if let Some(group) = cursor.group(0, Delimiter::Bracket) {
        cursor.skip(1);
        let inner = trees(group.stream());
        let sizes =
            pieces(&inner).into_iter().map(|piece| whole_expr(piece, group.span_close())).collect::<Result<_, _>>()?;
        return Ok(Dims { sizes, tokens: cursor.since(start) });
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

/// Reads the layers of a network, with or without `<` `>` around them, and the heads behind them.
pub fn chain(cursor: &mut Cursor<'_>, errors: &mut Diagnostics) -> (Vec<Element>, Vec<Head>) {
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
            return (elements, heads(cursor, start, errors));
        } else if is_closed {
            errors.push(messages::behind_the_chain(cursor.here(), &render(&cursor.here())));
            return (elements, Vec::new());
        } else if !cursor.eat(",") {
            elements.push(element(cursor, 0, errors));
        }
    }
    if is_open && !is_closed {
        errors.push(messages::unclosed_chain(open));
    }
    (elements, Vec::new())
}

/// Reads a chain within braces or between bars.
pub fn inner_chain(cursor: &mut Cursor<'_>, depth: usize, errors: &mut Diagnostics) -> Vec<Element> {
    let mut elements = Vec::new();
    while !cursor.is_empty() {
        if !cursor.eat(",") {
            elements.push(element(cursor, depth, errors));
        }
    }
    elements
}

/// Reads `{ class: fc(10), box: fc(4) }` behind the arrow.
fn heads(cursor: &mut Cursor<'_>, start: usize, errors: &mut Diagnostics) -> Vec<Head> {
    let Some(group) = cursor.group(0, Delimiter::Brace) else {
        errors.push(messages::heads_form(cursor.since(start)));
        return Vec::new();
    };
    cursor.skip(1);
    let inner = trees(group.stream());
    let mut heads = Vec::new();
    for piece in pieces(&inner) {
        let mut head = Cursor::new(piece, group.span_close());
        match head.ident(0) {
            Some(name) if head.is_punct(1, ":") => {
                head.skip(2);
                heads.push(Head { name: name.clone(), elements: inner_chain(&mut head, 1, errors) });
            }
            _ => errors.push(messages::heads_form(head.here())),
        }
    }
    if heads.is_empty() {
        errors.push(messages::heads_form(TokenTree::from(group.clone()).into()));
    }
    heads
}

/// Reads one step of a chain; at least one token.
fn element(cursor: &mut Cursor<'_>, depth: usize, errors: &mut Diagnostics) -> Element {
    let start = cursor.position();
    let result = if cursor.eat("->") {
        match cursor.peek(0) {
            Some(TokenTree::Literal(_)) => dims(cursor).map(|dims| Element::Statement(Some(dims))),
            Some(TokenTree::Group(group)) if group.delimiter() != Delimiter::Brace => {
                dims(cursor).map(|dims| Element::Statement(Some(dims)))
            }
            Some(TokenTree::Ident(_)) => layer(cursor, depth, errors),
            _ => Err(messages::arrow_to_nothing(cursor.since(start))),
        }
    } else {
        layer(cursor, depth, errors)
    };
    result.unwrap_or_else(|error| {
        errors.push(error);
        skip_to_layer(cursor, start);
        Element::Broken
    })
}

/// Reads a layer or a compound step, with its attributes, label and tap.
pub fn layer(cursor: &mut Cursor<'_>, depth: usize, errors: &mut Diagnostics) -> Result<Element, Diagnostic> {
    let attributes = attributes(cursor)?;
    let element = unmarked(cursor, depth, errors)?;
    match (attributes.first(), &element) {
        (None, _) => Ok(element),
        (Some(attribute), Element::Recall(_)) => Err(messages::attribute_on_value(attribute)),
        _ => Ok(Element::Marked(attributes, Box::new(element))),
    }
}

/// What attributes stand before.
fn unmarked(cursor: &mut Cursor<'_>, depth: usize, errors: &mut Diagnostics) -> Result<Element, Diagnostic> {
    let label = match cursor.ident(0) {
        Some(label) if cursor.is_punct(1, ":") && !cursor.is_punct(1, "::") => {
            cursor.skip(2);
            Some(label.clone())
        }
        _ => None,
    };
    if is_repeat(cursor) {
        return repeat(cursor, label, depth, errors);
    }
    if label.is_none() && cursor.is_punct(0, "@") {
        return match cursor.ident(1) {
            Some(name) => {
                cursor.skip(2);
                Ok(Element::Recall(name.clone()))
            }
            None => {
                cursor.skip(1);
                Err(messages::recall_of_nothing(cursor.here()))
            }
        };
    }
    let Some(word) = path(cursor) else {
        let found = cursor.here();
        return Err(match &label {
            Some(label) => messages::label_of_nothing(label),
            None => messages::expected_layer(found.clone(), &render(&found), cursor.peek(0)),
        });
    };
    if let Some(element) = compound(cursor, label.as_ref(), &word, depth, errors) {
        return element;
    }
    let start = cursor.position().saturating_sub(1);
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
        let mistake = messages::arguments_in_parentheses(cursor.since(word_end), &word, &group.stream());
        // `via auto` behind layers in braces belongs to them.
        if cursor.is_word(0, "via") {
            cursor.skip(1);
            if cursor.is_word(0, "auto") || cursor.group(0, Delimiter::Brace).is_some() {
                cursor.skip(1);
            }
        }
        return Err(mistake);
    } else if cursor.literal(0).is_some() && !cursor.is_punct(1, "*") {
        let from = cursor.position();
        cursor.skip(1);
        return Err(messages::arguments_in_parentheses(cursor.since(from), &word, &cursor.since(from)));
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

/// Reads `@name` behind a step.
pub fn tap(cursor: &mut Cursor<'_>, words: &str) -> Result<Option<proc_macro2::Ident>, Diagnostic> {
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

/// Reads `#[frozen] #[lr = 0.1]`.
fn attributes(cursor: &mut Cursor<'_>) -> Result<Vec<Attribute>, Diagnostic> {
    let mut list = Vec::new();
    while cursor.is_punct(0, "#") {
        let start = cursor.position();
        let Some(group) = cursor.group(1, Delimiter::Bracket) else {
            let found = cursor.here();
            return Err(messages::expected_layer(found.clone(), &render(&found), cursor.peek(0)));
        };
        cursor.skip(2);
        let inner = trees(group.stream());
        let mut within = Cursor::new(&inner, group.span_close());
        let Some(name) = within.ident(0) else {
            return Err(messages::attribute_form(cursor.since(start)));
        };
        within.skip(1);
        let value = match within.eat("=") {
            true => Some(within.rest().iter().cloned().collect()),
            false if within.is_empty() => None,
            false => return Err(messages::attribute_form(cursor.since(start))),
        };
        list.push(Attribute { name: name.clone(), value, tokens: cursor.since(start) });
    }
    Ok(list)
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
