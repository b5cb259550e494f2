//! A position in a run of tokens.

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream, TokenTree};

/// Reads a run of tokens from left to right; never past its end, and never panics.
#[derive(Clone, Debug)]
pub struct Cursor<'a> {
    tokens: &'a [TokenTree],
    at: usize,
    /// What to blame where tokens are missing.
    end: Span,
}

/// Depth to which invisible groups are opened; what lies deeper stays closed and is reported as unexpected.
const DEPTH: usize = 32;

/// The trees of a stream. What `macro_rules!` wraps in an invisible group (`$n:literal`) is unwrapped where it is a
/// single token; an expression of several (`$e:expr`) keeps its group and thereby its precedence.
pub fn trees(stream: TokenStream) -> Vec<TokenTree> {
    fn unwrap(tree: TokenTree, depth: usize) -> TokenTree {
        match &tree {
            TokenTree::Group(group) if group.delimiter() == Delimiter::None && depth < DEPTH => {
                let mut inner = group.stream().into_iter();
                match (inner.next(), inner.next()) {
                    (Some(only), None) => unwrap(only, depth + 1),
                    _ => tree,
                }
            }
            _ => tree,
        }
    }
    stream.into_iter().map(|tree| unwrap(tree, 0)).collect()
}

/// What stands between commas. A comma behind the last piece is as good as none.
pub fn pieces(tokens: &[TokenTree]) -> Vec<&[TokenTree]> {
    let is_comma = |tree: &TokenTree| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == ',');
    let mut pieces: Vec<&[TokenTree]> = tokens.split(is_comma).collect();
    if pieces.last().is_some_and(|piece| piece.is_empty()) {
        pieces.pop();
    }
    pieces
}

impl<'a> Cursor<'a> {
    /// `end` is blamed where tokens are missing; the last token, if there is one.
    pub fn new(tokens: &'a [TokenTree], end: Span) -> Self {
        Self { tokens, at: 0, end: tokens.last().map_or(end, TokenTree::span) }
    }

    /// The token `ahead` places on.
    pub fn peek(&self, ahead: usize) -> Option<&'a TokenTree> {
        self.tokens.get(self.at + ahead)
    }

    pub fn next(&mut self) -> Option<&'a TokenTree> {
        let tree = self.tokens.get(self.at)?;
        self.at += 1;
        Some(tree)
    }

    pub fn skip(&mut self, count: usize) {
        self.at = (self.at + count).min(self.tokens.len());
    }

    pub fn is_empty(&self) -> bool {
        self.at == self.tokens.len()
    }

    /// How many tokens have been read.
    pub fn position(&self) -> usize {
        self.at
    }

    /// Goes back to a position.
    pub fn rewind(&mut self, position: usize) {
        self.at = position.min(self.tokens.len());
    }

    /// The tokens that are left.
    pub fn rest(&self) -> &'a [TokenTree] {
        &self.tokens[self.at..]
    }

    /// The tokens read since a position.
    pub fn since(&self, start: usize) -> TokenStream {
        self.tokens[start.min(self.at)..self.at].iter().cloned().collect()
    }

    /// What to blame for the token that comes next: it, or the end.
    pub fn here(&self) -> TokenStream {
        match self.peek(0) {
            Some(tree) => tree.clone().into(),
            None => blame(self.end),
        }
    }

    pub fn ident(&self, ahead: usize) -> Option<&'a Ident> {
        match self.peek(ahead)? {
            TokenTree::Ident(ident) => Some(ident),
            _ => None,
        }
    }

    pub fn is_word(&self, ahead: usize, word: &str) -> bool {
        self.ident(ahead).is_some_and(|ident| ident == word)
    }

    pub fn literal(&self, ahead: usize) -> Option<&'a Literal> {
        match self.peek(ahead)? {
            TokenTree::Literal(literal) => Some(literal),
            _ => None,
        }
    }

    pub fn group(&self, ahead: usize, delimiter: Delimiter) -> Option<&'a Group> {
        match self.peek(ahead)? {
            TokenTree::Group(group) if group.delimiter() == delimiter => Some(group),
            _ => None,
        }
    }

    /// Whether punctuation such as `,` or `=>` comes `ahead` places on.
    pub fn is_punct(&self, ahead: usize, punct: &str) -> bool {
        punct
            .chars()
            .enumerate()
            .all(|(i, c)| matches!(self.peek(ahead + i), Some(TokenTree::Punct(found)) if found.as_char() == c))
    }

    /// Reads punctuation if it comes next.
    pub fn eat(&mut self, punct: &str) -> bool {
        let found = self.is_punct(0, punct);
        if found {
            self.skip(punct.len());
        }
        found
    }
}

/// A token that is only there for its span.
pub fn blame(span: Span) -> TokenStream {
    TokenTree::Ident(Ident::new("_", span)).into()
}
