//! A layer as it was written: `conv(12, 3x5, s2x1, p[1, 0, 2, 1], g4, nobias)`.

/// The parts of a layer's words. Whoever reads an argument takes it out; what nobody takes is a mistake.
#[derive(Clone, Debug)]
pub(super) struct Words {
    /// `conv`
    pub(super) word: String,
    text: String,
    /// `12`, `3x5`
    positions: Vec<String>,
    /// `("s", "2x1")`, and `("stride", "2")` as `("s", "2")`.
    options: Vec<(String, String)>,
    /// `nobias`
    flags: Vec<String>,
}

type Result<T> = std::result::Result<T, String>;

impl Words {
    pub(super) fn new(text: &str) -> Result<Self> {
        let dense: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let (word, arguments) = match dense.split_once('(') {
            Some((word, rest)) => {
                (word, rest.strip_suffix(')').ok_or_else(|| format!("`{text}` has no closing parenthesis"))?)
            }
            None => (&*dense, ""),
        };
        let (mut positions, mut options, mut flags) = (Vec::new(), Vec::new(), Vec::new());
        for argument in split(arguments) {
            let letters = argument.chars().take_while(|&c| c.is_ascii_alphabetic() || c == '_').count();
            let (name, value) = argument.split_at(letters);
            match (name, value) {
                ("", value) => positions.push(value.to_owned()),
                (flag, "") => flags.push(flag.to_owned()),
                (name, value) => {
                    let name = match name {
                        "stride" => "s",
                        "padding" => "p",
                        "output_padding" => "o",
                        "dilation" => "d",
                        "groups" => "g",
                        name => name,
                    };
                    options.push((name.to_owned(), value.trim_start_matches('=').to_owned()));
                }
            }
        }
        positions.reverse();
        Ok(Self { word: word.to_owned(), text: text.to_owned(), positions, options, flags })
    }

    /// The next value by position.
    pub(super) fn position(&mut self) -> Option<String> {
        self.positions.pop()
    }

    /// The value of an option.
    pub(super) fn option(&mut self, name: &str) -> Option<String> {
        let at = self.options.iter().position(|(known, _)| known == name)?;
        Some(self.options.remove(at).1)
    }

    /// Whether a flag is there.
    pub(super) fn flag(&mut self, name: &str) -> bool {
        let before = self.flags.len();
        self.flags.retain(|flag| flag != name);
        self.flags.len() < before
    }

    /// A whole number by position.
    pub(super) fn count(&mut self) -> Result<usize> {
        let value = self.position().ok_or_else(|| format!("`{}` lacks a number", self.text))?;
        whole(&value)
    }

    /// A real number by position, or what stands for it.
    pub(super) fn real_or(&mut self, default: f64) -> Result<f64> {
        self.position().map_or(Ok(default), |value| value.parse().map_err(|_| format!("`{value}` is no number")))
    }

    /// An option of one number for both directions or `3x5`.
    pub(super) fn pair_or(&mut self, name: &str, default: [usize; 2]) -> Result<[usize; 2]> {
        self.option(name).map_or(Ok(default), |value| pair(&value))
    }

    /// A real number of a name, or what stands for it.
    pub(super) fn real_of(&mut self, name: &str, default: f64) -> Result<f64> {
        self.option(name).map_or(Ok(default), |value| value.parse().map_err(|_| format!("`{value}` is no number")))
    }

    /// Makes sure that every argument was taken.
    pub(super) fn finish(self) -> Result<()> {
        if self.positions.is_empty() && self.options.is_empty() && self.flags.is_empty() {
            return Ok(());
        }
        let Self { text, positions, options, flags, .. } = self;
        Err(format!("`{text}`: the reference does not know {positions:?} {options:?} {flags:?}"))
    }
}

/// `7`
pub(super) fn whole(text: &str) -> Result<usize> {
    text.parse().map_err(|_| format!("`{text}` is no whole number"))
}

/// `3x5`, or `3` for `3x3`
pub(super) fn pair(text: &str) -> Result<[usize; 2]> {
    match text.split_once('x') {
        Some((vertical, horizontal)) => Ok([whole(vertical)?, whole(horizontal)?]),
        None => Ok([whole(text)?; 2]),
    }
}

/// `7x7x16`, `[7,7,16]`, `10`
pub(super) fn sizes(text: &str) -> Result<Vec<usize>> {
    match list(text) {
        Some(sizes) => sizes.into_iter().map(whole).collect(),
        None => text.split('x').map(whole).collect(),
    }
}

/// `[1,0,2,1]`
pub(super) fn list(text: &str) -> Option<Vec<&str>> {
    Some(text.strip_prefix('[')?.strip_suffix(']')?.split(',').collect())
}

/// The arguments between commas that stand in no brackets.
fn split(arguments: &str) -> Vec<&str> {
    let (mut pieces, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, c) in arguments.char_indices() {
        match c {
            '[' => depth += 1,
            ']' => depth -= 1,
            ',' if depth == 0 => {
                pieces.push(&arguments[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    pieces.push(&arguments[start..]);
    pieces.retain(|piece| !piece.is_empty());
    pieces
}
