//! `pool(size)`: max pooling, and what it shares with average pooling: their windows are the same.

use proc_macro2::TokenStream;
use quote::quote;

use super::emit::numbers;
use super::kind::{Call, Kind, Layer, Stop};
use super::window::{PADDING, ROUNDING, SIZE, STRIDE, reach, tile, window};
use super::{Constant, Op, Role, Saves, Site};
use crate::messages;
use crate::shape::{Padding, Shape, Window};

pub const SIZE_OF_POOL: super::kind::Parameter = super::kind::Parameter { example: "2", ..SIZE };

pub static KINDS: &[Kind] = &[Kind {
    word: "pool",
    about: "max pooling: the largest of each window of `size`; the stride is the size unless it is given",
    parameters: &[SIZE_OF_POOL, STRIDE, PADDING, ROUNDING],
    check: |call| check(call, MaxPool),
}];

/// A window that pools, and the padding it may reach into.
#[derive(Clone, Copy, Debug)]
pub struct Pooling {
    pub window: Window,
    pub padding: [usize; 4],
}

#[derive(Debug)]
struct MaxPool(Pooling);

/// Checks a pooling call.
pub fn check<O: Op + 'static>(call: &Call<'_>, op: fn(Pooling) -> O) -> Result<Layer, Stop> {
    let window = window(call, |kernel| kernel, false);
    let beyond = |padding: [usize; 4]| (0..4).any(|side| padding[side] >= window.kernel[side / 2]);
    if let Padding::Sides(padding) = window.padding
        && beyond(padding)
    {
        let tokens = call.blame("padding");
        return Err(messages::padding_beyond_window(call.words, tokens, padding, window.kernel).into());
    }
    let incoming = call.incoming()?;
    let mut tiling = tile(call, &window, &incoming)?;
    // What a `ceil` window has beyond the padding is no padding: an average does not count it.
    if let Padding::Sides(padding) = window.padding {
        tiling.padding = padding;
    }
    let ([height, width], channels) = (tiling.out, incoming.shape.channels);
    Ok(Layer {
        field: incoming.field.through(reach(&window), window.stride, incoming.network),
        ..Layer::like(incoming, op(Pooling { window, padding: tiling.padding }))
            .with_shape(Shape::volume(height, width, channels))
    })
}

impl Pooling {
    pub fn constant(&self) -> Constant {
        let (kernel, stride) = (numbers(&self.window.kernel), numbers(&self.window.stride));
        let padding = numbers(&self.padding);
        let value = quote!(rt::Window { kernel: #kernel, stride: #stride, padding: #padding });
        Constant { ty: "Window", value }
    }
}

impl Op for MaxPool {
    fn skips(&self) -> Option<[usize; 2]> {
        super::window::skips(&self.0.window)
    }

    fn role(&self) -> Role {
        Role::Compute
    }

    fn reads_parts(&self) -> bool {
        true
    }

    fn writes_parts(&self) -> bool {
        true
    }

    fn saves(&self) -> Saves {
        Saves { input: true, output: true, mask: false }
    }

    fn is_pool_2x2(&self, input: Shape, output: Shape) -> bool {
        let Pooling { window, padding } = &self.0;
        let floor = [output.height, output.width] == [input.height / 2, input.width / 2];
        window.kernel == [2; 2] && window.stride == [2; 2] && *padding == [0; 4] && floor
    }

    fn constant(&self, _site: &Site<'_>) -> Option<Constant> {
        Some(self.0.constant())
    }

    fn infer(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, output, .. } = site;
        quote!(rt::pool::forward(pass, #constant, #input, #output);)
    }

    fn backward(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, input, output, d_output, d_input, .. } = site;
        site.if_wanted(quote!(rt::pool::backward(pass, #constant, #input, #output, #d_output, #d_input);))
    }
}
