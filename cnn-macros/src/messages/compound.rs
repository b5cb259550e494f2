//! Blocks, branches, repeats, residuals, heads and named values.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;

use crate::diag::Diagnostic;
use crate::order::Order;
use crate::shape::Shape;
use crate::syntax::ast::{Arg, Attribute, Block, LayerCall};
use crate::syntax::render::render;

/// `add(conv, id)`, or `add` and nothing.
pub fn branches_in_brackets(word: &Ident, inside: &TokenStream) -> Diagnostic {
    let mistake = Diagnostic::new(word.to_token_stream(), format!("the branches of `{word}` stand in brackets"));
    let text = render(inside);
    match text.contains('|') {
        true => mistake.help(format!("`{word}[{text}]`")),
        false => mistake.help(format!("a bar between two: `{word}[id | conv(16, 3, same)]`")),
    }
}

pub fn empty_branch(tokens: TokenStream, word: &Ident) -> Diagnostic {
    Diagnostic::new(tokens, format!("a branch of this `{word}` is empty"))
        .help("`id` is the branch that changes nothing")
}

pub fn single_branch(tokens: TokenStream, word: &Ident) -> Diagnostic {
    Diagnostic::new(tokens, format!("`{word}` needs two branches or more"))
        .help(format!("a bar stands between them: `{word}[id | conv(16, 3, same)]`"))
}

pub fn residual_form(tokens: TokenStream) -> Diagnostic {
    Diagnostic::new(tokens, "`res` is followed by layers in braces")
        .help("`res { conv(16, 3, same) bn }`, and `via auto` behind it where the shape changes")
}

pub fn via_form(tokens: TokenStream) -> Diagnostic {
    Diagnostic::new(tokens, "`via` is followed by `auto` or by layers in braces")
        .help("`via auto` or `via { conv(32, 1, s2) }`")
}

pub fn repeat_of_nothing(tokens: TokenStream) -> Diagnostic {
    Diagnostic::new(tokens, "there is nothing to repeat")
        .help("a layer, a block or layers in braces: `3 * { conv(16, 3, same) relu }`")
}

pub fn too_deep(tokens: TokenStream) -> Diagnostic {
    Diagnostic::new(tokens, "chains lie in chains too deep here").help("a `block` gives a part a name of its own")
}

pub fn heads_form(tokens: TokenStream) -> Diagnostic {
    Diagnostic::new(tokens, "expected heads: names and layers in braces")
        .help("`=> { class: fc(10), position: fc(4) }`")
}

pub fn inputs_form(tokens: TokenStream) -> Diagnostic {
    Diagnostic::new(tokens, "expected inputs: names and shapes").help("`(left: 28x28x1, right: 28x28x1)`")
}

pub fn recall_of_nothing(tokens: TokenStream) -> Diagnostic {
    Diagnostic::new(tokens, "expected the name of a value behind this `@`")
}

pub fn attribute_form(tokens: TokenStream) -> Diagnostic {
    Diagnostic::new(tokens, "this attribute cannot be read").help("`#[frozen]`, `#[lr = 0.1]` or `#[init = he]`")
}

pub fn attribute_on_value(attribute: &Attribute) -> Diagnostic {
    Diagnostic::new(
        attribute.tokens.clone(),
        format!("`{}` stands before layers, not before a value that is taken up", render(&attribute.tokens)),
    )
    .help("put it before the layers that it is meant for")
}

pub fn block_form(tokens: TokenStream) -> Diagnostic {
    Diagnostic::new(tokens, "expected a block")
        .help("`block basic(filters, stride = 1) { conv(filters, 3, s = stride, p1) bn relu }`")
}

pub fn block_param_form(tokens: TokenStream) -> Diagnostic {
    Diagnostic::new(tokens, "expected a name, or a name and its default").help("`(filters, stride = 1)`")
}

pub fn behind_shared(tokens: TokenStream) -> Diagnostic {
    Diagnostic::new(tokens.clone(), format!("expected `;` behind the layers, found `{}`", render(&tokens)))
}

/// A name that something in the macro call already has.
pub fn name_taken(name: &Ident, by: &str) -> Diagnostic {
    Diagnostic::new(name.to_token_stream(), format!("the name `{name}` is taken: {by}"))
}

pub fn block_within_itself(call: &LayerCall) -> Diagnostic {
    Diagnostic::new(call.word.to_token_stream(), format!("the block `{}` uses itself", call.word))
        .line("a network is finite, so blocks use only blocks that are declared before them")
}

pub fn declared_below(call: &LayerCall) -> Diagnostic {
    Diagnostic::new(call.word.to_token_stream(), format!("`{}` is declared below", call.word))
        .help("what is used stands before what uses it")
}

/// `basic(filters, stride = 1)`
fn signature(block: &Block) -> String {
    let params: Vec<String> = block
        .params
        .iter()
        .map(|param| match &param.default {
            Some(default) => format!("{} = {}", param.name, render(&default.tokens)),
            None => param.name.to_string(),
        })
        .collect();
    format!("{}({})", block.name, params.join(", "))
}

pub fn block_argument_missing(block: &Block, name: &Ident, call: &LayerCall) -> Diagnostic {
    Diagnostic::new(call.end.clone(), format!("`{}` lacks its `{name}`", call.words))
        .line(format!("it is declared as `{}`", signature(block)))
}

pub fn block_arguments_too_many(block: &Block, arg: &Arg) -> Diagnostic {
    let count = match block.params.len() {
        0 => "no numbers".to_owned(),
        1 => "one number".to_owned(),
        n => format!("{n} numbers"),
    };
    Diagnostic::new(arg.tokens.clone(), format!("`{}` takes {count}, and this is one more", block.name))
        .line(format!("it is declared as `{}`", signature(block)))
}

pub fn block_argument_unknown(block: &Block, arg: &Arg, name: &str) -> Diagnostic {
    Diagnostic::new(arg.tokens.clone(), format!("`{}` has no `{name}`", block.name))
        .line(format!("it is declared as `{}`", signature(block)))
}

pub fn block_argument_twice(arg: &Arg, name: &Ident) -> Diagnostic {
    Diagnostic::new(arg.tokens.clone(), format!("`{name}` is given twice"))
}

pub fn block_argument_form(block: &Block, arg: &Arg) -> Diagnostic {
    Diagnostic::new(arg.tokens.clone(), format!("`{}` is not a whole number", render(&arg.tokens)))
        .line(format!("blocks take whole numbers: `{}`", signature(block)))
}

pub fn shared_takes_inputs(call: &LayerCall) -> Diagnostic {
    Diagnostic::new(call.tokens.clone(), format!("`{}` takes the name of a value or nothing", call.word))
        .help(format!("`{0}` behind what flows into it, or `{0}(left)` with an input's or a tap's name", call.word))
}

pub fn shared_within_shared(call: &LayerCall) -> Diagnostic {
    Diagnostic::new(
        call.tokens.clone(),
        format!("the shared chain `{}` is used within another shared chain", call.word),
    )
    .line("uses of the outer one share the weights of all that is in it already")
    .help(format!("`block {0} {{ .. }}` in the place of `let {0} = {{ .. }};`", call.word))
}

pub fn shared_differs(call: &LayerCall, layer: &str, first: &str, now: &str) -> Diagnostic {
    Diagnostic::new(call.tokens.clone(), format!("`{}` cannot share its weights here", call.word))
        .line(match first == now {
            true => format!("files would list the inputs of `{layer}` in another order than at its first use"),
            false => {
                format!("the weights of `{layer}` have the shape {first} at its first use and would have {now} here")
            }
        })
        .with_trail()
}

pub fn unknown_value(name: &Ident, near: Option<&str>, comes_later: bool) -> Diagnostic {
    if comes_later {
        return Diagnostic::new(name.to_token_stream(), format!("the value `@{name}` does not exist yet"))
            .line("it is named further on: a value is computed before it is used");
    }
    let mistake = Diagnostic::new(name.to_token_stream(), format!("there is no value `@{name}`"));
    match near {
        Some(near) => mistake.help(format!("`@{near}`")),
        None => mistake.line(format!("a value gets its name behind the layer that makes it: `conv(16, 3) @{name}`")),
    }
}

/// The state before the first step of a recurrent layer: `sizes` are its outputs, and how many times as long a state
/// is.
pub fn start_of_another_size(words: &str, tokens: TokenStream, found: Shape, sizes: [usize; 2]) -> Diagnostic {
    let [hidden, states] = sizes;
    let wanted = hidden.saturating_mul(states);
    let found_text = if found.is_vector { format!("has {found}") } else { format!("is {found}") };
    let title = format!("`{words}` begins with a state of {wanted} numbers, and this value {found_text}");
    let mut mistake = Diagnostic::new(tokens, title);
    if states == 2 {
        mistake =
            mistake.line(format!("it is the {hidden} outputs of a step and behind them the memory, {hidden} more"));
        if found == Shape::vector(hidden) {
            return mistake.help("`state` in the place of `last` gives both");
        }
    }
    let is_sequence = !found.is_vector && found.height * found.width > 1 && found.channels == hidden;
    match is_sequence {
        true => mistake.help("`state` behind a step's outputs gives the state behind the last step"),
        false => mistake,
    }
}

pub fn start_of_flattened(words: &str, tokens: TokenStream, order: &Order) -> Diagnostic {
    Diagnostic::new(tokens, format!("`{words}` cannot begin with a flattened {order}"))
        .line("files list it channel by channel, and it lies pixel by pixel: the state's numbers would have another order")
        .help("an `fc` behind it makes a state")
}

pub fn recall_in_midchain(name: &Ident) -> Diagnostic {
    Diagnostic::new(name.to_token_stream(), format!("`@{name}` would drop what comes before it"))
        .line("a named value is taken up where a branch or a chain begins")
        .help(format!("`cat[id | @{name}]`"))
}

pub fn no_flow(words: &str, tokens: &TokenStream, names: &[String]) -> Diagnostic {
    let first = names.first().map_or("input", String::as_str);
    Diagnostic::new(tokens.clone(), format!("`{words}` does not know which input it reads"))
        .line("a network of several inputs begins with one by name, or with a join of them")
        .help(format!("`@{first} {words} ..` or `cat[@{} | ..]`", first))
}

pub fn input_unused(name: &Ident) -> Diagnostic {
    Diagnostic::new(name.to_token_stream(), format!("the input `{name}` is never used"))
}

pub fn input_twice(name: &Ident) -> Diagnostic {
    Diagnostic::new(name.to_token_stream(), format!("two inputs are named `{name}`"))
}

/// `what` is `a head` or `an input`.
pub fn not_a_field(what: &str, name: &Ident) -> Diagnostic {
    Diagnostic::new(name.to_token_stream(), format!("`{name}` cannot be the name of {what}"))
        .line("the generated types have a field of each name, and this word cannot be one in Rust")
}

pub fn head_twice(name: &Ident) -> Diagnostic {
    Diagnostic::new(name.to_token_stream(), format!("two heads are named `{name}`"))
}

/// Branches that do not go together: each with the shape it makes.
pub fn branches_differ(
    word: &str,
    tokens: TokenStream,
    rule: &str,
    branches: &[(String, Shape)],
    help: Vec<String>,
) -> Diagnostic {
    let shapes: Vec<String> = branches.iter().map(|(_, shape)| shape.to_string()).collect();
    let mut mistake = Diagnostic::new(tokens, format!("the branches of `{word}` make {}", super::list(&shapes, "and")));
    let width = branches.iter().map(|(text, _)| text.chars().count()).max().unwrap_or(0);
    for (text, shape) in branches {
        mistake = mistake.line(format!("{text:<width$}  {shape}"));
    }
    mistake = mistake.line(rule.to_owned()).with_trail();
    mistake.maybe_help((!help.is_empty()).then(|| help.join(", ")))
}

pub fn residual_differs(tokens: TokenStream, input: Shape, output: Shape, help: Option<String>) -> Diagnostic {
    Diagnostic::new(tokens, format!("`res` cannot add its {input} input to the {output} that its layers make"))
        .with_trail()
        .maybe_help(help)
}

pub fn repeat_count(tokens: TokenStream, count: i64) -> Diagnostic {
    Diagnostic::new(tokens, format!("this is repeated {count} times")).line("a repeat runs at least once")
}

/// `what` is `layers` or `steps`.
pub fn network_too_large(tokens: TokenStream, most: usize, what: &str) -> Diagnostic {
    Diagnostic::new(tokens, format!("the network grows beyond {} {what} here", super::thousands(most as u64)))
        .line("every use of a block and every round of a repeat counts")
}

pub fn frozen_form(attribute: &Attribute) -> Diagnostic {
    Diagnostic::new(attribute.tokens.clone(), "`frozen` takes no value").help("`#[frozen]`")
}

pub fn rate_form(attribute: &Attribute) -> Diagnostic {
    Diagnostic::new(attribute.tokens.clone(), "a layer's learning rate is a factor of at least 0").help("`#[lr = 0.1]`")
}

/// The attributes around a layer, together with its own.
pub fn rate_too_large(attribute: &Attribute, around: f32, factor: f32) -> Diagnostic {
    Diagnostic::new(
        attribute.tokens.clone(),
        "the learning rates around these layers multiply to more than can be held",
    )
    .line(format!("{around:e} * {factor:e} is more than {:e}", f32::MAX))
}

pub fn attribute_twice(attribute: &Attribute) -> Diagnostic {
    Diagnostic::new(attribute.tokens.clone(), format!("`{}` stands twice before the same layers", attribute.name))
}

pub fn unknown_attribute(attribute: &Attribute) -> Diagnostic {
    Diagnostic::new(attribute.tokens.clone(), format!("there is no attribute `{}`", attribute.name))
        .line("layers take `#[frozen]`, `#[lr = 0.1]` and `#[init = he]`")
}

pub fn separable_form(call: &LayerCall) -> Diagnostic {
    Diagnostic::new(call.end.clone(), format!("`{}` lacks its filters or its size", call.words))
        .line("filters of the 1x1 convolution come first, then what the depthwise one takes: `sep(filters, size, options)`")
        .help("`sep(32, 3, p1)`, for example")
}

pub fn network_takes_nothing(call: &LayerCall) -> Diagnostic {
    Diagnostic::new(call.tokens.clone(), format!("the network `{}` takes no arguments", call.word))
        .help(format!("`{}`", call.word))
}

pub fn network_of_several_inputs(call: &LayerCall) -> Diagnostic {
    Diagnostic::new(call.tokens.clone(), format!("`{}` has several inputs, and only one value flows here", call.word))
}

pub fn init_form(attribute: &Attribute) -> Diagnostic {
    Diagnostic::new(attribute.tokens.clone(), "weights start in a way that this does not name").help(
        "`#[init = he]`, `#[init = glorot]`, `#[init = zeros]`, or the deviation of normal numbers: `#[init = 0.01]`",
    )
}
