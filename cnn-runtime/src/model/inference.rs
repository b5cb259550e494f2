//! Running samples through a network without learning.

use super::Model;
use crate::arena::Arena;
use crate::buffer::{Buffer, LANES};
use crate::network::Network;
use crate::parallel;
use crate::pass::{Noise, Pass, Stretch};
use crate::volume::{Sample, flat_samples, flat_samples_mut};

/// Samples that pass through the layers together, so that a fully connected layer reads its weights once for all: at
/// least, and at most where their activations stay in half of a second level cache.
const GROUP: [usize; 2] = [16, 32];

/// The same before the layers with many weights, which then read them once for the whole batch. Fewer samples would
/// leave small maps too few pixels for the weights of a convolution.
const FRONT: [usize; 2] = [4, 32];

/// Samples that are handed on together: their inputs of a layer stay near while its weights go by.
const ROUND: usize = 64;

/// Half of a second level cache.
const NEAR: usize = 512 << 10;

/// Bytes of activations that a group may take, if it has more than one sample: large networks run fewer at a time.
const GROUP_BYTES: usize = 128 << 20;

/// Multiply-adds (or floats of activations) that are worth another thread: 10 to 20 us, a few times what waking it
/// costs.
const WORK: u64 = 1 << 20;

/// Multiply-adds of networks in which the layers of a single sample may use several threads.
const SHARED: u64 = 64 << 20;

/// Memory to run one group of samples in.
pub(super) struct Runner<N: Network> {
    arena: Arena,
    outputs: Vec<N::Output>,
    /// Threads that a layer may use.
    threads: usize,
    /// Whether a sample has run: before, the arena holds zeros that are nobody's values.
    ran: bool,
}

/// Memory for the second part of a batch: all samples together, so that its many weights are read once.
pub(super) struct Back {
    arena: Arena,
    /// What the front hands on.
    handed: Vec<f32>,
    strips: Vec<f32>,
}

/// What every sample runs with, with slack behind the weights.
#[derive(Clone, Copy)]
struct Weights<'a> {
    parameters: &'a [f32],
    derived: &'a [f32],
    state: &'a [f32],
}

/// A group of samples: what is read and written where.
struct Group<'a> {
    samples: usize,
    inputs: &'a [f32],
    outputs: &'a mut [f32],
    arena: &'a mut Arena,
    strips: &'a mut [f32],
    threads: usize,
}

/// Runs a group through the network or a part of it.
fn infer<N: Network>(weights: Weights<'_>, stretch: Stretch, group: Group<'_>) {
    let Weights { parameters, derived, state } = weights;
    let Group { samples, inputs, outputs, arena, strips, threads } = group;
    N::infer(&mut Pass {
        samples,
        batch: samples,
        inputs,
        outputs,
        d_outputs: &[],
        d_inputs: None,
        parameters,
        derived,
        prepared: &[],
        state,
        gradients: &mut [],
        partial: &mut [],
        exchange: &[],
        records: &mut [],
        record: 0,
        results: &[],
        arena,
        noise: Noise::default(),
        threads,
        stretch,
        strips,
    });
}

impl<N: Network> Runner<N> {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            arena: Arena::new(N::INFER_FLOATS, capacity, N::INFER_SCRATCH),
            outputs: N::Output::zeroed_vec(capacity),
            threads: 1,
            ran: false,
        }
    }

    /// Lets a single sample's layers use several threads, with scratch memory for each.
    fn share(&mut self, threads: usize) {
        if self.threads != threads {
            self.arena = Arena::new(N::INFER_FLOATS, 1, N::INFER_SCRATCH.next_multiple_of(LANES) * threads);
            self.threads = threads;
        }
    }

    /// Runs samples, `floats` outputs each, in groups of as many as there is memory for.
    fn run(&mut self, weights: Weights<'_>, stretch: Stretch, inputs: &[N::Input], outputs: &mut [f32], floats: usize) {
        let most = self.arena.capacity();
        for (inputs, outputs) in inputs.chunks(most).zip(outputs.chunks_mut(most * floats)) {
            let (samples, inputs) = (inputs.len(), flat_samples(inputs));
            let (arena, threads) = (&mut self.arena, self.threads);
            infer::<N>(weights, stretch, Group { samples, inputs, outputs, arena, strips: &mut [], threads });
        }
    }
}

impl Back {
    fn new<N: Network>(samples: usize) -> Self {
        Self {
            arena: Arena::new(N::BACK_FLOATS, samples, N::INFER_SCRATCH),
            handed: vec![0.0; samples * N::HANDED],
            strips: vec![0.0; samples * N::STRIPS + LANES],
        }
    }

    fn run<N: Network>(&mut self, weights: Weights<'_>, outputs: &mut [N::Output]) {
        let samples = outputs.len();
        let (inputs, outputs) = (&self.handed[..samples * N::HANDED], flat_samples_mut(outputs));
        let (arena, strips) = (&mut self.arena, &mut self.strips[..]);
        infer::<N>(weights, Stretch::Back, Group { samples, inputs, outputs, arena, strips, threads: 1 });
    }
}

/// How many floats a sample has.
fn floats<S: Sample>() -> usize {
    S::SHAPE.iter().product()
}

fn weights<'a>(parameters: &'a Buffer, derived: &'a Buffer, state: &'a Buffer) -> Weights<'a> {
    Weights { parameters: parameters.with_slack(), derived: derived.with_slack(), state }
}

impl<N: Network> Model<N> {
    /// Runs one sample. Allocates nothing, apart from what a large network needs to use several threads: on the first
    /// call, and when their number changes.
    pub fn forward(&mut self, input: &N::Input) -> &N::Output {
        self.derive();
        let is_shared = N::MACS >= SHARED;
        if is_shared {
            self.single.share(parallel::threads());
        }
        let weights = weights(&self.parameters, &self.derived, &self.state);
        let mut output = std::mem::take(&mut self.single.outputs);
        let outputs = flat_samples_mut(&mut output);
        let (single, inputs) = (&mut self.single, std::slice::from_ref(input));
        let mut run = || single.run(weights, Stretch::Whole, inputs, outputs, floats::<N::Output>());
        if is_shared {
            parallel::enter(run)
        } else {
            run()
        }
        self.single.outputs = output;
        self.single.ran = true;
        &self.single.outputs[0]
    }

    /// Runs samples on as many threads as rayon has. Memory for it is made on the first call and kept.
    ///
    /// # Panics
    /// If there are not as many outputs as inputs.
    #[track_caller]
    pub fn forward_batch(&mut self, inputs: &[N::Input], outputs: &mut [N::Output]) {
        let (found, given) = (inputs.len(), outputs.len());
        assert!(
            found == given,
            "forward_batch needs one output for each input, found {found} inputs and {given} outputs"
        );
        self.derive();
        if N::HANDED > 0 && found > 1 {
            return parallel::enter(|| {
                for (inputs, outputs) in inputs.chunks(ROUND).zip(outputs.chunks_mut(ROUND)) {
                    self.forward_in_two(inputs, outputs);
                }
            });
        }
        let (share, weights, runners) = self.runners(found, GROUP);
        let floats = floats::<N::Output>();
        parallel::for_each_with_share(runners, flat_samples_mut(outputs), share * floats, |i, runner, outputs| {
            let inputs = &inputs[i * share..][..outputs.len() / floats];
            runner.run(weights, Stretch::Whole, inputs, outputs, floats);
        });
    }

    /// Runs a batch up to its many weights depth first, and from there on all samples at once.
    fn forward_in_two(&mut self, inputs: &[N::Input], outputs: &mut [N::Output]) {
        let samples = inputs.len();
        let back = self.back.take().filter(|back| back.arena.capacity() >= samples);
        let mut back = back.unwrap_or_else(|| Back::new::<N>(samples));
        let (share, weights, runners) = self.runners(samples, FRONT);
        let handed = &mut back.handed[..samples * N::HANDED];
        parallel::for_each_with_share(runners, handed, share * N::HANDED, |i, runner, handed| {
            let inputs = &inputs[i * share..][..handed.len() / N::HANDED];
            runner.run(weights, Stretch::Front, inputs, handed, N::HANDED);
        });
        back.run::<N>(weights, outputs);
        self.back = Some(back);
    }

    /// As many runners as a batch is worth, with memory for groups of a size within these bounds; and how many samples
    /// each of them runs.
    fn runners(&mut self, samples: usize, [least, most]: [usize; 2]) -> (usize, Weights<'_>, &mut [Runner<N>]) {
        let touched = N::INFER_FLOATS + floats::<N::Input>();
        let worth = samples as u64 * (N::MACS + touched as u64) / WORK;
        let threads = parallel::threads().min(samples).min(usize::try_from(worth).unwrap_or(usize::MAX)).max(1);
        let share = samples.div_ceil(threads).max(1);
        let bytes = (N::INFER_FLOATS * size_of::<f32>()).max(1);
        let group = (NEAR / bytes).clamp(least, most).min(GROUP_BYTES / bytes).clamp(1, share);
        for runner in &mut self.runners {
            if runner.arena.capacity() < group {
                *runner = Runner::new(group);
            }
        }
        while self.runners.len() < threads {
            self.runners.push(Runner::new(group));
        }
        let weights = weights(&self.parameters, &self.derived, &self.state);
        (share, weights, &mut self.runners[..samples.div_ceil(share)])
    }

    /// The value named `@name` of the sample that [`forward`](Self::forward) ran last, in HWC order; `None` if the
    /// network has no such tap, or if `forward` has not run yet. Other passes, `forward_batch` for one, leave no taps,
    /// and a clone has none until its own `forward` runs.
    pub fn tap(&self, name: &str) -> Option<Vec<f32>> {
        let map = &N::TAPS.iter().find(|tap| self.single.ran && tap.name == name)?.map;
        Some(map.runs(&self.single.arena.view(map)[..map.stored()]).flatten().copied().collect())
    }
}
