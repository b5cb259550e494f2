//! Gradients for the inputs of a layer that works on the whole batch.

use super::{TILE, Wide, parts};
use crate::buffer::LANES;
use crate::kernels::grid::{Grid, Steps};
use crate::kernels::panels::Panels;
use crate::kernels::row_fma::{self, Product, Taps};
use crate::kernels::transpose::{self, Rows};
use crate::layers::fc::Fc;
use crate::parallel;
use crate::pass::{Exchange, Whole};

/// Samples in the lanes and weights broadcast: so the weights are read as they lie, and need no transposed copy.
pub(super) fn inputs(exchange: &mut Exchange<'_>, wide: &Wide) {
    let Fc { inputs, outputs, weight, .. } = wide.fc;
    let Whole { ref parameters, records, record, batch, ref mut results, .. } = exchange.whole;
    let lanes = batch.next_multiple_of(LANES);
    let (results, d_outputs) = results.split_at_mut(inputs * lanes);
    let d_outputs = &mut d_outputs[..outputs * lanes + LANES];
    across(records, record, wide.d_outputs(), [batch, outputs], d_outputs);
    let d_outputs = &*d_outputs;
    let whole_panels = outputs / LANES;
    let at_once = inputs.div_ceil(parts(&wide.fc, batch)).next_multiple_of(TILE).min(INPUTS);
    parallel::for_each_chunk(results, at_once * lanes, &|chunk, results| {
        let first = chunk * at_once;
        let mut product = Product {
            input: parameters,
            weights: d_outputs,
            bias: None,
            relu: false,
            grid: Grid {
                counts: [1, 1, results.len() / lanes],
                a: Steps { start: weight + first * LANES, steps: [0, 0, LANES] },
                b: Steps { start: 0, steps: [0, 0, lanes] },
            },
            taps: Taps { rows: whole_panels, row_step: LANES * inputs, runs: 1, run_step: 0, run: LANES },
            panels: Panels { offset: 0, rows: outputs, outputs: lanes, pitch: None },
            adds: false,
            height: usize::MAX,
        };
        if whole_panels > 0 {
            row_fma::product(&product, results);
        }
        let rest = outputs % LANES;
        if rest > 0 {
            let done = whole_panels * LANES;
            product.grid.a = Steps { start: weight + done * inputs + first * rest, steps: [0, 0, rest] };
            product.taps = Taps::contiguous(rest);
            product.panels.offset = done * LANES;
            product.adds = whole_panels > 0;
            row_fma::product(&product, results);
        }
    });
}

/// Most inputs whose gradients are computed together: the weights of a block of outputs stay in the cache.
const INPUTS: usize = 64;

/// Floats that are turned around by one thread.
const TURNED: usize = 16 << 10;

/// Turns the gradients for the outputs around: panels of 16 samples, a row for each output. Lanes without a sample are
/// zero.
fn across(records: &[f32], record: usize, at: usize, [batch, outputs]: [usize; 2], to: &mut [f32]) {
    let size = outputs * LANES;
    let at_once = TURNED.div_ceil(size);
    parallel::for_each_chunk(&mut to[..batch.div_ceil(LANES) * size], at_once * size, &|i, to| {
        for (panel, to) in to.chunks_exact_mut(size).enumerate() {
            let first = (i * at_once + panel) * LANES;
            let count = LANES.min(batch - first);
            if count < LANES {
                to.fill(0.0);
            }
            let (from, rows) = (&records[first * record + at..], Rows { step: record, count });
            transpose::turn(from, rows, to, Rows { step: LANES, count: outputs });
        }
    });
}
