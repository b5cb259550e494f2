//! Rows of an input as planes: one for each channel and, where neighbouring outputs are more than one column apart, for
//! each of the columns between them.

use super::Conv;
use crate::buffer::LANES;
use crate::kernels::planes;
use crate::map::Part;

/// Floats of the memory for planes. It stays in the first level cache.
pub(super) const STRIP: usize = 4096;

/// Most taps of a filter, channels included.
pub(super) const TAPS: usize = 128;

/// How planes lie.
#[derive(Clone, Copy, Debug)]
pub(super) struct Strip {
    /// Whether the input is such planes already.
    pub(super) in_place: bool,
    /// Floats from a row of the input to the next.
    pub(super) line: usize,
    /// From a plane to the next of the same row.
    pitch: usize,
    /// Columns of the input from an output to the next of its plane.
    columns: usize,
    /// Floats of the input that are put apart, and to the next row of them.
    floats: usize,
    row: usize,
}

impl Strip {
    /// For windows whose lanes are every `phases`-th pixel, `width` of them.
    pub(super) fn new(conv: &Conv, input: &Part, width: usize, phases: usize) -> Self {
        let columns = phases * conv.stride[1];
        let reach = (conv.kernel[1] - 1) * conv.dilation[1];
        let in_place = conv.in_channels == 1 && columns == 1;
        // Vectors may go beyond the last window.
        let pitch = width.next_multiple_of(LANES) + (reach + (phases - 1) * conv.stride[1]) / columns;
        let floats = ((width * phases - 1) * conv.stride[1] + reach + 1) * conv.in_channels;
        let line = if in_place { input.row() } else { columns * conv.in_channels * pitch };
        Self { in_place, line, pitch, columns, floats, row: input.row() }
    }

    /// Rows of windows that fit at once.
    pub(super) fn rows(&self, conv: &Conv) -> usize {
        let lines = STRIP / self.line;
        lines.checked_sub(conv.reach()).map_or(0, |more| more / conv.stride[0] + 1)
    }

    /// Rows of the input that `rows` rows of windows see.
    pub(super) fn lines(&self, conv: &Conv, rows: usize) -> usize {
        (rows - 1) * conv.stride[0] + conv.reach()
    }

    /// Where the taps are, in the weights' order: seen from a window, and from the next if that is in other planes.
    pub(super) fn taps<'a>(&self, conv: &Conv, taps: &'a mut [[u32; 2]; TAPS]) -> &'a [[u32; 2]] {
        let mut count = 0;
        for x in 0..conv.kernel[1] {
            // Of the first row and channel; the others follow from it.
            taps[x * conv.in_channels] = [0, self.columns - conv.stride[1]].map(|next| {
                let column = x * conv.dilation[1] + next;
                (column % self.columns * conv.in_channels * self.pitch + column / self.columns) as u32
            });
        }
        let row = conv.kernel[1] * conv.in_channels;
        for y in 0..conv.kernel[0] {
            for x in (0..row).step_by(conv.in_channels) {
                for c in 0..conv.in_channels {
                    let shift = (y * conv.dilation[0] * self.line + c * self.pitch) as u32;
                    taps[count] = taps[x].map(|first| first + shift);
                    count += 1;
                }
            }
        }
        &taps[..count]
    }

    /// Puts the pixels of `rows` rows of windows apart. `input` starts at the first window.
    pub(super) fn fill(&self, conv: &Conv, input: &[f32], rows: usize, planes: &mut [f32]) {
        let lines = self.lines(conv, rows);
        let layout = planes::Layout { planes: self.columns * conv.in_channels, pitch: self.pitch, row: self.row };
        planes::deinterleave(input, layout, [lines, self.floats], planes);
    }
}
