//! Rows of a convolution that several passes go over: its groups, the phases of a stride, the tiles of a gradient.
//!
//! Such a pass reads a few cache lines here and a few there, which the processor's prefetchers do not follow: fresh
//! memory costs it one wait after another. So the rows are few enough to stay in the second level cache, and are read
//! whole beforehand. (Zen 4, AVX-512, 28x28x128 to 128 filters of 3x3 in four groups: 71 % of the peak without, 89 %
//! with it.)

use super::Conv;
use crate::kernels::grid::Grid;
use crate::kernels::touch::touch;
use crate::map::Part;
use std::ops::Range;

/// Bytes of input and output rows that should stay in the second level cache while all passes go by. The gradients of
/// the weights are read and written once a block: those of 28x28x512 to 512 filters are 9 MB, which come from afar.
/// (That layer, Zen 4: 76 to 79 % of the peak with a quarter of a megabyte, 83 to 84 % with half, 85 to 87 % with three
/// quarters, of the 1 MB that its cores have; Sapphire Rapids, 2 MB: 6 points more with a whole one than with half.)
const WORKING_SET: usize = 768 << 10;

/// Bytes of a block that may be far away: smaller ones were mostly just written.
const FAR: usize = 256 << 10;

/// Pixels of a block, at least: small maps of several samples are taken together, since all weights (and their
/// gradients) go by once a block.
const PIXELS: usize = 256;

/// Some samples, and of each the same rows of the output.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) samples: Range<usize>,
    rows: Range<usize>,
}

/// Cuts `height` rows of outputs of each of so many samples into blocks. Samples stay whole where a single pass goes
/// over them (`cuts_rows` is false).
pub(super) fn blocks(
    conv: &Conv,
    [input, output]: [&Part; 2],
    [samples, height]: [usize; 2],
    cuts_rows: bool,
) -> impl Iterator<Item = Block> {
    let height = height.max(1);
    let most = PIXELS.div_ceil((height * output.width).max(1));
    let at_once = samples.div_ceil(samples.div_ceil(most).max(1)).max(1);
    let row = size_of::<f32>() * (conv.stride[0] * input.row() + output.row());
    let rows = if cuts_rows { (WORKING_SET / row.max(1)).clamp(1, height) } else { height };
    (0..samples).step_by(at_once).flat_map(move |sample| {
        let of_block = sample..samples.min(sample + at_once);
        let starts = (0..height).step_by(rows);
        starts.map(move |row| Block { samples: of_block.clone(), rows: row..height.min(row + rows) })
    })
}

impl Block {
    /// The block's pixels of a grid over all outputs, or over those of a phase, which may have a row less.
    pub(super) fn of(&self, grid: Grid) -> Grid {
        let end = self.rows.end.min(grid.counts[1]);
        let first = self.rows.start.min(end);
        grid.samples(self.samples.start, self.samples.len()).rows(first, end - first)
    }

    /// The block's rows of an output: the others count as border.
    pub(super) fn part(&self, output: &Part) -> Part {
        let [top, bottom, left, right] = output.border;
        let border = [top + self.rows.start, bottom + output.height - self.rows.end, left, right];
        Part { height: self.rows.len(), border, ..*output }
    }

    /// Reads `height` rows of a map in each sample of the block, from row `first` of the map's rows, border included,
    /// on. The rows of a part are mostly others' channels.
    fn touch_rows(&self, map: &Part, buffer: &[f32], first: usize, height: usize) {
        if !map.is_whole() {
            return;
        }
        for sample in self.samples.clone() {
            touch(buffer, sample * map.stored() + first * map.row(), height * map.row());
        }
    }

    /// Reads all that the block's windows see of the input, and all of its outputs; or, for a gradient of the input,
    /// most of it.
    pub(super) fn touch(&self, conv: &Conv, [input, output]: [&Part; 2], [x, y]: [&[f32]; 2]) {
        let rows = self.rows.len();
        let seen = (rows - 1) * conv.stride[0] + conv.reach();
        if self.samples.len() * (seen * input.row() + rows * output.row()) * size_of::<f32>() < FAR {
            return;
        }
        // The input's border may be larger than the padding; that of a gradient for the input may be smaller.
        let first = (self.rows.start * conv.stride[0] + input.border[0]).saturating_sub(conv.padding[0]);
        self.touch_rows(input, x, first, seen);
        self.touch_rows(output, y, self.rows.start + output.border[0], rows);
    }
}
