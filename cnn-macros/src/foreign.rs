//! Calls of other frameworks in our order and spelling. All of a call is understood, or nothing is said.

use proc_macro2::{TokenStream, TokenTree};

use crate::check::attempt::Attempt;
use crate::layers::kind::Kind;
use crate::syntax::ast::{Arg, ArgForm, Written};
use crate::syntax::render::render;

/// An argument of any framework.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    /// The input's size, which follows from the layer before.
    Input,
    /// Filters or outputs.
    Count,
    /// A window's size.
    Size,
    Stride,
    Padding,
    OutputPadding,
    Dilation,
    Groups,
    Bias,
    Ceil,
    Epsilon,
    Momentum,
    /// A probability, slope or alpha.
    Real,
    /// Has no bearing on what is computed.
    Nothing,
}

use Slot::{
    Bias, Ceil, Count, Dilation, Epsilon, Groups, Input, Momentum, Nothing, OutputPadding, Padding, Real, Size, Stride,
};

/// The positions of a call. PyTorch states the input's size first.
fn positions(kind: &Kind, states_input: bool) -> &'static [Slot] {
    match (kind.word, states_input) {
        ("conv", true) => &[Input, Count, Size, Stride, Padding, Dilation, Groups, Bias],
        ("conv", false) => &[Count, Size, Stride, Padding],
        ("deconv", true) => &[Input, Count, Size, Stride, Padding, OutputPadding, Groups, Bias, Dilation],
        ("deconv", false) => &[Count, Size, Stride, Padding],
        ("dw" | "pool" | "avg", _) => &[Size, Stride, Padding],
        ("fc", true) => &[Input, Count, Bias],
        ("fc", false) => &[Count],
        ("rnn" | "lstm" | "gru", true) => &[Input, Count],
        ("rnn" | "lstm" | "gru", false) => &[Count],
        ("embed", _) => &[Count, Size],
        ("bn", _) => &[Input, Epsilon, Momentum],
        ("drop" | "leaky" | "elu", _) => &[Real, Nothing],
        ("up" | "adaptive" | "lrn", _) => &[Size],
        ("gn", true) => &[Count, Input],
        ("gn" | "shuffle" | "pixelshuffle", _) => &[Count],
        ("inorm", _) => &[Input, Epsilon],
        ("relu" | "silu" | "softmax" | "logsoftmax" | "flatten" | "hardswish" | "hardsigmoid", _) => &[Nothing],
        ("gap" | "gmax", _) => &[Size],
        _ => &[],
    }
}

/// The argument of a name.
fn named(kind: &Kind, name: &str) -> Option<Slot> {
    Some(match name {
        "in_channels" | "in_features" | "input_size" | "num_features" | "num_channels" | "input_shape"
        | "input_dim" => Input,
        "filters" | "out_channels" | "num_filters" | "features" => Count,
        "num_groups" | "upscale_factor" | "block_size" => Count,
        "scale_factor" => Size,
        "outputs" | "out_features" | "units" | "num_outputs" => Count,
        "hidden" | "hidden_size" | "vocabulary" | "num_embeddings" => Count,
        "embedding_dim" => Size,
        "size" | "kernel_size" | "kernel" | "ksize" | "k" | "pool_size" | "output_size" => Size,
        "stride" | "strides" | "step" | "s" => Stride,
        "p" if kind.word == "drop" => Real,
        "padding" | "pad" | "pads" | "p" => Padding,
        "output_padding" | "o" => OutputPadding,
        "dilation" | "dilation_rate" | "d" => Dilation,
        "groups" | "group" | "g" => Groups,
        "bias" | "use_bias" => Bias,
        "ceil_mode" => Ceil,
        "eps" | "epsilon" => Epsilon,
        "momentum" => Momentum,
        "probability" | "rate" | "slope" | "negative_slope" | "alpha" => Real,
        "inplace" | "name" | "batch_first" => Nothing,
        "start_dim" => Nothing,
        "dim" | "axis" if matches!(kind.word, "softmax" | "logsoftmax") => Nothing,
        _ => return None,
    })
}

/// The call and what it makes, if all of it is understood and the checker has nothing against it.
pub fn spell(kind: &Kind, word: &str, args: &[Arg], attempt: Attempt<'_>) -> Option<String> {
    let channels = attempt.incoming.map(|incoming| incoming.shape.channels.to_string());
    let mut args = converted(kind, word, args, channels.as_deref())?;
    attempt.spell(kind.word, &args).or_else(|| {
        // Other frameworks leave out what does not fill a window.
        let is_window = matches!(kind.word, "conv" | "dw" | "pool" | "avg");
        args.push("floor".parse().ok().filter(|_| is_window)?);
        attempt.spell(kind.word, &args)
    })
}

fn converted(kind: &Kind, word: &str, args: &[Arg], channels: Option<&str>) -> Option<Vec<TokenStream>> {
    let has = |slot: Slot| {
        let is_it = |arg: &Arg| matches!(&arg.form, ArgForm::Option(name, _) if named(kind, name) == Some(slot));
        args.iter().any(is_it)
    };
    let is_word = |arg: &Arg| kind.parameters.iter().any(|parameter| parameter.words.contains(&&*render(&arg.tokens)));
    let values = args.iter().filter(|arg| matches!(arg.form, ArgForm::Value(_)) && !is_word(arg)).count();
    let states_input = match kind.word {
        // Keras writes `Conv2D(filters, size, stride)`.
        "conv" | "deconv" => {
            let sizes = values + usize::from(has(Count)) + usize::from(has(Size));
            has(Input) || !word.contains("2D") && sizes > 2
        }
        _ => has(Input) || values + usize::from(has(Count)) > 1,
    };
    let starts_with_input = args.first().is_some_and(|arg| Some(&*render(&arg.tokens)) == channels);
    if matches!(kind.word, "conv" | "deconv") && !states_input && values == 2 && !has(Size) && starts_with_input {
        // `Conv2d(1, 8)` may lack its size or its input.
        return None;
    }
    let order = positions(kind, states_input).iter().filter(|slot| !(has(**slot) && **slot == Input));
    let mut order = order.copied();
    let mut slots: Vec<(Slot, String)> = Vec::new();
    let mut words = Vec::new();
    for arg in args {
        let (slot, text) = match &arg.form {
            ArgForm::Broken => return None,
            ArgForm::Value(_) if is_word(arg) => {
                words.push(render(&arg.tokens));
                continue;
            }
            ArgForm::Value(written) => (order.next()?, value(written, arg.tokens.clone())),
            ArgForm::Option(name, written) => (named(kind, name)?, value(written, behind_equals(arg))),
        };
        if slots.iter().any(|(known, _)| *known == slot && slot != Nothing) {
            return None;
        }
        slots.push((slot, text));
    }
    let take = |slot: Slot| slots.iter().find(|(known, _)| *known == slot).map(|(_, text)| text.as_str());
    let mut list: Vec<String> = Vec::new();
    match kind.word {
        // Only over everything are they ours.
        "gap" | "gmax" if take(Size).is_some_and(|size| !matches!(size, "1" | "1x1")) => return None,
        "gap" | "gmax" => {}
        "drop" => {
            list.push(take(Real).unwrap_or("0.5").to_owned());
            if word.to_lowercase().ends_with("2d") {
                words.push("channels".to_owned());
            }
        }
        // Keras weighs what has been.
        "bn" if take(Momentum).is_some() && word.to_lowercase().contains("normali") => return None,
        // PyTorch counts the padding of an average, which this one does not.
        "avg" if take(Padding).is_some_and(|padding| padding != "0") => return None,
        _ => list.extend([Count, Size, Real].into_iter().filter_map(take).map(str::to_owned)),
    }
    for (slot, text) in &slots {
        let text = text.as_str();
        let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'x');
        let option = |letter: &str, name: &str| match is_plain {
            true => format!("{letter}{text}"),
            false => format!("{name} = {text}"),
        };
        list.push(match (slot, text) {
            (Input | Count | Size | Real | Nothing, _) => continue,
            (Dilation | Groups, "1" | "1x1") | (Padding | OutputPadding, "0" | "0x0") | (Padding, "valid") => continue,
            (Stride, "1" | "1x1") if !matches!(kind.word, "pool" | "avg") => continue,
            (Stride, "None") | (Bias, "True" | "true") | (Ceil, "False" | "false") => continue,
            (Padding, "same") => "same".to_owned(),
            (Stride, _) => option("s", "stride"),
            (Padding, text) if text.starts_with('[') || text == "?" => format!("p{text}"),
            (Padding, _) => option("p", "padding"),
            (OutputPadding, _) => option("o", "output_padding"),
            (Dilation, _) => option("d", "dilation"),
            (Groups, _) => option("g", "groups"),
            (Bias, "False" | "false") => "nobias".to_owned(),
            (Ceil, "True" | "true") => "ceil".to_owned(),
            (Bias | Ceil, _) => return None,
            (Epsilon, _) => format!("eps = {text}"),
            (Momentum, _) => format!("momentum = {text}"),
        });
    }
    list.extend(words);
    list.iter().map(|text| text.parse().ok()).collect()
}

/// A value in our spelling.
fn value(written: &Written, tokens: TokenStream) -> String {
    match written {
        Written::Tuple([height, width]) if height == width => height.clone(),
        Written::Tuple([height, width]) => format!("{height}x{width}"),
        Written::Pair([height, width]) => format!("{height}x{width}"),
        _ => render(&tokens),
    }
}

/// What stands behind the `=` of `stride = 2`, or behind the letter of `s2`.
fn behind_equals(arg: &Arg) -> TokenStream {
    let is_equals = |tree: &TokenTree| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == '=');
    let mut behind = arg.tokens.clone().into_iter().skip_while(|tree| !is_equals(tree)).skip(1).peekable();
    if behind.peek().is_some() {
        return behind.collect();
    }
    let mut trees = arg.tokens.clone().into_iter();
    let letter = trees.next().map(|tree| tree.to_string()).unwrap_or_default();
    let rest: TokenStream = trees.collect();
    if rest.is_empty() { letter.get(1..).unwrap_or_default().parse().unwrap_or_default() } else { rest }
}
