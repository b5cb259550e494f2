//! Gradients of the weights of a layer that works on the whole batch, and the optimiser's step with them.

use super::{STRIP, Wide, parts};
use crate::buffer::LANES;
use crate::kernels::grid::{Grid, Steps};
use crate::kernels::panels::Panels;
use crate::kernels::rank1::{self, Rank1};
use crate::kernels::row_fma::Taps;
use crate::kernels::sums;
use crate::layers::fc::Fc;
use crate::optim::Step;
use crate::parallel::{self, Cut};
use crate::pass::{Exchange, Whole};

/// Bytes of inputs that should stay in the second level cache while a strip of gradients is added up.
const WORKING_SET: usize = 256 << 10;

/// Adds to (or overwrites) the gradients of weights, or changes the weights by them; adds to those of biases.
pub(super) fn combine(exchange: &mut Exchange<'_>, wide: &Wide) {
    let gradient = Gradient::new(&exchange.whole, wide);
    let Fc { inputs, outputs, weight, bias, .. } = wide.fc;
    let Whole { parameters, gradients, step, overwrites, .. } = &mut exchange.whole;
    let weights = weight..weight + inputs * outputs;
    let (count, strip) = (weights.len(), STRIP * inputs);
    if let Some(step) = step {
        let changing = ((&mut parameters[weights.clone()], &mut gradients[weights.clone()]), step.of(weights));
        parallel::for_each_cut(changing, count, strip, &|strip, ((weights, gradients), step)| {
            gradient.update(strip, weights, gradients, step);
        });
    } else {
        parallel::for_each_chunk(&mut gradients[weights], strip, &|strip, gradients| {
            gradient.add(strip, gradients, *overwrites);
        });
    }
    if let Some(bias) = bias {
        sums::add_pixels(gradient.d_outputs, gradient.grid, &mut gradients[bias..][..outputs]);
    }
}

/// The gradient of a layer's weights, to be computed strip by strip.
#[derive(Clone, Copy)]
struct Gradient<'a> {
    fc: Fc,
    inputs: &'a [f32],
    d_outputs: &'a [f32],
    /// The samples in both.
    grid: Grid,
}

impl<'a> Gradient<'a> {
    fn new(whole: &Whole<'a>, wide: &Wide) -> Self {
        let samples = wide.inputs(whole);
        let b = Steps { start: wide.d_outputs(), steps: [0, 0, whole.record] };
        let grid = Grid { counts: [1, 1, whole.batch], a: samples.from, b };
        Self { fc: wide.fc, inputs: samples.floats, d_outputs: whole.records, grid }
    }

    /// Outputs of a strip.
    fn outputs(&self, strip: usize) -> usize {
        STRIP.min(self.fc.outputs - strip * STRIP)
    }

    /// The product for `count` inputs and the outputs of a strip, whose gradients `panels` says the place of, from a
    /// row on.
    fn part(&self, strip: usize, [input, count]: [usize; 2], panels: Panels, row: usize) -> Rank1<'a> {
        let (grid, taps) = (self.grid.shifted(input, strip * STRIP), Taps::contiguous(count));
        Rank1 { input: self.inputs, d_output: self.d_outputs, grid, taps, panels, row }
    }

    /// Adds to, or overwrites, the gradients of a strip.
    fn add(&self, strip: usize, gradients: &mut [f32], overwrites: bool) {
        let rows = self.fc.inputs;
        let panels = Panels { offset: 0, rows, outputs: self.outputs(strip), pitch: None };
        let block = (WORKING_SET / size_of::<f32>() / self.grid.pixels()).max(1).next_multiple_of(LANES);
        for row in (0..rows).step_by(block) {
            let part = self.part(strip, [row, block.min(rows - row)], panels, row);
            if overwrites {
                rank1::overwrite(&part, gradients);
            } else {
                rank1::rank1(&part, gradients);
            }
        }
    }

    /// Changes the weights of a strip, some rows of both its panels at a time. Their gradients are computed in the same
    /// memory again and again, a small part of what is there for the strip's, and do not leave the first caches.
    fn update(&self, strip: usize, weights: &mut [f32], gradients: &mut [f32], step: Step<'_>) {
        let (inputs, outputs) = (self.fc.inputs, self.outputs(strip));
        let widths = [outputs.min(LANES), outputs.saturating_sub(LANES)];
        let (left, right) = (weights, step).cut(widths[0] * inputs);
        let panels = (Rowed { width: widths[0], of: left }, Rowed { width: widths[1], of: right });
        let all = (panels, Rowed { width: outputs, of: gradients });
        let parts = parts(&self.fc, self.grid.pixels()).div_ceil(self.fc.outputs.div_ceil(STRIP));
        let at_once = inputs.div_ceil(parts).next_multiple_of(UPDATED);
        parallel::for_each_cut(all, inputs, at_once, &|part, ((mut left, mut right), gradients)| {
            let rows = gradients.of.len() / outputs;
            for first in (0..rows).step_by(UPDATED) {
                let count = UPDATED.min(rows - first);
                let gradients = &mut gradients.of[..count * outputs];
                let panels = Panels { offset: 0, rows: count, outputs, pitch: None };
                rank1::overwrite(&self.part(strip, [part * at_once + first, count], panels, 0), gradients);
                let (of_left, of_right) = gradients.split_at(widths[0] * count);
                for (panel, gradients) in [(&mut left, of_left), (&mut right, of_right)] {
                    let (weights, step) = &mut panel.of;
                    let place = first * panel.width..(first + count) * panel.width;
                    step.of(place.clone()).apply(&mut weights[place], gradients);
                }
            }
        });
    }
}

/// Rows of so many floats, cut at a row.
struct Rowed<C> {
    width: usize,
    of: C,
}

impl<C: Cut> Cut for Rowed<C> {
    fn cut(self, at: usize) -> (Self, Self) {
        let Self { width, of } = self;
        let (of, behind) = of.cut(at * width);
        (Self { width, of }, Self { width, of: behind })
    }
}

/// Inputs whose weights are updated together.
const UPDATED: usize = 512;
