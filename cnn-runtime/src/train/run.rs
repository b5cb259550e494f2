//! The training loop.

use std::time::Instant;

use super::augmentation::augment;
use super::best::Best;
use super::progress::Progress;
use super::report::{Epoch, Report};
use super::{Fit, Trainer};
use crate::data::Dataset;
use crate::error::{Error, Result};
use crate::loss::Loss;
use crate::network::Network;
use crate::optim::Optimizer;

impl<N: Network, L, O: Optimizer> Trainer<N, L, O> {
    /// Trains on one data set, and tests on another after every epoch.
    ///
    /// The schedule runs from its start to its end over this run. With [`Fit::checkpoint`] or [`Fit::early_stop`] the
    /// network has the parameters of the best epoch in the end, otherwise those of the last. Progress goes to stderr:
    /// the kernels' path, a bar while an epoch runs (on a terminal), and a line per epoch.
    ///
    /// # Errors
    /// If an option is impossible or a data set too small for it; if a target is none that the loss works with; if a
    /// loss becomes infinite or not a number (the network then has the parameters of the best epoch if they were kept,
    /// otherwise those before the failing step); if a checkpoint cannot be written.
    pub fn fit<T: Clone + Sync>(
        &mut self,
        train: &Dataset<N::Input, T>,
        test: &Dataset<N::Input, T>,
        fit: Fit,
    ) -> Result<Report>
    where
        L: Loss<N::Output, T>,
    {
        fit.check(train.len(), test.len())?;
        check_targets(&self.loss, "training", train.targets())?;
        check_targets(&self.loss, "test", test.targets())?;

        let progress = Progress::begin(fit.quiet, fit.epochs, || {
            format!("{}: {} parameters, {} samples, {} to test", N::NAME, N::PARAMS, train.len(), test.len())
        });
        let mut best = Best::new(fit.patience, fit.keeps_best());
        let result = self.run(train, test, &fit, progress, &mut best);
        if fit.keeps_best() {
            best.restore(&mut self.net);
        }
        result
    }

    fn run<T: Clone + Sync>(
        &mut self,
        train: &Dataset<N::Input, T>,
        test: &Dataset<N::Input, T>,
        fit: &Fit,
        mut progress: Progress,
        best: &mut Best,
    ) -> Result<Report>
    where
        L: Loss<N::Output, T>,
    {
        let mut batches = train.batches(fit.seed, fit.batch);
        if !fit.shuffle {
            batches = batches.in_order();
        }
        let mut epochs = Vec::new();
        let steps = fit.steps(train.len());
        let all_steps = (fit.epochs as u64).saturating_mul(steps as u64);
        for index in 0..fit.epochs {
            progress.begin_epoch(index, steps);
            let begun = Instant::now();
            batches.begin(index);
            let (mut rate, mut sum, mut samples) = (0.0, 0.0, 0);
            for step in 0..steps {
                let Some((inputs, targets)) = batches.next_batch() else { break };
                if let Some(changes) = &fit.augment {
                    augment(changes, fit.seed, index, step, inputs);
                }
                let taken = (index * steps + step) as u64;
                rate = self.schedule.rate(self.optimizer.rate(), taken, all_steps);
                let loss = self.step_at(inputs, targets, rate);
                if !loss.is_finite() {
                    progress.abandon();
                    return Err(Error::Diverged { set: "training", loss, epoch: index + 1, step: step + 1 });
                }
                sum += f64::from(loss) * inputs.len() as f64;
                samples += inputs.len();
                progress.step(sum / samples as f64);
            }
            let seconds = begun.elapsed().as_secs_f64();
            let tested = self.evaluate(test);
            let epoch = Epoch {
                train_loss: (sum / samples as f64) as f32,
                test_loss: tested.loss,
                accuracy: tested.accuracy,
                rate,
                seconds,
                images_per_second: samples as f64 / seconds.max(1e-9),
            };
            progress.end_epoch(index, &epoch);
            if !tested.loss.is_finite() {
                return Err(Error::Diverged { set: "test", loss: tested.loss, epoch: index + 1, step: steps });
            }
            if best.see(&epoch) {
                best.keep(&self.net);
                if let Some(path) = &fit.checkpoint {
                    self.net.model().save(path)?;
                }
            }
            epochs.push(epoch);
            if best.is_hopeless() {
                break;
            }
        }
        let stopped_early = epochs.len() < fit.epochs;
        Ok(Report { epochs, best: best.index(), stopped_early, restored_best: fit.keeps_best() })
    }
}

/// Whether the loss works with every target: they come from files, and one that is wrong is no reason to panic.
fn check_targets<O: crate::Sample, T>(loss: &impl Loss<O, T>, set: &'static str, targets: &[T]) -> Result<()> {
    for (index, target) in targets.iter().enumerate() {
        if let Err(problem) = loss.check(target) {
            return Err(Error::Target { set, index, problem });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
