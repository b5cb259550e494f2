//! Where the windows of a pooling layer lie, and how its kernels read and write the channels of a pixel.

use super::pool::Window;
use crate::buffer::LANES;
use crate::map::Map;
use fearless_simd::{f32x16, mask32x16, prelude::*};
use std::ops::Range;

/// The windows along one axis.
#[derive(Clone, Copy, Debug)]
struct Axis {
    kernel: usize,
    stride: usize,
    /// Padding before the first input and behind the last.
    padding: [usize; 2],
    inputs: usize,
    outputs: usize,
}

impl Axis {
    /// The inputs that a window covers: its part inside the map.
    #[inline(always)]
    fn inside(&self, window: usize) -> Range<usize> {
        let start = window * self.stride;
        let end = (start + self.kernel).saturating_sub(self.padding[0]).min(self.inputs);
        start.saturating_sub(self.padding[0]).min(end)..end
    }

    /// How many positions of a window count in an average: all but those beyond the padding.
    #[inline(always)]
    fn counted(&self, window: usize) -> usize {
        let start = window * self.stride;
        let end = (start + self.kernel).min(self.inputs + self.padding[0] + self.padding[1]);
        end.saturating_sub(start).max(1)
    }

    /// Whether no window reaches beyond the inputs.
    fn is_inside(&self) -> bool {
        self.padding[0] == 0 && (self.outputs.max(1) - 1) * self.stride + self.kernel <= self.inputs
    }
}

/// Everything that a pooling kernel needs to know besides its data.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    vertical: Axis,
    horizontal: Axis,
    /// The pooled map, and the gradient for it.
    pub(super) input: Map,
    /// What it becomes, and the gradient of that.
    pub(super) output: Map,
}

impl Plan {
    /// The windows of a layer from maps of these shapes.
    pub(super) fn new(window: &Window, input: &Map, output: &Map) -> Self {
        let [top, bottom, left, right] = window.padding;
        let axis = |i: usize, padding, inputs, outputs| Axis {
            kernel: window.kernel[i],
            stride: window.stride[i],
            padding,
            inputs,
            outputs,
        };
        Self {
            vertical: axis(0, [top, bottom], input.height, output.height),
            horizontal: axis(1, [left, right], input.width, output.width),
            input: *input,
            output: *output,
        }
    }

    /// The side of the window, if it is a square and all windows lie inside the map.
    pub(super) fn inner_square(&self) -> Option<usize> {
        let (v, h) = (&self.vertical, &self.horizontal);
        (v.kernel == h.kernel && v.is_inside() && h.is_inside()).then_some(v.kernel)
    }

    /// Whether the windows are 2 x 2, inside the map, and side by side.
    pub(super) fn is_two_by_two(&self) -> bool {
        self.inner_square() == Some(2) && self.vertical.stride == 2 && self.horizontal.stride == 2
    }

    /// Steps of the window.
    pub(super) fn stride(&self) -> [usize; 2] {
        [self.vertical.stride, self.horizontal.stride]
    }

    /// The rows and the columns that a window covers.
    #[inline(always)]
    pub(super) fn inside(&self, y: usize, x: usize) -> [Range<usize>; 2] {
        [self.vertical.inside(y), self.horizontal.inside(x)]
    }

    /// One over the number of positions that count in the average of a window.
    #[inline(always)]
    pub(super) fn weight(&self, y: usize, x: usize) -> f32 {
        1.0 / (self.vertical.counted(y) * self.horizontal.counted(x)) as f32
    }

    /// Where an input pixel lies in its sample.
    #[inline(always)]
    pub(super) fn input_at(&self, y: usize, x: usize) -> usize {
        self.input.origin() + y * self.input.row() + x * self.input.channels
    }

    /// Where an output row lies in its sample.
    #[inline(always)]
    pub(super) fn output_row(&self, y: usize) -> Range<usize> {
        let start = self.output.origin() + y * self.output.row();
        start..start + self.output.width * self.output.channels
    }
}

/// The vectors of a pixel: for each its first channel, and how many of its lanes the vector before it had already.
///
/// The last vector ends at the last channel and so overlaps the one before, unless there are less than 16 channels:
/// then the only vector reaches beyond the pixel, at whatever lies there, which every sample has ([`Map::stored`]).
#[inline(always)]
pub(super) fn vectors(channels: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..channels).step_by(LANES).map(move |c| {
        let at = c.min(channels.saturating_sub(LANES));
        (at, c - at)
    })
}

/// The lanes of a vector that are the pixel's and were not in the vector before.
#[inline(always)]
pub(super) fn fresh<S: Simd>(simd: S, channels: usize, seen: usize) -> mask32x16<S> {
    let mine = (1 << channels.min(LANES)) - 1;
    mask32x16::from_bitmask(simd, mine & !((1 << seen) - 1))
}

/// Reads a vector.
#[inline(always)]
pub(super) fn get<S: Simd>(simd: S, from: &[f32], at: usize) -> f32x16<S> {
    f32x16::from_slice(simd, &from[at..at + LANES])
}

/// Writes a vector of a pixel into its row. Lanes that are not the pixel's may fall on the next pixels, which are to be
/// written afterwards, but not behind the row.
#[inline(always)]
pub(super) fn put<S: Simd>(vector: f32x16<S>, row: &mut [f32], at: usize, channels: usize) {
    if let Some(whole) = row.get_mut(at..at + LANES) {
        vector.store_slice(whole);
    } else {
        let lanes = channels.min(LANES);
        row[at..at + lanes].copy_from_slice(&vector.to_array()[..lanes]);
    }
}
