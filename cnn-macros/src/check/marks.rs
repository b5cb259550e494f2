//! `#[frozen]`, `#[lr = 0.1]`, `#[init = he]`: how tensors start and learn.

use crate::diag::Diagnostics;
use crate::messages;
use crate::net::{Marks, Start};
use crate::syntax::ast::Attribute;

/// What holds behind attributes: what is frozen around them stays so, rates are factors of those around them, a start
/// is the innermost.
pub fn within(outer: Marks, attributes: &[Attribute], errors: &mut Diagnostics) -> Marks {
    let mut marks = outer;
    for (index, attribute) in attributes.iter().enumerate() {
        if attributes[..index].iter().any(|earlier| earlier.name == attribute.name) {
            errors.push(messages::attribute_twice(attribute));
            continue;
        }
        let value = attribute.value.as_ref().map(ToString::to_string);
        match attribute.name.to_string().as_str() {
            "frozen" if value.is_some() => errors.push(messages::frozen_form(attribute)),
            "frozen" => marks.is_frozen = true,
            "lr" => {
                let factor = value.and_then(|text| text.parse().ok());
                match factor.filter(|factor: &f32| *factor >= 0.0 && factor.is_finite()) {
                    // The rates of a block and of a layer in it are multiplied.
                    Some(factor) if (marks.rate * factor).is_finite() => marks.rate *= factor,
                    Some(factor) => errors.push(messages::rate_too_large(attribute, outer.rate, factor)),
                    None => errors.push(messages::rate_form(attribute)),
                }
            }
            "init" => match start(&value.unwrap_or_default()) {
                Some(start) => marks.start = Some(start),
                None => errors.push(messages::init_form(attribute)),
            },
            _ => errors.push(messages::unknown_attribute(attribute)),
        }
    }
    marks
}

fn start(text: &str) -> Option<Start> {
    match text {
        "he" => Some(Start::He),
        "glorot" => Some(Start::Glorot),
        "zeros" => Some(Start::Zeros),
        text => {
            let deviation = text.parse().ok().filter(|value: &f32| *value > 0.0 && value.is_finite());
            deviation.map(Start::Normal)
        }
    }
}
