//! Fully connected layer: a product of the group's samples with the weights.

#[cfg(test)]
mod reference;
#[cfg(test)]
mod tests;
pub mod wide;

use std::ops::Range;

use super::activation::{Activation, activate};
use super::bn::fold::{self, Outputs};
use super::bn::{BatchNorm, Folded};
use super::sample::Source;
use crate::buffer::LANES;
use crate::kernels::dots::{Dots, dots};
use crate::kernels::grid::{Grid, Steps};
use crate::kernels::panels::Panels;
use crate::kernels::rank1::{self, Rank1};
use crate::kernels::row_fma::{self, Product, Taps};
use crate::kernels::sums;
use crate::kernels::transpose::{self, Block};
use crate::map::{Map, Part};
use crate::network::Layout;
use crate::parallel;
use crate::pass::{Pass, Prepare};
use crate::simd;
pub use wide::Wide;

/// The constants of a fully connected layer.
#[derive(Clone, Copy, Debug)]
pub struct Fc {
    /// Floats of an input sample. Its map has no border.
    pub inputs: usize,
    /// Outputs.
    pub outputs: usize,
    /// Offset of the weights, in `Layout::Fc`.
    pub weight: usize,
    /// Offset of the biases, if there are any.
    pub bias: Option<usize>,
    /// Applied to the output.
    pub activation: Activation,
}

/// Weights that are worth another thread: 32 MiB, which come from memory.
const WORK: usize = 8 << 20;

/// Multiply-adds of a group that are worth another thread: 25 us.
const SHARED: usize = 4 << 20;

/// Panels that a single sample takes at once.
const AT_ONCE: usize = 4;

/// Bytes of a group's inputs that should stay in the second level cache.
const WORKING_SET: usize = 128 << 10;

impl Fc {
    fn panels(&self) -> Panels {
        Panels { offset: self.weight, rows: self.inputs, outputs: self.outputs, pitch: None }
    }

    /// The same weights with inputs and outputs exchanged: in the prepared buffer, or where they are if they lie in
    /// rows.
    fn transposed(&self) -> Panels {
        let pitch = self.lies_in_rows().then_some(self.inputs);
        Panels { offset: self.weight, rows: self.outputs, outputs: self.inputs, pitch }
    }

    /// Whether the weights lie in rows of one output each, and not in panels of 16.
    fn lies_in_rows(&self) -> bool {
        Layout::fc_lies_in_rows(self.inputs, self.outputs)
    }
}

/// A group of vectors: a sample is a pixel.
fn vectors(samples: usize, a: Steps, b: Steps) -> Grid {
    Grid { counts: [1, 1, samples], a, b }
}

/// The samples of a map.
fn steps(map: &Part) -> Steps {
    Steps { start: map.origin(), steps: [0, 0, map.stored()] }
}

/// The samples of the network's input.
fn of_samples(inputs: usize) -> Steps {
    Steps { start: 0, steps: [0, 0, inputs] }
}

/// `output = activation(weight * input + bias)`.
pub fn forward<'a>(pass: &mut Pass<'_>, fc: &Fc, input: impl Into<Source<'a>>, output: &Part) {
    let input = input.into();
    check(fc, input, output);
    let Pass { samples, parameters, threads, .. } = *pass;
    let (x, from, y) = match input {
        Source::Map(input) => {
            let [x, y] = pass.arena.views([input, output]);
            (&*x, steps(input), y)
        }
        Source::Samples => (pass.inputs, of_samples(fc.inputs), pass.arena.view_mut(output)),
    };
    if fc.lies_in_rows() {
        let job = Dots {
            input: x,
            samples: [from.start, from.steps[2]],
            weights: &parameters[fc.weight..],
            bias: fc.bias.map(|at| &parameters[at..]),
            relu: fc.activation == Activation::Relu,
            inputs: fc.inputs,
            rows: fc.outputs,
        };
        dots(&job, samples, [output.origin(), output.stored()], y);
    } else if shares_strips(fc, samples, pass.strips.len()) {
        let from_all = wide::Samples { floats: x, from, count: samples };
        wide::in_strips(fc, parameters, from_all, pass.strips);
        for (i, sample) in y.chunks_mut(output.stored()).enumerate().take(samples) {
            wide::fetch(pass.strips, samples, i, &mut sample[output.origin()..][..fc.outputs]);
        }
    } else {
        let parts = if samples == 1 { threads.min(fc.inputs * fc.outputs / WORK).max(1) } else { 1 };
        let y = &mut y[output.origin()..];
        let grid = vectors(samples, from, Steps { start: 0, ..steps(output) });
        products(parameters, fc, grid, 0..fc.panels().count(), parts, x, y);
    }
    activate(fc.activation, output, y, 0..samples);
}

/// Whether threads share the work on a group's outputs, strip by strip: there is memory for strips, and enough to do.
fn shares_strips(fc: &Fc, samples: usize, floats: usize) -> bool {
    let outputs = fc.outputs.next_multiple_of(wide::STRIP);
    outputs * samples <= floats && fc.inputs * fc.outputs * samples >= SHARED
}

/// Some panels of outputs, on several threads.
fn products(parameters: &[f32], fc: &Fc, grid: Grid, panels: Range<usize>, parts: usize, x: &[f32], y: &mut [f32]) {
    if parts > 1 {
        let middle = (panels.start + panels.len() * (parts / 2) / parts).next_multiple_of(AT_ONCE).min(panels.end);
        let (left, right) = y.split_at_mut(((middle - panels.start) * LANES).min(y.len()));
        return parallel::both(
            &mut || products(parameters, fc, grid, panels.start..middle, parts / 2, x, left),
            &mut || products(parameters, fc, grid, middle..panels.end, parts - parts / 2, x, right),
        );
    }
    let first = panels.start * LANES;
    let outputs = (panels.end * LANES).min(fc.outputs) - first.min(fc.outputs);
    let product = Product {
        input: x,
        weights: parameters,
        bias: fc.bias.map(|at| &parameters[at + first..]),
        relu: fc.activation == Activation::Relu,
        grid,
        taps: Taps::contiguous(fc.inputs),
        panels: Panels { offset: fc.weight + first * fc.inputs, outputs, ..fc.panels() },
        adds: false,
        height: usize::MAX,
    };
    row_fma::product(&product, y);
}

/// The kernel of inference on this machine: the names are those of `docs/performance.md`.
pub fn kernel(fc: &Fc) -> String {
    if fc.lies_in_rows() { "dots".to_owned() } else { format!("row_fma, register tiles of {}", simd::tile()) }
}

/// Makes the weights and biases that include the batch norm behind the layer.
pub fn fold(prepare: &mut Prepare<'_>, fc: &Fc, bn: &BatchNorm, to: Folded) {
    let place = (fc.weight, fc.bias);
    if fc.lies_in_rows() {
        let row = |output| Outputs { output, width: 1, start: output * fc.inputs, rows: fc.inputs, pitch: 1 };
        fold::fold(prepare, bn, place, to, (0..fc.outputs).map(row));
    } else {
        fold::fold(prepare, bn, place, to, Outputs::of_panels(fc.panels(), 0, 0));
    }
}

/// Rearranges the weights for [`backward`]'s `d_input`.
pub fn prepare(prepare: &mut Prepare<'_>, fc: &Fc) {
    if fc.lies_in_rows() {
        return;
    }
    let block = Block { weights: prepare.parameters, panels: fc.panels(), row: 0 };
    transpose::transpose(&block, fc.transposed(), 0, prepare.prepared);
}

/// Adds to the gradients of weights and biases and overwrites `d_input`. `d_output` is the gradient before the
/// activation. `d_input` may have a border, if a layer before needs one.
pub fn backward<'a>(pass: &mut Pass<'_>, fc: &Fc, input: impl Into<Source<'a>>, d_output: &Map, d_input: Option<&Map>) {
    let input = input.into();
    check(fc, input, d_output);
    let samples = pass.samples;
    let (x, from, d) = match input {
        Source::Map(input) => (pass.arena.view(input), steps(input), pass.arena.view(d_output)),
        Source::Samples => (pass.inputs, of_samples(fc.inputs), pass.arena.view(d_output)),
    };
    let to = steps(d_output);
    if fc.lies_in_rows() {
        // The same sum with the roles exchanged: a row for each output, inputs in the lanes.
        let (grid, taps) = (vectors(samples, to, from), Taps::contiguous(fc.outputs));
        let rank1 = Rank1 { input: d, d_output: x, grid, taps, panels: fc.transposed(), row: 0 };
        rank1::rank1(&rank1, pass.gradients);
    } else {
        add_weights(fc, vectors(samples, from, to), x, d, pass.gradients);
    }
    if let Some(bias) = fc.bias {
        sums::add_pixels(d, vectors(samples, from, to), &mut pass.gradients[bias..][..fc.outputs]);
    }

    if let Some(d_input) = d_input {
        backward_data(pass, fc, d_output, d_input);
    }
}

fn add_weights(fc: &Fc, grid: Grid, x: &[f32], d: &[f32], gradients: &mut [f32]) {
    // Blocks of inputs that stay in the second level cache while all panels go by.
    let block = (WORKING_SET / size_of::<f32>() / grid.pixels().max(1)).max(1).next_multiple_of(LANES);
    for row in (0..fc.inputs).step_by(block) {
        let grid = grid.shifted(row, 0);
        let taps = Taps::contiguous(block.min(fc.inputs - row));
        rank1::rank1(&Rank1 { input: x, d_output: d, grid, taps, panels: fc.panels(), row }, gradients);
    }
}

/// Overwrites `d_input`, which may have a border. `d_output` is the gradient before the activation.
pub fn backward_data(pass: &mut Pass<'_>, fc: &Fc, d_output: &Map, d_input: &Map) {
    debug_assert_eq!(d_input.volume(), fc.inputs);
    let [d, d_in] = pass.arena.views([d_output, d_input]);
    // Written as one run of floats from the start of a sample; with a border, rows then move to their places.
    let dense = Map::dense(d_input.offset, [1, 1, fc.inputs]);
    let mut grid = vectors(pass.samples, steps(d_output), steps(&dense));
    grid.b.steps[2] = d_input.stored();
    let product = Product {
        input: d,
        weights: if fc.lies_in_rows() { pass.parameters } else { pass.prepared },
        bias: None,
        relu: false,
        grid,
        taps: Taps::contiguous(fc.outputs),
        panels: fc.transposed(),
        adds: false,
        height: usize::MAX,
    };
    row_fma::product(&product, d_in);
    if !d_input.is_dense() {
        d_in.chunks_mut(d_input.stored()).take(pass.samples).for_each(|sample| spread(d_input, sample));
    }
}

/// Moves the rows of a volume from the start of a sample into the map's interior and zeroes the border.
fn spread(map: &Map, sample: &mut [f32]) {
    let (run, row, origin) = (map.width * map.channels, map.row(), map.origin());
    // From the last row on: no row moves towards the start, so none is overwritten before it has moved.
    for y in (0..map.height).rev() {
        sample.copy_within(y * run..(y + 1) * run, origin + y * row);
    }
    let mut border = 0;
    for y in 0..map.height {
        sample[border..origin + y * row].fill(0.0);
        border = origin + y * row + run;
    }
    sample[border..map.size()].fill(0.0);
}

fn check(fc: &Fc, input: Source<'_>, output: &Part) {
    match input {
        Source::Map(map) => {
            debug_assert!(map.is_dense(), "the input of a fully connected layer has a border: {map:?}");
            debug_assert_eq!(map.volume(), fc.inputs);
        }
        Source::Samples => debug_assert!(!fc.lies_in_rows() || fc.inputs.is_multiple_of(LANES)),
    }
    debug_assert_eq!([output.height, output.volume()], [1, fc.outputs]);
}
