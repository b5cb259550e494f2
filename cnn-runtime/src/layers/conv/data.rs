//! The gradient for a convolution's input.
//!
//! It is a convolution of the output's gradient with the filters flipped and their inputs and outputs exchanged. With
//! strides it falls into phases (see `phase`). Each pair of phases is a convolution of its own, with a stride of 1, whose
//! outputs are stored a stride apart. No tap is wasted.

use super::phase::{self, Axis, Phase};
use super::{Algorithm, Conv, blocks, scatter, steps, winograd};
use crate::kernels::grid::{Grid, Steps};
use crate::kernels::panels::Panels;
use crate::kernels::row_fma::{self, Product};
use crate::kernels::transpose::{self, Block};
use crate::map::Map;
use crate::pass::{Pass, Prepare};

/// Rows, columns.
fn axes(conv: &Conv) -> [Axis; 2] {
    let Conv { kernel, stride, dilation, padding, .. } = *conv;
    [0, 1].map(|i| Axis { kernel: kernel[i], stride: stride[i], dilation: dilation[i], padding: padding[2 * i] })
}

/// The phases of a convolution with their weights: where those of the first group are in the prepared buffer, and their
/// size. The prepared weights take exactly the place of the weights: phase after phase, in it group after group.
fn phases(conv: &Conv, [height, width]: [usize; 2]) -> impl Iterator<Item = ([Phase; 2], Panels)> {
    let conv = *conv;
    let [vertical, horizontal] = axes(&conv);
    let residues = (0..conv.stride[0]).flat_map(move |y| (0..conv.stride[1]).map(move |x| (y, x)));
    residues.scan(conv.weight, move |offset, (y, x)| {
        let phase = [vertical.phase(y, height), horizontal.phase(x, width)];
        let rows = phase[0].taps * phase[1].taps * conv.group_outputs();
        let panels = Panels { offset: *offset, rows, outputs: conv.group_inputs(), pitch: None };
        *offset += conv.groups * panels.size();
        Some((phase, panels))
    })
}

/// The panels of a group.
fn of_group(panels: Panels, group: usize) -> Panels {
    Panels { offset: panels.offset + group * panels.size(), ..panels }
}

/// Rearranges the weights for [`backward`](super::backward)'s `d_input`.
pub fn prepare(prepare: &mut Prepare<'_>, conv: &Conv) {
    if !matches!(conv.algorithm, Algorithm::Winograd(_)) && scatter::fits(conv) {
        return scatter::prepare(prepare, conv);
    }
    // The weights do not depend on the size of the input.
    for ([vertical, horizontal], panels) in phases(conv, [0, 0]) {
        for group in 0..conv.groups {
            let (from, to) = (conv.panels(group), of_group(panels, group));
            for y in 0..vertical.taps {
                for x in 0..horizontal.taps {
                    let tap_y = vertical.tap + y * vertical.tap_step;
                    let tap_x = horizontal.tap + x * horizontal.tap_step;
                    let row = (tap_y * conv.kernel[1] + tap_x) * conv.group_inputs();
                    let flipped = (vertical.taps - 1 - y) * horizontal.taps + horizontal.taps - 1 - x;
                    let block = Block { weights: prepare.parameters, panels: from, row };
                    transpose::transpose(&block, to, flipped * conv.group_outputs(), prepare.prepared);
                }
            }
        }
    }
    if let Algorithm::Winograd(winograd) = conv.algorithm {
        winograd::prepare(prepare, conv, winograd);
    }
}

/// Overwrites `d_input`. `d_output` is the gradient before the activation.
pub fn backward(pass: &mut Pass<'_>, conv: &Conv, d_output: &Map, d_input: &Map) {
    if let Algorithm::Winograd(winograd) = conv.algorithm {
        check_border(conv, d_output, d_input);
        return winograd::data(pass, conv, winograd, d_output, d_input);
    }
    if scatter::fits(conv) {
        return scatter::backward(pass, conv, d_output, d_input);
    }
    check_border(conv, d_output, d_input);
    let [d_out, d_in] = pass.arena.views([d_output, d_input]);
    let has_passes = conv.groups > 1 || conv.stride != [1, 1];
    let rows = d_input.height.div_ceil(conv.stride[0]);
    for block in blocks::blocks(conv, [d_input, d_output], [pass.samples, rows], has_passes) {
        if has_passes {
            block.touch(conv, [d_input, d_output], [d_in, d_out]);
        }
        for ([vertical, horizontal], panels) in phases(conv, [d_input.height, d_input.width]) {
            let grid = block.of(grid(pass.samples, [&vertical, &horizontal], [d_output, d_input], conv.stride));
            if panels.rows == 0 {
                clear(grid, d_input.channels, d_in);
                continue;
            }
            let taps = phase::taps([&vertical, &horizontal], d_output, conv.group_outputs());
            for group in 0..conv.groups {
                let product = Product {
                    input: d_out,
                    weights: pass.prepared,
                    bias: None,
                    relu: false,
                    grid: grid.shifted(group * conv.group_outputs(), group * conv.group_inputs()),
                    taps,
                    panels: of_group(panels, group),
                    adds: false,
                    height: usize::MAX,
                };
                row_fma::product(&product, d_in);
            }
        }
    }
}

/// The windows of a phase in `d_output` and its pixels in `d_input`.
fn grid(samples: usize, phases: [&Phase; 2], [d_output, d_input]: [&Map; 2], stride: [usize; 2]) -> Grid {
    let [vertical, horizontal] = phases;
    let start = d_output.origin().cast_signed()
        + vertical.start * d_output.row().cast_signed()
        + horizontal.start * d_output.channels.cast_signed();
    let to = steps(d_input);
    Grid {
        // A phase without taps has no windows; where they would start does not matter.
        counts: [samples, vertical.count, horizontal.count],
        a: Steps { start: start.max(0).cast_unsigned(), ..steps(d_output) },
        b: Steps {
            start: to.start + vertical.first * d_input.row() + horizontal.first * d_input.channels,
            steps: [to.steps[0], stride[0] * to.steps[1], stride[1] * to.steps[2]],
        },
    }
}

/// Zeroes the pixels that no tap reaches.
fn clear(grid: Grid, channels: usize, d_input: &mut [f32]) {
    let mut cursor = crate::kernels::grid::Cursor::new(grid);
    for _ in 0..grid.pixels() {
        let (_, at) = cursor.next();
        d_input[at..][..channels].fill(0.0);
    }
}

/// Checks in debug builds that every window lies within `d_output` and its border.
fn check_border(conv: &Conv, d_output: &Map, d_input: &Map) {
    let lens = [[d_input.height, d_output.height], [d_input.width, d_output.width]];
    for (i, (axis, [input, output])) in axes(conv).into_iter().zip(lens).enumerate() {
        let before = ((axis.kernel - 1) * axis.dilation).saturating_sub(axis.padding).div_ceil(axis.stride);
        let after = ((input - 1 + axis.padding) / axis.stride).saturating_sub(output - 1);
        debug_assert!(
            d_output.border[2 * i] >= before && d_output.border[2 * i + 1] >= after,
            "the gradient of a convolution's output has a border of {:?} (top, bottom, left, right); along axis {i} it \
             needs {before} and {after}",
            d_output.border,
        );
    }
}
