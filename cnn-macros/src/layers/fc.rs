//! `fc(outputs)`: fully connected; a volume is stretched to a vector by itself.

use proc_macro2::TokenStream;
use quote::quote;

use super::conv::FILTERS;
use super::emit::{number, optional};
use super::kind::{Call, Kind, Layer, Parameter, Stop, macs};
use super::window::NO_BIAS;
use super::{Constant, Op, Role, Saves, Site, Wanted, WholeBatch};
use crate::net::{Init, LANES, Param};
use crate::shape::Shape;

pub static KINDS: &[Kind] = &[Kind {
    word: "fc",
    about: "fully connected: every output sees every input",
    parameters: &[Parameter { name: "outputs", example: "10", ..FILTERS }, NO_BIAS],
    check,
}];

#[derive(Debug)]
struct Fc {
    inputs: usize,
    outputs: usize,
    has_bias: bool,
    is_shared: bool,
    is_frozen: bool,
    /// Weights from which on it works on the whole batch.
    least: usize,
}

fn check(call: &Call<'_>) -> Result<Layer, Stop> {
    let outputs = call.arguments.count("outputs").unwrap_or(1);
    let incoming = call.incoming()?;
    let inputs = incoming.shape.len();
    let has_bias = call.arguments.word("bias").is_none();
    let weight = Param {
        suffix: "weight",
        shape: vec![outputs, inputs],
        is_state: false,
        init: Init::Weight { fan_in: inputs, fan_out: outputs },
        layout: incoming.order.layout(),
    };
    let bias = has_bias.then(|| Param::plain("bias", outputs, 0.0));
    let fc = Fc { inputs, outputs, has_bias, is_shared: false, is_frozen: false, least: WIDE };
    Ok(Layer {
        field: incoming.whole(),
        params: std::iter::once(weight).chain(bias).collect(),
        macs: macs(&[inputs, outputs]),
        ..Layer::like(incoming, fc).with_shape(Shape::vector(outputs))
    })
}

/// Weights from which on training works on the whole batch at once, so that no thread adds gradients to a copy of its
/// own: half a megabyte of them is half of a second level cache.
const WIDE: usize = 128 * 1024;

/// The same where other layers cut training into stages anyway, so that no segment keeps its activations in the caches.
const WIDE_IN_STAGES: usize = 64 * 1024;

/// The same where the next layer is such a one. (A network of ten small layers with batch norms trains 9 % faster.)
const WIDE_BEFORE_STAGE: usize = 16 * 1024;

impl Fc {
    fn is_wide(&self) -> bool {
        // The gradients of all uses of shared weights add up, and a wide layer overwrites them.
        let overwrites = !self.is_shared && !self.is_frozen;
        overwrites && self.outputs >= LANES && self.inputs.saturating_mul(self.outputs) >= self.least
    }

    /// `&rt::Wide { .. }`
    fn wide(&self, site: &Site<'_>) -> TokenStream {
        let (constant, record) = (&site.constant, number(site.record));
        let reads_samples = site.reads_samples;
        quote!(&rt::Wide { fc: *#constant, record: #record, reads_samples: #reads_samples })
    }

    /// A call of training the whole batch; nothing for a layer that is not wide.
    fn if_wide(&self, site: &Site<'_>, call: impl FnOnce(TokenStream) -> TokenStream) -> TokenStream {
        if self.is_wide() { call(self.wide(site)) } else { TokenStream::new() }
    }
}

impl Op for Fc {
    fn is_linear(&self) -> bool {
        true
    }

    fn share(&mut self) {
        self.is_shared = true;
    }

    fn freeze(&mut self) {
        self.is_frozen = true;
    }

    fn stage(&mut self, is_followed: bool) {
        self.least = if is_followed { WIDE_BEFORE_STAGE } else { WIDE_IN_STAGES };
    }

    fn role(&self) -> Role {
        Role::Compute
    }

    fn reads_dense(&self) -> bool {
        true
    }

    fn reads_samples(&self) -> bool {
        true
    }

    fn strips(&self) -> Option<usize> {
        let has_many = self.outputs >= LANES && self.inputs.saturating_mul(self.outputs) >= WIDE;
        has_many.then(|| self.outputs.next_multiple_of(2 * LANES))
    }

    fn writes_parts(&self) -> bool {
        true
    }

    fn saves(&self) -> Saves {
        Saves { input: !self.is_wide() && !self.is_frozen, ..Saves::default() }
    }

    fn is_barrier(&self) -> bool {
        self.is_wide()
    }

    /// Mirrors the runtime's `fc::wide`: inputs and gradients for outputs, each with slack; strips of 32 outputs, or
    /// the gradients for inputs and those for outputs turned around.
    fn whole(&self, reads_samples: bool) -> Option<WholeBatch> {
        let recorded = |floats: usize| floats.next_multiple_of(LANES) + LANES;
        self.is_wide().then(|| WholeBatch {
            record: if reads_samples { 0 } else { recorded(self.inputs) } + recorded(self.outputs),
            results: self.outputs.next_multiple_of(2 * LANES).max(self.inputs + self.outputs + 1),
        })
    }

    fn fuses_activation(&self) -> bool {
        true
    }

    fn folds(&self) -> Option<&'static str> {
        Some("fc")
    }

    fn constant(&self, site: &Site<'_>) -> Option<Constant> {
        let (inputs, outputs) = (number(self.inputs), number(self.outputs));
        let weight = number(site.offset("weight"));
        let bias = optional(self.has_bias.then(|| site.offset("bias")));
        let activation = &site.activation;
        let value = quote!(rt::Fc {
            inputs: #inputs,
            outputs: #outputs,
            weight: #weight,
            bias: #bias,
            activation: #activation,
        });
        Some(Constant { ty: "Fc", value })
    }

    fn kernel_at_run_time(&self, site: &Site<'_>) -> Option<TokenStream> {
        let constant = &site.constant;
        Some(quote!(rt::fc::kernel(#constant)))
    }

    fn infer(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, output, .. } = site;
        quote!(rt::fc::forward(pass, #constant, #input, #output);)
    }

    fn forward(&self, site: &Site<'_>) -> TokenStream {
        if !self.is_wide() {
            return self.infer(site);
        }
        let (wide, output) = (self.wide(site), &site.output);
        quote!(rt::wide::forward(pass, #wide, #output);)
    }

    fn backward(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, d_output, d_input, .. } = site;
        if self.is_wide() {
            let wide = self.wide(site);
            return site.if_wanted(quote!(rt::wide::backward(pass, #wide, #d_input);));
        }
        if self.is_frozen {
            return site.if_wanted(quote!(rt::fc::backward_data(pass, #constant, #d_output, #d_input);));
        }
        let d_input = site.optional_d_input();
        quote!(rt::fc::backward(pass, #constant, #input, #d_output, #d_input);)
    }

    fn prepare(&self, site: &Site<'_>) -> TokenStream {
        let constant = &site.constant;
        if self.is_wide() {
            return TokenStream::new();
        }
        site.if_wanted(quote!(rt::fc::prepare(pass, #constant);))
    }

    fn measure(&self, site: &Site<'_>) -> TokenStream {
        let input = &site.input;
        let gather = |wide| quote!(rt::wide::gather(pass, #wide, #input););
        if site.reads_samples { TokenStream::new() } else { self.if_wide(site, gather) }
    }

    fn combine(&self, site: &Site<'_>) -> TokenStream {
        self.if_wide(site, |wide| quote!(rt::wide::combine(pass, #wide);))
    }

    fn measure_gradient(&self, site: &Site<'_>) -> TokenStream {
        let d_output = &site.d_output;
        self.if_wide(site, |wide| quote!(rt::wide::gather_gradient(pass, #wide, #d_output);))
    }

    fn combine_gradient(&self, site: &Site<'_>) -> TokenStream {
        let wanted = match site.d_input_is {
            Wanted::Always => quote!(true),
            Wanted::IfAsked => quote!(pass.wants_d_input()),
        };
        self.if_wide(site, |wide| quote!(rt::wide::combine_gradient(pass, #wide, #wanted);))
    }
}
