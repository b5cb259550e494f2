//! Batches in random order, without an allocation per batch.

use super::dataset::{Dataset, gather};
use super::order;

/// Gathers batches of a [`Dataset`] in memory that it uses again.
///
/// ```
/// let (train, _) = cnn_runtime::data::digits();
/// let mut batches = train.batches(42, 64);
/// for epoch in 0..2 {
///     batches.begin(epoch);
///     while let Some((images, classes)) = batches.next_batch() {
///         assert_eq!(images.len(), classes.len());
///     }
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Batches<'a, I, T = usize> {
    dataset: &'a Dataset<I, T>,
    seed: u64,
    size: usize,
    in_order: bool,
    order: Vec<usize>,
    taken: usize,
    inputs: Vec<I>,
    targets: Vec<T>,
}

impl<'a, I, T> Batches<'a, I, T> {
    pub(super) fn new(dataset: &'a Dataset<I, T>, seed: u64, size: usize) -> Self {
        let len = dataset.len();
        let size = size.max(1);
        let room = size.min(len);
        let mut batches = Self {
            dataset,
            seed,
            size,
            in_order: false,
            order: vec![0; len],
            taken: 0,
            inputs: Vec::with_capacity(room),
            targets: Vec::with_capacity(room),
        };
        batches.begin(0);
        batches
    }

    /// Takes the samples in the order of the data set in every epoch. Stands at the start of epoch 0.
    pub fn in_order(mut self) -> Self {
        self.in_order = true;
        self.begin(0);
        self
    }

    /// Batches of an epoch; the last one may be smaller than the others.
    pub fn len(&self) -> usize {
        self.order.len().div_ceil(self.size)
    }

    /// Whether an epoch has no batch, because the data set has no sample.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// Goes to the start of an epoch, counted from 0. New batches stand at the start of epoch 0.
    ///
    /// The seed and the epoch alone decide the order, so training that goes on from a checkpoint sees what it would
    /// have seen without the interruption.
    pub fn begin(&mut self, epoch: usize) {
        if self.in_order {
            self.order.iter_mut().enumerate().for_each(|(index, slot)| *slot = index);
        } else {
            order::shuffle(&mut self.order, self.seed, epoch as u64);
        }
        self.taken = 0;
    }

    /// The inputs and targets of the next batch, or `None` at the end of the epoch.
    ///
    /// The inputs are copies, so they may be changed in place, for example by an [`Augment`](super::Augment). Nothing
    /// is allocated for inputs and targets that are `Copy`.
    pub fn next_batch(&mut self) -> Option<(&mut [I], &[T])>
    where
        I: Clone,
        T: Clone,
    {
        let rest = &self.order[self.taken..];
        let order = &rest[..self.size.min(rest.len())];
        if order.is_empty() {
            return None;
        }
        self.inputs.clear();
        self.targets.clear();
        gather(&self.dataset.inputs, order, &mut self.inputs);
        gather(&self.dataset.targets, order, &mut self.targets);
        self.taken += order.len();
        Some((&mut self.inputs, &self.targets))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dataset(n: usize) -> Dataset<[f32; 1]> {
        Dataset::new((0..n).map(|i| [i as f32]).collect(), (0..n).collect()).unwrap()
    }

    fn epoch(batches: &mut Batches<'_, [f32; 1]>) -> Vec<Vec<usize>> {
        std::iter::from_fn(|| {
            let (inputs, targets) = batches.next_batch()?;
            assert!(inputs.iter().zip(targets).all(|(input, &target)| input[0] as usize == target));
            Some(targets.to_vec())
        })
        .collect()
    }

    #[test]
    fn an_epoch_holds_every_sample_once() {
        let dataset = dataset(10);
        let mut batches = dataset.batches(3, 4);
        assert_eq!(batches.len(), 3);
        let first = epoch(&mut batches);
        assert_eq!(first.iter().map(Vec::len).collect::<Vec<_>>(), [4, 4, 2]);
        let mut all = first.concat();
        all.sort_unstable();
        assert!(all.into_iter().eq(0..10));
        assert!(batches.next_batch().is_none());
    }

    #[test]
    fn seed_and_epoch_decide_the_order() {
        let dataset = dataset(30);
        let mut batches = dataset.batches(3, 7);
        let first = epoch(&mut batches);
        batches.begin(1);
        let second = epoch(&mut batches);
        assert_ne!(first, second);

        let mut resumed = dataset.batches(3, 7);
        resumed.begin(1);
        assert_eq!(second, epoch(&mut resumed));
        assert_ne!(first, epoch(&mut dataset.batches(4, 7)));
    }

    #[test]
    fn in_order_every_epoch_is_the_data_set() {
        let dataset = dataset(5);
        let mut batches = dataset.batches(3, 2).in_order();
        assert_eq!(epoch(&mut batches), [vec![0, 1], vec![2, 3], vec![4]]);
        batches.begin(7);
        assert_eq!(epoch(&mut batches).concat(), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn memory_is_used_again() {
        let dataset = dataset(100);
        let mut batches = dataset.batches(0, 16);
        let places = |batches: &mut Batches<'_, [f32; 1]>| {
            let (inputs, targets) = batches.next_batch().unwrap();
            (inputs.as_ptr(), targets.as_ptr())
        };
        let first = places(&mut batches);
        for round in 0..3 {
            batches.begin(round);
            for _ in 0..batches.len() {
                assert_eq!(places(&mut batches), first);
            }
        }
    }

    #[test]
    fn odd_sizes() {
        assert!(dataset(0).batches(0, 4).is_empty());
        assert!(dataset(0).batches(0, 4).next_batch().is_none());
        assert_eq!(dataset(3).batches(0, 0).len(), 3);
        assert_eq!(dataset(3).batches(0, usize::MAX).next_batch().unwrap().1.len(), 3);
    }
}
