//! Convolutions of few channels with a stride of 1, on machines with 32 registers: of one channel to few filters, with
//! the floats of the output in the lanes, and to 16 filters, with a column of the output in the registers.

use super::small::Maps;
use super::{Activation, Algorithm, Conv, Kernel, Run, activate, steps};
use crate::kernels::column::{self, Columns, Finish, filtered};
use crate::kernels::grid::Grid;
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
    let Grid { a: from, b: to, .. } = conv.grid(samples, input, output);
    let columns = Columns {
        kernel: [conv.kernel[0], conv.kernel[1] * conv.in_channels],
        channels: conv.in_channels,
        counts: conv.counts(samples, output),
        from: [from.start, from.steps[0], from.steps[1]],
        to: [to.start, to.steps[0], to.steps[1]],
        panels: conv.panels(0),
    };
    (is_plain(conv, maps) && columns.fits()).then_some(columns)
}

/// Whether columns are computed with fewer multiplications.
pub(super) fn is_filtered(conv: &Conv, columns: &Columns) -> bool {
    conv.algorithm == Algorithm::Vertical && filtered::fits(columns)
}

/// The kernel, if this is the way. The kernels add to nothing, and take the largest before an activation.
pub(super) fn kernel(conv: &Conv, samples: usize, maps: Maps<'_>) -> Option<Kernel> {
    if conv.adds || (conv.pool && !conv.activation.is_monotone()) {
        return None;
    }
    let windows = windows(conv, maps).map(Kernel::OutputLane);
    windows.or_else(|| columns(conv, samples, maps).map(Kernel::Column))
}

/// What the kernels finish sums with.
fn finish<'a>(conv: &Conv, parameters: &'a [f32]) -> Finish<'a> {
    Finish { bias: conv.bias.map(|at| &parameters[at..]), relu: conv.activation == Activation::Relu, pool: conv.pool }
}

/// Computes the output with its floats in the lanes.
pub(super) fn output_lane(conv: &Conv, windows: Windows, run: Run<'_>, Maps { input, output }: Maps<'_>) {
    let Run { samples, parameters, x, y, scratch, .. } = run;
    let (grid, Finish { bias, relu, .. }) = (conv.grid(samples, input, output), finish(conv, parameters));
    let forward = Forward {
        windows,
        input: x,
        weights: &parameters[conv.weight..],
        bias,
        relu,
        samples,
        height: output.height,
        from: [grid.a.start, grid.a.steps[0]],
        to: [grid.b.start, grid.b.steps[0], grid.b.steps[1]],
    };
    output_lane::forward(&forward, scratch, y);
    activate(conv.activation, output, y, 0..samples);
}

/// Computes the output with a column of it in the registers.
pub(super) fn column(conv: &Conv, columns: &Columns, run: Run<'_>, output: &Part) {
    let Run { samples, parameters, x, y, scratch, .. } = run;
    let compute = if is_filtered(conv, columns) { filtered::forward } else { column::forward };
    compute(columns, x, parameters, finish(conv, parameters), scratch, y);
    activate(conv.activation, output, y, 0..samples);
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
