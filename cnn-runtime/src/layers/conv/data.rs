//! The gradient for a convolution's input.
//!
//! It is a convolution of the output's gradient with the filters flipped and their inputs and outputs exchanged. With
//! strides it falls into phases (see `phase`).

use super::{Algorithm, Conv, blocks, phase, scatter, winograd};
use crate::kernels::grid::{Cursor, Grid};
use crate::kernels::row_fma::{self, Product};
use crate::map::Map;
use crate::pass::{Pass, Prepare};

/// Rearranges the weights for [`backward`](super::backward)'s `d_input`.
pub fn prepare(prepare: &mut Prepare<'_>, conv: &Conv) {
    if !matches!(conv.algorithm, Algorithm::Winograd(_)) && scatter::fits(conv) {
        return scatter::prepare(prepare, conv);
    }
    phase::turn(conv, conv.weight, prepare.parameters, prepare.prepared);
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
        for (phases, panels) in phase::all(conv, conv.weight, [d_input.height, d_input.width]) {
            let grid = block.of(phase::grid(pass.samples, &phases, conv.stride, d_output, d_input));
            if panels.rows == 0 {
                clear(grid, d_input.channels, d_in);
                continue;
            }
            let taps = phase::taps(&phases, d_output, conv.group_outputs());
            for group in 0..conv.groups {
                let product = Product {
                    input: d_out,
                    weights: pass.prepared,
                    bias: None,
                    relu: false,
                    grid: grid.shifted(group * conv.group_outputs(), group * conv.group_inputs()),
                    taps,
                    panels: phase::of_group(panels, group),
                    adds: false,
                    height: usize::MAX,
                };
                row_fma::product(&product, d_in);
            }
        }
    }
}

/// Zeroes the pixels that no tap reaches.
fn clear(grid: Grid, channels: usize, d_input: &mut [f32]) {
    let mut cursor = Cursor::new(grid);
    for _ in 0..grid.pixels() {
        let (_, at) = cursor.next();
        d_input[at..][..channels].fill(0.0);
    }
}

/// Checks in debug builds that every window lies within `d_output` and its border.
fn check_border(conv: &Conv, d_output: &Map, d_input: &Map) {
    let lens = [[d_input.height, d_output.height], [d_input.width, d_output.width]];
    for (i, (axis, [input, output])) in phase::axes(conv).into_iter().zip(lens).enumerate() {
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
