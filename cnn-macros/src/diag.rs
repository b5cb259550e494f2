//! A mistake as data, the sink that collects mistakes, and the one place that turns them into compiler errors.
//!
//! The wording of every message is in [`messages`](crate::messages).

use proc_macro2::{TokenStream, TokenTree};
use quote::{quote, quote_spanned};

/// One mistake.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// What was written and the rule that it breaks, in one line.
    pub title: String,
    /// The arithmetic or the facts, line by line.
    pub body: Vec<String>,
    /// Layers and the shapes that they make, from the input to here.
    pub trail: Trail,
    /// What to write instead. What is said to give a shape has been through the checker at this place; examples have
    /// not.
    pub help: Option<String>,
    /// The smallest guilty thing.
    pub tokens: TokenStream,
}

/// The way from the input to a mistake.
#[derive(Clone, Debug, PartialEq)]
pub enum Trail {
    /// Shapes have nothing to do with it.
    None,
    /// The checker, which knows the shapes, fills it in.
    Wanted,
    /// Layers and what they make.
    Steps(Vec<(String, String)>),
}

impl Diagnostic {
    pub fn new(tokens: TokenStream, title: impl Into<String>) -> Self {
        Self { title: title.into(), body: Vec::new(), trail: Trail::None, help: None, tokens }
    }

    /// Adds a line of facts.
    pub fn line(mut self, line: impl Into<String>) -> Self {
        self.body.push(line.into());
        self
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says what to write, if anything is known to work.
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help;
        self
    }

    /// Asks for the way from the input to here.
    pub fn with_trail(mut self) -> Self {
        self.trail = Trail::Wanted;
        self
    }

    /// The text of the error. The compiler puts `error: ` before the first line and as many columns before the others.
    pub fn text(&self) -> String {
        let mut text = self.title.clone();
        for line in &self.body {
            text += &format!("\n  {line}");
        }
        if let Trail::Steps(steps) = &self.trail {
            let width = steps.iter().map(|(layer, _)| layer.chars().count()).max().unwrap_or(0);
            for (layer, shape) in steps {
                text += &format!("\n    {layer:<width$}  {shape}");
            }
        }
        if let Some(help) = &self.help {
            text += &format!("\n  help: {help}");
        }
        text
    }

    /// The compiler error, underlining the first to the last of the guilty tokens.
    fn render(&self) -> TokenStream {
        let mut trees = self.tokens.clone().into_iter();
        let first = trees.next().as_ref().map_or_else(proc_macro2::Span::call_site, TokenTree::span);
        let last = trees.last().as_ref().map_or(first, TokenTree::span);
        let text = self.text();
        let path = quote_spanned!(first=> ::core::compile_error!);
        let message = quote_spanned!(last=> { #text });
        quote!(#path #message)
    }
}

/// Where mistakes are collected.
#[derive(Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// How many mistakes there are: more of them later means that something failed in between.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Changes the mistakes from a position on.
    pub fn for_each_from(&mut self, from: usize, change: impl FnMut(&mut Diagnostic)) {
        self.list.iter_mut().skip(from).for_each(change);
    }

    /// Adds a line to the mistakes from a position on: where they happen.
    pub fn within(&mut self, from: usize, place: &str) {
        self.for_each_from(from, |mistake| mistake.body.push(place.to_owned()));
    }

    /// Hands the mistakes over.
    pub fn take(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.list)
    }

    /// The compiler errors of all mistakes, in the order of the source: stages find them in another.
    pub fn render(mut self) -> TokenStream {
        let mut list = self.take();
        list.sort_by_key(|mistake| {
            let start = mistake.tokens.clone().into_iter().next().map(|tree| tree.span().start());
            start.map(|start| (start.line, start.column))
        });
        list.iter().map(Diagnostic::render).collect()
    }
}

/// Mistakes that nobody looks at would be mistakes that compile.
#[cfg(test)]
impl Drop for Diagnostics {
    fn drop(&mut self) {
        assert!(std::thread::panicking() || self.list.is_empty(), "forgotten: {:?}", self.list);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_layout_is_title_body_trail_help() {
        let mistake = Diagnostic {
            trail: Trail::Steps(vec![("input".into(), "7x7x3".into()), ("conv(10, 3, s3)".into(), "<- here".into())]),
            ..Diagnostic::new(quote!(conv), "`conv(10, 3, s3)` does not fit its 7x7x3 input")
                .line("(N + 2P - F) / S + 1 = 2.33")
                .help("`s1` gives 5x5x10")
        };
        let expected = "`conv(10, 3, s3)` does not fit its 7x7x3 input\
            \n  (N + 2P - F) / S + 1 = 2.33\
            \n    input            7x7x3\
            \n    conv(10, 3, s3)  <- here\
            \n  help: `s1` gives 5x5x10";
        assert_eq!(mistake.text(), expected);
    }
}
