//! Forward, loss and backward over a batch: the gradient of the mean loss.
//!
//! A batch is cut into segments, whatever the number of threads; each adds up gradients of its own and the sums are
//! added in order, so the result has the same bits on any machine. A segment runs its samples through the network in
//! groups, depth first. A network with batch norms, or with layers whose weights are many, runs each segment as one
//! group, stage by stage.

mod arenas;
mod segment;
mod stages;

use super::{Model, derive};
use crate::buffer::{Buffer, LANES};
use crate::kernels::sums;
use crate::loss::Loss;
use crate::network::Network;
use crate::optim::{Optimizer, Step};
use crate::parallel;
use crate::pass::Prepare;
use arenas::{Arenas, GROUP, group};
use segment::{Batch, Read, Segment};
use stages::Between;

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

/// Multiply-adds (and floats of activations and parameters) of a batch's forward pass from which on a step is worth
/// other threads: one takes three times as long, 20 to 40 us, and from a thread that is none of rayon's two have to
/// wake up.
const WORK: u64 = 512 << 10;

/// Floats of a piece of the segments' gradients that is worth handing to a thread.
const PIECE: usize = 16 * 1024;

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
    /// The running statistics of before a step, to which they return if its loss is no number.
    kept: Vec<f32>,
    /// What samples put together for layers that work on the whole batch, and what those compute.
    records: Buffer,
    results: Buffer,
}

/// Where the gradients of a batch go, whether they overwrite what is there, as in a step, and what then changes the
/// parameters at which learning rate, if that is wanted.
struct Target<'a> {
    gradients: &'a mut [f32],
    overwrites: bool,
    update: Option<(&'a mut dyn Optimizer, f32)>,
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
            kept: vec![0.0; N::STATE],
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
            self.arenas.reserve::<N>(parallel::threads(), group);
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
        self.run(inputs, targets, loss, Target { gradients, overwrites: false, update: None }, None)
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
        self.run(inputs, targets, loss, Target { gradients, overwrites: false, update: None }, Some(d_inputs))
    }

    /// As [`gradients`](Self::gradients), but overwrites the gradients, and leaves running statistics as they were if
    /// the loss is infinite or not a number: the first half of a step.
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
        self.run(inputs, targets, loss, Target { gradients, overwrites: true, update: None }, None)
    }

    /// Computes the gradients, and lets the optimiser change the parameters by them: layers with many weights at once
    /// where their gradients have just been computed, so that these never leave the cache. Nothing is changed if the
    /// loss is infinite or not a number. What `gradients` holds afterwards is of no use.
    ///
    /// # Panics
    /// As `gradients`.
    #[track_caller]
    pub(crate) fn step<T: Sync, L: Loss<N::Output, T>>(
        &mut self,
        inputs: &[N::Input],
        targets: &[T],
        loss: &L,
        gradients: &mut [f32],
        optimizer: &mut dyn Optimizer,
        rate: f32,
    ) -> f32 {
        let target = Target { gradients, overwrites: true, update: Some((optimizer, rate)) };
        self.run(inputs, targets, loss, target, None)
    }

    #[track_caller]
    fn run<T: Sync, L: Loss<N::Output, T>>(
        &mut self,
        inputs: &[N::Input],
        targets: &[T],
        loss: &L,
        target: Target<'_>,
        d_inputs: Option<&mut [N::Input]>,
    ) -> f32 {
        let (found, given, floats, params) = (inputs.len(), targets.len(), target.gradients.len(), N::PARAMS);
        assert!(found > 0, "gradients need a batch of at least one sample");
        assert!(found == given, "gradients need one target for each input, found {found} inputs and {given} targets");
        assert!(
            floats == params,
            "gradients need one float for each of the network's {params} parameters, found {floats} floats"
        );

        let run = || self.run_inside(inputs, targets, loss, target, d_inputs);
        let work = found as u64 * (N::MACS + N::TRAIN_FLOATS as u64) + N::PARAMS as u64;
        if work < WORK { parallel::alone(run) } else { parallel::enter(run) }
    }

    /// As `run`, of what fits together, on one of rayon's threads if that is worth while.
    fn run_inside<T: Sync, L: Loss<N::Output, T>>(
        &mut self,
        inputs: &[N::Input],
        targets: &[T],
        loss: &L,
        Target { gradients, overwrites, update }: Target<'_>,
        mut d_inputs: Option<&mut [N::Input]>,
    ) -> f32 {
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
        let Training { segments, arenas, derived, prepared, exchange, kept, records, results, .. } = training;
        let derived = if Self::FOLDS { derived } else { &self.derived };
        let segments = &mut segments[..count];

        // Without stages nothing adds to the gradients before the segments' are added up, and that can overwrite them.
        // With stages layers that work on the whole batch add biases, and overwrite weights when they get there.
        let adds = !overwrites || N::STAGES > 1;
        if overwrites && adds {
            gradients[N::WHOLE_PARAMS..].fill(0.0);
        }
        let parameters = self.parameters.with_slack_mut();
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
        let (derived, prepared) = (derived.with_slack(), prepared.with_slack());
        let batch = Batch { inputs, targets, loss, derived, prepared, wants_d_input, seed, share };

        let state = &mut self.state[..];
        kept.copy_from_slice(state);
        let mut between = Between { parameters, exchange, state, records, results, gradients, overwrites, step: None };
        if N::STAGES > 1 {
            stages::forward(&batch, segments, &mut between);
            stages::turn(&batch, segments, &mut between, d_inputs.as_deref_mut());
        } else {
            let read = Read { parameters: between.parameters, exchange: &[], results: &[], state: between.state };
            stages::in_groups(&batch, segments, arenas, read, d_inputs.as_deref_mut());
        }
        let loss = (segments.iter().map(|segment| segment.loss).sum::<f64>() / inputs.len() as f64) as f32;
        if overwrites && !loss.is_finite() {
            between.state.copy_from_slice(kept);
        }
        let mut update = update.filter(|_| loss.is_finite());
        between.step = update.as_mut().and_then(|(optimizer, rate)| optimizer.begin(N::PARAMS, *rate));
        if N::STAGES > 1 {
            stages::backward(&batch, segments, &mut between, d_inputs);
        }

        let Between { parameters, gradients, step, .. } = between;
        let is_made = step.is_some();
        add_up(segments, adds, parameters, gradients, step);
        if let Some((optimizer, rate)) = update {
            if !is_made {
                optimizer.step(&mut parameters[..N::PARAMS], gradients, rate);
            }
            self.forget_derived();
        }
        loss
    }
}

/// Adds the segments' gradients to those of the batch (or overwrites them), and changes the parameters by the sums if a
/// step is given. Layers that work on the whole batch have done so already.
fn add_up<N: Network>(
    segments: &[Segment<N>],
    adds: bool,
    parameters: &mut [f32],
    gradients: &mut [f32],
    mut step: Option<Step<'_>>,
) {
    let others = N::WHOLE_PARAMS..N::PARAMS;
    let step = step.as_mut().map(|step| step.of(others.clone()));
    let all = ((&mut parameters[others.clone()], &mut gradients[others.clone()]), step);
    parallel::for_each_cut(all, others.len(), PIECE, &|i, ((parameters, sums), step)| {
        let mut parts = [&[][..]; SEGMENTS];
        for (part, segment) in parts.iter_mut().zip(segments) {
            *part = &segment.gradients[N::WHOLE_PARAMS + i * PIECE..];
        }
        sums::add_parts(&parts[..segments.len()], adds, sums);
        if let Some(step) = step {
            step.apply(parameters, sums);
        }
    });
}
