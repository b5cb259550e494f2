//! The forward pass of convolutions with few channels and few filters: pixels in the lanes.

use super::{Activation, Conv};
use crate::kernels::grid::Grid;
use crate::kernels::pixel_lane::{self, Row};
use crate::map::Map;

/// Floats of the strip in which channels are put apart. It stays in the first level cache.
const STRIP: usize = 4096;

/// Most filters for which pixels in the lanes are the faster way.
const FILTERS: usize = 12;

/// Most channels that are put apart.
const CHANNELS: usize = 4;

/// What a forward pass works on.
#[derive(Clone, Copy)]
pub(super) struct Maps<'a> {
    pub(super) input: &'a Map,
    pub(super) output: &'a Map,
}

/// Floats of a row of one channel in the strip: vectors of pixels may reach 15 columns beyond the last window.
fn pitch(input: &Map) -> usize {
    input.row() / input.channels + 15
}

/// Rows of the input that a window spans.
fn span(conv: &Conv) -> usize {
    (conv.kernel[0] - 1) * conv.dilation[0] + 1
}

/// Whether this is the way for a convolution.
pub(super) fn fits(conv: &Conv, Maps { input, output }: Maps<'_>) -> bool {
    let one = conv.groups == 1 && conv.stride[1] == 1;
    let small = conv.out_channels <= FILTERS && conv.in_channels <= CHANNELS && output.width >= 8;
    let strip = conv.in_channels == 1 || conv.in_channels * pitch(input) * span(conv) + 16 <= STRIP;
    one && small && strip
}

/// Computes the samples of `grid`.
pub(super) fn forward(conv: &Conv, maps: Maps<'_>, grid: Grid, parameters: &[f32], [x, y]: [&mut [f32]; 2]) {
    let Maps { input, output } = maps;
    let (channels, pitch) = (conv.in_channels, pitch(input));
    let row = Row {
        input: x,
        weights: &parameters[conv.weight..],
        bias: conv.bias.map(|at| &parameters[at..]),
        relu: conv.activation == Activation::Relu,
        taps: [conv.kernel[0], conv.kernel[1], channels],
        steps: [conv.dilation[0] * input.row(), conv.dilation[1], 0],
        filters: conv.out_channels,
        count: output.width,
        starts: [0; 2],
    };
    let mut strip = [0.0; STRIP];
    // Output rows that a strip serves.
    let rows = if channels == 1 {
        output.height
    } else {
        ((STRIP - 16) / (channels * pitch) - span(conv)) / conv.stride[0] + 1
    };
    for sample in 0..grid.counts[0] {
        for first in (0..output.height).step_by(rows) {
            let count = rows.min(output.height - first);
            let from = grid.a.start + sample * grid.a.steps[0] + first * grid.a.steps[1];
            let to = grid.b.start + sample * grid.b.steps[0] + first * grid.b.steps[1];
            if channels > 1 {
                let lines = (count - 1) * conv.stride[0] + span(conv);
                let width = output.width + (conv.kernel[1] - 1) * conv.dilation[1];
                for line in 0..lines {
                    let pixels = &x[from + line * input.row()..][..width * channels];
                    let planes = &mut strip[line * channels * pitch..][..channels * pitch];
                    for (c, plane) in planes.chunks_exact_mut(pitch).enumerate() {
                        for (to, pixel) in plane.iter_mut().zip(pixels.chunks_exact(channels)) {
                            *to = pixel[c];
                        }
                    }
                }
            }
            for line in 0..count {
                let to = to + line * grid.b.steps[1];
                let row = if channels == 1 {
                    Row { starts: [from + line * grid.a.steps[1], to], ..row }
                } else {
                    let steps = [conv.dilation[0] * channels * pitch, conv.dilation[1], pitch];
                    let start = line * conv.stride[0] * channels * pitch;
                    Row { input: &strip, steps, starts: [start, to], ..row }
                };
                pixel_lane::row(&row, y);
            }
        }
    }
}
