//! The samples of an epoch, batch by batch.

use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_pcg::Pcg64Mcg;
use rayon::prelude::*;

use super::Fit;
use crate::data::{Augment, Dataset};
use crate::volume::Sample;

/// Memory for one batch, and the order in which an epoch takes the samples.
pub(super) struct Batches<I, T> {
    order: Vec<usize>,
    batch: usize,
    seed: u64,
    shuffle: bool,
    epoch: u64,
    augment: Option<Augment>,
    inputs: Vec<I>,
    targets: Vec<T>,
}

impl<I: Sample, T: Clone> Batches<I, T> {
    pub(super) fn new(fit: &Fit, samples: usize) -> Self {
        let batch = fit.batch.min(samples);
        Self {
            order: (0..samples).collect(),
            batch: fit.batch,
            seed: fit.seed,
            shuffle: fit.shuffle,
            epoch: 0,
            augment: fit.augment.clone(),
            inputs: I::zeroed_vec(batch),
            targets: Vec::with_capacity(batch),
        }
    }

    /// Begins an epoch: the order depends on the seed and the epoch's number alone.
    pub(super) fn begin(&mut self, epoch: usize) {
        self.epoch = epoch as u64;
        if self.shuffle {
            // From the start, not from the last epoch's order.
            self.order.iter_mut().enumerate().for_each(|(i, sample)| *sample = i);
            self.order.shuffle(&mut random(self.seed, self.epoch, 0));
        }
    }

    /// A batch of the epoch; the last may be shorter than the others.
    pub(super) fn gather(&mut self, step: usize, dataset: &Dataset<I, T>) -> (&[I], &[T]) {
        let start = step * self.batch;
        let samples = &self.order[start..(start + self.batch).min(self.order.len())];
        let inputs = &mut self.inputs[..samples.len()];
        self.targets.clear();
        for (input, &sample) in inputs.iter_mut().zip(samples) {
            // Through slices: an assignment may pass a sample over the stack when not optimised.
            input.flat_mut().copy_from_slice(dataset.inputs()[sample].flat());
            self.targets.push(dataset.targets()[sample].clone());
        }
        if let Some(augment) = &self.augment {
            let (seed, epoch) = (self.seed, self.epoch);
            inputs.par_iter_mut().zip(samples).for_each(|(input, &sample)| {
                // A generator for each sample, so that threads make no difference.
                augment.apply(I::SHAPE, input.flat_mut(), &mut random(seed, epoch, sample as u64 + 1));
            });
        }
        (inputs, &self.targets)
    }
}

/// A generator of its own for every purpose. Purpose 0 is an epoch's order, the others are its samples.
fn random(seed: u64, epoch: u64, purpose: u64) -> Pcg64Mcg {
    // Odd constants keep neighbouring numbers apart; `seed_from_u64` mixes the bits.
    let number = epoch.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ purpose.wrapping_mul(0xd1b5_4a32_d192_ed03);
    Pcg64Mcg::seed_from_u64(seed ^ number.rotate_left(32))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dataset(samples: usize) -> Dataset<[f32; 2], u32> {
        let inputs = (0..samples).map(|i| [i as f32, -(i as f32)]).collect();
        Dataset::new(inputs, (0..samples as u32).collect()).expect("as many targets as inputs")
    }

    fn epoch(fit: &Fit, samples: usize, epoch: usize) -> Vec<Vec<u32>> {
        let dataset = dataset(samples);
        let mut batches = Batches::new(fit, samples);
        batches.begin(epoch);
        let mut all = Vec::new();
        for step in 0..fit.steps(samples) {
            let (inputs, targets) = batches.gather(step, &dataset);
            let expected: Vec<_> = targets.iter().map(|&t| [t as f32, -(t as f32)]).collect();
            assert_eq!(inputs, expected);
            all.push(targets.to_vec());
        }
        all
    }

    #[test]
    fn in_order_the_batches_are_those_of_the_data_set() {
        let fit = Fit::epochs(1).batch(3).shuffle(false);
        assert_eq!(epoch(&fit, 7, 0), [vec![0, 1, 2], vec![3, 4, 5], vec![6]]);
        assert_eq!(epoch(&fit.drop_last(), 7, 1), [[0, 1, 2], [3, 4, 5]]);
        assert_eq!(epoch(&Fit::epochs(1).batch(100).shuffle(false), 2, 0), [[0, 1]]);
    }

    #[test]
    fn shuffled_every_sample_comes_once_and_the_seed_decides_when() {
        let fit = Fit::epochs(1).batch(7).seed(3);
        let first = epoch(&fit, 50, 0).concat();
        assert_eq!(first, epoch(&fit, 50, 0).concat());
        assert_ne!(first, epoch(&fit, 50, 1).concat());
        assert_ne!(first, epoch(&fit.seed(4), 50, 0).concat());
        let mut sorted = first;
        sorted.sort_unstable();
        assert!(sorted.into_iter().eq(0..50));
    }
}
