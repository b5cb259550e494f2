//! Depthwise convolution: every channel has filters of its own.

#[cfg(test)]
mod reference;
#[cfg(test)]
mod tests;

use super::activation::{self, Activation};
use super::bn::fold::{self, Outputs};
use super::bn::{BatchNorm, Folded};
use super::conv::phase::{Axis, Phase};
use crate::buffer::LANES;
use crate::kernels::depthwise::three::correlate::{Correlation, correlate};
use crate::kernels::depthwise::three::gradients::{Gradients, gradients};
use crate::kernels::depthwise::three::spread::{Spread, spread};
use crate::kernels::depthwise::three::{self, Taps};
use crate::kernels::depthwise::{self, Row, Weights, Window};
use crate::kernels::grid::{Grid, Steps};
use crate::kernels::{activate, sums};
use crate::map::{Map, Part};
use crate::pass::{Pass, Prepare};

/// The constants of a depthwise convolution. Pairs are `[vertical, horizontal]`.
#[derive(Clone, Copy, Debug)]
pub struct Depthwise {
    /// Channels of input and output.
    pub channels: usize,
    /// Rows and columns of a filter.
    pub kernel: [usize; 2],
    /// Steps of the window.
    pub stride: [usize; 2],
    /// Distance of a filter's taps.
    pub dilation: [usize; 2],
    /// Zeros around the input: top, bottom, left, right. The input's map has at least this border.
    pub padding: [usize; 4],
    /// Offset of the weights, in `Layout::Depthwise`.
    pub weight: usize,
    /// Offset of the biases, if there are any.
    pub bias: Option<usize>,
    /// Applied to the output.
    pub activation: Activation,
}

impl Depthwise {
    /// The step of the windows, if the kernels for 3 x 3 taps do them and are the faster ones.
    fn step_of_three(&self) -> Option<usize> {
        let step = self.stride[0];
        let fits = self.kernel == [3, 3] && self.dilation == [1, 1] && self.stride == [step; 2];
        (fits && matches!(step, 1 | 2) && three::pays(self.channels)).then_some(step)
    }
}

/// The kernel of inference on this machine: the names are those of `docs/performance.md`.
pub fn kernel(dw: &Depthwise, output: &Part) -> String {
    let is_three = dw.step_of_three().is_some() && output.is_whole();
    if is_three { "depthwise, sliding strips of 3x3" } else { "depthwise, row by row" }.to_owned()
}

/// `output = activation(depthwise(input) + bias)`.
pub fn forward(pass: &mut Pass<'_>, dw: &Depthwise, input: &Map, output: &Part) {
    let start = first_window(dw, input);
    let [x, y] = pass.arena.views([input, output]);
    for sample in 0..pass.samples {
        // The kernels for 3 x 3 taps write pixels side by side.
        if let Some(step) = dw.step_of_three().filter(|_| output.is_whole()) {
            let task = Correlation {
                input: taps_of(dw, input, x, sample),
                weights: &pass.parameters[dw.weight..],
                flipped: false,
                bias: dw.bias.map(|at| &pass.parameters[at..]),
                relu: dw.activation == Activation::Relu,
                step,
                size: [output.height, output.width],
                output: [output.origin() + sample * output.stored(), output.row()],
            };
            correlate(&task, y);
            activation::activate(dw.activation, output, y, sample..sample + 1);
            continue;
        }
        for out_y in 0..output.height {
            let from = start + sample * input.stored() + out_y * dw.stride[0] * input.row();
            let to = output.origin() + sample * output.stored() + out_y * output.row();
            let row = Row {
                input: x,
                weights: pass.parameters,
                bias: dw.bias.map(|at| &pass.parameters[at..]),
                relu: dw.activation == Activation::Relu,
                window: Window {
                    counts: dw.kernel,
                    input: tap_steps(dw, input).map(usize::cast_signed),
                    weight: [dw.kernel[1] * dw.channels, dw.channels],
                },
                channels: dw.channels,
                count: output.width,
                starts: [from, dw.weight, to],
                steps: [dw.stride[1] * dw.channels, output.pitch],
            };
            depthwise::row(&row, y);
            if !activate::is_fused(dw.activation) {
                let (step, count, len) = output.runs_of_a_row();
                let runs = y[to..].chunks_mut(step).take(count);
                runs.for_each(|run| activate::row(dw.activation, &mut run[..len]));
            }
        }
    }
}

/// Makes the weights and biases that include the batch norm behind the convolution.
pub fn fold(prepare: &mut Prepare<'_>, dw: &Depthwise, bn: &BatchNorm, to: Folded) {
    let (rows, pitch) = (dw.kernel[0] * dw.kernel[1], dw.channels);
    let blocks = (0..dw.channels).step_by(LANES).map(|first| {
        let width = LANES.min(dw.channels - first);
        Outputs { output: first, width, start: first, rows, pitch }
    });
    fold::fold(prepare, bn, (dw.weight, dw.bias), to, blocks);
}

/// Adds to the gradients of weights and biases and overwrites `d_input`. `d_output` is the gradient before the
/// activation.
pub fn backward(pass: &mut Pass<'_>, dw: &Depthwise, input: &Map, d_output: &Map, d_input: Option<&Map>) {
    backward_weights(pass, dw, input, d_output);
    if let Some(d_input) = d_input {
        backward_data(pass, dw, d_output, d_input);
    }
}

/// Where the first window starts in a sample of the input.
fn first_window(dw: &Depthwise, input: &Map) -> usize {
    debug_assert!(
        dw.padding.iter().zip(input.border).all(|(&padding, border)| padding <= border),
        "the border {:?} of a depthwise convolution's input is smaller than its padding {:?}",
        input.border,
        dw.padding,
    );
    input.origin() - dw.padding[0] * input.row() - dw.padding[2] * input.channels
}

/// A sample of the input as the windows see it.
fn taps_of<'a>(dw: &Depthwise, input: &Map, memory: &'a [f32], sample: usize) -> Taps<'a> {
    Taps {
        memory,
        start: (first_window(dw, input) + sample * input.stored()).cast_signed(),
        row: input.row(),
        channels: input.channels,
        inside: [[0, usize::MAX]; 2],
    }
}

/// A sample of the gradient for the output as windows see it that begin so many rows above and columns left of it.
fn gradient_taps<'a>(d_output: &Map, memory: &'a [f32], sample: usize, before: [isize; 2]) -> Taps<'a> {
    let [up, left] = before;
    let first = (d_output.origin() + sample * d_output.stored()).cast_signed();
    let inside = |before: isize, len: usize| [before, before + len.cast_signed()].map(|i| i.max(0).cast_unsigned());
    Taps {
        memory,
        start: first - up * d_output.row().cast_signed() - left * d_output.channels.cast_signed(),
        row: d_output.row(),
        channels: d_output.channels,
        inside: [inside(up, d_output.height), inside(left, d_output.width)],
    }
}

/// Floats from a tap to the one below and to the one to the right of it.
fn tap_steps(dw: &Depthwise, input: &Map) -> [usize; 2] {
    [dw.dilation[0] * input.row(), dw.dilation[1] * input.channels]
}

fn backward_weights(pass: &mut Pass<'_>, dw: &Depthwise, input: &Map, d_output: &Map) {
    let start = first_window(dw, input);
    let [tap_down, tap_right] = tap_steps(dw, input);
    let [x, d] = pass.arena.views([input, d_output]);
    let taps = dw.kernel[1] * dw.channels;
    for sample in 0..pass.samples {
        if let Some(step) = dw.step_of_three() {
            let task = Gradients {
                input: taps_of(dw, input, x, sample),
                d_output: gradient_taps(d_output, d, sample, [0, 0]),
                step,
                size: [d_output.height, d_output.width],
            };
            let (weights, bias) = weights_and_bias(dw, pass.gradients);
            gradients(&task, weights, bias);
            continue;
        }
        for out_y in 0..d_output.height {
            let from = start + sample * input.stored() + out_y * dw.stride[0] * input.row();
            let to = d_output.origin() + sample * d_output.stored() + out_y * d_output.row();
            for tap_y in 0..dw.kernel[0] {
                let weights = Weights {
                    input: x,
                    d_output: d,
                    channels: dw.channels,
                    count: d_output.width,
                    taps: dw.kernel[1],
                    tap_step: tap_right,
                    starts: [from + tap_y * tap_down, to],
                    steps: [dw.stride[1] * dw.channels, dw.channels],
                };
                depthwise::weights(&weights, &mut pass.gradients[dw.weight + tap_y * taps..][..taps]);
            }
        }
    }
    if let (Some(bias), None) = (dw.bias, dw.step_of_three()) {
        let steps = Steps { start: d_output.origin(), steps: [d_output.stored(), d_output.row(), d_output.channels] };
        let grid = Grid { counts: [pass.samples, d_output.height, d_output.width], a: steps, b: steps };
        sums::add_pixels(d, grid, &mut pass.gradients[bias..][..dw.channels]);
    }
}

/// The gradients of the nine taps and of the biases.
fn weights_and_bias<'a>(dw: &Depthwise, all: &'a mut [f32]) -> (&'a mut [f32], Option<&'a mut [f32]>) {
    let taps = dw.weight..dw.weight + 9 * dw.channels;
    let Some(bias) = dw.bias else { return (&mut all[taps], None) };
    match all.get_disjoint_mut([taps, bias..bias + dw.channels]) {
        Ok([weights, bias]) => (weights, Some(bias)),
        Err(error) => panic!("weights and biases of {dw:?}: {error}"),
    }
}

/// The taps of a row (or column) of the input that meet an output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Reach {
    taps: usize,
    /// The first of them.
    tap: usize,
    /// The output that the first of them meets; the next tap meets one further up.
    output: usize,
}

/// What the `i`-th row of a phase reaches of an output of `len` rows.
fn reach(phase: &Phase, i: usize, len: usize) -> Reach {
    let step = phase.dilation;
    // The output that the phase's first tap would meet, if there were a border.
    let Ok(output) = usize::try_from(phase.start + (phase.taps.saturating_sub(1) * step + i).cast_signed()) else {
        return Reach::default();
    };
    let skipped = (output + 1).saturating_sub(len).div_ceil(step);
    let end = (output / step + 1).min(phase.taps);
    if skipped >= end {
        return Reach::default();
    }
    Reach { taps: end - skipped, tap: phase.tap + skipped * phase.tap_step, output: output - skipped * step }
}

/// Overwrites `d_input`: a depthwise convolution of `d_output`, phase by phase. `d_output` need not have a border:
/// windows are clipped to it.
pub fn backward_data(pass: &mut Pass<'_>, dw: &Depthwise, d_output: &Map, d_input: &Map) {
    if let Some(step) = dw.step_of_three() {
        let [d, d_in] = pass.arena.views([d_output, d_input]);
        let (weights, size) = (&pass.parameters[dw.weight..], [d_input.height, d_input.width]);
        for sample in 0..pass.samples {
            let to = [d_input.origin() + sample * d_input.stored(), d_input.row()];
            if step == 1 {
                let before = [0, 2].map(|i| 2 - dw.padding[i].cast_signed());
                let input = gradient_taps(d_output, d, sample, before);
                let task =
                    Correlation { input, weights, flipped: true, bias: None, relu: false, step, size, output: to };
                correlate(&task, d_in);
            } else {
                let padding = [dw.padding[0], dw.padding[2]];
                let d_output = gradient_taps(d_output, d, sample, [1, 1]);
                spread(&Spread { d_output, weights, padding, size, d_input: to }, d_in);
            }
        }
        return;
    }
    let axis = |i: usize, residue: usize, len: usize| {
        let (kernel, stride) = (dw.kernel[i], dw.stride[i]);
        Axis { kernel, stride, dilation: dw.dilation[i], padding: dw.padding[2 * i] }.phase(residue, len)
    };
    for y in 0..dw.stride[0] {
        for x in 0..dw.stride[1] {
            let phases = [axis(0, y, d_input.height), axis(1, x, d_input.width)];
            for sample in 0..pass.samples {
                for i in 0..phases[0].count {
                    backward_row(pass, dw, [d_output, d_input], &phases, [sample, i]);
                }
            }
        }
    }
}

/// The pixels of a pair of phases in one row of `d_input`.
fn backward_row(pass: &mut Pass<'_>, dw: &Depthwise, maps: [&Map; 2], phases: &[Phase; 2], at: [usize; 2]) {
    let ([d_output, d_input], [vertical, horizontal], [sample, i]) = (maps, phases, at);
    let [d, d_in] = pass.arena.views([maps[0], maps[1]]);
    let rows = reach(vertical, i, d_output.height);
    let y = vertical.first + i * dw.stride[0];
    let mut j = 0;
    while j < horizontal.count {
        let columns = reach(horizontal, j, d_output.width);
        // Pixels that reach all taps go together, up to the one whose first tap meets the last output.
        let all = columns.taps == horizontal.taps && columns.taps > 0;
        let count = if all { (d_output.width - columns.output).min(horizontal.count - j) } else { 1 };
        let x = horizontal.first + j * dw.stride[1];
        let from = d_output.origin() + sample * d_output.stored();
        let to = d_input.origin() + sample * d_input.stored();
        let row = Row {
            input: d,
            weights: pass.parameters,
            bias: None,
            relu: false,
            window: Window {
                counts: [rows.taps, columns.taps],
                input: [vertical.dilation * d_output.row(), horizontal.dilation * d_output.channels]
                    .map(|step| -step.cast_signed()),
                weight: [vertical.tap_step * dw.kernel[1], horizontal.tap_step].map(|taps| taps * dw.channels),
            },
            channels: dw.channels,
            count,
            starts: [
                from + rows.output * d_output.row() + columns.output * d_output.channels,
                dw.weight + (rows.tap * dw.kernel[1] + columns.tap) * dw.channels,
                to + y * d_input.row() + x * d_input.channels,
            ],
            steps: [d_output.channels, dw.stride[1] * d_input.channels],
        };
        depthwise::row(&row, d_in);
        j += count;
    }
}
