//! Whole numbers that are worked out, and layers in whose arguments they stand.

use std::collections::BTreeMap;

use super::tokens::{Token, split};

/// Numbers that have names.
pub(super) type Numbers = BTreeMap<String, i64>;

type Result<T> = std::result::Result<T, String>;

/// The value of an expression.
pub(super) fn value(tokens: &[Token], numbers: &Numbers) -> Result<i64> {
    // Weakest operators first; the last of them, because they group to the left.
    for operators in [["+", "-", "-"], ["*", "/", "%"]] {
        let is_operator = |at: &usize| {
            let is_binary = *at > 0 && !matches!(tokens[at - 1], Token::Mark(_));
            is_binary && matches!(&tokens[*at], Token::Mark(mark) if operators.contains(&mark.as_str()))
        };
        let Some(at) = (0..tokens.len()).rev().find(is_operator) else { continue };
        let (left, right) = (value(&tokens[..at], numbers)?, value(&tokens[at + 1..], numbers)?);
        return Ok(match &tokens[at] {
            Token::Mark(mark) if mark == "+" => left + right,
            Token::Mark(mark) if mark == "-" => left - right,
            Token::Mark(mark) if mark == "*" => left * right,
            Token::Mark(mark) if mark == "/" => left / right,
            _ => left % right,
        });
    }
    match tokens {
        [Token::Number(text)] => text.parse().map_err(|_| format!("`{text}` is no whole number")),
        [Token::Word(name)] => numbers.get(name).copied().ok_or_else(|| format!("no number is called `{name}`")),
        [Token::Group('(', inner)] => value(inner, numbers),
        [Token::Mark(minus), rest @ ..] if minus == "-" => Ok(-value(rest, numbers)?),
        _ => Err(format!("{tokens:?} is no number")),
    }
}

/// A shape as written: `6x6x2`, `784` or `[h, w, 3]`.
pub(super) fn shape(tokens: &[Token], numbers: &Numbers) -> Result<Vec<usize>> {
    let size = |text: &str| text.parse::<usize>().map_err(|_| format!("`{text}` is no size"));
    match tokens {
        [Token::Number(text)] => text.split('x').map(size).collect(),
        [Token::Group('[', sizes)] => {
            split(sizes, ",").into_iter().map(|tokens| value(tokens, numbers).map(|size| size as usize)).collect()
        }
        _ => Err(format!("{tokens:?} is no shape")),
    }
}

/// A layer with its numbers worked out, as [`Layer`](super::Layer) reads it.
pub(super) fn layer(word: &str, arguments: &[Vec<Token>], numbers: &Numbers) -> Result<String> {
    if arguments.is_empty() {
        return Ok(word.to_owned());
    }
    let arguments = arguments.iter().map(|argument| one(argument, numbers)).collect::<Result<Vec<_>>>()?;
    Ok(format!("{word}({})", arguments.join(", ")))
}

fn one(argument: &[Token], numbers: &Numbers) -> Result<String> {
    match argument {
        [Token::Number(text)] => Ok(text.clone()),
        [Token::Word(name)] if !numbers.contains_key(name) => Ok(name.clone()),
        [Token::Mark(minus), Token::Number(text)] if minus == "-" && text.contains('.') => Ok(format!("-{text}")),
        [Token::Mark(tap), Token::Word(name)] if tap == "@" => Ok(format!("@{name}")),
        [Token::Word(name), Token::Mark(solve)] if solve == "?" => Ok(format!("{name}?")),
        [Token::Word(name), Token::Mark(equals), value @ ..] if equals == "=" => {
            Ok(format!("{name} = {}", one(value, numbers)?))
        }
        [Token::Word(name), Token::Group('[', sides)] => {
            let sides = split(sides, ",").into_iter().map(|side| value(side, numbers).map(|side| side.to_string()));
            Ok(format!("{name}[{}]", sides.collect::<Result<Vec<_>>>()?.join(", ")))
        }
        _ => value(argument, numbers).map(|value| value.to_string()),
    }
}
