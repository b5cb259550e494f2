//! A step through a network: in groups, or stage by stage with work on the whole batch in between.

use super::SEGMENTS;
use super::arenas::{Arenas, group};
use super::segment::{Batch, Lent, Part, Read, Segment, for_each_segment};
use crate::loss::Loss;
use crate::network::Network;
use crate::optim::Step;
use crate::pass::{Exchange, Whole};
use crate::volume::flat_samples;

/// One stage: every segment goes forward and backward in groups, without waiting for another.
pub(super) fn in_groups<N: Network, T: Sync, L: Loss<N::Output, T>>(
    batch: &Batch<'_, N, T, L>,
    segments: &mut [Segment<N>],
    arenas: &Arenas,
    read: Read<'_>,
    d_inputs: Option<&mut [N::Input]>,
) {
    let most = group::<N>(batch.share);
    for_each_segment(segments, batch.share, &mut [], d_inputs, &|i, Part { segment, mut d_inputs, .. }| {
        segment.begin();
        let samples = batch.samples(i);
        arenas.with_mine::<N>(most, |arena| {
            for first in samples.clone().step_by(most) {
                let group = first..samples.end.min(first + most);
                let lent = Lent { arena: Some(&mut *arena), records: &mut [], d_inputs: None };
                segment.pass(batch, group.clone(), read, lent, |pass| N::forward(0, pass));
                segment.measure(batch, group.clone());
                let d_inputs = d_inputs.as_mut().map(|all| &mut all[first - samples.start..][..group.len()]);
                let lent = Lent { arena: Some(&mut *arena), records: &mut [], d_inputs };
                segment.pass(batch, group, read, lent, |pass| N::backward(0, pass));
            }
        });
    });
}

/// What is worked on between stages.
pub(super) struct Between<'a, 's> {
    pub(super) parameters: &'a mut [f32],
    pub(super) exchange: &'a mut [f32],
    pub(super) state: &'a mut [f32],
    pub(super) records: &'a mut [f32],
    pub(super) results: &'a mut [f32],
    pub(super) gradients: &'a mut [f32],
    pub(super) overwrites: bool,
    /// Changes the weights of layers that work on the whole batch as soon as their gradients are there.
    pub(super) step: Option<Step<'s>>,
}

impl Between<'_, '_> {
    /// What segments read, and the records that they write.
    fn open(&mut self) -> (Read<'_>, &mut [f32]) {
        let Self { parameters, exchange, state, records, results, .. } = self;
        (Read { parameters, exchange, results, state }, records)
    }
}

/// All stages but the last, forward: after each, what the segments measured or put together is worked on for the whole
/// batch.
pub(super) fn forward<N: Network, T: Sync, L: Loss<N::Output, T>>(
    batch: &Batch<'_, N, T, L>,
    segments: &mut [Segment<N>],
    between: &mut Between<'_, '_>,
) {
    for stage in 0..N::STAGES - 1 {
        let (read, records) = between.open();
        for_each_segment(segments, batch.share, records, None, &|i, Part { segment, records, .. }| {
            if stage == 0 {
                segment.begin();
            }
            let lent = Lent { arena: None, records, d_inputs: None };
            segment.pass(batch, batch.samples(i), read, lent, |pass| N::forward(stage, pass));
        });
        combine(batch, segments, between, |exchange| N::combine_forward(stage, exchange));
    }
}

/// The last stage, forward and backward: a segment turns round without waiting for others.
pub(super) fn turn<N: Network, T: Sync, L: Loss<N::Output, T>>(
    batch: &Batch<'_, N, T, L>,
    segments: &mut [Segment<N>],
    between: &mut Between<'_, '_>,
    d_inputs: Option<&mut [N::Input]>,
) {
    let last = N::STAGES - 1;
    let (read, records) = between.open();
    for_each_segment(segments, batch.share, records, d_inputs, &|i, Part { segment, records, d_inputs }| {
        let samples = batch.samples(i);
        let lent = Lent { arena: None, records: &mut *records, d_inputs: None };
        segment.pass(batch, samples.clone(), read, lent, |pass| N::forward(last, pass));
        segment.measure(batch, samples.clone());
        let lent = Lent { arena: None, records, d_inputs };
        segment.pass(batch, samples, read, lent, |pass| N::backward(last, pass));
    });
}

/// All stages but the last, backward.
pub(super) fn backward<N: Network, T: Sync, L: Loss<N::Output, T>>(
    batch: &Batch<'_, N, T, L>,
    segments: &mut [Segment<N>],
    between: &mut Between<'_, '_>,
    mut d_inputs: Option<&mut [N::Input]>,
) {
    for stage in (0..N::STAGES - 1).rev() {
        combine(batch, segments, between, |exchange| N::combine_backward(stage + 1, exchange));
        // Branches read the input in later stages too; the first one stores the sum.
        let d_inputs = d_inputs.as_deref_mut();
        let (read, records) = between.open();
        for_each_segment(segments, batch.share, records, d_inputs, &|i, Part { segment, records, d_inputs }| {
            let lent = Lent { arena: None, records, d_inputs };
            segment.pass(batch, batch.samples(i), read, lent, |pass| N::backward(stage, pass));
        });
    }
}

fn combine<N: Network, T, L>(
    batch: &Batch<'_, N, T, L>,
    segments: &[Segment<N>],
    between: &mut Between<'_, '_>,
    work: impl FnOnce(&mut Exchange<'_>),
) {
    let mut partials = [(0, &[] as &[f32]); SEGMENTS];
    for (i, segment) in segments.iter().enumerate() {
        partials[i] = (batch.samples(i).len(), &segment.partial);
    }
    let whole = Whole {
        batch: batch.inputs.len(),
        inputs: flat_samples(batch.inputs),
        parameters: between.parameters,
        records: between.records,
        record: N::RECORD,
        results: between.results,
        gradients: between.gradients,
        overwrites: between.overwrites,
        step: between.step.as_mut().map(|step| step.of(0..N::PARAMS)),
        wants_d_input: batch.wants_d_input,
    };
    let (exchange, state) = (&mut *between.exchange, &mut *between.state);
    work(&mut Exchange { partials: &partials[..segments.len()], exchange, state, whole });
}
