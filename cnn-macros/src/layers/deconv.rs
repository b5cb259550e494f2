//! `deconv(filters, size)`: transposed convolution, grouped and dilated ones included.

use proc_macro2::TokenStream;
use quote::quote;

use super::conv::{FILTERS, copies, groups_divide};
use super::emit::{number, numbers, optional};
use super::kind::{Call, Kind, Layer, Parameter, Stop, Value};
use super::window::{DILATION, GROUPS, NO_BIAS, PADDING, SIZE, STRIDE};
use super::{Constant, Op, Role, Saves, Site};
use crate::messages;
use crate::net::{Init, Layout, Param};
use crate::shape::{Shape, Transposed};

/// No words: whatever the padding, a transposed convolution fits.
const CUT: Parameter = Parameter { words: &[], ..PADDING };
const OUTPUT_PADDING: Parameter = Parameter { name: "output_padding", example: "o1", zero: true, ..STRIDE };

pub static KINDS: &[Kind] = &[Kind {
    word: "deconv",
    about: "transposed convolution: every input spreads over a window of `size` in each of `filters` channels",
    parameters: &[FILTERS, SIZE, STRIDE, CUT, OUTPUT_PADDING, DILATION, GROUPS, NO_BIAS],
    check,
}];

#[derive(Debug)]
struct Deconv {
    window: Transposed,
    /// Zeros around the input that outputs at its edges see.
    border: [usize; 4],
    /// How far windows reach beyond the output: the padding, less the output's own.
    beyond: [usize; 4],
    in_channels: usize,
    filters: usize,
    groups: usize,
    has_bias: bool,
    is_frozen: bool,
}

fn check(call: &Call<'_>) -> Result<Layer, Stop> {
    let arguments = &call.arguments;
    let filters = arguments.count("filters").unwrap_or(1);
    let groups = arguments.count("groups").unwrap_or(1);
    let window = Transposed {
        kernel: arguments.pair("size").unwrap_or([1; 2]),
        stride: arguments.pair("stride").unwrap_or([1; 2]),
        dilation: arguments.pair("dilation").unwrap_or([1; 2]),
        padding: match arguments.any("padding") {
            Some(Value::Sides(sides)) => *sides,
            Some(Value::Solve) => return Err(messages::nothing_to_solve(call.words, call.blame("padding")).into()),
            _ => [0; 4],
        },
        more: arguments.pair("output_padding").unwrap_or([0; 2]),
    };
    if let Some(direction) = (0..2).find(|&i| window.more[i] >= window.stride[i].max(window.dilation[i])) {
        let [more, stride, dilation] = [window.more, window.stride, window.dilation].map(|pair| pair[direction]);
        let tokens = call.blame("output_padding");
        return Err(messages::output_padding_too_large(call.words, tokens, more, [stride, dilation]).into());
    }
    let divides = |count, what| groups_divide(call, [groups, filters], (count, what));
    divides(filters, "filters")?;
    let incoming = call.incoming()?;
    let (input, in_channels) = (incoming.shape, incoming.shape.channels);
    if input.is_vector {
        return Err(messages::needs_a_volume(call.words, call.tokens, input, "for a window").into());
    }
    divides(in_channels, "channels").map_err(|mistake| mistake.with_trail())?;
    let [height, width] = window
        .out(input)
        .map_err(|(axis, more)| messages::padding_leaves_nothing(call.words, call.blame("padding"), &axis, more))?;

    let [kernel_h, kernel_w] = window.kernel;
    let [inputs, outputs] = [in_channels, filters].map(|channels| channels / groups);
    let has_bias = arguments.word("bias").is_none();
    let area = kernel_h.saturating_mul(kernel_w);
    let weight = Param {
        suffix: "weight",
        shape: vec![in_channels, outputs, kernel_h, kernel_w],
        is_state: false,
        init: Init::Weight {
            // Of the taps, an output sees one in every stride.
            fan_in: inputs.saturating_mul(area).div_ceil(window.stride[0].saturating_mul(window.stride[1])),
            fan_out: outputs.saturating_mul(area),
        },
        layout: Layout::Conv { groups },
    };
    let bias = has_bias.then(|| Param::plain("bias", filters, 0.0));
    let output = Shape::volume(height, width, filters);
    let (border, beyond) = (window.input_border(input, output), window.beyond(input, output));
    let op = Deconv { window, border, beyond, in_channels, filters, groups, has_bias, is_frozen: false };
    Ok(Layer {
        field: incoming.field.spread(window.seen(), window.stride, incoming.network),
        params: std::iter::once(weight).chain(bias).collect(),
        macs: super::kind::macs(&[input.height, input.width, in_channels, outputs, kernel_h, kernel_w]),
        ..Layer::like(incoming, op).with_shape(output)
    })
}

impl Op for Deconv {
    fn role(&self) -> Role {
        Role::Compute
    }

    fn freeze(&mut self) {
        self.is_frozen = true;
    }

    fn input_border(&self) -> [usize; 4] {
        self.border
    }

    fn gradient_border(&self, _input: Shape, _output: Shape) -> [usize; 4] {
        self.beyond
    }

    fn writes_parts(&self) -> bool {
        true
    }

    fn saves(&self) -> Saves {
        Saves { input: !self.is_frozen, ..Saves::default() }
    }

    fn fuses_activation(&self) -> bool {
        true
    }

    fn folds(&self) -> Option<&'static str> {
        Some("deconv")
    }

    /// For the gradients of its weights, those of the convolution from its outputs to its inputs.
    fn scratch(&self, _input: Shape, _output: Shape, training: bool) -> usize {
        if training && !self.is_frozen { copies(self.in_channels / self.groups) } else { 0 }
    }

    /// The weights turned around, by phases.
    fn derived(&self, _input: Shape, _output: Shape) -> usize {
        let [kernel_h, kernel_w] = self.window.kernel;
        self.in_channels * (self.filters / self.groups) * kernel_h * kernel_w
    }

    fn derive(&self, site: &Site<'_>) -> TokenStream {
        let constant = &site.constant;
        quote!(rt::deconv::derive(pass, #constant);)
    }

    fn constant(&self, site: &Site<'_>) -> Option<Constant> {
        let (in_channels, out_channels) = (number(self.in_channels), number(self.filters));
        let Transposed { kernel, stride, dilation, .. } = &self.window;
        let [kernel, stride, dilation] = [kernel, stride, dilation].map(|pair| numbers(pair));
        let padding = numbers(&self.beyond);
        let (groups, weight, derived) = (number(self.groups), number(site.offset("weight")), number(site.derived));
        let bias = optional(self.has_bias.then(|| site.offset("bias")));
        let activation = &site.activation;
        let value = quote!(rt::Deconv {
            in_channels: #in_channels,
            out_channels: #out_channels,
            kernel: #kernel,
            stride: #stride,
            dilation: #dilation,
            padding: #padding,
            groups: #groups,
            weight: #weight,
            derived: #derived,
            bias: #bias,
            activation: #activation,
        });
        Some(Constant { ty: "Deconv", value })
    }

    fn infer(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, output, .. } = site;
        quote!(rt::deconv::forward(pass, #constant, #input, #output);)
    }

    fn backward(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, d_output, d_input, .. } = site;
        if self.is_frozen {
            return site.if_wanted(quote!(rt::deconv::backward_data(pass, #constant, #d_output, #d_input);));
        }
        let d_input = site.optional_d_input();
        quote!(rt::deconv::backward(pass, #constant, #input, #d_output, #d_input);)
    }
}
