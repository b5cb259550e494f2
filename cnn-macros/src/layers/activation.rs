//! Activation functions, one line each.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::conv::FILTERS;
use super::emit::real;
use super::kind::{Call, Form, Kind, Layer, Parameter, Place, Stop, Upper};
use super::{Activation, Op, Role, Saves, Site};

/// The runtime's name, whether the derivative is worked out from the input (from the output otherwise), and whether
/// weights before it start He normal.
#[derive(Clone, Copy)]
struct Function(&'static str, From, Start);

#[derive(Clone, Copy, PartialEq)]
enum From {
    Input,
    Output,
}

#[derive(Clone, Copy, PartialEq)]
enum Start {
    He,
    Glorot,
}

const SLOPE: Parameter = Parameter {
    name: "slope",
    form: Form::Real { from: 0.0, to: Upper::None },
    place: Place::Optional,
    example: "0.01",
    ..FILTERS
};
const ALPHA: Parameter = Parameter { name: "alpha", example: "1.0", ..SLOPE };

macro_rules! kinds {
    ($($word:literal, $about:literal, $parameters:expr, $name:literal, $from:ident, $start:ident;)*) => {
        pub static KINDS: &[Kind] = &[$(Kind {
            word: $word,
            about: $about,
            parameters: $parameters,
            check: |call| check(call, Function($name, From::$from, Start::$start)),
        },)* ID];
    };
}

kinds! {
    "relu", "max(x, 0)", &[], "Relu", Output, He;
    "relu6", "min(max(x, 0), 6)", &[], "Relu6", Output, He;
    "leaky", "x where positive, slope * x elsewhere; the slope is 0.01 unless it is given", &[SLOPE], "Leaky", Output, He;
    "elu", "x where positive, alpha * (e^x - 1) elsewhere; alpha is 1 unless it is given", &[ALPHA], "Elu", Output, He;
    "gelu", "x * Phi(x), Phi the normal distribution function", &[], "Gelu", Input, He;
    "silu", "x * sigmoid(x)", &[], "Silu", Input, He;
    "sigmoid", "1 / (1 + e^-x)", &[], "Sigmoid", Output, Glorot;
    "tanh", "the hyperbolic tangent", &[], "Tanh", Output, Glorot;
    "hardswish", "x * clamp(x + 3, 0, 6) / 6", &[], "HardSwish", Input, He;
    "hardsigmoid", "clamp(x + 3, 0, 6) / 6", &[], "HardSigmoid", Output, Glorot;
    "softplus", "ln(1 + e^x)", &[], "Softplus", Output, He;
}

const ID: Kind =
    Kind { word: "id", about: "x itself", parameters: &[], check: |call| Ok(Layer::like(call.incoming()?, Identity)) };

#[derive(Debug)]
struct Pointwise {
    /// `Relu`, `Leaky(0.01)`
    tokens: TokenStream,
    saves_input: bool,
    is_rectifier: bool,
}

fn check(call: &Call<'_>, Function(name, from, start): Function) -> Result<Layer, Stop> {
    let name = Ident::new(name, Span::call_site());
    let value = call.kind.parameters.first().map(|parameter| {
        let default = if parameter.name == "alpha" { 1.0 } else { 0.01 };
        real(call.arguments.real(parameter.name).unwrap_or(default))
    });
    let tokens = match value {
        Some(value) => quote!(#name(#value)),
        None => quote!(#name),
    };
    let op = Pointwise { tokens, saves_input: from == From::Input, is_rectifier: start == Start::He };
    Ok(Layer::like(call.incoming()?, op))
}

impl Op for Pointwise {
    fn role(&self) -> Role {
        Role::Elementwise
    }

    fn reads_parts(&self) -> bool {
        true
    }

    fn writes_parts(&self) -> bool {
        true
    }

    fn saves(&self) -> Saves {
        Saves { input: self.saves_input, output: !self.saves_input, mask: false }
    }

    fn activation(&self) -> Option<Activation> {
        let Self { tokens, saves_input, is_rectifier } = self;
        Some(Activation { tokens: tokens.clone(), saves_input: *saves_input, is_rectifier: *is_rectifier })
    }

    fn infer(&self, site: &Site<'_>) -> TokenStream {
        let (Site { input, output, .. }, tokens) = (site, &self.tokens);
        quote!(rt::activation::forward(pass, rt::Activation::#tokens, #input, #output);)
    }

    fn backward(&self, site: &Site<'_>) -> TokenStream {
        let (Site { d_output, d_input, .. }, tokens) = (site, &self.tokens);
        let saved = if self.saves_input { &site.input } else { &site.output };
        site.if_wanted(quote!(rt::activation::backward(pass, rt::Activation::#tokens, #saved, #d_output, #d_input);))
    }
}

#[derive(Debug)]
struct Identity;

impl Op for Identity {
    fn role(&self) -> Role {
        Role::View
    }

    fn saves(&self) -> Saves {
        Saves::default()
    }

    fn infer(&self, _site: &Site<'_>) -> TokenStream {
        TokenStream::new()
    }

    fn backward(&self, _site: &Site<'_>) -> TokenStream {
        TokenStream::new()
    }
}
