//! The text of a macro call, read: numbers, blocks, shared chains, networks.

use std::collections::BTreeMap;

use super::expression::{Numbers, value};
use super::tokens::{Token, is_mark, split, tokens};

/// What a macro call declares.
#[derive(Clone, Debug, Default)]
pub(super) struct Declaration {
    pub(super) numbers: Numbers,
    pub(super) blocks: BTreeMap<String, Block>,
    pub(super) shared: BTreeMap<String, Vec<Step>>,
    pub(super) networks: Vec<Network>,
}

/// `block name(number, number = default) { steps }`
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) numbers: Vec<(String, Option<Vec<Token>>)>,
    pub(super) steps: Vec<Step>,
}

/// `struct Name: inputs => steps => { heads };`
#[derive(Clone, Debug)]
pub(super) struct Network {
    pub(super) name: String,
    /// Names, which a single input may lack, and shapes.
    pub(super) inputs: Vec<(Option<String>, Vec<Token>)>,
    pub(super) steps: Vec<Step>,
    pub(super) heads: Vec<(String, Vec<Step>)>,
}

/// One step of a chain.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) label: Option<String>,
    pub(super) what: What,
    /// `@name` behind it.
    pub(super) tap: Option<String>,
}

#[derive(Clone, Debug)]
pub(super) enum What {
    /// A layer, or a use of a block or a shared chain.
    Call(String, Vec<Vec<Token>>),
    /// `n * step`
    Repeat(Vec<Token>, Vec<Step>),
    /// `add[steps | steps]`
    Join(String, Vec<Vec<Step>>),
    /// `res { steps } via ..`
    Residual(Vec<Step>, Via),
    /// `@name` at the beginning.
    TakeUp(String),
    /// `-> 4x4x8`
    Statement(Vec<Token>),
}

#[derive(Clone, Debug)]
pub(super) enum Via {
    Nothing,
    Auto,
    Steps(Vec<Step>),
}

type Result<T> = std::result::Result<T, String>;

impl Declaration {
    /// Reads a macro call.
    ///
    /// # Errors
    /// If it is not understood.
    pub(super) fn new(text: &str) -> Result<Self> {
        let tokens = tokens(text)?;
        let mut reader = Reader { rest: &tokens };
        let mut declaration = Self::default();
        while !reader.rest.is_empty() {
            reader.skip_head();
            match &*reader.word()? {
                "let" => {
                    let (name, body) = (reader.word()?, reader.until(";"));
                    match body {
                        [equals, Token::Group('{', inner)] if is_mark(Some(equals), "=") => {
                            declaration.shared.insert(name, chain(inner)?);
                        }
                        [equals, number @ ..] if is_mark(Some(equals), "=") => {
                            let number = value(number, &declaration.numbers)?;
                            declaration.numbers.insert(name, number);
                        }
                        _ => return Err(format!("`let {name}` declares nothing")),
                    }
                }
                "block" => {
                    let name = reader.word()?;
                    let numbers = reader.group('(').map_or(Ok(Vec::new()), |inner| {
                        split(inner, ",").into_iter().map(parameter).collect::<Result<Vec<_>>>()
                    })?;
                    let steps = chain(reader.group('{').ok_or_else(|| format!("block `{name}` has no body"))?)?;
                    reader.eat(";");
                    declaration.blocks.insert(name, Block { numbers, steps });
                }
                "struct" => declaration.networks.push(network(reader.word()?, reader.until(";"))?),
                word => return Err(format!("`{word}` begins no item")),
            }
        }
        Ok(declaration)
    }
}

fn parameter(tokens: &[Token]) -> Result<(String, Option<Vec<Token>>)> {
    match tokens {
        [Token::Word(name)] => Ok((name.clone(), None)),
        [Token::Word(name), equals, default @ ..] if is_mark(Some(equals), "=") => {
            Ok((name.clone(), Some(default.to_vec())))
        }
        _ => Err(format!("{tokens:?} is no number of a block")),
    }
}

fn network(name: String, body: &[Token]) -> Result<Network> {
    let mut reader = Reader { rest: body };
    reader.eat(":");
    let inputs = match reader.group('(') {
        Some(inner) => {
            let input = |tokens| named(tokens).map(|(name, shape)| (Some(name), shape.to_vec()));
            let inputs = split(inner, ",").into_iter().map(input).collect::<Result<Vec<_>>>()?;
            reader.eat("=>");
            inputs
        }
        None => vec![(None, reader.until("=>").to_vec())],
    };
    let steps = chain(reader.until("=>"))?;
    let head = |tokens| named(tokens).and_then(|(name, steps)| Ok((name, chain(steps)?)));
    let heads = reader.group('{').map_or(Vec::new(), |inner| split(inner, ","));
    Ok(Network { name, inputs, steps, heads: heads.into_iter().map(head).collect::<Result<_>>()? })
}

/// `name: ..`
fn named(tokens: &[Token]) -> Result<(String, &[Token])> {
    match tokens {
        [Token::Word(name), colon, rest @ ..] if is_mark(Some(colon), ":") => Ok((name.clone(), rest)),
        _ => Err(format!("{tokens:?} has no name")),
    }
}

/// Steps one behind the other, with or without `<` `>` around them.
fn chain(tokens: &[Token]) -> Result<Vec<Step>> {
    let tokens = match tokens {
        [open, inner @ .., close] if is_mark(Some(open), "<") && is_mark(Some(close), ">") => inner,
        _ => tokens,
    };
    let mut reader = Reader { rest: tokens };
    let mut steps = Vec::new();
    while !reader.rest.is_empty() {
        if !reader.eat(",") {
            steps.push(step(&mut reader)?);
        }
    }
    Ok(steps)
}

fn step(reader: &mut Reader<'_>) -> Result<Step> {
    if reader.eat("->")
        && let [shape @ (Token::Number(_) | Token::Group('[', _)), rest @ ..] = reader.rest
    {
        let what = What::Statement(vec![shape.clone()]);
        reader.rest = rest;
        return Ok(Step { label: None, what, tap: None });
    }
    let label = match reader.rest {
        [Token::Word(label), colon, rest @ ..] if is_mark(Some(colon), ":") => {
            reader.rest = rest;
            Some(label.clone())
        }
        _ => None,
    };
    if let [count, times, rest @ ..] = reader.rest
        && is_mark(Some(times), "*")
    {
        reader.rest = rest;
        let body = match reader.group('{') {
            Some(inner) => chain(inner)?,
            None => vec![step(reader)?],
        };
        return Ok(Step { label, what: What::Repeat(vec![count.clone()], body), tap: None });
    }
    if reader.eat("@") {
        return Ok(Step { label, what: What::TakeUp(reader.word()?), tap: None });
    }
    let word = reader.word()?;
    let what = match &*word {
        "add" | "cat" | "mul" => {
            let inner = reader.group('[').ok_or_else(|| format!("`{word}` has no branches"))?;
            What::Join(word, split(inner, "|").into_iter().map(chain).collect::<Result<_>>()?)
        }
        "res" => {
            let body = chain(reader.group('{').ok_or("`res` has no body")?)?;
            What::Residual(body, via(reader)?)
        }
        _ => {
            let arguments = reader.group('(').map_or(Vec::new(), |inner| split(inner, ","));
            What::Call(word, arguments.into_iter().map(<[Token]>::to_vec).collect())
        }
    };
    let tap = if reader.eat("@") { Some(reader.word()?) } else { None };
    Ok(Step { label, what, tap })
}

fn via(reader: &mut Reader<'_>) -> Result<Via> {
    if !matches!(reader.rest.first(), Some(Token::Word(word)) if word == "via") {
        return Ok(Via::Nothing);
    }
    reader.word()?;
    match reader.group('{') {
        Some(inner) => chain(inner).map(Via::Steps),
        None if reader.word()? == "auto" => Ok(Via::Auto),
        None => Err("`via` is followed by `auto` or steps".to_owned()),
    }
}

/// Tokens that are still to be read.
struct Reader<'a> {
    rest: &'a [Token],
}

impl<'a> Reader<'a> {
    fn word(&mut self) -> Result<String> {
        match self.rest {
            [Token::Word(word), rest @ ..] => {
                self.rest = rest;
                Ok(word.clone())
            }
            _ => Err(format!("a word was expected before {:?}", self.rest.first())),
        }
    }

    fn eat(&mut self, mark: &str) -> bool {
        let is_there = is_mark(self.rest.first(), mark);
        self.rest = &self.rest[usize::from(is_there)..];
        is_there
    }

    fn group(&mut self, open: char) -> Option<&'a [Token]> {
        match self.rest {
            [Token::Group(found, inner), rest @ ..] if *found == open => {
                self.rest = rest;
                Some(inner)
            }
            _ => None,
        }
    }

    /// What stands before a mark, which is left behind, or before the end.
    fn until(&mut self, mark: &str) -> &'a [Token] {
        let rest = self.rest;
        let len = rest.iter().position(|token| is_mark(Some(token), mark)).unwrap_or(rest.len());
        self.rest = &rest[(len + 1).min(rest.len())..];
        &rest[..len]
    }

    /// Attributes and `pub`.
    fn skip_head(&mut self) {
        while self.eat("#") {
            self.group('[');
        }
        if matches!(self.rest.first(), Some(Token::Word(word)) if word == "pub") {
            self.rest = &self.rest[1..];
            self.group('(');
        }
    }
}
