//! `#[max(params = 60_000, macs = "5M", ram = "64K")]`. Memory is counted by the plan, which knows it.

use syn::punctuated::Punctuated;
use syn::{Expr, ExprLit, Lit, MetaNameValue, Token};

use quote::ToTokens;

use crate::diag::{Diagnostic, Diagnostics};
use crate::messages;
use crate::net::{Bound, Budget, Net};
use crate::suggest;

const KEYS: [&str; 3] = ["params", "macs", "ram"];

/// Takes the budget out of a network's attributes.
pub fn take(attrs: &mut Vec<syn::Attribute>, errors: &mut Diagnostics) -> Option<Budget> {
    let (max, rest): (Vec<_>, Vec<_>) = attrs.drain(..).partition(|attr| attr.path().is_ident("max"));
    *attrs = rest;
    let mut budget = None;
    for attr in max {
        let values = match attr.parse_args_with(Punctuated::<MetaNameValue, Token![,]>::parse_terminated) {
            Ok(values) => values,
            Err(_) => {
                errors.push(messages::budget_form(attr.to_token_stream()));
                continue;
            }
        };
        let budget = budget.get_or_insert_with(Budget::default);
        for value in values {
            if let Err(mistake) = bound(&value, budget) {
                errors.push(mistake);
            }
        }
    }
    budget
}

/// Takes `#[min(field = 32)]` out of a network's attributes.
pub fn take_field(attrs: &mut Vec<syn::Attribute>, errors: &mut Diagnostics) -> Option<Bound> {
    let (min, rest): (Vec<_>, Vec<_>) = attrs.drain(..).partition(|attr| attr.path().is_ident("min"));
    *attrs = rest;
    let mut field = None;
    for attr in min {
        let limit = match attr.parse_args::<MetaNameValue>() {
            Ok(MetaNameValue { path, value: Expr::Lit(ExprLit { lit: Lit::Int(number), .. }), .. })
                if path.is_ident("field") && number.suffix().is_empty() =>
            {
                number.base10_parse::<u64>().ok()
            }
            _ => None,
        };
        match limit {
            Some(limit) if field.is_none() => field = Some(Bound { limit, tokens: attr.to_token_stream() }),
            _ => errors.push(messages::field_form(attr.to_token_stream())),
        }
    }
    field
}

fn bound(value: &MetaNameValue, budget: &mut Budget) -> Result<(), Diagnostic> {
    let key = value.path.get_ident().map(ToString::to_string).unwrap_or_default();
    let (slot, kilo) = match key.as_str() {
        "params" => (&mut budget.params, 1000),
        "macs" => (&mut budget.macs, 1000),
        "ram" => (&mut budget.ram, 1024),
        _ => {
            let near = suggest::nearest(&key, KEYS.into_iter());
            return Err(messages::budget_key(value.path.to_token_stream(), &key, near));
        }
    };
    if slot.is_some() {
        return Err(messages::budget_twice(value.to_token_stream(), &key));
    }
    let limit = match &value.value {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) if number.suffix().is_empty() => {
            number.base10_parse::<u64>().ok()
        }
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => amount(&text.value(), kilo),
        _ => None,
    };
    let limit = limit.ok_or_else(|| messages::budget_amount(value.value.to_token_stream(), &key))?;
    *slot = Some(Bound { limit, tokens: value.to_token_stream() });
    Ok(())
}

/// `64K`, `1.5M`, `60000`.
fn amount(text: &str, kilo: u64) -> Option<u64> {
    let text = text.trim().replace('_', "");
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let factor = match unit.trim() {
        "" => 1,
        "k" | "K" => kilo,
        "M" => kilo.pow(2),
        "G" => kilo.pow(3),
        _ => return None,
    };
    match number.split_once('.') {
        None => number.parse::<u64>().ok()?.checked_mul(factor),
        Some(_) => {
            let amount = number.parse::<f64>().ok()? * factor as f64;
            (amount < u64::MAX as f64).then_some(amount as u64)
        }
    }
}

/// Holds a network against its budget of parameters and multiply-adds.
pub fn check(net: &Net, errors: &mut Diagnostics) {
    let mut macs = 0u64;
    for node in &net.nodes {
        match macs.checked_add(node.macs) {
            Some(sum) => macs = sum,
            None => return errors.push(messages::macs_overflow(&net.name, node)),
        }
    }
    let Some(budget) = &net.budget else { return };
    let params = net.params() as u64;
    if let Some(bound) = budget.params.as_ref().filter(|bound| params > bound.limit) {
        let worst = net.nodes.iter().max_by_key(|node| node.learnt());
        let worst = worst.map(|node| (node, node.learnt() as u64));
        errors.push(messages::over_budget(net, bound, "parameters", params, worst));
    }
    if let Some(bound) = budget.macs.as_ref().filter(|bound| macs > bound.limit) {
        let worst = net.nodes.iter().max_by_key(|node| node.macs).map(|node| (node, node.macs));
        errors.push(messages::over_budget(net, bound, "multiply-adds", macs, worst));
    }
}

#[cfg(test)]
mod tests {
    use super::amount;

    #[test]
    fn amounts() {
        for (text, kilo, expected) in [
            ("64K", 1024, Some(65_536)),
            ("5M", 1000, Some(5_000_000)),
            ("1.5M", 1000, Some(1_500_000)),
            ("60_000", 1000, Some(60_000)),
            ("2 G", 1000, Some(2_000_000_000)),
            ("64KB", 1024, None),
            ("", 1000, None),
            ("lots", 1000, None),
            ("1.2.3M", 1000, None),
            ("99999999999999999999", 1, None),
            ("18446744073709551615K", 1000, None),
        ] {
            assert_eq!(amount(text, kilo), expected, "{text}");
        }
    }
}
