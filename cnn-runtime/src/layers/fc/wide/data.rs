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
    let at_once = (RESULTS / lanes).max(1).next_multiple_of(TILE);
    let at_once = inputs.div_ceil(parts(&wide.fc, batch)).next_multiple_of(TILE).min(at_once);
    parallel::for_each_chunk(results, at_once * lanes, &|chunk, results| {
        let first = chunk * at_once;
        for (output, width, taps) in blocks(&wide.fc) {
            for lane in (0..lanes).step_by(SAMPLES) {
                let product = Product {
                    input: parameters,
                    weights: d_outputs,
                    bias: None,
                    relu: false,
                    grid: Grid {
                        counts: [1, 1, results.len() / lanes],
                        a: Steps { start: weight + output * inputs + first * width, steps: [0, 0, width] },
                        b: Steps { start: lane, steps: [0, 0, lanes] },
                    },
                    taps,
                    panels: Panels {
                        offset: lane * outputs + output * LANES,
                        rows: outputs,
                        outputs: SAMPLES.min(lanes - lane),
                        pitch: None,
                    },
                    adds: output > 0,
                    height: usize::MAX,
                };
                row_fma::product(&product, results);
            }
        }
    });
}

/// Outputs whose gradients are multiplied at once: the first of them, the floats of a panel's row, and the weights of
/// an input for them.
fn blocks(fc: &Fc) -> impl Iterator<Item = (usize, usize, Taps)> {
    let (whole, rest, row_step) = (fc.outputs / LANES, fc.outputs % LANES, LANES * fc.inputs);
    let panels = (0..whole).step_by(PANELS).map(move |panel| {
        let taps = Taps { rows: PANELS.min(whole - panel), row_step, runs: 1, run_step: 0, run: LANES };
        (panel * LANES, LANES, taps)
    });
    panels.chain((rest > 0).then_some((whole * LANES, rest, Taps::contiguous(rest))))
}

/// Panels of weights that are read side by side, each in one go. All of a layer's are as many streams, a power of two
/// apart: read in pieces of 64 inputs they took AlexNet's training 1.1 times as long (Zen 4, 16 samples).
const PANELS: usize = 8;

/// Samples that are done together: two panels, the widest register tile.
const SAMPLES: usize = 2 * LANES;

/// Floats of gradients that stay near while all weights for them go by.
const RESULTS: usize = 16 << 10;

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
