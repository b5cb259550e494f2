//! The text of a declaration in tokens.

/// A token, or a group of them.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// `conv`, `s2`
    Word(String),
    /// `3`, `6x6x2`, `0.5`
    Number(String),
    /// `->`, `=>`, or one character.
    Mark(String),
    /// What stands between brackets, which the opening one names.
    Group(char, Vec<Token>),
}

/// Reads a text.
///
/// # Errors
/// If brackets do not match.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    let tokens = group(&chars, &mut at, None)?;
    Ok(tokens)
}

fn group(chars: &[char], at: &mut usize, close: Option<char>) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    while let Some(&c) = chars.get(*at) {
        let start = *at;
        *at += 1;
        let next = chars.get(*at).copied();
        let token = match c {
            _ if c.is_whitespace() => continue,
            '/' if next == Some('/') => {
                *at += chars[*at..].iter().take_while(|c| **c != '\n').count();
                continue;
            }
            '"' => {
                *at += chars[*at..].iter().take_while(|c| **c != '"').count() + 1;
                Token::Word(chars[start..*at].iter().collect())
            }
            _ if Some(c) == close => return Ok(tokens),
            ')' | ']' | '}' => return Err(format!("`{c}` closes nothing")),
            '(' => Token::Group(c, group(chars, at, Some(')'))?),
            '[' => Token::Group(c, group(chars, at, Some(']'))?),
            '{' => Token::Group(c, group(chars, at, Some('}'))?),
            '-' | '=' if next == Some('>') => {
                *at += 1;
                Token::Mark(format!("{c}>"))
            }
            _ if c.is_alphanumeric() || c == '_' => {
                let is_number = c.is_ascii_digit();
                let goes_on = |c: char| c.is_alphanumeric() || c == '_' || is_number && c == '.';
                *at += chars[*at..].iter().take_while(|c| goes_on(**c)).count();
                let text = chars[start..*at].iter().collect();
                if is_number { Token::Number(text) } else { Token::Word(text) }
            }
            _ => Token::Mark(c.to_string()),
        };
        tokens.push(token);
    }
    close.map_or(Ok(tokens), |close| Err(format!("`{close}` is missing")))
}

/// The pieces between marks; none behind a last one.
pub(super) fn split<'a>(tokens: &'a [Token], mark: &str) -> Vec<&'a [Token]> {
    let mut pieces: Vec<&[Token]> = tokens.split(|token| is_mark(Some(token), mark)).collect();
    if pieces.last().is_some_and(|piece| piece.is_empty()) {
        pieces.pop();
    }
    pieces
}

pub(super) fn is_mark(token: Option<&Token>, mark: &str) -> bool {
    matches!(token, Some(Token::Mark(text)) if text == mark)
}
