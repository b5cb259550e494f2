//! Text that cannot be read.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;

use crate::diag::Diagnostic;
use crate::layers::kind::{Kind, Place};
use crate::layers::{OTHER_WORDS, kind_of, kinds};
use crate::suggest::{self, Answer};
use crate::syntax::ast::Arg;
use crate::syntax::literal::Slip;
use crate::syntax::render::render;

/// A literal that Rust reads differently, or that is no size at all.
pub fn literal(tokens: TokenStream, text: &str, slip: &Slip) -> Diagnostic {
    match slip {
        Slip::Base(base) => {
            let title = format!("`{text}` is a {base} number in Rust, not a size");
            let plain = text.replace('_', "");
            let mistake = Diagnostic::new(tokens, title);
            if base == &"hexadecimal" && plain.starts_with("0x") {
                mistake.line("sizes start at 1, so `0x..` is never the height of anything")
            } else {
                mistake.line("sizes are decimal")
            }
        }
        Slip::Typed { number } => {
            let title = format!("`{text}` is a number with a Rust type; sizes are plain numbers");
            Diagnostic::new(tokens, title).help(format!("`{number}`"))
        }
        Slip::CapitalX { instead } => {
            Diagnostic::new(tokens, format!("`{text}` has a capital `X`")).help(format!("`{instead}`"))
        }
        Slip::Grown { size, rest } => Diagnostic::new(tokens, format!("`{text}` runs two things into one number"))
            .help(format!("a comma between them: `{size}, {rest}`")),
        Slip::Unfinished => Diagnostic::new(tokens, format!("`{text}` is not a whole size"))
            .line("a size is a number such as `5`, a pair such as `3x5` or a volume such as `32x32x3`"),
        Slip::TooLarge => Diagnostic::new(tokens, format!("`{text}` is too large to be counted")),
        Slip::NotANumber => {
            let mistake = Diagnostic::new(tokens, format!("`{text}` is not a number"));
            let word = text.trim_matches('"');
            let is_option = kinds().flat_map(|kind| kind.parameters).any(|parameter| parameter.words.contains(&word));
            let is_word = word.len() + 2 == text.len() && is_option;
            if is_word { mistake.help(format!("words stand without quotes: `{word}`")) } else { mistake }
        }
    }
}

pub fn not_whole(tokens: TokenStream, text: &str, value: f64) -> Diagnostic {
    let mistake = Diagnostic::new(tokens, format!("`{text}` is not a whole number"));
    let exponent = text.contains(['e', 'E']) && value.fract() == 0.0 && value.abs() < 1e15;
    if exponent {
        mistake
            .line("a digit, an `e` and digits are a floating-point number in Rust")
            .help(format!("written out: `{}`", value as i64))
    } else {
        mistake
    }
}

pub fn pair_in_expression(tokens: TokenStream, text: &str) -> Diagnostic {
    Diagnostic::new(tokens, format!("`{text}` is several sizes, and one number is expected here"))
}

pub fn volume_as_argument(tokens: TokenStream, text: &str) -> Diagnostic {
    Diagnostic::new(tokens, format!("`{text}` has more than two sizes"))
        .line("an argument is a number such as `5` or a pair such as `3x5`; channels follow from the layer before")
}

pub fn expression_goes_on(tokens: TokenStream, before: &str) -> Diagnostic {
    Diagnostic::new(tokens, format!("an operator or the end is expected behind `{before}`"))
}

pub fn expression_too_long(tokens: TokenStream) -> Diagnostic {
    Diagnostic::new(tokens, "this expression is too long").help("a `let` can name a part of it")
}

pub fn expected_number(tokens: TokenStream, text: &str) -> Diagnostic {
    Diagnostic::new(tokens, format!("expected a number, found `{text}`"))
}

pub fn number_missing(tokens: TokenStream) -> Diagnostic {
    Diagnostic::new(tokens, "a number is missing behind this")
}

/// `(2, 2)`, which is another language's pair.
pub fn pair_in_parentheses(arg: &Arg, spelling: String) -> Diagnostic {
    let title = format!("`{}` is not how a pair is written", render(&arg.tokens));
    Diagnostic::new(arg.tokens.clone(), title).help(spelling)
}

pub fn argument_missing(tokens: TokenStream) -> Diagnostic {
    Diagnostic::new(tokens, "an argument is missing before this comma")
}

pub fn argument_goes_on(tokens: TokenStream, before: &str) -> Diagnostic {
    Diagnostic::new(tokens, format!("expected a comma behind the argument `{before}`"))
}

pub fn expected_item(tokens: TokenStream, text: &str, is_end: bool) -> Diagnostic {
    let title = match is_end {
        true => "expected a network behind this".to_owned(),
        false => format!("expected a network, which begins with `struct`, or `block`, `let` or `use`, found `{text}`"),
    };
    Diagnostic::new(tokens, title).help("`pub struct Name: 32x32x3 => conv(10, 5) relu fc(10);` or `let filters = 16;`")
}

/// `use` without an end, or with more than one network.
pub fn use_form(tokens: TokenStream) -> Diagnostic {
    Diagnostic::new(tokens, "expected the path of one network and `;` behind `use`")
        .help("`use crate::models::Backbone;` or `use crate::models::Backbone as Trunk;`")
}

pub fn semicolon_missing(tokens: TokenStream) -> Diagnostic {
    Diagnostic::new(tokens, "expected `;` behind this")
}

/// `what` is `let`, `block` or `use`.
pub fn head_of_item(tokens: TokenStream, what: &str) -> Diagnostic {
    Diagnostic::new(tokens, format!("a `{what}` takes neither attributes nor a visibility"))
        .line("what it declares is known within this macro call and nowhere else")
}

pub fn let_form(tokens: TokenStream) -> Diagnostic {
    Diagnostic::new(tokens, "expected a name and a number").help("`let filters = 2 * 8;`")
}

pub fn let_is_an_option(name: &Ident, option: &str) -> Diagnostic {
    Diagnostic::new(name.to_token_stream(), format!("`{name}` cannot name a number: as an argument it is {option}"))
}

pub fn bad_head(tokens: TokenStream, error: &str) -> Diagnostic {
    Diagnostic::new(tokens, error.to_owned())
}

pub fn name_missing(tokens: TokenStream) -> Diagnostic {
    Diagnostic::new(tokens, "expected the network's name").help("`struct Name: 32x32x3 => ..;`")
}

pub fn input_missing(tokens: TokenStream, name: &str) -> Diagnostic {
    Diagnostic::new(tokens, format!("`{name}` lacks the shape of its input"))
        .help(format!("height x width x channels behind a colon: `struct {name}: 32x32x3 => ..;`"))
}

pub fn expected_shape(tokens: TokenStream, text: &str) -> Diagnostic {
    let title = match text {
        "_" => "a shape is missing behind this".to_owned(),
        "=" => "a shape is missing before this arrow".to_owned(),
        _ => format!("expected a shape, found `{text}`"),
    };
    Diagnostic::new(tokens, title)
        .help("`32x32x3` (height x width x channels), `784`, or `[h, w, 3]` with `let` numbers")
}

pub fn arrow_missing(tokens: TokenStream, before: &str, has_layers: bool) -> Diagnostic {
    let what = if has_layers { "`=>` is missing between the input and the layers" } else { "expected `=>` and layers" };
    Diagnostic::new(tokens, what).help(format!("`struct {before} => ..;`"))
}

pub fn behind_the_chain(tokens: TokenStream, text: &str) -> Diagnostic {
    Diagnostic::new(tokens, format!("expected `;` behind the `>`, found `{text}`"))
}

pub fn unclosed_chain(tokens: TokenStream) -> Diagnostic {
    Diagnostic::new(tokens, "this `<` has no `>` at the end of the layers")
}

pub fn arrow_to_nothing(tokens: TokenStream) -> Diagnostic {
    Diagnostic::new(tokens, "this `->` leads to nothing")
        .line("it stands before a layer, or before the shape that is expected here: `-> 16x16x10`")
}

pub fn label_of_nothing(label: &Ident) -> Diagnostic {
    Diagnostic::new(label.to_token_stream(), format!("the label `{label}` has no layer"))
}

pub fn tap_without_name(tokens: TokenStream, words: &str) -> Diagnostic {
    Diagnostic::new(tokens, "a tap needs a name").help(format!("`{words} @features`"))
}

pub fn expected_layer(tokens: TokenStream, text: &str, tree: Option<&TokenTree>) -> Diagnostic {
    let mistake = match tree {
        None => return Diagnostic::new(tokens, "a layer is missing behind this"),
        Some(_) => Diagnostic::new(tokens, format!("expected a layer, found `{text}`")),
    };
    match tree {
        Some(TokenTree::Literal(_)) => {
            mistake.line("arguments stand in parentheses: `fc(10)`; a checked shape behind an arrow: `-> 16x16x10`")
        }
        Some(TokenTree::Punct(punct)) if punct.as_char() == '|' => {
            mistake.line("branches stand in brackets: `add[id | conv(16, 3, same)]`")
        }
        _ => mistake,
    }
}

/// `conv[8, 3]`; or a word of another framework before branches or layers, of which more is wrong than the brackets.
pub fn arguments_in_parentheses(tokens: TokenStream, word: &Ident, args: &TokenStream) -> Diagnostic {
    let answer = suggest::word(&word.to_string());
    let is_bar = |tree: &TokenTree| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == '|');
    let is_foreign = match &answer {
        // It may be the name of a block.
        Answer::Unknown => false,
        Answer::Near(ours) => OTHER_WORDS.contains(ours),
        Answer::Foreign(_) | Answer::Elsewhere(_) | Answer::Absent(_) => true,
    };
    let has_branches = args.clone().into_iter().any(|tree| is_bar(&tree));
    match kind_of(&word.to_string()) {
        None if is_foreign || has_branches => super::unknown_word(word, &answer, None),
        Some(kind) if kind.parameters.is_empty() => Diagnostic::new(tokens, format!("`{word}` takes no arguments")),
        kind => {
            let mistake = Diagnostic::new(tokens, format!("the arguments of `{word}` stand in parentheses"));
            let text = render(args);
            // `conv { filters: 8 }` and `conv 8` are not right in parentheses either.
            let required =
                |kind: &Kind| kind.parameters.iter().filter(|parameter| parameter.place == Place::Required).count();
            let given = text.split(',').filter(|arg| !arg.trim().is_empty()).count();
            let is_offered = kind.is_some_and(|kind| given >= required(kind)) && !text.contains(':');
            mistake.maybe_help(is_offered.then(|| format!("`{word}({text})`")))
        }
    }
}

/// `lr = 0.1` among the layers.
pub fn setting_in_chain(tokens: TokenStream, word: &str) -> Diagnostic {
    let mistake = Diagnostic::new(tokens, format!("`{word}` is not a layer"));
    match suggest::word(word) {
        Answer::Elsewhere(why) => mistake.line(why),
        _ => mistake.line("a layer's options stand in its parentheses; a `let` stands before the network"),
    }
}
