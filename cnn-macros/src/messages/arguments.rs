//! Arguments that a layer does not take, or not like this.

use proc_macro2::{Ident, TokenStream};

use super::{list, thousands};
use crate::diag::Diagnostic;
use crate::layers::arguments::Helper;
use crate::layers::kind::{Form, Kind, Parameter, Place, Upper};
use crate::shape::LIMIT;
use crate::suggest;
use crate::syntax::ast::{Arg, ArgForm, LayerCall, Written};
use crate::syntax::render::render;

/// Neither an option of the layer nor a `let` number. `spelling` is the whole call as it is written here.
/// `number` is the `let` number nearest to the name.
pub fn unknown_option(
    kind: &Kind,
    arg: &Arg,
    name: &str,
    spelling: Option<String>,
    number: Option<&str>,
    help: &Helper<'_>,
) -> Diagnostic {
    let title = match arg.form {
        ArgForm::Value(_) => format!("`{name}` is neither an option of `{}` nor a `let` number", kind.word),
        _ => format!("`{}` is not an option of `{}`", render(&arg.tokens), kind.word),
    };
    let mistake = Diagnostic::new(arg.tokens.clone(), title);
    if let (ArgForm::Value(_), Some(number)) = (&arg.form, number) {
        let spelling = help.replace(arg, number);
        return mistake.help(spelling.unwrap_or_else(|| format!("the nearest number is `{number}`")));
    }
    if let Some(answer) = suggest::foreign_option(kind, name) {
        return mistake.line(answer).maybe_help(spelling);
    }
    let names = kind.parameters.iter().filter(|parameter| parameter.place == Place::Named);
    let known = names.flat_map(|parameter| parameter.words.iter().copied().chain(parameter.names()));
    match suggest::nearest(name, known) {
        Some(near) => {
            let is_word = kind.parameters.iter().any(|parameter| parameter.words.contains(&near));
            let text = if is_word { near.to_owned() } else { render(&arg.tokens).replacen(name, near, 1) };
            let spelling = help.replace(arg, &text);
            mistake.help(spelling.unwrap_or_else(|| format!("the nearest option is `{near}`")))
        }
        None => mistake.line(takes(kind)),
    }
}

/// `conv(filters = 10, ..)`
pub fn named_position(kind: &Kind, parameter: &Parameter, arg: &Arg, spelling: Option<String>) -> Diagnostic {
    let title = format!("`{}` is given by its position, without a name", parameter.name);
    Diagnostic::new(arg.tokens.clone(), title).line(usage(kind)).maybe_help(spelling)
}

/// `padding = same`, `bias = false`
pub fn word_as_value(parameter: &Parameter, word: &str, arg: &Arg) -> Diagnostic {
    let title = format!("`{}` is not how the {} is set", render(&arg.tokens), parameter.name);
    Diagnostic::new(arg.tokens.clone(), title).help(format!("the word alone: `{word}`"))
}

/// `lstm(64, @start)`
pub fn tap_by_position(parameter: &Parameter, name: &Ident, arg: &Arg) -> Diagnostic {
    let title = format!("`{}` does not say what the value is for", render(&arg.tokens));
    Diagnostic::new(arg.tokens.clone(), title).help(format!("`{} = @{name}`", parameter.name))
}

pub fn position_behind_option(kind: &Kind, arg: &Arg, first: &str) -> Diagnostic {
    let text = render(&arg.tokens);
    Diagnostic::new(arg.tokens.clone(), format!("`{text}` stands behind the option `{first}`"))
        .line(format!("plain numbers come first: {}", usage(kind)))
}

pub fn too_many(kind: &Kind, arg: &Arg, help: &Helper<'_>) -> Diagnostic {
    let text = render(&arg.tokens);
    let positions = positions(kind).count();
    let title = match positions {
        0 => format!("`{}` takes no plain number, and `{text}` is one", kind.word),
        1 => format!("`{}` takes one plain number, and `{text}` is another", kind.word),
        _ => format!("`{}` takes {positions} plain numbers, and `{text}` is one more", kind.word),
    };
    let mut mistake = Diagnostic::new(arg.tokens.clone(), title).line(usage(kind));
    // One number more than there are positions is mostly a stride, or the input's channels in front.
    let args: Vec<TokenStream> = help.call.args.iter().map(|arg| arg.tokens.clone()).collect();
    let mut tries = Vec::new();
    if kind.parameters.iter().any(|parameter| parameter.name == "stride") && args.len() == positions + 1 {
        let stride = format!("s{text}").parse::<TokenStream>().ok();
        tries.extend(stride.map(|stride| args[..positions].iter().cloned().chain([stride]).collect()));
    }
    let first = args.first().map(render);
    if args.len() > positions && (first.is_some() && first == help.channels().map(|channels| channels.to_string())) {
        tries.push(args[1..].to_vec());
    }
    if positions == 0 {
        tries.push(Vec::new());
    }
    let spellings: Vec<String> = tries.iter().filter_map(|args| help.spell(kind.word, args)).collect();
    mistake.help = (!spellings.is_empty()).then(|| spellings.join(", "));
    mistake
}

/// Twice the same, or two that contradict each other.
pub fn set_twice(name: &str, before: &str, arg: &Arg) -> Diagnostic {
    let text = render(&arg.tokens);
    let title = match before == text {
        true => format!("`{text}` is there twice"),
        false => format!("`{before}` and `{text}` both set the {name}"),
    };
    Diagnostic::new(arg.tokens.clone(), title)
}

pub fn missing(kind: &Kind, parameter: &Parameter, call: &LayerCall, help: &Helper<'_>) -> Diagnostic {
    let given: Vec<TokenStream> = call.args.iter().map(|arg| arg.tokens.clone()).collect();
    let before = positions(kind).take_while(|known| known.name != parameter.name).count();
    let options = given.get(before..).unwrap_or_default();
    // Examples for what is missing between the positions and the options that are there.
    let tries = [parameter.example, "1"].into_iter().filter_map(|example| {
        let rest = positions(kind).skip(before + 1).filter(|known| known.place == Place::Required);
        let examples = std::iter::once(example).chain(rest.map(|known| known.example));
        let examples = examples.filter_map(|example| example.parse::<TokenStream>().ok());
        let start = given.get(..before)?.iter().cloned();
        let args: Vec<TokenStream> = start.chain(examples).chain(options.iter().cloned()).collect();
        help.spell(kind.word, &args)
    });
    let spelling = tries.take(1).next();
    Diagnostic::new(call.end.clone(), format!("`{}` lacks its {}", call.words, parameter.name))
        .line(format!("{}: {}", usage(kind), kind.about))
        .maybe_help(spelling.map(|spelling| format!("{spelling}, for example")))
}

pub fn wrong_form(kind: &Kind, parameter: &Parameter, arg: &Arg) -> Diagnostic {
    if let (Form::Tap, ArgForm::Option(_, written)) = (parameter.form, &arg.form) {
        let mistake = Diagnostic::new(arg.tokens.clone(), format!("`{}` does not name a value", render(&arg.tokens)));
        return match written {
            Written::Whole(expr) if expr.as_name().is_some() => {
                mistake.help(format!("`{} = @{}`", parameter.name, render(&expr.tokens)))
            }
            _ => {
                mistake.help(format!("`{}`, with the name of an input or of a value behind an `@`", parameter.example))
            }
        };
    }
    let title = format!("`{}` does not fit the {} of `{}`", render(&arg.tokens), parameter.name, kind.word);
    Diagnostic::new(arg.tokens.clone(), title).line(match parameter.form {
        Form::Count => "what fits is one whole number",
        Form::Pair => "what fits is a whole number, or a pair such as `3x5` (height x width)",
        Form::Sides => "what fits is `p1`, a pair `p1x2`, four sides `p[top, bottom, left, right]`, or `p?`",
        Form::Real { .. } => "what fits is one number",
        Form::Word => "what fits is a word alone",
        Form::Tap => "what fits is the name of a value",
        Form::Shape => "what fits is a shape, `7x7x16` or `[7, 7, 16]`, or a whole number for a vector",
    })
}

pub fn zero(kind: &Kind, parameter: &Parameter, tokens: &TokenStream) -> Diagnostic {
    let text = render(tokens);
    let name = parameter.name;
    let title = match text.as_str() {
        "0" => format!("the {name} of `{}` cannot be zero", kind.word),
        _ => format!("`{text}` makes the {name} of `{}` zero", kind.word),
    };
    Diagnostic::new(tokens.clone(), title)
}

/// `what` is `a size`, or `the outputs of `fc``.
pub fn negative(what: &str, tokens: &TokenStream, value: i64) -> Diagnostic {
    let text = render(tokens);
    let title = match value.to_string() == text {
        true => format!("{what} cannot be negative, and `{text}` is"),
        false => format!("{what} cannot be negative, and `{text}` is {value}"),
    };
    Diagnostic::new(tokens.clone(), title)
}

pub fn size_too_large(what: &str, tokens: &TokenStream, size: u64) -> Diagnostic {
    let title = format!("{} is too large for {what}", thousands(size));
    Diagnostic::new(tokens.clone(), title).line(format!("the limit is {} (2^31)", thousands(LIMIT)))
}

pub fn out_of_bounds(kind: &Kind, parameter: &Parameter, arg: &Arg, value: f64) -> Diagnostic {
    let text = render(&arg.tokens);
    let bounds = match parameter.form {
        Form::Real { from, to: Upper::Below(bound) } => format!("at least {from} and less than {bound}"),
        Form::Real { from, to: Upper::AtMost(bound) } => format!("at least {from} and at most {bound}"),
        Form::Real { from, .. } if value < from => format!("at least {from}"),
        _ => "a number of single precision".to_owned(),
    };
    let title = format!("`{text}` is no {} for `{}`: it must be {bounds}", parameter.name, kind.word);
    Diagnostic::new(arg.tokens.clone(), title)
}

fn positions(kind: &Kind) -> impl Iterator<Item = &'static Parameter> {
    kind.parameters.iter().filter(|parameter| parameter.place != Place::Named)
}

/// `conv(filters, size, options)`
pub fn usage(kind: &Kind) -> String {
    let mut names: Vec<String> = positions(kind).map(|parameter| parameter.name.to_owned()).collect();
    let takes_options = kind.parameters.iter().any(|parameter| parameter.place == Place::Named);
    if takes_options {
        names.push("options".to_owned());
    }
    if names.is_empty() { format!("`{}`", kind.word) } else { format!("`{}({})`", kind.word, names.join(", ")) }
}

/// What options there are.
fn takes(kind: &Kind) -> String {
    let named = kind.parameters.iter().filter(|parameter| parameter.place == Place::Named);
    let options: Vec<String> = named
        .flat_map(|parameter| {
            let example = (!parameter.example.is_empty()).then_some(parameter.example);
            example.into_iter().chain(parameter.words.iter().copied())
        })
        .map(|option| format!("`{option}`"))
        .collect();
    if options.is_empty() {
        format!("`{}` has no options", kind.word)
    } else {
        format!("its options are {}", list(&options, "and"))
    }
}
