//! Where the windows of a pooling layer lie, and how its kernels read and write the channels of a pixel.

use super::pool::Window;
use crate::buffer::LANES;
use crate::map::Part;
use crate::pass::Pass;
use crate::simd::dispatch;
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

    /// The windows that lie inside the map.
    fn whole(&self) -> Range<usize> {
        let start = self.padding[0].div_ceil(self.stride);
        let end = (self.inputs + self.padding[0]).checked_sub(self.kernel).map_or(0, |last| last / self.stride + 1);
        start..end.min(self.outputs)
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
    pub(super) input: Part,
    /// What it becomes, and the gradient of that.
    pub(super) output: Part,
}

impl Plan {
    /// The windows of a layer from maps of these shapes.
    pub(super) fn new(window: &Window, input: &Part, output: &Part) -> Self {
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

    /// Whether the windows are 2 x 2, inside the map, and side by side.
    pub(super) fn is_two_by_two(&self) -> bool {
        [&self.vertical, &self.horizontal].iter().all(|axis| axis.kernel == 2 && axis.stride == 2 && axis.is_inside())
    }

    /// The side of the window, if it is a square.
    pub(super) fn square(&self) -> Option<usize> {
        (self.vertical.kernel == self.horizontal.kernel).then_some(self.vertical.kernel)
    }

    /// The windows that lie inside the map: down and across.
    pub(super) fn whole(&self) -> [Range<usize>; 2] {
        [self.vertical.whole(), self.horizontal.whole()]
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
        self.input.origin() + y * self.input.row() + x * self.input.pitch
    }

    /// Where an output row lies in its sample.
    #[inline(always)]
    pub(super) fn output_row(&self, y: usize) -> Range<usize> {
        let start = self.output.origin() + y * self.output.row();
        start..start + self.output.width.saturating_sub(1) * self.output.pitch + self.output.channels
    }
}

/// What becomes of the inputs of a window.
pub(super) trait Reduction {
    /// What the first input joins.
    const START: f32;

    /// Of what was before and another input.
    fn join<S: Simd>(before: f32x16<S>, input: f32x16<S>) -> f32x16<S>;

    /// Of all inputs; `weight` is one over how many count.
    fn finish<S: Simd>(joined: f32x16<S>, weight: f32) -> f32x16<S>;
}

/// Pools every sample, channel by channel.
pub(super) fn forward<R: Reduction>(pass: &mut Pass<'_>, window: &Window, input: &Part, output: &Part) {
    let plan = Plan::new(window, input, output);
    let [x, y] = pass.arena.views([input, output]);
    for (x, y) in x.chunks(input.stored()).zip(y.chunks_mut(output.stored())).take(pass.samples) {
        match plan.square() {
            Some(2) => dispatch!(simd => forward_kernel::<_, R, 2>(simd, &plan, x, y)),
            Some(3) => dispatch!(simd => forward_kernel::<_, R, 3>(simd, &plan, x, y)),
            _ => dispatch!(simd => forward_kernel::<_, R, 0>(simd, &plan, x, y)),
        }
    }
}

/// Windows of `K` x `K`, or with a `K` of 0 of any sides.
#[inline(always)]
fn forward_kernel<S: Simd, R: Reduction, const K: usize>(simd: S, plan: &Plan, x: &[f32], y: &mut [f32]) {
    let (channels, width) = (plan.input.channels, plan.output.width);
    let [pitch, out_pitch] = [plan.input.pitch, plan.output.pitch];
    let [whole_rows, whole_columns] = plan.whole();
    let step = plan.horizontal.stride * pitch;
    for out_y in 0..plan.output.height {
        let row = &mut y[plan.output_row(out_y)];
        if K == 0 || whole_columns.is_empty() || !whole_rows.contains(&out_y) {
            (0..width).for_each(
                #[inline(always)]
                |out_x| any_window::<S, R>(simd, plan, [out_y, out_x], x, row),
            );
            continue;
        }
        (0..whole_columns.start).for_each(
            #[inline(always)]
            |out_x| any_window::<S, R>(simd, plan, [out_y, out_x], x, row),
        );
        let [first, left] = plan.inside(out_y, whole_columns.start).map(|range| range.start);
        let rows: [&[f32]; K] = std::array::from_fn(|i| {
            let start = plan.input_at(first + i, 0);
            &x[start..start + (plan.input.width - 1) * pitch + channels + LANES]
        });
        let mut pixel = left * pitch;
        for out_x in whole_columns.clone() {
            for (c, _) in vectors(channels) {
                let mut joined = get(simd, rows[0], pixel + c);
                for (i, row) in rows.iter().enumerate() {
                    for j in usize::from(i == 0)..K {
                        joined = R::join(joined, get(simd, row, pixel + j * pitch + c));
                    }
                }
                put(R::finish(joined, 1.0 / (K * K) as f32), row, out_x * out_pitch + c, channels, out_pitch);
            }
            pixel += step;
        }
        (whole_columns.end..width).for_each(
            #[inline(always)]
            |out_x| any_window::<S, R>(simd, plan, [out_y, out_x], x, row),
        );
    }
}

/// A window that may reach beyond the map.
#[inline(always)]
fn any_window<S: Simd, R: Reduction>(simd: S, plan: &Plan, [out_y, out_x]: [usize; 2], x: &[f32], row: &mut [f32]) {
    let channels = plan.input.channels;
    let ([rows, columns], weight) = (plan.inside(out_y, out_x), plan.weight(out_y, out_x));
    for (c, _) in vectors(channels) {
        let mut joined = f32x16::splat(simd, R::START);
        for in_y in rows.clone() {
            for in_x in columns.clone() {
                joined = R::join(joined, get(simd, x, plan.input_at(in_y, in_x) + c));
            }
        }
        put(R::finish(joined, weight), row, out_x * plan.output.pitch + c, channels, plan.output.pitch);
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

/// Writes a vector of a pixel into its row, whose pixels are `pitch` floats apart. Lanes that are not the pixel's may
/// fall on the next pixels, which are to be written afterwards, but not behind the row, nor on floats between pixels.
#[inline(always)]
pub(super) fn put<S: Simd>(vector: f32x16<S>, row: &mut [f32], at: usize, channels: usize, pitch: usize) {
    match row.get_mut(at..at + LANES) {
        Some(whole) if channels >= LANES || channels == pitch => vector.store_slice(whole),
        _ => {
            let lanes = channels.min(LANES);
            row[at..at + lanes].copy_from_slice(&vector.to_array()[..lanes]);
        }
    }
}
