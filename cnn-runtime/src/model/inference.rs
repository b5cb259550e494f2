//! Running samples through a network without learning.

use super::Model;
use crate::arena::Arena;
use crate::buffer::{Buffer, LANES};
use crate::network::Network;
use crate::parallel;
use crate::pass::{Noise, Pass};
use crate::volume::{Sample, flat_samples, flat_samples_mut};

/// Samples that pass through the layers together, so that a fully connected layer reads its weights once for all: at
/// least, and at most where their activations stay in half of a second level cache.
const GROUP: [usize; 2] = [16, 32];

/// Half of a second level cache.
const NEAR: usize = 512 << 10;

/// Bytes of activations that a group may take, if it has more than one sample: large networks run fewer at a time.
const GROUP_BYTES: usize = 128 << 20;

/// Multiply-adds (or floats of activations) that are worth another thread: 10 to 20 us, a few times what waking it costs.
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

/// What every sample runs with, with slack behind the weights.
#[derive(Clone, Copy)]
struct Weights<'a> {
    parameters: &'a [f32],
    derived: &'a [f32],
    state: &'a [f32],
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

    /// Runs up to `capacity` samples.
    fn run(&mut self, weights: Weights<'_>, inputs: &[N::Input], outputs: &mut [N::Output]) {
        let Weights { parameters, derived, state } = weights;
        N::infer(&mut Pass {
            samples: inputs.len(),
            batch: inputs.len(),
            inputs: flat_samples(inputs),
            outputs: flat_samples_mut(outputs),
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
            arena: &mut self.arena,
            noise: Noise::default(),
            threads: self.threads,
        });
    }

    fn run_all(&mut self, weights: Weights<'_>, inputs: &[N::Input], outputs: &mut [N::Output]) {
        let group = self.arena.capacity();
        for (inputs, outputs) in inputs.chunks(group).zip(outputs.chunks_mut(group)) {
            self.run(weights, inputs, outputs);
        }
    }
}

fn weights<'a>(parameters: &'a Buffer, derived: &'a Buffer, state: &'a Buffer) -> Weights<'a> {
    Weights { parameters: parameters.with_slack(), derived: derived.with_slack(), state }
}

impl<N: Network> Model<N> {
    /// Runs one sample. Allocates nothing, apart from what a large network needs to use several threads: on the first call, and
    /// when their number changes.
    pub fn forward(&mut self, input: &N::Input) -> &N::Output {
        self.derive();
        if N::MACS >= SHARED {
            self.single.share(rayon::current_num_threads());
        }
        let weights = weights(&self.parameters, &self.derived, &self.state);
        let mut output = std::mem::take(&mut self.single.outputs);
        self.single.run(weights, std::slice::from_ref(input), &mut output);
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
        let samples = inputs.len();
        let worth = samples as u64 * (N::MACS + N::INFER_FLOATS as u64) / WORK;
        let threads =
            rayon::current_num_threads().min(samples).min(usize::try_from(worth).unwrap_or(usize::MAX)).max(1);
        let share = samples.div_ceil(threads).max(1);
        let bytes = (N::INFER_FLOATS * size_of::<f32>()).max(1);
        let group = (NEAR / bytes).clamp(GROUP[0], GROUP[1]).min(GROUP_BYTES / bytes).clamp(1, share);
        for runner in &mut self.runners {
            if runner.arena.capacity() < group {
                *runner = Runner::new(group);
            }
        }
        while self.runners.len() < threads {
            self.runners.push(Runner::new(group));
        }
        let weights = weights(&self.parameters, &self.derived, &self.state);
        let runners = &mut self.runners[..samples.div_ceil(share)];
        parallel::for_each_with_share(runners, outputs, share, |i, runner, outputs| {
            runner.run_all(weights, &inputs[i * share..][..outputs.len()], outputs);
        });
    }

    /// The value named `@name` of the sample that [`forward`](Self::forward) ran last, in HWC order; `None` if the
    /// network has no such tap, or if `forward` has not run yet. Other passes, `forward_batch` for one, leave no taps, and
    /// a clone has none until its own `forward` runs.
    pub fn tap(&self, name: &str) -> Option<Vec<f32>> {
        let map = &N::TAPS.iter().find(|tap| self.single.ran && tap.name == name)?.map;
        Some(map.runs(&self.single.arena.view(map)[..map.stored()]).flatten().copied().collect())
    }
}
