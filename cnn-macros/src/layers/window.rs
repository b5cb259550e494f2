//! What layers with a sliding window share: their options, and the answer to a window that does not fit.

use super::kind::{Call, Form, Incoming, Parameter, Place, Stop, Value};
use crate::check::attempt::{Attempt, call_tokens};
use crate::messages;
use crate::shape::{Axis, Misfit, Padding, Rounding, Shape, Tiling, Window};

const OPTION: Parameter =
    Parameter { name: "", aliases: &[], form: Form::Pair, place: Place::Named, words: &[], example: "", zero: false };

pub const SIZE: Parameter = Parameter { name: "size", place: Place::Required, example: "3", ..OPTION };
pub const STRIDE: Parameter = Parameter { name: "stride", aliases: &["s"], example: "s2", ..OPTION };
pub const PADDING: Parameter = Parameter {
    name: "padding",
    aliases: &["pad", "p"],
    form: Form::Sides,
    words: &["same", "valid"],
    example: "p1",
    zero: true,
    ..OPTION
};
pub const DILATION: Parameter = Parameter { name: "dilation", aliases: &["d"], example: "d2", ..OPTION };
pub const ROUNDING: Parameter = Parameter { name: "rounding", form: Form::Word, words: &["floor", "ceil"], ..OPTION };
pub const GROUPS: Parameter = Parameter { name: "groups", aliases: &["g"], form: Form::Count, example: "g2", ..OPTION };
pub const NO_BIAS: Parameter = Parameter { name: "bias", form: Form::Word, words: &["nobias"], ..OPTION };

/// The window of a call. `stride` is what is meant where none is given.
pub fn window(call: &Call<'_>, stride: impl Fn([usize; 2]) -> [usize; 2], has_dilation: bool) -> Window {
    let kernel = call.arguments.pair("size").unwrap_or([1; 2]);
    Window {
        kernel,
        stride: call.arguments.pair("stride").unwrap_or_else(|| stride(kernel)),
        dilation: if has_dilation { call.arguments.pair("dilation").unwrap_or([1; 2]) } else { [1; 2] },
        padding: match call.arguments.any("padding") {
            Some(Value::Sides(sides)) => Padding::Sides(*sides),
            Some(Value::Solve) => Padding::Solve,
            Some(Value::Word("same")) => Padding::Same,
            _ => Padding::Sides([0; 4]),
        },
        rounding: match call.arguments.word("rounding") {
            Some("floor") => Rounding::Floor,
            Some("ceil") => Rounding::Ceil,
            _ => Rounding::Exact,
        },
    }
}

/// Lays the window over the input.
pub fn tile(call: &Call<'_>, window: &Window, incoming: Incoming) -> Result<Tiling, Stop> {
    let input = incoming.shape;
    if input.is_vector {
        return Err(messages::needs_a_volume(call.words, call.tokens, input).into());
    }
    window.tile(input).map_err(|misfits| {
        let help = alternatives(call, window, input, misfits);
        messages::window_does_not_fit(call.words, call.tokens.clone(), input, misfits, &help).into()
    })
}

/// How far the taps of a window reach.
pub fn reach(window: &Window) -> [usize; 2] {
    [0, 1].map(|i| (window.kernel[i] - 1).saturating_mul(window.dilation[i]).saturating_add(1))
}

/// How many alternatives a message names.
const ENOUGH: usize = 4;
/// How far from what was written an alternative may lie: what is further away was not meant.
const NEAR: usize = 8;

/// Spellings near the one that was written, as far as they have been tried and found right.
struct Alternatives<'a> {
    call: &'a Call<'a>,
    attempt: Attempt<'a>,
    found: Vec<String>,
}

impl Alternatives<'_> {
    /// An option in the place of the one that was written, or behind the others, unless `most` have been found.
    fn option(&mut self, parameter: &str, text: &str, most: usize) {
        let args = self.call.arguments.respelt(parameter, text);
        let shape = call_tokens(self.call.kind.word, &args).and_then(|tokens| self.attempt.shape(tokens));
        if let Some(shape) = shape.filter(|_| self.found.len() < most) {
            self.found.push(format!("`{text}` gives {shape}"));
        }
    }

    /// Another size, which changes the stride of a pool along with it. Whether it fits.
    fn size(&mut self, size: usize, most: usize) -> bool {
        let args = self.call.arguments.respelt("size", &size.to_string());
        let spelling = self.attempt.spell(self.call.kind.word, &args).filter(|_| self.found.len() < most);
        let fits = spelling.is_some();
        self.found.extend(spelling);
        fits
    }
}

fn alternatives(call: &Call<'_>, window: &Window, input: Shape, misfits: [Option<Misfit>; 2]) -> Vec<String> {
    let Some(attempt) = call.attempt else { return Vec::new() };
    let mut alternatives = Alternatives { call, attempt, found: Vec::new() };
    let axes = [window.axis(input, 0), window.axis(input, 1)];
    let one_sided = sides_text(axes.map(|axis| axis.solve_one_sided().unwrap_or_default()));
    if misfits.iter().flatten().any(|misfit| matches!(misfit, Misfit::Unsolvable(_))) {
        alternatives.option("padding", &one_sided, ENOUGH);
        alternatives.option("padding", "same", ENOUGH);
        return alternatives.found;
    }
    // The two strides just below the one that was written, the smaller one first.
    let stride = window.stride[0].max(window.stride[1]);
    let fits = |stride: &usize| {
        axes.iter().all(|axis| Axis { stride: *stride, ..*axis }.slack().is_some_and(|slack| slack % stride == 0))
    };
    let below: Vec<usize> = (1..stride).rev().take(NEAR).filter(fits).take(2).collect();
    for stride in below.into_iter().rev() {
        alternatives.option("stride", &format!("s{stride}"), 2);
    }
    if let [Some(vertical), Some(horizontal)] = axes.map(|axis| axis.solve()) {
        let square = vertical == horizontal;
        let text = if square { format!("p{vertical}") } else { format!("p{vertical}x{horizontal}") };
        alternatives.option("padding", &text, 3);
    }
    // A convolution's size is part of what it computes; a pool's is a choice.
    if call.kind.parameters.iter().any(|parameter| matches!(parameter.name, "groups" | "dilation")) {
        alternatives.option("padding", &one_sided, 2);
        alternatives.option("rounding", "floor", 2);
        return alternatives.found;
    }
    let size = window.kernel[0].max(window.kernel[1]);
    let _ = (2..size).rev().take(NEAR).any(|size| alternatives.size(size, ENOUGH - 2));
    let _ = (size + 1..=input.height.min(input.width)).take(NEAR).any(|size| alternatives.size(size, ENOUGH - 1));
    alternatives.option("rounding", "floor", ENOUGH);
    alternatives.option("rounding", "ceil", ENOUGH);
    alternatives.found
}

fn sides_text([vertical, horizontal]: [[usize; 2]; 2]) -> String {
    format!("p[{}, {}, {}, {}]", vertical[0], vertical[1], horizontal[0], horizontal[1])
}
