//! A network with what it is trained by.

use std::fmt;

use crate::buffer::Buffer;
use crate::data::Dataset;
use crate::loss::Loss;
use crate::network::Network;
use crate::optim::{Clip, Optimizer};
use crate::train::Schedule;
use crate::train::rates::Rates;
use crate::volume::Sample;

/// Bytes of outputs that an evaluation holds at a time, unless a single one is larger.
const OUTPUT_BYTES: usize = 16 << 20;
/// Samples that an evaluation runs at a time: enough to keep every thread busy between two hand-overs.
const EVALUATED: usize = 256;

/// Trains a network: owns it, a loss, an optimiser with its state, and the gradients.
///
/// [`step`](Self::step) is one step on a batch of your own; [`fit`](Self::fit) is the whole loop over a data set.
pub struct Trainer<N: Network, L, O> {
    pub(super) net: N,
    pub(super) loss: L,
    pub(super) optimizer: O,
    pub(super) schedule: Schedule,
    clip: Option<Clip>,
    gradients: Buffer,
    rates: Rates,
    steps: u64,
    total_steps: Option<u64>,
}

/// What a network makes of a data set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evaluation {
    /// The mean loss. Not a number for no samples.
    pub loss: f32,
    /// The share of samples that the network gets right, between 0 and 1, for losses that know what right is.
    pub accuracy: Option<f32>,
}

impl<N: Network, L, O: Optimizer> Trainer<N, L, O> {
    /// A trainer with a constant learning rate and no clipping.
    pub fn new(net: N, loss: L, mut optimizer: O) -> Self {
        optimizer.reserve(N::PARAMS);
        let gradients = Buffer::zeroed(N::PARAMS);
        let rates = Rates::new(N::TENSORS);
        let schedule = Schedule::Constant;
        Self { net, loss, optimizer, schedule, clip: None, gradients, rates, steps: 0, total_steps: None }
    }

    /// Varies the learning rate.
    pub fn schedule(mut self, schedule: Schedule) -> Self {
        self.schedule = schedule;
        self
    }

    /// Limits the gradients.
    ///
    /// # Panics
    /// If the limit is not at least zero.
    #[track_caller]
    pub fn clip(mut self, clip: Clip) -> Self {
        clip.check();
        self.clip = Some(clip);
        self
    }

    /// Says how many times [`step`](Self::step) will be called, for schedules that depend on it.
    /// [`fit`](Self::fit) knows by itself.
    pub fn total_steps(mut self, steps: u64) -> Self {
        self.total_steps = Some(steps);
        self
    }

    /// One step: forward, backward and update. The mean loss of the batch, from before the update.
    ///
    /// If the loss is infinite or not a number, nothing is updated. Allocates nothing, apart from the network's memory
    /// on the first call and when a batch is larger than any before.
    ///
    /// # Panics
    /// If the batch is empty, if there is not one target for each input, if a target is none that the loss works with,
    /// or if the schedule depends on [`total_steps`](Self::total_steps) and they are not stated.
    #[track_caller]
    pub fn step<T: Sync>(&mut self, inputs: &[N::Input], targets: &[T]) -> f32
    where
        L: Loss<N::Output, T>,
    {
        let known = self.total_steps.is_some() || !self.schedule.needs_end();
        assert!(known, "{:?} depends on `Trainer::total_steps`: state them", self.schedule);
        let total_steps = self.total_steps.unwrap_or(0);
        let rate = self.schedule.rate(self.optimizer.rate(), self.steps, total_steps);
        self.steps += 1;
        self.step_at(inputs, targets, rate)
    }

    /// One step with a given learning rate.
    #[track_caller]
    pub(super) fn step_at<T: Sync>(&mut self, inputs: &[N::Input], targets: &[T], rate: f32) -> f32
    where
        L: Loss<N::Output, T>,
    {
        let (found, given) = (inputs.len(), targets.len());
        assert!(found > 0, "a step needs at least one sample");
        assert!(found == given, "a step needs one target for each input, found {found} inputs and {given} targets");
        let model = self.net.model_mut();
        if self.clip.is_none() && self.rates.are_all_the_optimizers() {
            return model.step(inputs, targets, &self.loss, &mut self.gradients, &mut self.optimizer, rate);
        }
        // What limits gradients or changes must see all of them.
        let loss = model.overwrite_gradients(inputs, targets, &self.loss, &mut self.gradients);
        if loss.is_finite() {
            self.rates.begin(model.parameters(), &mut self.gradients);
            if let Some(clip) = self.clip {
                clip.apply(&mut self.gradients);
            }
            self.optimizer.step(model.parameters_mut(), &self.gradients, rate);
            self.rates.end(model.parameters_mut());
        }
        loss
    }

    /// Runs the network over a data set in its inference form.
    ///
    /// # Panics
    /// If a target is none that the loss works with.
    pub fn evaluate<T>(&mut self, dataset: &Dataset<N::Input, T>) -> Evaluation
    where
        L: Loss<N::Output, T>,
    {
        let (inputs, targets) = (dataset.inputs(), dataset.targets());
        let batch = (OUTPUT_BYTES / size_of::<N::Output>().max(1)).clamp(1, EVALUATED);
        let mut outputs = N::Output::zeroed_vec(batch.min(inputs.len()));
        let mut d_output = N::Output::zeroed_box();
        let (mut loss, mut judged, mut hits) = (0.0, 0_usize, 0_usize);
        for (inputs, targets) in inputs.chunks(batch).zip(targets.chunks(batch)) {
            let outputs = &mut outputs[..inputs.len()];
            self.net.model_mut().forward_batch(inputs, outputs);
            for (output, target) in outputs.iter().zip(targets) {
                loss += f64::from(self.loss.evaluate(output, target, &mut d_output));
                if let Some(hit) = self.loss.is_hit(output, target) {
                    judged += 1;
                    hits += usize::from(hit);
                }
            }
        }
        Evaluation {
            loss: (loss / inputs.len() as f64) as f32,
            accuracy: (judged > 0).then(|| (hits as f64 / judged as f64) as f32),
        }
    }

    /// The network.
    pub fn net(&self) -> &N {
        &self.net
    }

    /// The network, to run or to change.
    pub fn net_mut(&mut self) -> &mut N {
        &mut self.net
    }

    /// The network, for good.
    pub fn into_net(self) -> N {
        self.net
    }

    /// The optimiser.
    pub fn optimizer(&self) -> &O {
        &self.optimizer
    }

    /// The optimiser, to restore its state for example.
    pub fn optimizer_mut(&mut self) -> &mut O {
        &mut self.optimizer
    }
}

impl<N: Network, L: fmt::Debug, O: fmt::Debug> fmt::Debug for Trainer<N, L, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Trainer")
            .field("net", &N::NAME)
            .field("loss", &self.loss)
            .field("schedule", &self.schedule)
            .field("clip", &self.clip)
            .field("steps", &self.steps)
            .finish_non_exhaustive()
    }
}
