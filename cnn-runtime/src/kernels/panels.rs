//! Weights as kernels read them.

use crate::buffer::LANES;

/// A matrix of `rows` x `outputs` floats in panels: 16 outputs side by side, fewer in the last panel, one row of a
/// panel behind the other. Nothing is padded, so a vector loaded from a narrow panel ends in what follows: those lanes
/// are dropped when a result is stored.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Panels {
    /// The first float.
    pub(crate) offset: usize,
    /// Rows: inputs of an output.
    pub(crate) rows: usize,
    /// Columns: outputs.
    pub(crate) outputs: usize,
    /// Floats from a row to the next, if the matrix does not lie in panels at all but row by row.
    pub(crate) pitch: Option<usize>,
}

impl Panels {
    /// How many panels there are.
    #[inline(always)]
    pub(crate) fn count(&self) -> usize {
        self.outputs.div_ceil(LANES)
    }

    /// Outputs of a panel.
    #[inline(always)]
    pub(crate) fn width(&self, panel: usize) -> usize {
        (self.outputs - panel * LANES).min(LANES)
    }

    /// Floats from a row of a panel to the next.
    #[inline(always)]
    pub(crate) fn step(&self, panel: usize) -> usize {
        self.pitch.unwrap_or(self.width(panel))
    }

    /// Where a row of a panel starts.
    #[inline(always)]
    pub(crate) fn at(&self, panel: usize, row: usize) -> usize {
        let rows = if self.pitch.is_some() { 1 } else { self.rows };
        self.offset + panel * LANES * rows + row * self.step(panel)
    }

    /// Floats in all.
    pub(crate) fn size(&self) -> usize {
        self.rows * self.outputs
    }
}
