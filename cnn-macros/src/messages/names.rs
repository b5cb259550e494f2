//! Words and names.

use proc_macro2::Ident;
use proc_macro2::TokenStream;
use quote::ToTokens;

use crate::diag::Diagnostic;
use crate::suggest::Answer;

/// A word that is no layer; `spelling` is the call in our words, if that is known to work.
pub fn unknown_word(word: &Ident, answer: &Answer, spelling: Option<String>) -> Diagnostic {
    let tokens = word.to_token_stream();
    match answer {
        Answer::Foreign(ours) => {
            let mistake = Diagnostic::new(tokens, format!("`{word}` is called `{ours}` here"));
            mistake.maybe_help(spelling)
        }
        Answer::Near(ours) => {
            let help = spelling.unwrap_or_else(|| format!("the nearest word is `{ours}`"));
            Diagnostic::new(tokens, format!("there is no layer `{word}`")).help(help)
        }
        Answer::Elsewhere(why) => Diagnostic::new(tokens, format!("`{word}` is not a layer")).line(*why),
        Answer::Absent(why) => Diagnostic::new(tokens, format!("there is no layer `{word}`")).line(*why),
        Answer::Unknown => {
            let words: Vec<&str> = crate::layers::kinds().map(|kind| kind.word).chain(["sep"]).collect();
            let (first, second) = words.split_at(words.len() / 2);
            Diagnostic::new(tokens, format!("there is no layer `{word}`"))
                .line(format!("layers are {},", first.join(", ")))
                .line(second.join(", "))
                .line("layers are held together by add, cat, mul, res and blocks of your own")
        }
    }
}

pub fn unknown_name(name: &Ident, near: Option<&str>) -> Diagnostic {
    let mistake = Diagnostic::new(name.to_token_stream(), format!("there is no number `{name}`"));
    match near {
        Some(near) => mistake.help(format!("`{near}`")),
        None => mistake
            .line(format!("a number gets a name before it is used: `let {name} = 16;`"))
            .line("constants of the program are not known to a macro"),
    }
}

pub fn let_twice(name: &Ident) -> Diagnostic {
    Diagnostic::new(name.to_token_stream(), format!("the number `{name}` is declared twice"))
}

pub fn division_by_zero(tokens: &TokenStream, divisor: &TokenStream) -> Diagnostic {
    let (text, divisor_text) = (crate::syntax::render::render(tokens), crate::syntax::render::render(divisor));
    Diagnostic::new(divisor.clone(), format!("`{text}` divides by zero")).line(match divisor_text.as_str() {
        "0" => "nothing can be divided by zero".to_owned(),
        text => format!("`{text}` is 0"),
    })
}

pub fn arithmetic_overflow(tokens: &TokenStream) -> Diagnostic {
    let text = crate::syntax::render::render(tokens);
    Diagnostic::new(tokens.clone(), format!("`{text}` is too large to be worked out")).line("numbers end at 2^63 - 1")
}

pub fn network_twice(name: &Ident) -> Diagnostic {
    Diagnostic::new(name.to_token_stream(), format!("the network `{name}` is declared twice"))
}

pub fn label_twice(label: &Ident) -> Diagnostic {
    Diagnostic::new(label.to_token_stream(), format!("two layers are labelled `{label}`"))
        .line("a label names a layer's tensors in files, so it is used once")
}

/// `b1` for the first use of the block `b`, and for a shared chain or a head that is called so.
pub fn name_twice(tokens: &TokenStream, name: &str) -> Diagnostic {
    Diagnostic::new(tokens.clone(), format!("two layers are named `{name}`, and files hold tensors by their names"))
        .line("a layer's name begins with those of the blocks and heads around it: the word and a running number, or a label")
        .help("a label before one of the blocks: `first: ..`")
}

pub fn label_is_input(label: &Ident) -> Diagnostic {
    Diagnostic::new(label.to_token_stream(), "the label `input` is taken: it names the network's input")
}

pub fn label_is_automatic(label: &Ident, words: &str) -> Diagnostic {
    Diagnostic::new(label.to_token_stream(), format!("the label `{label}` is taken: `{words}` has that name by itself"))
        .line("a layer without a label is named by its word and its running number")
}

/// Behind a layer, where the input was perhaps meant to be read.
pub fn tap_is_input(name: &Ident) -> Diagnostic {
    Diagnostic::new(name.to_token_stream(), format!("`@{name}` is an input, and would name what this layer makes"))
        .line("an input is read where a chain or a branch begins")
        .help(format!("`cat[id | @{name}]`"))
}

pub fn tap_twice(name: &Ident) -> Diagnostic {
    Diagnostic::new(name.to_token_stream(), format!("two values are tapped as `@{name}`"))
}
