//! The options of a training run.

use std::path::PathBuf;

use crate::data::Augment;
use crate::error::{Error, Result};

/// What a training run is to do: `Fit::epochs(5).batch(64).checkpoint("best.safetensors")`.
#[derive(Clone, Debug)]
pub struct Fit {
    pub(super) epochs: usize,
    pub(super) batch: usize,
    pub(super) seed: u64,
    pub(super) shuffle: bool,
    pub(super) drop_last: bool,
    pub(super) quiet: bool,
    pub(super) checkpoint: Option<PathBuf>,
    pub(super) patience: Option<usize>,
    pub(super) augment: Option<Augment>,
}

impl Fit {
    /// So many passes over the training set, in shuffled batches of 64.
    pub fn epochs(epochs: usize) -> Self {
        Self {
            epochs,
            batch: 64,
            seed: 0,
            shuffle: true,
            drop_last: false,
            quiet: false,
            checkpoint: None,
            patience: None,
            augment: None,
        }
    }

    /// Samples of a step.
    pub fn batch(mut self, batch: usize) -> Self {
        self.batch = batch;
        self
    }

    /// Where the order of samples and their augmentation come from: the same seed gives the same run. 0 by default.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Whether every epoch takes the samples in a new order (as by default), or in that of the data set.
    pub fn shuffle(mut self, shuffle: bool) -> Self {
        self.shuffle = shuffle;
        self
    }

    /// Leaves out the last samples of an epoch if they do not fill a batch.
    pub fn drop_last(mut self) -> Self {
        self.drop_last = true;
        self
    }

    /// Prints nothing. Otherwise the run is followed on stderr.
    pub fn quiet(mut self) -> Self {
        self.quiet = true;
        self
    }

    /// Saves the parameters to a file after every epoch that is the best so far, and restores the best at the end.
    pub fn checkpoint(mut self, path: impl Into<PathBuf>) -> Self {
        self.checkpoint = Some(path.into());
        self
    }

    /// Stops after so many epochs in a row that were not the best so far, and restores the best at the end.
    pub fn early_stop(mut self, patience: usize) -> Self {
        self.patience = Some(patience);
        self
    }

    /// Changes every training input at random before it is used.
    pub fn augment(mut self, augment: Augment) -> Self {
        self.augment = Some(augment);
        self
    }

    /// Whether the best parameters are restored at the end.
    pub(super) fn keeps_best(&self) -> bool {
        self.checkpoint.is_some() || self.patience.is_some()
    }

    /// Steps of an epoch over `samples`.
    pub(super) fn steps(&self, samples: usize) -> usize {
        if self.drop_last { samples / self.batch } else { samples.div_ceil(self.batch) }
    }

    /// Whether there can be such a run with so many training and test samples.
    pub(super) fn check(&self, train: usize, test: usize) -> Result<()> {
        for (option, value) in
            [("epochs", self.epochs), ("batch", self.batch), ("early_stop", self.patience.unwrap_or(1))]
        {
            if value == 0 {
                return Err(Error::Fit { problem: format!("`{option}` is 0, expected at least 1") });
            }
        }
        let needed = if self.drop_last { self.batch } else { 1 };
        for (set, found, needed) in [("training", train, needed), ("test", test, 1)] {
            if found < needed {
                return Err(Error::TooFewSamples { set, found, needed });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_that_cannot_be_is_refused() {
        let refused = |fit: Fit, train, test| fit.check(train, test).expect_err("refused").to_string();
        assert_eq!(refused(Fit::epochs(0), 1, 1), "cannot train: `epochs` is 0, expected at least 1");
        assert_eq!(refused(Fit::epochs(1).batch(0), 1, 1), "cannot train: `batch` is 0, expected at least 1");
        assert_eq!(refused(Fit::epochs(1).early_stop(0), 1, 1), "cannot train: `early_stop` is 0, expected at least 1");
        assert_eq!(refused(Fit::epochs(1), 0, 1), "cannot train: the training set has 0 samples, expected at least 1");
        assert_eq!(refused(Fit::epochs(1), 1, 0), "cannot train: the test set has 0 samples, expected at least 1");
        let message = "cannot train: the training set has 63 samples, expected at least 64";
        assert_eq!(refused(Fit::epochs(1).drop_last(), 63, 1), message);
        assert!(Fit::epochs(1).drop_last().check(64, 1).is_ok());
    }

    #[test]
    fn the_last_batch_counts_unless_dropped() {
        assert_eq!(Fit::epochs(1).batch(4).steps(9), 3);
        assert_eq!(Fit::epochs(1).batch(4).drop_last().steps(9), 2);
    }
}
