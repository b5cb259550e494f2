//! Forward, loss and backward over a batch: the gradient of the mean loss.
//!
//! A batch is cut into segments, whatever the number of threads; each adds up gradients of its own and the sums are
//! added in order, so the result has the same bits on any machine. A segment runs its samples through the network in
//! groups, depth first. A network with batch norms, or with layers whose weights are many, runs each segment as one
//! group, stage by stage.

use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{Model, derive};
use crate::arena::Arena;
use crate::buffer::{Buffer, LANES};
use crate::kernels::sums;
use crate::loss::Loss;
use crate::network::Network;
use crate::parallel::{self, Shares};
use crate::pass::{Exchange, Noise, Pass, Prepare, Stretch, Whole};
use crate::volume::{Sample, flat_samples, flat_samples_mut};

/// Samples of a segment of a small network that is worth its own sums: with 8, clearing and adding up the segments'
/// gradients took an eighth of a step of LeNet-5.
const SEGMENT: usize = 16;

/// Samples of a segment from so many multiply-adds a sample on: next to them the sums are little work.
const LARGE: [(u64, usize); 2] = [(200 << 20, 4), (4 << 20, 8)];

/// Segments that a small batch is cut into, as long as each has a few samples.
const FEW_SEGMENTS: usize = 4;

/// Most segments of a batch: each has a copy of the gradients.
const SEGMENTS: usize = 16;

/// Bytes that all copies of the gradients together may take, if that leaves at least two.
const GRADIENT_BYTES: usize = 256 << 20;

/// Samples that pass through the layers together: at least so many that a fully connected layer reads its weights once
/// for a whole register tile of samples, and at most twice as many, if what they keep stays in the second level cache.
const GROUP: [usize; 2] = [8, 16];

/// Bytes that a group may keep there, beside the gradients.
const NEAR: usize = 1 << 20;

/// Samples of a group of a segment of `share` samples, where there are no stages: even ones.
fn group<N: Network>(share: usize) -> usize {
    let [least, most] = GROUP;
    let most = (NEAR / size_of::<f32>() / N::TRAIN_FLOATS.max(1)).clamp(least, most);
    share.div_ceil(share.div_ceil(most).max(1))
}

/// Memory to train in.
pub(super) struct Training<N: Network> {
    segments: Vec<Segment<N>>,
    arenas: Arenas,
    /// The forms of weights that the forward pass reads where inference has others, and whether they are those of the
    /// parameters.
    derived: Buffer,
    pub(super) is_derived: bool,
    prepared: Buffer,
    exchange: Vec<f32>,
    /// What samples put together for layers that work on the whole batch, and what those compute.
    records: Buffer,
    results: Buffer,
}

/// A part of a batch and what it adds up.
struct Segment<N: Network> {
    /// What it keeps from stage to stage; empty if there is one stage.
    arena: Arena,
    /// As many as parameters; the first `WHOLE_PARAMS` are never touched, so that no memory is behind them.
    gradients: Buffer,
    partial: Vec<f32>,
    outputs: Vec<N::Output>,
    d_outputs: Vec<N::Output>,
    loss: f64,
}

/// An arena for each thread, for segments that need one for a group at a time only: it stays in the thread's caches.
#[derive(Default)]
struct Arenas {
    of_threads: Vec<Mutex<Arena>>,
}

impl Arenas {
    fn reserve<N: Network>(&mut self, threads: usize, group: usize) {
        for arena in &mut self.of_threads {
            let arena = arena.get_mut().unwrap_or_else(PoisonError::into_inner);
            if arena.capacity() < group {
                *arena = group_arena::<N>(group);
            }
        }
        while self.of_threads.len() < threads {
            self.of_threads.push(Mutex::new(group_arena::<N>(group)));
        }
    }

    /// The calling thread's.
    fn mine(&self) -> MutexGuard<'_, Arena> {
        let thread = rayon::current_thread_index().unwrap_or(0) % self.of_threads.len();
        // What a pass that panicked has left behind is overwritten like anything else.
        self.of_threads[thread].lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn group_arena<N: Network>(samples: usize) -> Arena {
    Arena::new(N::TRAIN_FLOATS, samples, N::TRAIN_SCRATCH)
}

/// Where the gradients of a batch go, and whether what is there counts.
struct Target<'a> {
    gradients: &'a mut [f32],
    overwrites: bool,
}

/// What all segments of a step read.
struct Batch<'a, N: Network, T, L> {
    inputs: &'a [N::Input],
    targets: &'a [T],
    loss: &'a L,
    parameters: &'a [f32],
    derived: &'a [f32],
    prepared: &'a [f32],
    wants_d_input: bool,
    seed: u64,
    /// Samples of a segment; the last may have fewer.
    share: usize,
}

/// What a pass over some samples of a segment writes that is not the segment's: an arena, if it is not to use its own,
/// records, gradients for the inputs if they are asked for.
struct Lent<'a, N: Network> {
    arena: Option<&'a mut Arena>,
    records: &'a mut [f32],
    d_inputs: Option<&'a mut [N::Input]>,
}

/// A segment with its samples' records and the gradients for its inputs, if those are asked for.
struct Part<'a, N: Network> {
    segment: &'a mut Segment<N>,
    records: &'a mut [f32],
    d_inputs: Option<&'a mut [N::Input]>,
}

impl<N: Network, T, L> Batch<'_, N, T, L> {
    /// The samples of a segment.
    fn samples(&self, segment: usize) -> Range<usize> {
        segment * self.share..((segment + 1) * self.share).min(self.inputs.len())
    }
}

impl<N: Network> Training<N> {
    /// How many segments a batch has: a function of the batch and the network alone.
    fn segments(batch: usize) -> usize {
        let summed = N::PARAMS - N::WHOLE_PARAMS;
        let affordable = (GRADIENT_BYTES / (summed * size_of::<f32>()).max(1)).max(2);
        let large = LARGE.iter().find(|(macs, _)| N::MACS >= *macs);
        let most = large.map_or(SEGMENT, |(_, samples)| *samples);
        let share = most.min((batch / FEW_SEGMENTS).max(GROUP[0] / 2));
        batch.div_ceil(share).clamp(1, SEGMENTS.min(affordable))
    }

    fn new() -> Self {
        Self {
            segments: Vec::new(),
            arenas: Arenas::default(),
            derived: Buffer::zeroed(if Model::<N>::FOLDS { N::TRAIN_DERIVED } else { 0 }),
            is_derived: false,
            prepared: Buffer::zeroed(N::PREPARED),
            exchange: vec![0.0; N::EXCHANGE],
            records: Buffer::zeroed(0),
            results: Buffer::zeroed(0),
        }
    }

    /// Makes the memory that a batch needs, if it is not there yet.
    fn reserve(&mut self, batch: usize, segments: usize, group: usize) {
        let (records, results) = (batch * N::RECORD, batch.next_multiple_of(LANES) * N::RESULTS);
        if self.records.len() < records {
            self.records = Buffer::zeroed(records);
        }
        if self.results.len() < results {
            self.results = Buffer::zeroed(results);
        }
        for segment in &mut self.segments {
            if segment.outputs.len() < group {
                *segment = Segment::new(group);
            }
        }
        while self.segments.len() < segments {
            self.segments.push(Segment::new(group));
        }
        if N::STAGES == 1 {
            self.arenas.reserve::<N>(rayon::current_num_threads(), group);
        }
    }
}

impl<N: Network> Segment<N> {
    fn new(group: usize) -> Self {
        Self {
            arena: group_arena::<N>(if N::STAGES > 1 { group } else { 0 }),
            gradients: Buffer::zeroed(N::PARAMS),
            partial: vec![0.0; N::EXCHANGE],
            outputs: N::Output::zeroed_vec(group),
            d_outputs: N::Output::zeroed_vec(group),
            loss: 0.0,
        }
    }

    fn begin(&mut self) {
        self.gradients[N::WHOLE_PARAMS..].fill(0.0);
        self.loss = 0.0;
    }

    /// Hands some samples of the batch to `work` as a pass.
    fn pass<T, L>(
        &mut self,
        batch: &Batch<'_, N, T, L>,
        Range { start: first, end }: Range<usize>,
        [exchange, results, state]: [&[f32]; 3],
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
            parameters: batch.parameters,
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
    fn measure<T, L: Loss<N::Output, T>>(&mut self, batch: &Batch<'_, N, T, L>, samples: Range<usize>) {
        let scale = 1.0 / batch.inputs.len() as f32;
        let targets = &batch.targets[samples];
        for ((output, d_output), target) in self.outputs.iter().zip(&mut self.d_outputs).zip(targets) {
            self.loss += f64::from(batch.loss.evaluate(output, target, d_output));
            d_output.flat_mut().iter_mut().for_each(|d| *d *= scale);
        }
    }
}

impl<N: Network> Model<N> {
    /// The mean loss of a batch in training form (dropout on, batch norms with the batch's statistics, which also move
    /// the running ones); adds the gradient of the mean loss for all parameters to `gradients`.
    ///
    /// `gradients` has [`Network::PARAMS`] floats in the order of [`parameters`](Self::parameters). Memory is made on
    /// the first call, and when a batch is larger than any before.
    ///
    /// # Panics
    /// If there are no inputs or not as many targets, or if `gradients` has another length than the parameters.
    #[track_caller]
    pub fn gradients<T: Sync, L: Loss<N::Output, T>>(
        &mut self,
        inputs: &[N::Input],
        targets: &[T],
        loss: &L,
        gradients: &mut [f32],
    ) -> f32 {
        self.run(inputs, targets, loss, Target { gradients, overwrites: false }, None)
    }

    /// As [`gradients`](Self::gradients), and overwrites `d_inputs` with the gradient of the mean loss for each input.
    ///
    /// # Panics
    /// As `gradients`, and if there are not as many `d_inputs` as inputs.
    #[track_caller]
    pub fn gradients_with_inputs<T: Sync, L: Loss<N::Output, T>>(
        &mut self,
        inputs: &[N::Input],
        targets: &[T],
        loss: &L,
        gradients: &mut [f32],
        d_inputs: &mut [N::Input],
    ) -> f32 {
        let (found, given) = (inputs.len(), d_inputs.len());
        assert!(
            found == given,
            "gradients need one place for the gradient of each input, found {found} inputs and {given} places"
        );
        self.run(inputs, targets, loss, Target { gradients, overwrites: false }, Some(d_inputs))
    }

    /// As [`gradients`](Self::gradients), but overwrites the gradients.
    ///
    /// # Panics
    /// As `gradients`.
    #[track_caller]
    pub(crate) fn overwrite_gradients<T: Sync, L: Loss<N::Output, T>>(
        &mut self,
        inputs: &[N::Input],
        targets: &[T],
        loss: &L,
        gradients: &mut [f32],
    ) -> f32 {
        self.run(inputs, targets, loss, Target { gradients, overwrites: true }, None)
    }

    #[track_caller]
    fn run<T: Sync, L: Loss<N::Output, T>>(
        &mut self,
        inputs: &[N::Input],
        targets: &[T],
        loss: &L,
        Target { gradients, overwrites }: Target<'_>,
        d_inputs: Option<&mut [N::Input]>,
    ) -> f32 {
        let (found, given, floats, params) = (inputs.len(), targets.len(), gradients.len(), N::PARAMS);
        assert!(found > 0, "gradients need a batch of at least one sample");
        assert!(found == given, "gradients need one target for each input, found {found} inputs and {given} targets");
        assert!(
            floats == params,
            "gradients need one float for each of the network's {params} parameters, found {floats} floats"
        );

        if Self::FOLDS {
            self.forget_folded();
        } else {
            self.derive();
        }
        let share = inputs.len().div_ceil(Training::<N>::segments(inputs.len()));
        let count = inputs.len().div_ceil(share);
        let group = if N::STAGES > 1 { share } else { group::<N>(share) };
        let training = self.training.get_or_insert_with(Training::new);
        training.reserve(inputs.len(), count, group);
        if Self::FOLDS && !training.is_derived {
            derive::<N>(true, &self.parameters, &self.state, &mut training.derived);
            training.is_derived = true;
        }
        let Training { segments, arenas, derived, prepared, exchange, records, results, .. } = training;
        let derived = if Self::FOLDS { derived } else { &self.derived };
        let segments = &mut segments[..count];

        if overwrites {
            // Layers that work on the whole batch overwrite theirs when they get there.
            gradients[N::WHOLE_PARAMS..].fill(0.0);
        }
        let parameters = self.parameters.with_slack();
        let wants_d_input = d_inputs.is_some();
        N::prepare(&mut Prepare {
            parameters,
            derived: &mut [],
            prepared: prepared.with_slack_mut(),
            state: &[],
            wants_d_input,
        });
        let seed = self.seed ^ self.draws.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.draws += 1;
        let batch = Batch {
            inputs,
            targets,
            loss,
            parameters,
            derived: derived.with_slack(),
            prepared: prepared.with_slack(),
            wants_d_input,
            seed,
            share,
        };

        if N::STAGES > 1 {
            let between =
                Between { exchange, state: &mut self.state, records, results, gradients: &mut *gradients, overwrites };
            run_staged(&batch, segments, between, d_inputs);
        } else {
            run_in_groups(&batch, segments, arenas, &self.state, d_inputs);
        }

        let sum = segments.iter().map(|segment| segment.loss).sum::<f64>();
        let parts = &*segments;
        parallel::for_each_piece(&mut gradients[N::WHOLE_PARAMS..], |first, piece| {
            let mut gradients = [&[][..]; SEGMENTS];
            for (gradients, segment) in gradients.iter_mut().zip(parts) {
                *gradients = &segment.gradients[N::WHOLE_PARAMS + first..];
            }
            sums::add_parts(&gradients[..parts.len()], piece);
        });
        (sum / inputs.len() as f64) as f32
    }
}

/// Runs `work` on every segment, with its number.
fn for_each_segment<N: Network>(
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

/// One stage: every segment goes forward and backward in groups, without waiting for another.
fn run_in_groups<N: Network, T: Sync, L: Loss<N::Output, T>>(
    batch: &Batch<'_, N, T, L>,
    segments: &mut [Segment<N>],
    arenas: &Arenas,
    state: &[f32],
    d_inputs: Option<&mut [N::Input]>,
) {
    let read: [&[f32]; 3] = [&[], &[], state];
    let most = group::<N>(batch.share);
    for_each_segment(segments, batch.share, &mut [], d_inputs, &|i, Part { segment, mut d_inputs, .. }| {
        segment.begin();
        let mut arena = arenas.mine();
        let samples = batch.samples(i);
        for first in samples.clone().step_by(most) {
            let group = first..samples.end.min(first + most);
            let lent = Lent { arena: Some(&mut arena), records: &mut [], d_inputs: None };
            segment.pass(batch, group.clone(), read, lent, |pass| N::forward(0, pass));
            segment.measure(batch, group.clone());
            let d_inputs = d_inputs.as_mut().map(|all| &mut all[first - samples.start..][..group.len()]);
            let lent = Lent { arena: Some(&mut arena), records: &mut [], d_inputs };
            segment.pass(batch, group, read, lent, |pass| N::backward(0, pass));
        }
    });
}

/// What is worked on between stages.
struct Between<'a> {
    exchange: &'a mut [f32],
    state: &'a mut [f32],
    records: &'a mut [f32],
    results: &'a mut [f32],
    gradients: &'a mut [f32],
    overwrites: bool,
}

/// Several stages: after each, what the segments measured or put together is worked on for the whole batch.
fn run_staged<N: Network, T: Sync, L: Loss<N::Output, T>>(
    batch: &Batch<'_, N, T, L>,
    segments: &mut [Segment<N>],
    mut between: Between<'_>,
    mut d_inputs: Option<&mut [N::Input]>,
) {
    let last = N::STAGES - 1;
    for stage in 0..last {
        let Between { exchange, records, results, state, .. } = &mut between;
        let read: [&[f32]; 3] = [exchange, results, state];
        for_each_segment(segments, batch.share, records, None, &|i, Part { segment, records, .. }| {
            if stage == 0 {
                segment.begin();
            }
            let lent = Lent { arena: None, records, d_inputs: None };
            segment.pass(batch, batch.samples(i), read, lent, |pass| N::forward(stage, pass));
        });
        combine(batch, segments, &mut between, |exchange| N::combine_forward(stage, exchange));
    }
    for stage in (0..=last).rev() {
        // Branches read the input in later stages too; the first one stores the sum.
        let d_inputs = d_inputs.as_deref_mut();
        let Between { exchange, records, results, state, .. } = &mut between;
        let read: [&[f32]; 3] = [exchange, results, state];
        for_each_segment(segments, batch.share, records, d_inputs, &|i, part| {
            let (Part { segment, records, d_inputs }, samples) = (part, batch.samples(i));
            // At the last stage a segment turns round without waiting for others.
            if stage == last {
                let lent = Lent { arena: None, records: &mut *records, d_inputs: None };
                segment.pass(batch, samples.clone(), read, lent, |pass| N::forward(last, pass));
                segment.measure(batch, samples.clone());
            }
            let lent = Lent { arena: None, records, d_inputs };
            segment.pass(batch, samples, read, lent, |pass| N::backward(stage, pass));
        });
        if stage > 0 {
            combine(batch, segments, &mut between, |exchange| N::combine_backward(stage, exchange));
        }
    }
}

fn combine<N: Network, T, L>(
    batch: &Batch<'_, N, T, L>,
    segments: &[Segment<N>],
    between: &mut Between<'_>,
    work: impl FnOnce(&mut Exchange<'_>),
) {
    let mut partials = [(0, &[] as &[f32]); SEGMENTS];
    for (i, segment) in segments.iter().enumerate() {
        partials[i] = (batch.samples(i).len(), &segment.partial);
    }
    let whole = Whole {
        batch: batch.inputs.len(),
        inputs: flat_samples(batch.inputs),
        parameters: batch.parameters,
        records: between.records,
        record: N::RECORD,
        results: between.results,
        gradients: between.gradients,
        overwrites: between.overwrites,
        wants_d_input: batch.wants_d_input,
    };
    let (exchange, state) = (&mut *between.exchange, &mut *between.state);
    work(&mut Exchange { partials: &partials[..segments.len()], exchange, state, whole });
}
