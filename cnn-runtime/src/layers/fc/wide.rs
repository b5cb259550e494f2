//! Training of a fully connected layer whose weights are many: over the whole batch at once.
//!
//! Cut by samples, every thread would read all weights for a few samples each, and add gradients to a copy of its own as
//! large as the weights. Instead the segments of a batch put their inputs together ([`gather`]), the layer is cut by its
//! outputs or inputs ([`combine`], [`combine_gradient`]), and every segment fetches its results ([`forward`],
//! [`backward`]). No weight is read or gradient written more than once a step.

use super::Fc;
use crate::buffer::LANES;
use crate::kernels::grid::{Grid, Steps};
use crate::kernels::panels::Panels;
use crate::kernels::rank1::{self, Rank1};
use crate::kernels::row_fma::{self, Product, Taps};
use crate::kernels::transpose::{self, Rows};
use crate::kernels::{activate, sums};
use crate::layers::activation::Activation;
use crate::map::{Map, Part};
use crate::optim::Step;
use crate::parallel::{self, Cut};
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

/// Bytes of inputs that should stay in the second level cache while a strip of gradients is added up.
const WORKING_SET: usize = 256 << 10;

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

/// Computes the gradients for the inputs of all samples: one row an input, sample beside sample. Adds to (or overwrites)
/// the gradients of weights, or changes the weights by them; adds to those of biases.
pub fn combine_gradient(exchange: &mut Exchange<'_>, wide: &Wide, is_d_input_wanted: bool) {
    // Before the weights change.
    if is_d_input_wanted {
        inputs(exchange, wide);
    }
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

    /// The product for `count` inputs and the outputs of a strip, whose gradients `panels` says the place of, from a row
    /// on.
    fn part(&self, strip: usize, [input, count]: [usize; 2], panels: Panels, row: usize) -> Rank1<'a> {
        let (grid, taps) = (self.grid.shifted(input, strip * STRIP), Taps::contiguous(count));
        Rank1 { input: self.inputs, d_output: self.d_outputs, grid, taps, panels, row }
    }

    /// Adds to, or overwrites, the gradients of a strip.
    fn add(&self, strip: usize, gradients: &mut [f32], overwrites: bool) {
        let rows = self.fc.inputs;
        let panels = Panels { offset: 0, rows, outputs: self.outputs(strip), pitch: None };
        let block = (WORKING_SET / size_of::<f32>() / self.grid.pixels()).next_multiple_of(LANES);
        for row in (0..rows).step_by(block) {
            let part = self.part(strip, [row, block.min(rows - row)], panels, row);
            if overwrites {
                rank1::overwrite(&part, gradients);
            } else {
                rank1::rank1(&part, gradients);
            }
        }
    }

    /// Changes the weights of a strip, some rows of both its panels at a time. Gradients of rows are computed in a small
    /// part of the memory that is there for the strip's, and do not leave the first caches.
    fn update(&self, strip: usize, weights: &mut [f32], gradients: &mut [f32], step: Step<'_>) {
        let (inputs, outputs) = (self.fc.inputs, self.outputs(strip));
        let widths = [outputs.min(LANES), outputs.saturating_sub(LANES)];
        let (left, right) = (weights, step).cut(widths[0] * inputs);
        let panels = (Rowed { width: widths[0], of: left }, Rowed { width: widths[1], of: right });
        let all = (panels, Rowed { width: outputs, of: gradients });
        parallel::for_each_cut(all, inputs, UPDATED, &|block, ((left, right), gradients)| {
            let (first, gradients) = (block * UPDATED, gradients.of);
            let rows = gradients.len() / outputs;
            let panels = Panels { offset: 0, rows, outputs, pitch: None };
            rank1::overwrite(&self.part(strip, [first, rows], panels, 0), gradients);
            let (left_gradients, right_gradients) = gradients.split_at(widths[0] * rows);
            for ((weights, step), gradients) in [(left.of, left_gradients), (right.of, right_gradients)] {
                step.apply(weights, gradients);
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

/// Samples in the lanes and weights broadcast: so the weights are read as they lie, and need no transposed copy.
fn inputs(exchange: &mut Exchange<'_>, wide: &Wide) {
    let Fc { inputs, outputs, weight, .. } = wide.fc;
    let Whole { ref parameters, records, record, batch, ref mut results, .. } = exchange.whole;
    let lanes = batch.next_multiple_of(LANES);
    let (results, d_outputs) = results.split_at_mut(inputs * lanes);
    let d_outputs = &mut d_outputs[..outputs * lanes + LANES];
    across(records, record, wide.d_outputs(), [batch, outputs], d_outputs);
    let d_outputs = &*d_outputs;
    let whole_panels = outputs / LANES;
    let at_once = inputs.div_ceil(parts(&wide.fc, batch)).next_multiple_of(TILE).min(INPUTS);
    parallel::for_each_chunk(results, at_once * lanes, &|chunk, results| {
        let first = chunk * at_once;
        let mut product = Product {
            input: parameters,
            weights: d_outputs,
            bias: None,
            relu: false,
            grid: Grid {
                counts: [1, 1, results.len() / lanes],
                a: Steps { start: weight + first * LANES, steps: [0, 0, LANES] },
                b: Steps { start: 0, steps: [0, 0, lanes] },
            },
            taps: Taps { rows: whole_panels, row_step: LANES * inputs, runs: 1, run_step: 0, run: LANES },
            panels: Panels { offset: 0, rows: outputs, outputs: lanes, pitch: None },
            adds: false,
            height: usize::MAX,
        };
        if whole_panels > 0 {
            row_fma::product(&product, results);
        }
        let rest = outputs % LANES;
        if rest > 0 {
            let done = whole_panels * LANES;
            product.grid.a = Steps { start: weight + done * inputs + first * rest, steps: [0, 0, rest] };
            product.taps = Taps::contiguous(rest);
            product.panels.offset = done * LANES;
            product.adds = whole_panels > 0;
            row_fma::product(&product, results);
        }
    });
}

/// Most inputs whose gradients are computed together: the weights of a block of outputs stay in the cache.
const INPUTS: usize = 64;

/// Floats that are turned around by one thread.
const TURNED: usize = 16 << 10;

/// Turns the gradients for the outputs around: panels of 16 samples, a row for each output. Lanes without a sample are
/// zero.
fn across(records: &[f32], record: usize, at: usize, [batch, outputs]: [usize; 2], to: &mut [f32]) {
    let size = outputs * LANES;
    let at_once = TURNED.div_ceil(size);
    parallel::for_each_chunk(&mut to[..batch.div_ceil(LANES) * size], at_once * size, &|i, to| {
        for (panel, to) in to.chunks_exact_mut(size).enumerate() {
            let first = (i * at_once + panel) * LANES;
            let count = LANES.min(batch - first);
            if count < LANES {
                to.fill(0.0);
            }
            let (from, rows) = (&records[first * record + at..], Rows { step: record, count });
            transpose::turn(from, rows, to, Rows { step: LANES, count: outputs });
        }
    });
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
