//! What is known by name where the walk is: `let` numbers and the value of expressions, in checked arithmetic; values
//! of the network.

use proc_macro2::{Group, Ident, Literal, TokenStream, TokenTree};

use crate::layers::kind::{Incoming, Stop};
use crate::messages;
use crate::net::NodeId;
use crate::suggest;
use crate::syntax::ast::{Expr, ExprKind, Let, Operator};
use crate::syntax::render::plain;

/// The numbers and values that are known by name.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// Names in order; `None` is a number whose declaration has a mistake.
    names: Vec<(String, Option<i64>)>,
    /// How many of them, from the first on, are a block's.
    own: usize,
    /// Named values that can be taken up: those of the network, or of the block in which the walk is.
    pub values: Vec<Named>,
    /// Names of values that stand anywhere in the network.
    pub later: Vec<String>,
}

/// A value that can be taken up by its name.
#[derive(Clone, Debug)]
pub struct Named {
    pub name: String,
    /// `None` behind a mistake.
    pub here: Option<Here>,
}

/// A value of the network.
#[derive(Clone, Debug, PartialEq)]
pub struct Here {
    pub node: NodeId,
    pub incoming: Incoming,
}

impl Scope {
    /// Works out a declaration and adds its name.
    pub fn declare(&mut self, item: &Let) -> Result<(), Stop> {
        let name = item.name.to_string();
        if self.knows(&name) {
            return Err(messages::let_twice(&item.name).into());
        }
        let value = item.value.as_ref().ok_or(Stop::Poisoned).and_then(|expr| self.signed(expr));
        self.names.push((name, value.as_ref().ok().copied()));
        value.map(drop)
    }

    /// Adds numbers that hide those of the same names.
    pub fn add_first(&mut self, numbers: Vec<(String, Option<i64>)>) {
        self.own += numbers.len();
        self.names.splice(0..0, numbers);
    }

    /// Tokens with a block's own numbers in the place of their names, which say nothing outside of it.
    pub fn written(&self, tokens: &TokenStream) -> TokenStream {
        let own = &self.names[..self.own];
        if own.is_empty() {
            return tokens.clone();
        }
        let mut trees = tokens.clone().into_iter().peekable();
        let mut written: Vec<TokenTree> = Vec::new();
        while let Some(tree) = trees.next() {
            let is =
                |tree: Option<&TokenTree>, c| matches!(tree, Some(TokenTree::Punct(punct)) if punct.as_char() == c);
            let is_name = !is(trees.peek(), '=') && !is(written.last(), '@');
            written.push(match &tree {
                TokenTree::Group(group) => Group::new(group.delimiter(), self.written(&group.stream())).into(),
                TokenTree::Ident(name) if is_name => match own.iter().find(|(known, _)| name == known) {
                    Some((_, Some(value))) if *value >= 0 => Literal::i64_unsuffixed(*value).into(),
                    _ => tree,
                },
                _ => tree,
            });
        }
        written.into_iter().collect()
    }

    /// The value of a name.
    pub fn value(&self, name: &Ident) -> Result<Here, Stop> {
        let plain = plain(name);
        if let Some(named) = self.values.iter().find(|value| value.name == plain) {
            return named.here.clone().ok_or(Stop::Poisoned);
        }
        let near = suggest::nearest(&plain, self.values.iter().map(|value| value.name.as_str()));
        Err(messages::unknown_value(name, near, self.later.contains(&plain)).into())
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|(known, _)| known.as_str())
    }

    pub fn knows(&self, name: &str) -> bool {
        self.names.iter().any(|(known, _)| known == name)
    }

    /// The value of an expression.
    pub fn signed(&self, expr: &Expr) -> Result<i64, Stop> {
        match &expr.kind {
            ExprKind::Number(number) => {
                i64::try_from(*number).map_err(|_| messages::arithmetic_overflow(&expr.tokens).into())
            }
            ExprKind::Name(name) => match self.names.iter().find(|(known, _)| name == known) {
                Some((_, value)) => value.ok_or(Stop::Poisoned),
                None => Err(messages::unknown_name(name, suggest::nearest(&name.to_string(), self.names())).into()),
            },
            ExprKind::Negative(inner) => {
                let value = self.signed(inner)?;
                value.checked_neg().ok_or_else(|| messages::arithmetic_overflow(&expr.tokens).into())
            }
            ExprKind::Binary(left, operator, right) => {
                let (left, divisor) = (self.signed(left)?, self.signed(right)?);
                if divisor == 0 && matches!(operator, Operator::Divide | Operator::Remainder) {
                    return Err(messages::division_by_zero(&expr.tokens, &right.tokens).into());
                }
                let value = match operator {
                    Operator::Add => left.checked_add(divisor),
                    Operator::Subtract => left.checked_sub(divisor),
                    Operator::Multiply => left.checked_mul(divisor),
                    Operator::Divide => left.checked_div(divisor),
                    Operator::Remainder => left.checked_rem(divisor),
                };
                value.ok_or_else(|| messages::arithmetic_overflow(&expr.tokens).into())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::cursor::trees;
    use crate::syntax::expr::whole_expr;

    fn value(text: &str) -> Option<i64> {
        let tokens = trees(text.parse().unwrap());
        let expr = whole_expr(&tokens, proc_macro2::Span::call_site()).ok()?;
        let scope = Scope { names: vec![("n".into(), Some(16)), ("poisoned".into(), None)], ..Scope::default() };
        scope.signed(&expr).ok()
    }

    #[test]
    fn arithmetic_is_rusts() {
        for (text, expected) in [
            ("16", Some(16)),
            ("2 * n + 1", Some(33)),
            ("1 + 2 * n", Some(33)),
            ("(1 + 2) * n", Some(48)),
            ("n - 1 - 1", Some(14)),
            ("7 / 2 % 2", Some(1)),
            ("-n + 20", Some(4)),
            ("n / 0", None),
            ("m", None),
            ("poisoned + 1", None),
            ("9223372036854775807 + 1", None),
            ("18446744073709551615", None),
            ("n *", None),
            ("n n", None),
            ("0x10", None),
            ("2.0", None),
        ] {
            assert_eq!(value(text), expected, "{text}");
        }
    }

    #[test]
    fn no_depth_overflows_the_stack() {
        assert_eq!(value(&format!("{}1{}", "(".repeat(5000), ")".repeat(5000))), None);
        assert_eq!(value(&"-".repeat(5000)), None);
        assert_eq!(value(&format!("1{}", " + 1".repeat(5000))), None);
    }
}
