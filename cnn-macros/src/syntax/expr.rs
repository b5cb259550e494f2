//! Integer expressions: `+ - * / %`, parentheses, names. By precedence climbing.

use proc_macro2::{Delimiter, Span, TokenTree};

use super::ast::{Expr, ExprKind, Operator};
use super::cursor::{Cursor, trees};
use super::literal::{Number, number};
use super::render::render;
use crate::diag::Diagnostic;
use crate::messages;

/// Tokens in one expression, groups opened: whoever needs more can name a part with `let`. It bounds the recursion of
/// everything that walks an expression.
const LONGEST: usize = 200;

/// Reads an expression as far as it goes.
pub fn expr(cursor: &mut Cursor<'_>) -> Result<Expr, Diagnostic> {
    let mut budget = LONGEST;
    sum(cursor, &mut budget)
}

/// Reads an expression that is all there is.
pub fn whole_expr(tokens: &[TokenTree], end: Span) -> Result<Expr, Diagnostic> {
    let mut cursor = Cursor::new(tokens, end);
    let value = expr(&mut cursor)?;
    match cursor.peek(0) {
        None => Ok(value),
        Some(_) => Err(messages::expression_goes_on(cursor.here(), &render(&value.tokens))),
    }
}

fn sum(cursor: &mut Cursor<'_>, budget: &mut usize) -> Result<Expr, Diagnostic> {
    chain(cursor, budget, &[('+', Operator::Add), ('-', Operator::Subtract)], product)
}

fn product(cursor: &mut Cursor<'_>, budget: &mut usize) -> Result<Expr, Diagnostic> {
    let operators = [('*', Operator::Multiply), ('/', Operator::Divide), ('%', Operator::Remainder)];
    chain(cursor, budget, &operators, atom)
}

type Reader = fn(&mut Cursor<'_>, &mut usize) -> Result<Expr, Diagnostic>;

fn chain(
    cursor: &mut Cursor<'_>,
    budget: &mut usize,
    operators: &[(char, Operator)],
    operand: Reader,
) -> Result<Expr, Diagnostic> {
    let start = cursor.position();
    let mut left = operand(cursor, budget)?;
    while let Some(TokenTree::Punct(punct)) = cursor.peek(0) {
        let found = operators.iter().find(|(c, _)| *c == punct.as_char());
        let Some(&(_, operator)) = found.filter(|_| !cursor.is_punct(0, "->")) else { break };
        cursor.next();
        let right = operand(cursor, budget)?;
        let kind = ExprKind::Binary(Box::new(left), operator, Box::new(right));
        left = Expr { kind, tokens: cursor.since(start) };
    }
    Ok(left)
}

fn atom(cursor: &mut Cursor<'_>, budget: &mut usize) -> Result<Expr, Diagnostic> {
    let start = cursor.position();
    *budget = budget.checked_sub(1).ok_or_else(|| messages::expression_too_long(cursor.here()))?;
    let kind = match cursor.next() {
        Some(TokenTree::Literal(literal)) => match number(literal) {
            Ok(Number::Sizes(sizes)) if sizes.len() == 1 => ExprKind::Number(sizes[0]),
            Ok(Number::Sizes(_)) => {
                return Err(messages::pair_in_expression(cursor.since(start), &literal.to_string()));
            }
            Ok(Number::Fraction(value)) => {
                return Err(messages::not_whole(cursor.since(start), &literal.to_string(), value));
            }
            Err(slip) => return Err(messages::literal(cursor.since(start), &literal.to_string(), &slip)),
        },
        Some(TokenTree::Ident(name)) => ExprKind::Name(name.clone()),
        Some(TokenTree::Punct(punct)) if punct.as_char() == '-' => ExprKind::Negative(Box::new(atom(cursor, budget)?)),
        Some(TokenTree::Group(group)) if matches!(group.delimiter(), Delimiter::Parenthesis | Delimiter::None) => {
            let inner = trees(group.stream());
            let mut within = Cursor::new(&inner, group.span_close());
            let value = sum(&mut within, budget)?;
            if !within.is_empty() {
                return Err(messages::expression_goes_on(within.here(), &render(&value.tokens)));
            }
            value.kind
        }
        Some(tree) => return Err(messages::expected_number(tree.clone().into(), &render(&tree.clone().into()))),
        None => return Err(messages::number_missing(cursor.here())),
    };
    Ok(Expr { kind, tokens: cursor.since(start) })
}
