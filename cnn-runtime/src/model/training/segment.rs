//! A part of a batch: its samples, what it keeps and what it adds up.

use std::ops::Range;

use super::arenas::group_arena;
use crate::arena::Arena;
use crate::buffer::Buffer;
use crate::loss::Loss;
use crate::network::Network;
use crate::parallel::{self, Shares};
use crate::pass::{Noise, Pass, Stretch};
use crate::volume::{Sample, flat_samples, flat_samples_mut};

/// A part of a batch and what it adds up.
pub(super) struct Segment<N: Network> {
    /// What it keeps from stage to stage; empty if there is one stage.
    arena: Arena,
    /// As many as parameters; the first `WHOLE_PARAMS` are never touched, so that no memory is behind them.
    pub(super) gradients: Buffer,
    pub(super) partial: Vec<f32>,
    pub(super) outputs: Vec<N::Output>,
    d_outputs: Vec<N::Output>,
    pub(super) loss: f64,
}

/// What all segments of a step read.
pub(super) struct Batch<'a, N: Network, T, L> {
    pub(super) inputs: &'a [N::Input],
    pub(super) targets: &'a [T],
    pub(super) loss: &'a L,
    pub(super) derived: &'a [f32],
    pub(super) prepared: &'a [f32],
    pub(super) wants_d_input: bool,
    pub(super) seed: u64,
    /// Samples of a segment; the last may have fewer.
    pub(super) share: usize,
}

/// What a pass reads that may have changed since the stage before.
#[derive(Clone, Copy)]
pub(super) struct Read<'a> {
    pub(super) parameters: &'a [f32],
    pub(super) exchange: &'a [f32],
    pub(super) results: &'a [f32],
    pub(super) state: &'a [f32],
}

/// What a pass over some samples of a segment writes that is not the segment's: an arena, if it is not to use its own,
/// records, gradients for the inputs if they are asked for.
pub(super) struct Lent<'a, N: Network> {
    pub(super) arena: Option<&'a mut Arena>,
    pub(super) records: &'a mut [f32],
    pub(super) d_inputs: Option<&'a mut [N::Input]>,
}

/// A segment with its samples' records and the gradients for its inputs, if those are asked for.
pub(super) struct Part<'a, N: Network> {
    pub(super) segment: &'a mut Segment<N>,
    pub(super) records: &'a mut [f32],
    pub(super) d_inputs: Option<&'a mut [N::Input]>,
}

impl<N: Network, T, L> Batch<'_, N, T, L> {
    /// The samples of a segment.
    pub(super) fn samples(&self, segment: usize) -> Range<usize> {
        segment * self.share..((segment + 1) * self.share).min(self.inputs.len())
    }
}

impl<N: Network> Segment<N> {
    pub(super) fn new(group: usize) -> Self {
        Self {
            arena: group_arena::<N>(if N::STAGES > 1 { group } else { 0 }),
            gradients: Buffer::zeroed(N::PARAMS),
            partial: vec![0.0; N::EXCHANGE],
            outputs: N::Output::zeroed_vec(group),
            d_outputs: N::Output::zeroed_vec(group),
            loss: 0.0,
        }
    }

    pub(super) fn begin(&mut self) {
        self.gradients[N::WHOLE_PARAMS..].fill(0.0);
        self.loss = 0.0;
    }

    /// Hands some samples of the batch to `work` as a pass.
    pub(super) fn pass<T, L>(
        &mut self,
        batch: &Batch<'_, N, T, L>,
        Range { start: first, end }: Range<usize>,
        Read { parameters, exchange, results, state }: Read<'_>,
        Lent { arena, records, d_inputs }: Lent<'_, N>,
        work: impl FnOnce(&mut Pass<'_>),
    ) {
        let samples = end - first;
        work(&mut Pass {
            samples,
            batch: batch.inputs.len(),
            inputs: flat_samples(&batch.inputs[first..first + samples]),
            outputs: flat_samples_mut(&mut self.outputs),
            d_outputs: flat_samples(&self.d_outputs),
            d_inputs: d_inputs.map(flat_samples_mut),
            parameters,
            derived: batch.derived,
            prepared: batch.prepared,
            state,
            gradients: &mut self.gradients,
            partial: &mut self.partial,
            exchange,
            records,
            record: N::RECORD,
            results,
            arena: arena.unwrap_or(&mut self.arena),
            noise: Noise { seed: batch.seed, first_sample: first as u64 },
            threads: 1,
            stretch: Stretch::Whole,
            strips: &mut [],
        });
    }

    /// The loss of a group whose outputs are known, and its gradient for them: of the mean over the batch.
    pub(super) fn measure<T, L: Loss<N::Output, T>>(&mut self, batch: &Batch<'_, N, T, L>, samples: Range<usize>) {
        let scale = 1.0 / batch.inputs.len() as f32;
        let targets = &batch.targets[samples];
        for ((output, d_output), target) in self.outputs.iter().zip(&mut self.d_outputs).zip(targets) {
            self.loss += f64::from(batch.loss.evaluate(output, target, d_output));
            d_output.flat_mut().iter_mut().for_each(|d| *d *= scale);
        }
    }
}

/// Runs `work` on every segment, with its number.
pub(super) fn for_each_segment<N: Network>(
    segments: &mut [Segment<N>],
    share: usize,
    records: &mut [f32],
    d_inputs: Option<&mut [N::Input]>,
    work: &(dyn Fn(usize, Part<'_, N>) + Sync),
) {
    let wants_d_input = d_inputs.is_some();
    let records = Shares { items: records, share: share * N::RECORD };
    let d_inputs = Shares { items: d_inputs.unwrap_or_default(), share };
    parallel::for_each_with_shares(segments, records, d_inputs, |i, segment, records, d_inputs| {
        work(i, Part { segment, records, d_inputs: wants_d_input.then_some(d_inputs) });
    });
}
