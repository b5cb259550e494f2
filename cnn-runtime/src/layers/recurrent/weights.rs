//! A matrix of weights in `Layout::Fc`, whichever way it lies: in panels of 16 outputs, or in rows.

use crate::kernels::dots::{Dots, dots};
use crate::kernels::grid::Grid;
use crate::kernels::panels::Panels;
use crate::kernels::rank1::{self, Rank1};
use crate::kernels::row_fma::{self, Product, Taps};
use crate::kernels::transpose::{self, Block};
use crate::network::Layout;
use crate::pass::Prepare;

#[derive(Clone, Copy, Debug)]
pub(super) struct Weights {
    /// The first of them.
    pub(super) offset: usize,
    pub(super) inputs: usize,
    pub(super) outputs: usize,
}

impl Weights {
    fn panels(self) -> Panels {
        Panels { offset: self.offset, rows: self.inputs, outputs: self.outputs, pitch: None }
    }

    /// The same weights with inputs and outputs exchanged: in the prepared buffer, or where they are if they lie in
    /// rows.
    fn around(self) -> Panels {
        let pitch = self.lies_in_rows().then_some(self.inputs);
        Panels { offset: self.offset, rows: self.outputs, outputs: self.inputs, pitch }
    }

    fn lies_in_rows(self) -> bool {
        Layout::fc_lies_in_rows(self.inputs, self.outputs)
    }

    /// `output = weight * input + bias` at every pixel of a grid of one sample, or that much more with `adds`. (None in
    /// rows has to be added.)
    pub(super) fn product(
        self,
        parameters: &[f32],
        bias: Option<usize>,
        (input, grid): (&[f32], Grid),
        adds: bool,
        output: &mut [f32],
    ) {
        let bias = bias.map(|at| &parameters[at..]);
        let Self { inputs, outputs, offset } = self;
        if !self.lies_in_rows() {
            let (taps, panels) = (Taps::contiguous(inputs), self.panels());
            let product =
                Product { input, weights: parameters, bias, relu: false, grid, taps, panels, adds, height: usize::MAX };
            return row_fma::product(&product, output);
        }
        debug_assert!(!adds);
        for row in 0..grid.counts[1] {
            let samples = [grid.a.start + row * grid.a.steps[1], grid.a.steps[2]];
            let weights = &parameters[offset..];
            let job = Dots { input, samples, weights, bias, relu: false, inputs, rows: outputs };
            dots(&job, grid.counts[2], [grid.b.start + row * grid.b.steps[1], grid.b.steps[2]], output);
        }
    }

    /// Makes what [`product_around`](Self::product_around) reads.
    pub(super) fn turn_around(self, prepare: &mut Prepare<'_>) {
        if !self.lies_in_rows() {
            let block = Block { weights: prepare.parameters, panels: self.panels(), row: 0 };
            transpose::transpose(&block, self.around(), 0, prepare.prepared);
        }
    }

    /// `output = weight^T * input`, or that much more with `adds`.
    pub(super) fn product_around(
        self,
        (parameters, prepared): (&[f32], &[f32]),
        (input, grid): (&[f32], Grid),
        adds: bool,
        output: &mut [f32],
    ) {
        let weights = if self.lies_in_rows() { parameters } else { prepared };
        let (taps, panels) = (Taps::contiguous(self.outputs), self.around());
        let product = Product { input, weights, bias: None, relu: false, grid, taps, panels, adds, height: usize::MAX };
        row_fma::product(&product, output);
    }

    /// Adds the gradient of the weights: `input` is at the grid's `a`, `d_output` at its `b`.
    pub(super) fn add_gradient(self, (input, d_output, grid): (&[f32], &[f32], Grid), gradients: &mut [f32]) {
        let rank1 = if self.lies_in_rows() {
            let Grid { counts, a, b } = grid;
            let (grid, taps) = (Grid { counts, a: b, b: a }, Taps::contiguous(self.outputs));
            Rank1 { input: d_output, d_output: input, grid, taps, panels: self.around(), row: 0 }
        } else {
            Rank1 { input, d_output, grid, taps: Taps::contiguous(self.inputs), panels: self.panels(), row: 0 }
        };
        rank1::rank1(&rank1, gradients);
    }
}
