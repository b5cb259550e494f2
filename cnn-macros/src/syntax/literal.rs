//! Number literals. `32x32x3` reaches a macro as one literal with a suffix, and Rust's own readings of some spellings
//! (`0x3` is hexadecimal, `8e4` a float) are not the ones that were meant.

use proc_macro2::Literal;

/// A literal as this language reads it.
#[derive(Clone, Debug, PartialEq)]
pub enum Number {
    /// `784`, `32x32x3`
    Sizes(Vec<u64>),
    /// `0.5`, `1e-3`
    Fraction(f64),
}

/// What is wrong with a literal. Each has a message of its own.
#[derive(Clone, Debug, PartialEq)]
pub enum Slip {
    /// `0x3`, `0b11`: Rust reads another base.
    Base(&'static str),
    /// `5u8`, `1f32`: a Rust type behind a plain number.
    Typed { number: String },
    /// `28X28`
    CapitalX { instead: String },
    /// `3x3s2`: an option that grew onto the size.
    Grown { size: String, rest: String },
    /// `2x`, `3xx5`
    Unfinished,
    /// More digits than any size needs.
    TooLarge,
    /// A string, a character.
    NotANumber,
}

/// Reads a literal.
pub fn number(literal: &Literal) -> Result<Number, Slip> {
    let text = literal.to_string().replace('_', "");
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(Slip::NotANumber);
    }
    for (prefix, base) in [("0x", "hexadecimal"), ("0o", "octal"), ("0b", "binary")] {
        if text.starts_with(prefix) {
            return Err(Slip::Base(base));
        }
    }
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (head, rest) = text.split_at(digits);
    if let Some(number) = typed(&text) {
        return Err(Slip::Typed { number });
    }
    if rest.starts_with(['.', 'e', 'E']) {
        return match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(Number::Fraction(value)),
            Ok(_) => Err(Slip::TooLarge),
            Err(_) => Err(Slip::Unfinished),
        };
    }
    if rest.contains('X') {
        let instead = text.replace('X', "x");
        return Err(if sizes(&instead).is_some() { Slip::CapitalX { instead } } else { Slip::Unfinished });
    }
    if let Some(parts) = sizes(&text) {
        let sizes: Option<Vec<u64>> = parts.iter().map(|part| part.parse().ok()).collect();
        return sizes.map(Number::Sizes).ok_or(Slip::TooLarge);
    }
    // The longest size in front, and what grew onto it.
    let shape = text.find(|c: char| !c.is_ascii_digit() && c != 'x').unwrap_or(text.len());
    let (size, rest) = text.split_at(shape);
    if !rest.is_empty() && sizes(size).is_some() {
        return Err(Slip::Grown { size: size.to_owned(), rest: rest.to_owned() });
    }
    debug_assert!(!head.is_empty());
    Err(Slip::Unfinished)
}

/// The digits between the `x`s, if there is nothing else.
fn sizes(text: &str) -> Option<Vec<&str>> {
    let parts: Vec<&str> = text.split('x').collect();
    let all_digits = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    parts.iter().all(all_digits).then_some(parts)
}

/// The number before a Rust type.
fn typed(text: &str) -> Option<String> {
    const TYPES: [&str; 14] =
        ["f32", "f64", "f16", "u128", "i128", "usize", "isize", "u8", "u16", "u32", "u64", "i16", "i32", "i64"];
    let number = TYPES.iter().chain(&["i8"]).find_map(|ty| text.strip_suffix(ty))?;
    number.parse::<f64>().is_ok().then(|| number.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Number, Slip> {
        number(&text.parse().unwrap())
    }

    #[test]
    fn sizes_are_one_literal() {
        assert_eq!(read("784"), Ok(Number::Sizes(vec![784])));
        assert_eq!(read("1_000x3"), Ok(Number::Sizes(vec![1000, 3])));
        assert_eq!(read("32x32x3"), Ok(Number::Sizes(vec![32, 32, 3])));
        assert_eq!(read("4x0x3"), Ok(Number::Sizes(vec![4, 0, 3])));
    }

    #[test]
    fn fractions() {
        for (text, value) in [("0.5", 0.5), ("1e-3", 1e-3), ("5.", 5.0), ("8e4", 8e4)] {
            assert_eq!(read(text), Ok(Number::Fraction(value)), "{text}");
        }
    }

    #[test]
    fn every_trap_has_a_name() {
        assert_eq!(read("0x3"), Err(Slip::Base("hexadecimal")));
        assert_eq!(read("0x32x3"), Err(Slip::Base("hexadecimal")));
        assert_eq!(read("0b11"), Err(Slip::Base("binary")));
        assert_eq!(read("5u8"), Err(Slip::Typed { number: "5".into() }));
        assert_eq!(read("1f32"), Err(Slip::Typed { number: "1".into() }));
        assert_eq!(read("28X28"), Err(Slip::CapitalX { instead: "28x28".into() }));
        assert_eq!(read("3x3s2"), Err(Slip::Grown { size: "3x3".into(), rest: "s2".into() }));
        assert_eq!(read("5p2"), Err(Slip::Grown { size: "5".into(), rest: "p2".into() }));
        assert_eq!(read("2x"), Err(Slip::Unfinished));
        assert_eq!(read("3xx5"), Err(Slip::Unfinished));
        assert_eq!(read("99999999999999999999"), Err(Slip::TooLarge));
        assert_eq!(read("\"5\""), Err(Slip::NotANumber));
        assert_eq!(read("'5'"), Err(Slip::NotANumber));
    }
}
