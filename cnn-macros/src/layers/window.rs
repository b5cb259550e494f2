//! What layers with a sliding window share: their options, and the answer to a window that does not fit.

use super::alternatives::windows;
use super::kind::{Call, Form, Incoming, Parameter, Place, Stop, Value};
use crate::messages;
use crate::shape::{Padding, Rounding, Shape, Tiling, Window};

const OPTION: Parameter =
    Parameter { name: "", aliases: &[], form: Form::Pair, place: Place::Named, words: &[], example: "", zero: false };

pub const SIZE: Parameter = Parameter { name: "size", place: Place::Required, example: "3", ..OPTION };
pub const STRIDE: Parameter = Parameter { name: "stride", example: "s2", ..OPTION };
pub const PADDING: Parameter =
    Parameter { name: "padding", form: Form::Sides, words: &["same", "valid"], example: "p1", zero: true, ..OPTION };
pub const DILATION: Parameter = Parameter { name: "dilation", example: "d2", ..OPTION };
pub const ROUNDING: Parameter = Parameter { name: "rounding", form: Form::Word, words: &["floor", "ceil"], ..OPTION };
pub const GROUPS: Parameter = Parameter { name: "groups", form: Form::Count, example: "g2", ..OPTION };
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
pub fn tile(call: &Call<'_>, window: &Window, incoming: &Incoming) -> Result<Tiling, Stop> {
    let input = incoming.shape;
    if input.is_vector {
        return Err(messages::needs_a_volume(call.words, call.tokens, input, "for a window").into());
    }
    window.tile(input).map_err(|misfits| {
        let Shape { height, width, channels, .. } = incoming.network;
        let is_channels_first = matches!(height, 1 | 3) && (width == channels || width.min(channels) >= 8);
        let help = match is_channels_first {
            true => vec![format!("shapes are height x width x channels: `{width}x{channels}x{height}`")],
            false => windows(call, window, input, misfits),
        };
        messages::window_does_not_fit(call.words, call.tokens.clone(), input, misfits, &help).into()
    })
}

/// How far the taps of a window reach.
pub fn reach(window: &Window) -> [usize; 2] {
    [0, 1].map(|i| (window.kernel[i] - 1).saturating_mul(window.dilation[i]).saturating_add(1))
}

/// Stride and size of windows that leave something out between them. Those of one pixel are meant to.
pub fn skips(window: &Window) -> Option<[usize; 2]> {
    let reach = reach(window);
    (0..2).find(|&i| window.stride[i] > reach[i] && reach[i] > 1).map(|i| [window.stride[i], window.kernel[i]])
}
