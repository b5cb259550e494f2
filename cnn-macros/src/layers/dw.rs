//! `dw(size)`: depthwise convolution, every channel with a filter of its own.

use proc_macro2::TokenStream;
use quote::quote;

use super::emit::{number, numbers, optional};
use super::kind::{Call, Kind, Layer, Stop, macs};
use super::window::{DILATION, NO_BIAS, PADDING, ROUNDING, SIZE, STRIDE, reach, tile, window};
use super::{Constant, Op, Role, Saves, Site};
use crate::net::{Init, Layout, Param};
use crate::shape::{Shape, Window};

pub static KINDS: &[Kind] = &[Kind {
    word: "dw",
    about: "depthwise convolution: one window of `size` for every channel",
    parameters: &[SIZE, STRIDE, PADDING, DILATION, NO_BIAS, ROUNDING],
    check,
}];

#[derive(Debug)]
struct Depthwise {
    window: Window,
    padding: [usize; 4],
    channels: usize,
    has_bias: bool,
    is_frozen: bool,
}

fn check(call: &Call<'_>) -> Result<Layer, Stop> {
    let incoming = call.incoming()?;
    let window = window(call, |_| [1; 2], true);
    let tiling = tile(call, &window, &incoming)?;
    let channels = incoming.shape.channels;
    let ([height, width], [kernel_h, kernel_w]) = (tiling.out, window.kernel);
    let has_bias = call.arguments.word("bias").is_none();
    let area = kernel_h.saturating_mul(kernel_w);
    let weight = Param {
        suffix: "weight",
        shape: vec![channels, 1, kernel_h, kernel_w],
        is_state: false,
        init: Init::Weight { fan_in: area, fan_out: area },
        layout: Layout::Depthwise,
    };
    let bias = has_bias.then(|| Param::plain("bias", channels, 0.0));
    let op = Depthwise { window, padding: tiling.padding, channels, has_bias, is_frozen: false };
    Ok(Layer {
        field: incoming.field.through(reach(&window), window.stride, incoming.network),
        params: std::iter::once(weight).chain(bias).collect(),
        macs: macs(&[height, width, channels, kernel_h, kernel_w]),
        ..Layer::like(incoming, op).with_shape(Shape::volume(height, width, channels))
    })
}

impl Op for Depthwise {
    fn skips(&self) -> Option<[usize; 2]> {
        super::window::skips(&self.window)
    }

    fn role(&self) -> Role {
        Role::Compute
    }

    fn freeze(&mut self) {
        self.is_frozen = true;
    }

    fn input_border(&self) -> [usize; 4] {
        self.padding
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
        Some("dw")
    }

    fn constant(&self, site: &Site<'_>) -> Option<Constant> {
        let channels = number(self.channels);
        let (kernel, stride) = (numbers(&self.window.kernel), numbers(&self.window.stride));
        let (dilation, padding) = (numbers(&self.window.dilation), numbers(&self.padding));
        let weight = number(site.offset("weight"));
        let bias = optional(self.has_bias.then(|| site.offset("bias")));
        let activation = &site.activation;
        let value = quote!(rt::Depthwise {
            channels: #channels,
            kernel: #kernel,
            stride: #stride,
            dilation: #dilation,
            padding: #padding,
            weight: #weight,
            bias: #bias,
            activation: #activation,
        });
        Some(Constant { ty: "Depthwise", value })
    }

    fn kernel_at_run_time(&self, site: &Site<'_>) -> Option<TokenStream> {
        let Site { constant, output, .. } = site;
        Some(quote!(rt::dw::kernel(#constant, #output)))
    }

    fn infer(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, output, .. } = site;
        quote!(rt::dw::forward(pass, #constant, #input, #output);)
    }

    fn backward(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, d_output, d_input, .. } = site;
        if self.is_frozen {
            return site.if_wanted(quote!(rt::dw::backward_data(pass, #constant, #d_output, #d_input);));
        }
        let d_input = site.optional_d_input();
        quote!(rt::dw::backward(pass, #constant, #input, #d_output, #d_input);)
    }
}
