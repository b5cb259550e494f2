//! Convolutions with 3 x 3 or 5 x 5 filters and a stride of 1 in fewer multiplications: which tiles of which maps, and
//! where the transformed filters are.
//!
//! The gradient for the input is a convolution of the same kind, with the filters flipped and their inputs and outputs
//! exchanged.

use super::super::bn::fold::biases;
use super::super::bn::{BatchNorm, Folded};
use super::mosaic::{self, Mosaic};
use super::{Activation, Conv, Run, Winograd, activate, steps};
use crate::buffer::LANES;
use crate::kernels::grid::Steps;
use crate::kernels::panels::Panels;
use crate::kernels::winograd::{self, Convolution, Filters, Images, Pool, Size, Tiling, filter};
use crate::map::{Map, Part};
use crate::parallel;
use crate::pass::{Pass, Prepare};

/// Tiles that should at least go by together: images of a few tiles are taken together.
const TILES: usize = 64;

impl Winograd {
    pub(super) fn size(self, conv: &Conv) -> Size {
        match (self.tile, conv.kernel) {
            (2, [3, 3]) => Size::Two,
            (4, [3, 3]) => Size::Four,
            (4, [5, 5]) => Size::FourOfFive,
            (tile, taps) => unreachable!("tiles of {tile} x {tile} outputs of filters of {taps:?} taps"),
        }
    }

    /// The filters of the forward pass.
    fn filters(self, conv: &Conv) -> Filters {
        Filters { size: self.size(conv), channels: conv.in_channels, outputs: conv.out_channels }
    }

    /// The filters of the convolution that gives the input's gradient.
    fn d_filters(self, conv: &Conv) -> Filters {
        Filters { size: self.size(conv), channels: conv.out_channels, outputs: conv.in_channels }
    }

    /// Tiles of so many outputs, samples alone, and the direct way for the gradients of the filters.
    #[cfg(test)]
    pub(in crate::layers) const fn of(tile: usize) -> Self {
        Self { tile, weights: 0, d_weights: 0, backward_weights: false, together: [1; 2] }
    }

    /// Floats of the transformed filters, forward and backward.
    #[cfg(test)]
    pub(super) fn floats(self, conv: &Conv) -> [usize; 2] {
        [self.filters(conv), self.d_filters(conv)].map(|filters| filters.floats())
    }
}

/// Transforms the filters for the forward pass, if it reads transformed ones.
pub fn derive(prepare: &mut Prepare<'_>, conv: &Conv) {
    if let super::Algorithm::Winograd(winograd) = conv.algorithm {
        let filters = winograd.filters(conv);
        let to = &mut prepare.derived[winograd.weights..][..filters.floats()];
        transform(prepare.parameters, conv.panels(0), filters, to);
    }
}

/// Transforms filters, on as many threads as rayon has.
fn transform(weights: &[f32], panels: Panels, filters: Filters, to: &mut [f32]) {
    parallel::for_each_chunk(to, filters.pair(), &|pair, to| filter::transform(weights, panels, filters, pair, to));
}

/// Transforms the filters and makes biases, both including a batch norm.
pub(super) fn fold(prepare: &mut Prepare<'_>, conv: &Conv, winograd: Winograd, bn: &BatchNorm, to: Folded) {
    derive(prepare, conv);
    let filters = winograd.filters(conv);
    for first in (0..conv.out_channels).step_by(LANES) {
        let outputs = first..conv.out_channels.min(first + LANES);
        let scales = biases(prepare, bn, conv.bias, to, outputs);
        filter::scale(&mut prepare.derived[winograd.weights..][..filters.floats()], filters, first / LANES, scales);
    }
}

/// Transforms the flipped, transposed filters, which are prepared already.
pub(super) fn prepare(prepare: &mut Prepare<'_>, conv: &Conv, winograd: Winograd) {
    let filters = winograd.d_filters(conv);
    let (prepared, to) = prepare.prepared.split_at_mut(winograd.d_weights);
    let panels = Panels {
        offset: conv.weight,
        rows: conv.kernel[0] * conv.kernel[1] * conv.out_channels,
        outputs: conv.in_channels,
        pitch: None,
    };
    transform(prepared, panels, filters, &mut to[..filters.floats()]);
}

/// `output = activation(conv(input) + bias)`, pooled if the convolution pools.
pub(super) fn forward(conv: &Conv, winograd: Winograd, run: Run<'_>, input: &Part, output: &Part) {
    let Run { samples: count, parameters, derived, x, y, scratch, joins } = run;
    let [top, _, left, _] = conv.padding;
    // What no window of the pooling covers is not computed.
    let [_, height, width] = conv.counts(count, output);
    let tiling = Tiling::new(winograd.size(conv), count, [height, width]);
    let pool = match conv.pool {
        false => Pool::No,
        true if conv.activation.is_monotone() => Pool::First,
        true => Pool::Behind(conv.activation),
    };
    let convolution = Convolution {
        tiling,
        input: x,
        from: windows(input, [top, left]),
        to: interior(output),
        u: &derived[winograd.weights..],
        bias: conv.bias.map(|at| &parameters[at..]),
        relu: conv.activation == Activation::Relu,
        adds: conv.adds,
        pool,
    };
    let mosaic = Mosaic::new(conv, winograd, output).filter(|_| joins);
    let done = mosaic.map_or(0, |mosaic| joined(mosaic, &convolution, [input, output], scratch, y));
    activate(conv.activation, output, y, 0..done);
    let at_once = TILES.div_ceil(tiling.of_samples(0..1).len());
    for first in (done..count).step_by(at_once) {
        let samples = first..count.min(first + at_once);
        winograd::convolve(&convolution, tiling.of_samples(samples.clone()), scratch, y);
        if !matches!(pool, Pool::Behind(_)) {
            activate(conv.activation, output, y, samples);
        }
    }
}

/// Convolves as many samples as fill images of several, and returns how many these are.
fn joined(
    mosaic: Mosaic,
    convolution: &Convolution<'_>,
    [input, output]: [&Part; 2],
    scratch: &mut [f32],
    y: &mut [f32],
) -> usize {
    let ([x_images, y_images], scratch) = mosaic.memory(mosaic::FORWARD, [input, output], scratch);
    let mut done = 0;
    for samples in mosaic.groups(convolution.tiling.counts[0], mosaic::FORWARD) {
        mosaic.join(input, samples.clone(), convolution.input, x_images);
        let images = Convolution { input: x_images, ..of_images(&mosaic, convolution, samples.len()) };
        winograd::convolve(&images, 0..images.tiling.count(), scratch, y_images);
        mosaic.part(output, samples.clone(), y_images, y);
        done = samples.end;
    }
    done
}

/// The convolution of images of so many samples.
fn of_images<'a>(mosaic: &Mosaic, convolution: &Convolution<'a>, samples: usize) -> Convolution<'a> {
    let [from, to] = [convolution.from, convolution.to].map(|images| mosaic.image(images.channels));
    let tiling = mosaic.tiling(samples);
    Convolution { tiling, from: windows(&from, mosaic.borders()), to: interior(&to), ..*convolution }
}

/// Overwrites `d_input`.
pub(super) fn data(pass: &mut Pass<'_>, conv: &Conv, winograd: Winograd, d_output: &Map, d_input: &Map) {
    let ([d, d_in], scratch) = pass.arena.views_and_scratch([d_output, d_input]);
    let [top, _, left, _] = conv.padding;
    let tiling = Tiling::new(winograd.size(conv), pass.samples, [d_input.height, d_input.width]);
    let convolution = Convolution {
        tiling,
        input: d,
        from: windows(d_output, [conv.kernel[0] - 1 - top, conv.kernel[1] - 1 - left]),
        to: interior(d_input),
        u: &pass.prepared[winograd.d_weights..],
        bias: None,
        relu: false,
        adds: false,
        pool: Pool::No,
    };
    let mosaic = Mosaic::new(conv, winograd, d_output);
    let done = mosaic.map_or(0, |mosaic| joined(mosaic, &convolution, [d_output, d_input], scratch, d_in));
    winograd::convolve(&convolution, tiling.of_samples(done..pass.samples), scratch, d_in);
}

/// Adds to the gradients of the weights.
pub(super) fn weights(pass: &mut Pass<'_>, conv: &Conv, winograd: Winograd, input: &Part, d_output: &Map) {
    let samples = pass.samples;
    let ([x, d], scratch) = pass.arena.views_and_scratch([input, d_output]);
    let [top, _, left, _] = conv.padding;
    let tiling = Tiling::new(winograd.size(conv), samples, [d_output.height, d_output.width]);
    let convolution = Convolution {
        tiling,
        input: x,
        from: windows(input, [top, left]),
        to: interior(d_output),
        u: &[],
        bias: None,
        relu: false,
        adds: false,
        pool: Pool::No,
    };
    let panels = conv.panels(0);
    let mut done = 0;
    if let Some(mosaic) = Mosaic::new(conv, winograd, d_output) {
        let ([x_images, d_images], scratch) = mosaic.memory(mosaic::WEIGHTS, [input, d_output], scratch);
        for group in mosaic.groups(samples, mosaic::WEIGHTS) {
            mosaic.join(input, group.clone(), x, x_images);
            mosaic.join(d_output, group.clone(), d, d_images);
            let images = Convolution { input: x_images, ..of_images(&mosaic, &convolution, group.len()) };
            winograd::add_gradient(&images, d_images, panels, 0..images.tiling.count(), scratch, pass.gradients);
            done = group.end;
        }
    }
    let rest = tiling.of_samples(done..samples);
    winograd::add_gradient(&convolution, d, panels, rest, scratch, pass.gradients);
}

/// The windows of a convolution with some padding at the top and on the left. Below and on the right there may be as
/// much border as there likes to be.
fn windows(map: &Part, [top, left]: [usize; 2]) -> Images {
    let Steps { start, steps } = steps(map);
    debug_assert!(top <= map.border[0] && left <= map.border[2], "{map:?} lacks a border of {top} and {left}");
    Images {
        steps: Steps { start: start - top * map.row() - left * map.pitch, steps },
        limits: [top + map.height + map.border[1], left + map.width + map.border[3]],
        channels: map.channels,
    }
}

/// The pixels of a map, or of a part of one.
fn interior(map: &Part) -> Images {
    Images { steps: steps(map), limits: [map.height, map.width], channels: map.channels }
}
