//! Training of a fully connected layer whose weights are many: over the whole batch at once.
//!
//! Cut by samples, every thread would read all weights for a few samples each, and add gradients to a copy of its own
//! as large as the weights. Instead the segments of a batch put their inputs together ([`gather`]), the layer is cut by
//! its outputs or inputs ([`combine`], [`combine_gradient`]), and every segment fetches its results ([`forward`],
//! [`backward`]). Each pass reads the weights once; gradients are written once, or not at all where the optimiser
//! changes the weights as soon as it can.

mod data;
mod weights;

use super::Fc;
use crate::buffer::LANES;
use crate::kernels::activate;
use crate::kernels::grid::{Grid, Steps};
use crate::kernels::panels::Panels;
use crate::kernels::row_fma::{self, Product, Taps};
use crate::kernels::transpose::{self, Rows};
use crate::layers::activation::Activation;
use crate::map::{Map, Part};
use crate::parallel;
use crate::pass::{Exchange, Pass, Whole};

/// Where a layer's inputs, and the gradients for its outputs, lie in the record of a sample.
#[derive(Clone, Copy, Debug)]
pub struct Wide {
    /// The layer.
    pub fc: Fc,
    /// The first of its inputs, behind which the gradients for its outputs lie; both end in 16 floats of slack.
    pub record: usize,
    /// Whether its inputs are the network's: they are read where they lie, and the record holds gradients alone.
    pub reads_samples: bool,
}

/// Outputs that are computed together: two panels, the widest register tile.
pub(super) const STRIP: usize = 2 * LANES;

/// Floats in a record of so many floats of data.
const fn recorded(floats: usize) -> usize {
    floats.next_multiple_of(LANES) + LANES
}

impl Wide {
    /// The first of the gradients for the outputs in a record.
    fn d_outputs(&self) -> usize {
        self.record + if self.reads_samples { 0 } else { recorded(self.fc.inputs) }
    }

    /// The inputs of the whole batch.
    fn inputs<'a>(&self, whole: &Whole<'a>) -> Samples<'a> {
        let (floats, from) = if self.reads_samples {
            (whole.inputs, super::of_samples(self.fc.inputs))
        } else {
            (whole.records, Steps { start: self.record, steps: [0, 0, whole.record] })
        };
        Samples { floats, from, count: whole.batch }
    }
}

/// Puts the inputs of the group into their records.
pub fn gather(pass: &mut Pass<'_>, wide: &Wide, input: &Map) {
    into_records(pass, wide.record, input);
}

/// Puts the gradients for the group's outputs into their records.
pub fn gather_gradient(pass: &mut Pass<'_>, wide: &Wide, d_output: &Map) {
    into_records(pass, wide.d_outputs(), d_output);
}

fn into_records(pass: &mut Pass<'_>, at: usize, map: &Map) {
    let samples = pass.arena.view(map).chunks(map.stored()).take(pass.samples);
    for (sample, record) in samples.zip(pass.records.chunks_mut(pass.record)) {
        let to = record[at..][..map.volume()].chunks_mut(map.width * map.channels);
        map.rows(sample).zip(to).for_each(|(from, to)| to.copy_from_slice(from));
    }
}

/// Computes the outputs of all samples, bias and relu included: strips of 32 outputs, each sample after sample.
pub fn combine(exchange: &mut Exchange<'_>, wide: &Wide) {
    let Exchange { whole, .. } = exchange;
    let samples = wide.inputs(whole);
    in_strips(&wide.fc, whole.parameters, samples, whole.results);
}

/// Samples, and where they lie.
#[derive(Clone, Copy)]
pub(super) struct Samples<'a> {
    pub(super) floats: &'a [f32],
    pub(super) from: Steps,
    pub(super) count: usize,
}

/// Into how many parts a layer should be cut for threads to share: of a few strips, the last of which is narrow, two
/// threads would do more and less. A part has enough to do to be worth handing over, a few microseconds.
fn parts(fc: &Fc, samples: usize) -> usize {
    const MOST: usize = 16;
    const LEAST_MACS: usize = 256 << 10;
    (fc.inputs * fc.outputs * samples / LEAST_MACS).clamp(1, MOST)
}

/// Samples, or inputs, that a part has a multiple of: the rows of the largest register tile.
const TILE: usize = 8;

/// Computes the outputs of samples on as many threads as rayon has: strips of 32 outputs, each sample after sample.
pub(super) fn in_strips(fc: &Fc, parameters: &[f32], samples: Samples<'_>, results: &mut [f32]) {
    let Fc { inputs, outputs, weight, bias, activation, .. } = *fc;
    let (strips, count) = (outputs.div_ceil(STRIP), samples.count);
    let part = count.div_ceil(parts(fc, count).div_ceil(strips)).next_multiple_of(TILE).min(count);
    parallel::for_each_chunk(&mut results[..strips * STRIP * count], STRIP * count, &|strip, results| {
        let first = strip * STRIP;
        let panels =
            Panels { offset: weight + first * inputs, rows: inputs, outputs: STRIP.min(outputs - first), pitch: None };
        parallel::for_each_chunk(results, STRIP * part, &|i, results| {
            let grid = Grid {
                counts: [1, 1, results.len() / STRIP],
                a: samples.from,
                b: Steps { start: 0, steps: [0, 0, STRIP] },
            };
            let product = Product {
                input: samples.floats,
                weights: parameters,
                bias: bias.map(|at| &parameters[at + first..]),
                relu: activation == Activation::Relu,
                grid: grid.shifted(i * part * samples.from.steps[2], 0),
                taps: Taps::contiguous(inputs),
                panels,
                adds: false,
                height: usize::MAX,
            };
            row_fma::product(&product, results);
        });
    });
}

/// Fetches the outputs of the group.
pub fn forward(pass: &mut Pass<'_>, wide: &Wide, output: &Part) {
    let first = pass.first_sample();
    let y = pass.arena.view_mut(output);
    for (i, sample) in y.chunks_mut(output.stored()).take(pass.samples).enumerate() {
        let sample = &mut sample[output.origin()..][..wide.fc.outputs];
        fetch(pass.results, pass.batch, first + i, sample);
        if !activate::is_fused(wide.fc.activation) {
            activate::row(wide.fc.activation, sample);
        }
    }
}

/// Fetches the outputs of one of `count` samples from strips.
pub(super) fn fetch(strips: &[f32], count: usize, sample: usize, to: &mut [f32]) {
    for (to, strip) in to.chunks_mut(STRIP).zip(strips.chunks(STRIP * count)) {
        to.copy_from_slice(&strip[sample * STRIP..][..to.len()]);
    }
}

/// Computes the gradients for the inputs of all samples: one row an input, sample beside sample. Adds to (or
/// overwrites) the gradients of weights, or changes the weights by them; adds to those of biases.
pub fn combine_gradient(exchange: &mut Exchange<'_>, wide: &Wide, is_d_input_wanted: bool) {
    // Before the weights change.
    if is_d_input_wanted {
        data::inputs(exchange, wide);
    }
    weights::combine(exchange, wide);
}

/// Fetches the gradients for the group's inputs.
pub fn backward(pass: &mut Pass<'_>, wide: &Wide, d_input: &Map) {
    debug_assert_eq!(d_input.volume(), wide.fc.inputs);
    let first = pass.first_sample();
    let lanes = pass.batch.next_multiple_of(LANES);
    let d_in = pass.arena.view_mut(d_input);
    let run = d_input.width * d_input.channels;
    let (inputs, samples) = (Rows { step: lanes, count: run }, Rows { step: d_input.stored(), count: pass.samples });
    for row in 0..d_input.height {
        let to = &mut d_in[d_input.origin() + row * d_input.row()..];
        transpose::turn(&pass.results[first + row * run * lanes..], inputs, to, samples);
    }
}

#[cfg(test)]
mod tests;
