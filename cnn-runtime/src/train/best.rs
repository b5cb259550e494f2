//! Which epoch was the best, and its parameters.

use super::report::Epoch;
use crate::network::Network;

/// Follows the epochs of a run.
pub(super) struct Best {
    patience: Option<usize>,
    kept: Option<Kept>,
    best: Option<(usize, Epoch)>,
    epochs: usize,
}

/// A copy of what a network has learnt.
#[derive(Default)]
struct Kept {
    parameters: Vec<f32>,
    state: Vec<f32>,
}

impl Best {
    /// Allows for `patience` epochs in a row without improvement, and copies the best parameters if `keep`.
    pub(super) fn new(patience: Option<usize>, keep: bool) -> Self {
        Self { patience, kept: keep.then(Kept::default), best: None, epochs: 0 }
    }

    /// Takes in the next epoch; whether it is the best so far.
    pub(super) fn see(&mut self, epoch: &Epoch) -> bool {
        let is_best = self.best.as_ref().is_none_or(|(_, best)| is_better(epoch, best));
        if is_best {
            self.best = Some((self.epochs, epoch.clone()));
        }
        self.epochs += 1;
        is_best
    }

    /// The best epoch, counted from 0.
    pub(super) fn index(&self) -> usize {
        self.best.as_ref().map_or(0, |(index, _)| *index)
    }

    /// Whether patience is at its end.
    pub(super) fn is_hopeless(&self) -> bool {
        self.best.is_some() && self.patience.is_some_and(|patience| self.epochs - 1 - self.index() >= patience)
    }

    /// Copies what the network has learnt, if that was asked for.
    pub(super) fn keep<N: Network>(&mut self, net: &N) {
        if let Some(kept) = &mut self.kept {
            kept.parameters.clear();
            kept.parameters.extend_from_slice(net.model().parameters());
            kept.state.clear();
            kept.state.extend_from_slice(net.model().state());
        }
    }

    /// Gives the network what it had learnt in the best epoch, if there was one and it was kept.
    pub(super) fn restore<N: Network>(&self, net: &mut N) {
        if let (Some(kept), Some(_)) = (&self.kept, &self.best) {
            net.model_mut().parameters_mut().copy_from_slice(&kept.parameters);
            net.model_mut().state_mut().copy_from_slice(&kept.state);
        }
    }
}

/// More hits are better, then a smaller loss.
fn is_better(epoch: &Epoch, than: &Epoch) -> bool {
    match (epoch.accuracy, than.accuracy) {
        (Some(a), Some(b)) if a != b => a > b,
        _ => epoch.test_loss < than.test_loss,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn epoch(test_loss: f32, accuracy: Option<f32>) -> Epoch {
        Epoch { train_loss: 0.0, test_loss, accuracy, rate: 0.1, seconds: 1.0, images_per_second: 1.0 }
    }

    #[test]
    fn accuracy_decides_then_the_loss() {
        let mut best = Best::new(None, false);
        let seen = [(2.0, 0.5), (3.0, 0.6), (1.0, 0.5), (2.9, 0.6), (2.9, 0.6)];
        let improved = seen.map(|(loss, accuracy)| best.see(&epoch(loss, Some(accuracy))));
        assert_eq!(improved, [true, true, false, true, false]);
        assert_eq!(best.index(), 3);
    }

    #[test]
    fn without_accuracy_the_loss_decides() {
        let mut best = Best::new(None, false);
        assert_eq!([2.0, 3.0, 1.0].map(|loss| best.see(&epoch(loss, None))), [true, false, true]);
    }

    #[test]
    fn patience_ends_after_so_many_epochs_in_a_row() {
        let mut best = Best::new(Some(2), false);
        let losses = [3.0, 4.0, 2.0, 2.5, 2.0];
        let hopeless = losses.map(|loss| {
            best.see(&epoch(loss, None));
            best.is_hopeless()
        });
        assert_eq!(hopeless, [false, false, false, false, true]);
    }
}
