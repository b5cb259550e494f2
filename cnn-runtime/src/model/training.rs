//! Forward, loss and backward over a batch: the gradient of the mean loss.
//!
//! A batch is cut into segments, whatever the number of threads; each adds up gradients of its own and the sums are
//! added in order, so the result has the same bits on any machine. A segment runs its samples through the network in
//! groups, depth first. A network with batch norms runs each segment as one group, stage by stage.

use super::Model;
use crate::arena::Arena;
use crate::buffer::Buffer;
use crate::loss::Loss;
use crate::network::Network;
use crate::parallel;
use crate::pass::{Exchange, Noise, Pass, Prepare};
use crate::volume::{Sample, flat_samples, flat_samples_mut};

/// Samples of a segment that is worth its own sums.
const SEGMENT: usize = 8;

/// Most segments of a batch: each has a copy of the gradients.
const SEGMENTS: usize = 16;

/// Bytes that all copies of the gradients together may take, if that leaves at least two.
const GRADIENT_BYTES: usize = 256 << 20;

/// Samples that pass through the layers together: enough that a fully connected layer reads its weights once for a
/// whole register tile of samples.
const GROUP: usize = 8;

/// Memory to train in.
pub(super) struct Training<N: Network> {
    segments: Vec<Segment<N>>,
    prepared: Buffer,
    exchange: Vec<f32>,
}

/// A part of a batch and what it adds up.
struct Segment<N: Network> {
    arena: Arena,
    gradients: Buffer,
    partial: Vec<f32>,
    outputs: Vec<N::Output>,
    d_outputs: Vec<N::Output>,
    loss: f64,
}

/// What all segments of a step read.
struct Batch<'a, N: Network, T, L> {
    inputs: &'a [N::Input],
    targets: &'a [T],
    loss: &'a L,
    parameters: &'a [f32],
    derived: &'a [f32],
    prepared: &'a [f32],
    seed: u64,
    /// Samples of a segment; the last may have fewer.
    share: usize,
}

/// A segment with its part of the gradients for the inputs.
type Part<'a, N> = (&'a mut Segment<N>, Option<&'a mut [<N as Network>::Input]>);

impl<N: Network> Training<N> {
    /// How many segments a batch has: a function of the batch and the network alone.
    fn segments(batch: usize) -> usize {
        let affordable = (GRADIENT_BYTES / (N::PARAMS * size_of::<f32>()).max(1)).max(2);
        batch.div_ceil(SEGMENT).clamp(1, SEGMENTS.min(affordable))
    }

    fn new() -> Self {
        Self { segments: Vec::new(), prepared: Buffer::zeroed(N::PREPARED), exchange: vec![0.0; N::EXCHANGE] }
    }

    /// Makes the memory that a batch needs, if it is not there yet.
    fn reserve(&mut self, segments: usize, group: usize) {
        for segment in &mut self.segments {
            if segment.arena.capacity() < group {
                *segment = Segment::new(group);
            }
        }
        while self.segments.len() < segments {
            self.segments.push(Segment::new(group));
        }
    }
}

impl<N: Network> Segment<N> {
    fn new(group: usize) -> Self {
        Self {
            arena: Arena::new(N::TRAIN_FLOATS, group, N::TRAIN_SCRATCH),
            gradients: Buffer::zeroed(N::PARAMS),
            partial: vec![0.0; N::EXCHANGE],
            outputs: N::Output::zeroed_vec(group),
            d_outputs: N::Output::zeroed_vec(group),
            loss: 0.0,
        }
    }

    fn begin(&mut self) {
        self.gradients.fill(0.0);
        self.loss = 0.0;
    }

    /// Hands the samples `first..first + samples` of the batch to `work` as a pass.
    fn pass<T, L>(
        &mut self,
        batch: &Batch<'_, N, T, L>,
        first: usize,
        samples: usize,
        exchange: &[f32],
        d_inputs: Option<&mut [N::Input]>,
        work: impl FnOnce(&mut Pass<'_>),
    ) {
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
            state: &[],
            gradients: &mut self.gradients,
            partial: &mut self.partial,
            exchange,
            arena: &mut self.arena,
            noise: Noise { seed: batch.seed, first_sample: first as u64 },
        });
    }

    /// The loss of a group whose outputs are known, and its gradient for them: of the mean over the batch.
    fn measure<T, L: Loss<N::Output, T>>(&mut self, batch: &Batch<'_, N, T, L>, first: usize, samples: usize) {
        let scale = 1.0 / batch.inputs.len() as f32;
        let targets = &batch.targets[first..first + samples];
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
        self.run(inputs, targets, loss, gradients, None)
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
        self.run(inputs, targets, loss, gradients, Some(d_inputs))
    }

    #[track_caller]
    fn run<T: Sync, L: Loss<N::Output, T>>(
        &mut self,
        inputs: &[N::Input],
        targets: &[T],
        loss: &L,
        gradients: &mut [f32],
        d_inputs: Option<&mut [N::Input]>,
    ) -> f32 {
        let (found, given, floats, params) = (inputs.len(), targets.len(), gradients.len(), N::PARAMS);
        assert!(found > 0, "gradients need a batch of at least one sample");
        assert!(found == given, "gradients need one target for each input, found {found} inputs and {given} targets");
        assert!(
            floats == params,
            "gradients need one float for each of the network's {params} parameters, found {floats} floats"
        );

        self.derive();
        let share = inputs.len().div_ceil(Training::<N>::segments(inputs.len()));
        let count = inputs.len().div_ceil(share);
        let group = if N::STAGES > 1 { share } else { GROUP };
        let training = self.training.get_or_insert_with(Training::new);
        training.reserve(count, group);
        let Training { segments, prepared, exchange } = training;
        let segments = &mut segments[..count];

        let parameters = self.parameters.with_slack();
        let wants_d_input = d_inputs.is_some();
        N::prepare(&mut Prepare { parameters, derived: &mut [], prepared: prepared.with_slack_mut(), wants_d_input });
        let seed = self.seed ^ self.draws.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.draws += 1;
        let batch = Batch {
            inputs,
            targets,
            loss,
            parameters,
            derived: self.derived.with_slack(),
            prepared: prepared.with_slack(),
            seed,
            share,
        };

        if N::STAGES > 1 {
            run_staged(&batch, segments, exchange, &mut self.state, d_inputs);
        } else {
            run_in_groups(&batch, segments, d_inputs);
        }

        let sum = segments.iter().map(|segment| segment.loss).sum::<f64>();
        parallel::for_each_piece(gradients, |first, piece| {
            for segment in &*segments {
                piece.iter_mut().zip(&segment.gradients[first..]).for_each(|(total, part)| *total += part);
            }
        });
        (sum / inputs.len() as f64) as f32
    }
}

/// Runs `work` on every segment, with its number and its part of the gradients for the inputs.
fn for_each_segment<N: Network>(
    segments: &mut [Segment<N>],
    share: usize,
    d_inputs: Option<&mut [N::Input]>,
    work: &(dyn Fn(usize, Part<'_, N>) + Sync),
) {
    match d_inputs {
        None => parallel::for_each(segments, |i, segment| work(i, (segment, None))),
        Some(d_inputs) => parallel::for_each_with_share(segments, d_inputs, share, |i, segment, d_inputs| {
            work(i, (segment, Some(d_inputs)));
        }),
    }
}

/// One stage: every segment goes forward and backward in groups, without waiting for another.
fn run_in_groups<N: Network, T: Sync, L: Loss<N::Output, T>>(
    batch: &Batch<'_, N, T, L>,
    segments: &mut [Segment<N>],
    d_inputs: Option<&mut [N::Input]>,
) {
    for_each_segment(segments, batch.share, d_inputs, &|i, (segment, mut d_inputs)| {
        segment.begin();
        let start = i * batch.share;
        let end = (start + batch.share).min(batch.inputs.len());
        for first in (start..end).step_by(GROUP) {
            let samples = GROUP.min(end - first);
            segment.pass(batch, first, samples, &[], None, |pass| N::forward(0, pass));
            segment.measure(batch, first, samples);
            let d_inputs = d_inputs.as_mut().map(|all| &mut all[first - start..][..samples]);
            segment.pass(batch, first, samples, &[], d_inputs, |pass| N::backward(0, pass));
        }
    });
}

/// Several stages: after each, the segments' statistics become the batch's.
fn run_staged<N: Network, T: Sync, L: Loss<N::Output, T>>(
    batch: &Batch<'_, N, T, L>,
    segments: &mut [Segment<N>],
    exchange: &mut [f32],
    state: &mut [f32],
    mut d_inputs: Option<&mut [N::Input]>,
) {
    let last = N::STAGES - 1;
    let part = |i: usize| (i * batch.share, batch.share.min(batch.inputs.len() - i * batch.share));
    for stage in 0..=last {
        for_each_segment(segments, batch.share, None, &|i, (segment, _)| {
            let (first, samples) = part(i);
            if stage == 0 {
                segment.begin();
            }
            segment.pass(batch, first, samples, exchange, None, |pass| N::forward(stage, pass));
            if stage == last {
                segment.measure(batch, first, samples);
            }
        });
        if stage < last {
            combine(segments, part, exchange, state, |exchange| N::combine_forward(stage, exchange));
        }
    }
    for stage in (0..=last).rev() {
        let d_inputs = if stage == 0 { d_inputs.take() } else { None };
        for_each_segment(segments, batch.share, d_inputs, &|i, (segment, d_inputs)| {
            let (first, samples) = part(i);
            segment.pass(batch, first, samples, exchange, d_inputs, |pass| N::backward(stage, pass));
        });
        if stage > 0 {
            combine(segments, part, exchange, state, |exchange| N::combine_backward(stage, exchange));
        }
    }
}

fn combine<N: Network>(
    segments: &[Segment<N>],
    part: impl Fn(usize) -> (usize, usize),
    exchange: &mut [f32],
    state: &mut [f32],
    work: impl FnOnce(&mut Exchange<'_>),
) {
    let mut partials = [(0, &[] as &[f32]); SEGMENTS];
    for (i, segment) in segments.iter().enumerate() {
        partials[i] = (part(i).1, &segment.partial);
    }
    work(&mut Exchange { partials: &partials[..segments.len()], exchange, state });
}
