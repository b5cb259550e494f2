//! `conv(filters, size)`: convolution, grouped and dilated ones included.

use proc_macro2::TokenStream;
use quote::quote;

use super::alternatives::{Alternatives, NEAR};
use super::emit::{number, numbers, optional};
use super::kind::{Call, Form, Kind, Layer, Parameter, Place, Stop};
use super::window::{DILATION, GROUPS, NO_BIAS, PADDING, ROUNDING, SIZE, STRIDE, reach, tile, window};
use super::winograd::Winograd;
use super::{Constant, Op, Role, Saves, Site};
use crate::diag::Diagnostic;
use crate::messages;
use crate::net::{Init, LANES, Layout, Param};
use crate::shape::{Shape, Window};

pub const FILTERS: Parameter =
    Parameter { name: "filters", form: Form::Count, place: Place::Required, example: "8", ..SIZE };

/// Floats that kernels for at most 16 filters work in: the larger of the runtime's `kernels::output_lane::SCRATCH` and
/// `kernels::column::SCRATCH`.
const NARROW: usize = 20 * 21 * LANES + (5 * 25 + 1) * LANES;

/// The same for 16 filters in fewer multiplications: the runtime's `kernels::column::filtered::SCRATCH`, and its
/// limits.
const COLUMN: usize = 24 * 21 * LANES + (8 * TAPS + 24 * COLUMNS[1]) * LANES;
const TAPS: usize = 64;
const COLUMNS: [usize; 2] = [8, 32];

/// Floats for copies of what gradients of many filters multiply, on machines with few registers: the runtime's
/// `kernels::rank1::copied::SCRATCH`.
const COPIES: usize = 96 * 256 + 48 * LANES + (128 << 10);

/// Most floats of a row of windows in the kernels of few channels in fewer multiplications: the runtime's
/// `conv::strip::STRIP`, which `pixel_lane` keeps planes in. What is transformed stays in the second level cache then.
const STRIP: usize = 4096;

/// Scratch memory of a direct convolution with so many filters in a group, when it adds to the gradients of its
/// weights.
pub(super) fn copies(filters: usize) -> usize {
    if filters > LANES { COPIES } else { 0 }
}

const ALGORITHM: Parameter =
    Parameter { name: "algorithm", aliases: &["algo"], words: &["direct"], example: "", ..ROUNDING };

pub static KINDS: &[Kind] = &[Kind {
    word: "conv",
    about: "convolution: `filters` windows of `size` over all channels",
    parameters: &[FILTERS, SIZE, STRIDE, PADDING, DILATION, GROUPS, NO_BIAS, ROUNDING, ALGORITHM],
    check,
}];

#[derive(Debug)]
struct Conv {
    window: Window,
    padding: [usize; 4],
    in_channels: usize,
    filters: usize,
    groups: usize,
    has_bias: bool,
    /// The algorithm was chosen by hand: the plain one.
    is_direct: bool,
    is_frozen: bool,
}

fn check(call: &Call<'_>) -> Result<Layer, Stop> {
    let arguments = &call.arguments;
    let filters = arguments.count("filters").unwrap_or(1);
    let groups = arguments.count("groups").unwrap_or(1);
    let divides = |count, what| groups_divide(call, [groups, filters], (count, what));
    divides(filters, "filters")?;
    let incoming = call.incoming()?;
    let window = window(call, |_| [1; 2], true);
    let in_channels = incoming.shape.channels;
    let tiling = tile(call, &window, &incoming)?;
    divides(in_channels, "channels").map_err(|mistake| mistake.with_trail())?;

    let [height, width] = tiling.out;
    let [kernel_h, kernel_w] = window.kernel;
    let inputs = in_channels / groups;
    let has_bias = arguments.word("bias").is_none();
    let area = kernel_h.saturating_mul(kernel_w);
    let weight = Param {
        suffix: "weight",
        shape: vec![filters, inputs, kernel_h, kernel_w],
        is_state: false,
        init: Init::Weight { fan_in: inputs.saturating_mul(area), fan_out: (filters / groups).saturating_mul(area) },
        layout: Layout::Conv { groups },
    };
    let bias = has_bias.then(|| Param::plain("bias", filters, 0.0));
    let pixels = [height, width, filters, inputs, kernel_h, kernel_w];
    let is_direct = arguments.word("algorithm").is_some();
    let op =
        Conv { window, padding: tiling.padding, in_channels, filters, groups, has_bias, is_direct, is_frozen: false };
    Ok(Layer {
        field: incoming.field.through(reach(&window), window.stride, incoming.network),
        params: std::iter::once(weight).chain(bias).collect(),
        macs: super::kind::macs(&pixels),
        ..Layer::like(incoming, op).with_shape(Shape::volume(height, width, filters))
    })
}

/// Whether a number of filters or channels is a multiple of the number of groups.
pub fn groups_divide(
    call: &Call<'_>,
    [groups, filters]: [usize; 2],
    (count, what): (usize, &str),
) -> Result<(), Diagnostic> {
    if count.is_multiple_of(groups) {
        return Ok(());
    }
    let help = other_groups(call, groups, filters);
    Err(messages::groups_do_not_divide(call.words, call.blame("groups"), groups, (count, what), &help))
}

/// Numbers of groups below the one that was written which divide, and more filters that it does divide.
fn other_groups(call: &Call<'_>, groups: usize, filters: usize) -> Vec<String> {
    let mut near = Alternatives::new(call);
    for groups in (2..groups).rev().take(NEAR) {
        near.option("groups", &format!("g{groups}"), 1);
    }
    near.respell("filters", &filters.next_multiple_of(groups).to_string(), 2);
    near.found
}

impl Conv {
    /// How to compute it with fewer multiplications, if that is faster.
    fn winograd(&self, [input, output]: [Shape; 2]) -> Option<Winograd> {
        let [taps, columns] = self.window.kernel;
        let fits = taps == columns
            && self.window.stride == [1; 2]
            && self.window.dilation == [1; 2]
            && self.groups == 1
            && self.padding.iter().all(|&padding| padding < taps);
        if fits && !self.is_direct { Winograd::choose(taps, self.padding, input, output) } else { None }
    }

    /// Whether the kernels of few channels may use fewer multiplications down the columns: `pixel_lane` and `run_lane`,
    /// or `column`, whose limits are those here. (For a single channel the direct way is faster: 28x28x1 to 6 filters
    /// of 5x5 takes 2.3 us instead of 3.0.)
    fn is_vertical(&self, output: Shape) -> bool {
        let Window { kernel, stride, dilation, .. } = self.window;
        let row = output.width.saturating_mul(self.in_channels);
        let is_near = row.saturating_mul(kernel[0]) <= STRIP;
        let is_small = (2..=4).contains(&self.in_channels) && self.filters <= 12 && is_near;
        let is_plain = self.groups == 1 && stride == [1; 2] && dilation == [1; 2];
        (is_small || self.is_column(output)) && is_plain && !self.is_direct && matches!(kernel[0], 3 | 5)
    }

    /// Whether a row of the output to 16 filters of 5x5 may be in the registers, at the points.
    fn is_column(&self, output: Shape) -> bool {
        let fits = self.window.kernel == [5; 2] && self.in_channels > 1 && 5 * self.in_channels <= TAPS;
        let [least, most] = COLUMNS;
        fits && self.filters == LANES && output.height >= 8 && (least..=most).contains(&output.width)
    }

    /// Floats that `pixel_lane` and `run_lane` need at most for few channels in fewer multiplications down the columns,
    /// for rows of so many outputs before any pooling: the runtime's `Memory` of both kernels' `filtered.rs`.
    fn few(&self, width: usize) -> usize {
        let (filters, [kernel_h, kernel_w]) = (self.filters, self.window.kernel);
        let points = 4 + kernel_h - 1;
        // Filters of more taps go another way.
        let kernel_w = kernel_w.min(128);
        // With a pool there are planes of even and of odd columns, of whole vectors each.
        let lines = (width.next_multiple_of(2 * LANES) + kernel_w) * self.in_channels;
        let weights = kernel_w * self.in_channels * filters;
        let (products, results) = (2 * filters * LANES, 4 * width.next_multiple_of(LANES) * filters);
        let forward = points * (lines + weights + products) + results;
        let gradient = points * (width * self.in_channels + LANES + width * filters + filters * LANES);
        forward.max(gradient)
    }

    /// Whether the gradient for the input is scattered from the output's, which then needs no border. Mirrors the
    /// runtime's `conv::scatter`.
    fn scatters(&self) -> bool {
        let most = if self.padding == [0; 4] { 12 } else { 6 };
        let Window { kernel, dilation, .. } = self.window;
        self.groups == 1 && dilation[1] == 1 && kernel[1] > 1 && self.in_channels <= most
    }
}

impl Op for Conv {
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

    fn gradient_border(&self, input: Shape, output: Shape) -> [usize; 4] {
        if self.scatters() {
            return [0; 4];
        }
        self.window.gradient_border(input, output, self.padding)
    }

    fn reads_parts(&self) -> bool {
        true
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
        Some("conv")
    }

    fn derived(&self, input: Shape, output: Shape) -> usize {
        self.winograd([input, output]).map_or(0, |winograd| winograd.filters(input.channels, output.channels))
    }

    fn prepared(&self, input: Shape, output: Shape) -> usize {
        self.winograd([input, output]).map_or(0, |winograd| winograd.filters(output.channels, input.channels))
    }

    fn scratch(&self, input: Shape, output: Shape, training: bool) -> usize {
        let winograd = self.winograd([input, output]);
        let copies = if training && !self.is_frozen && !winograd.is_some_and(|winograd| winograd.backward_weights) {
            copies(self.filters / self.groups)
        } else {
            0
        };
        let channels = [input.channels, output.channels];
        let others = match winograd {
            Some(winograd) => winograd.scratch(channels, training),
            None if self.is_vertical(output) && self.is_column(output) => COLUMN,
            None if self.is_vertical(output) => self.few(output.width),
            None if self.filters <= LANES && self.window.stride == [1; 2] => NARROW,
            None => 0,
        };
        others.max(copies)
    }

    fn kernel(&self, input: Shape, output: Shape) -> Option<String> {
        let direct =
            if self.is_vertical(output) { "direct, winograd 4x1 on machines with 32 registers" } else { "direct" };
        Some(self.winograd([input, output]).map_or_else(|| direct.to_owned(), |winograd| winograd.to_string()))
    }

    fn kernel_at_run_time(&self, site: &Site<'_>) -> Option<TokenStream> {
        let Site { constant, input, output, .. } = site;
        Some(quote!(rt::conv::kernel(#constant, #input, #output)))
    }

    fn derive(&self, site: &Site<'_>) -> TokenStream {
        let constant = &site.constant;
        match self.winograd(site.shapes) {
            Some(_) => quote!(rt::conv::derive(pass, #constant);),
            None => TokenStream::new(),
        }
    }

    fn pools(&self, input: Shape, output: Shape) -> Option<usize> {
        if self.winograd([input, output]).is_some() {
            // Tiles are pooled in registers.
            return Some(0);
        }
        // Mirrors the runtime's `conv/pooled.rs`: rows of at least 64 pixels, or samples of at least 128.
        let [height, width] = [output.height / 2 * 2, output.width / 2 * 2];
        let pixels = height * width;
        let at_once = if pixels < 128 {
            128_usize.div_ceil(pixels.max(1)) * pixels
        } else {
            2 * 32_usize.div_ceil(width) * width
        };
        Some(at_once.max(1) * output.channels + 16)
    }

    fn adds(&self) -> bool {
        true
    }

    fn constant(&self, site: &Site<'_>) -> Option<Constant> {
        let (in_channels, out_channels) = (number(self.in_channels), number(self.filters));
        let (kernel, stride) = (numbers(&self.window.kernel), numbers(&self.window.stride));
        let (dilation, padding) = (numbers(&self.window.dilation), numbers(&self.padding));
        let (groups, weight) = (number(self.groups), number(site.offset("weight")));
        let bias = optional(self.has_bias.then(|| site.offset("bias")));
        let (activation, pool, adds) = (&site.activation, site.pool, site.adds);
        let algorithm = match self.winograd(site.shapes) {
            None if self.is_vertical(site.shapes[1]) => quote!(rt::Algorithm::Vertical),
            None => quote!(rt::Algorithm::Direct),
            Some(Winograd { tile, backward_weights, together, .. }) => {
                let [tile, weights, d_weights] = [tile, site.derived, site.prepared].map(number);
                let together = numbers(&together);
                quote!(rt::Algorithm::Winograd(rt::Winograd {
                    tile: #tile,
                    weights: #weights,
                    d_weights: #d_weights,
                    backward_weights: #backward_weights,
                    together: #together,
                }))
            }
        };
        let value = quote!(rt::Conv {
            in_channels: #in_channels,
            out_channels: #out_channels,
            kernel: #kernel,
            stride: #stride,
            dilation: #dilation,
            padding: #padding,
            groups: #groups,
            weight: #weight,
            bias: #bias,
            activation: #activation,
            pool: #pool,
            adds: #adds,
            algorithm: #algorithm,
        });
        Some(Constant { ty: "Conv", value })
    }

    fn infer(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, output, .. } = site;
        quote!(rt::conv::forward(pass, #constant, #input, #output);)
    }

    fn forward(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, output, .. } = site;
        match self.winograd(site.shapes) {
            Some(winograd) if winograd.together != [1; 2] => quote!(rt::conv::train(pass, #constant, #input, #output);),
            _ => self.infer(site),
        }
    }

    fn backward(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, d_output, d_input, .. } = site;
        if self.is_frozen {
            return site.if_wanted(quote!(rt::conv::backward_data(pass, #constant, #d_output, #d_input);));
        }
        let d_input = site.optional_d_input();
        quote!(rt::conv::backward(pass, #constant, #input, #d_output, #d_input);)
    }

    fn prepare(&self, site: &Site<'_>) -> TokenStream {
        let constant = &site.constant;
        site.if_wanted(quote!(rt::conv::prepare(pass, #constant);))
    }
}
