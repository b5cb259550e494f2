//! Convolutions of few channels with a stride of 1, on machines with 32 registers: of one channel to few filters, with
//! the floats of the output in the lanes, and to 16 filters, with a column of the output in the registers.

use super::small::Maps;
use super::{Activation, Algorithm, Conv, Run, activate, steps};
use crate::kernels::column::{self, Columns, Finish, filtered};
use crate::kernels::output_lane::{self, Forward, Gradient, Windows};
use crate::map::{Map, Part};
use crate::pass::Pass;

/// Whole vectors are read and written across pixels, which must lie side by side.
fn is_plain(conv: &Conv, Maps { input, output }: Maps<'_>) -> bool {
    let is_whole = input.is_whole() && output.is_whole();
    is_whole
        && conv.stride == [1; 2]
        && conv.dilation == [1; 2]
        && conv.groups == 1
        && matches!(conv.algorithm, Algorithm::Direct | Algorithm::Vertical)
}

/// The windows, if the output's floats are to lie in the lanes.
fn windows(conv: &Conv, maps: Maps<'_>) -> Option<Windows> {
    let Maps { input, output } = maps;
    let phases = conv.shrinks();
    let (row, filters, kernel, width) = (input.row(), conv.out_channels, conv.kernel, output.width);
    let windows = Windows { row, filters, kernel, width, phases };
    let fits = is_plain(conv, maps) && conv.algorithm == Algorithm::Direct && conv.in_channels == 1;
    (fits && windows.fits(phases * output.height)).then_some(windows)
}

/// The windows, if a column of the output is to be in the registers.
fn columns(conv: &Conv, samples: usize, maps: Maps<'_>) -> Option<Columns> {
    let Maps { input, output } = maps;
    let ([samples, ..], from, to) = {
        let grid = conv.grid(samples, input, output);
        (grid.counts, grid.a, grid.b)
    };
    let columns = Columns {
        kernel: [conv.kernel[0], conv.kernel[1] * conv.in_channels],
        channels: conv.in_channels,
        counts: [samples, conv.shrinks() * output.height, conv.shrinks() * output.width],
        from: [from.start, from.steps[0], from.steps[1]],
        to: [to.start, to.steps[0], to.steps[1]],
        panels: conv.panels(0),
    };
    (is_plain(conv, maps) && columns.fits()).then_some(columns)
}

/// Whether columns are computed with fewer multiplications.
fn is_filtered(conv: &Conv, columns: &Columns) -> bool {
    conv.algorithm == Algorithm::Vertical && filtered::fits(columns)
}

/// Whether the kernels finish as the convolution does: they add to nothing, and take the largest before an activation.
fn finishes(conv: &Conv) -> bool {
    !conv.adds && (!conv.pool || conv.activation.is_monotone())
}

/// The name of the kernel, if this is the way.
pub(super) fn name(conv: &Conv, maps: Maps<'_>) -> Option<&'static str> {
    if !finishes(conv) {
        None
    } else if windows(conv, maps).is_some() {
        Some("output_lane")
    } else {
        let columns = columns(conv, 1, maps)?;
        Some(if is_filtered(conv, &columns) { "column, winograd 4x1" } else { "column" })
    }
}

/// Computes the output, if this is the way.
pub(super) fn forward(conv: &Conv, run: &mut Run<'_>, maps: Maps<'_>) -> bool {
    let Maps { input, output } = maps;
    if !finishes(conv) {
        return false;
    }
    let bias = conv.bias.map(|at| &run.parameters[at..]);
    let relu = conv.activation == Activation::Relu;
    if let Some(windows) = windows(conv, maps) {
        let (grid, to) = (conv.grid(run.samples, input, output), steps(output));
        let forward = Forward {
            windows,
            input: run.x,
            weights: &run.parameters[conv.weight..],
            bias,
            relu,
            samples: run.samples,
            height: output.height,
            from: [grid.a.start, grid.a.steps[0]],
            to: [to.start, to.steps[0], to.steps[1]],
        };
        output_lane::forward(&forward, run.scratch, run.y);
    } else if let Some(columns) = columns(conv, run.samples, maps) {
        let finish = Finish { bias, relu, pool: conv.pool };
        let compute = if is_filtered(conv, &columns) { filtered::forward } else { column::forward };
        compute(&columns, run.x, run.parameters, finish, run.scratch, run.y);
    } else {
        return false;
    }
    activate(conv.activation, output, run.y, 0..run.samples);
    true
}

/// Adds to the gradients of the weights, if this is the way.
pub(super) fn weights(pass: &mut Pass<'_>, conv: &Conv, input: &Part, d_output: &Map) -> bool {
    let conv = Conv { pool: false, ..*conv };
    let ([x, d], scratch) = pass.arena.views_and_scratch([input, d_output]);
    let maps = Maps { input, output: d_output };
    if let Some(windows) = windows(&conv, maps) {
        let (grid, to) = (conv.grid(pass.samples, input, d_output), steps(d_output));
        let gradient = Gradient {
            windows,
            input: x,
            d_output: d,
            samples: pass.samples,
            height: d_output.height,
            from: [grid.a.start, grid.a.steps[0]],
            to: [to.start, to.steps[0], to.steps[1]],
        };
        output_lane::add_gradient(&gradient, scratch, &mut pass.gradients[conv.weight..]);
    } else if let Some(columns) = columns(&conv, pass.samples, maps) {
        let is_filtered = is_filtered(&conv, &columns);
        let add = if is_filtered { filtered::add_gradient } else { column::add_gradient };
        add(&columns, x, d, scratch, pass.gradients);
    } else {
        return false;
    }
    true
}
