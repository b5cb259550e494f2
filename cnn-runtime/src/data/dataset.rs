//! Inputs and what a network should make of them.

use super::batches::Batches;
use super::order;
use crate::{Error, Result};

/// Samples: inputs, one target for each, and for classification the names of the classes.
///
/// Images are `Dataset<Volume<H, W, C>>`, with classes counted from 0 as targets. Another target, say a mask or a box,
/// is another `T`. The type says the shape, so a network cannot be trained on images of a wrong one.
#[derive(Clone, PartialEq)]
pub struct Dataset<I, T = usize> {
    pub(super) inputs: Vec<I>,
    pub(super) targets: Vec<T>,
    pub(super) classes: Vec<String>,
}

impl<I, T> Dataset<I, T> {
    /// A data set of these inputs and their targets, without class names.
    ///
    /// # Errors
    /// [`Error::DataLengths`] if there are more of one than of the other.
    pub fn new(inputs: Vec<I>, targets: Vec<T>) -> Result<Self> {
        if inputs.len() != targets.len() {
            return Err(Error::DataLengths { inputs: inputs.len(), targets: targets.len() });
        }
        Ok(Self { inputs, targets, classes: Vec::new() })
    }

    /// The inputs.
    pub fn inputs(&self) -> &[I] {
        &self.inputs
    }

    /// The inputs, to change.
    pub fn inputs_mut(&mut self) -> &mut [I] {
        &mut self.inputs
    }

    /// The targets, one for each input.
    pub fn targets(&self) -> &[T] {
        &self.targets
    }

    /// The names of the classes; empty if they have none.
    pub fn class_names(&self) -> &[String] {
        &self.classes
    }

    /// How many samples there are.
    pub fn len(&self) -> usize {
        self.inputs.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.inputs.is_empty()
    }

    /// The first `n` samples, or all if there are fewer.
    pub fn take(mut self, n: usize) -> Self {
        self.inputs.truncate(n);
        self.targets.truncate(n);
        self
    }

    /// The first `n` samples (all if there are fewer) and the rest.
    pub fn split_at(mut self, n: usize) -> (Self, Self) {
        let n = n.min(self.len());
        let rest = Self {
            inputs: self.inputs.split_off(n),
            targets: self.targets.split_off(n),
            classes: self.classes.clone(),
        };
        (self, rest)
    }

    /// The samples in a random order that the seed decides.
    pub fn shuffled(&self, seed: u64) -> Self
    where
        I: Clone,
        T: Clone,
    {
        let mut order = vec![0; self.len()];
        order::shuffle(&mut order, seed, 0);
        let mut shuffled = Self {
            inputs: Vec::with_capacity(self.len()),
            targets: Vec::with_capacity(self.len()),
            classes: self.classes.clone(),
        };
        gather(&self.inputs, &order, &mut shuffled.inputs);
        gather(&self.targets, &order, &mut shuffled.targets);
        shuffled
    }

    /// The same targets with an input made from each input.
    pub fn map<J>(self, f: impl FnMut(&I) -> J) -> Dataset<J, T> {
        let inputs = self.inputs.iter().map(f).collect();
        self.with_inputs(inputs)
    }

    /// Batches of `size` samples in an order that the seed decides, gathered in memory that is used again.
    ///
    /// The last batch of an epoch is smaller if `size` does not divide [`len`](Self::len). A size of 0 counts as 1.
    pub fn batches(&self, seed: u64, size: usize) -> Batches<'_, I, T> {
        Batches::new(self, seed, size)
    }

    /// The same targets with other inputs, of which the caller has made one for each.
    pub(super) fn with_inputs<J>(self, inputs: Vec<J>) -> Dataset<J, T> {
        debug_assert_eq!(inputs.len(), self.targets.len());
        Dataset { inputs, targets: self.targets, classes: self.classes }
    }
}

impl<I> Dataset<I> {
    /// The same samples with names for the classes.
    ///
    /// # Errors
    /// [`Error::DataClass`] for the first target that is not smaller than the number of names.
    pub fn with_class_names(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Result<Self> {
        let names: Vec<String> = names.into_iter().map(Into::into).collect();
        if let Some((sample, &class)) = self.targets.iter().enumerate().find(|&(_, &class)| class >= names.len()) {
            return Err(Error::DataClass { sample, class, classes: names.len() });
        }
        self.classes = names;
        Ok(self)
    }
}

/// Says how many samples there are of which classes, and shows none.
impl<I, T> std::fmt::Debug for Dataset<I, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dataset").field("len", &self.len()).field("classes", &self.classes).finish_non_exhaustive()
    }
}

/// Appends the items that `order` names. Items are copied from slice to slice, so that a large one never lies on the
/// stack.
pub(super) fn gather<A: Clone>(from: &[A], order: &[usize], to: &mut Vec<A>) {
    for &index in order {
        to.extend_from_slice(&from[index..=index]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dataset(n: usize) -> Dataset<[f32; 2]> {
        let inputs = (0..n).map(|i| [i as f32, -(i as f32)]).collect();
        Dataset::new(inputs, (0..n).map(|i| i % 3).collect()).unwrap().with_class_names(["a", "b", "c"]).unwrap()
    }

    #[test]
    fn lengths_must_agree() {
        let error = Dataset::new(vec![0.0; 3], vec![0_usize; 4]).unwrap_err();
        assert_eq!(error.to_string(), "a data set needs one target per input, but has 3 inputs and 4 targets");
    }

    #[test]
    fn targets_must_be_named() {
        let error = Dataset::new(vec![0.0; 3], vec![0, 2, 1]).unwrap().with_class_names(["a", "b"]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the target of sample 1 is class 2, but the data set has 2 classes, counted from 0"
        );
    }

    #[test]
    fn take_and_split_clamp() {
        assert_eq!(dataset(5).take(9).len(), 5);
        assert!(dataset(5).take(0).is_empty());
        let (first, rest) = dataset(5).split_at(2);
        assert_eq!((first.inputs(), first.targets()), (&[[0.0, 0.0], [1.0, -1.0]][..], &[0, 1][..]));
        assert_eq!(rest.targets(), [2, 0, 1]);
        assert_eq!(rest.class_names(), ["a", "b", "c"]);
        assert!(dataset(5).split_at(7).1.is_empty());
    }

    #[test]
    fn shuffling_keeps_pairs_and_repeats() {
        let shuffled = dataset(50).shuffled(7);
        assert_eq!(shuffled, dataset(50).shuffled(7));
        assert_ne!(shuffled, dataset(50).shuffled(8));
        assert_ne!(shuffled, dataset(50));
        for (input, &target) in shuffled.inputs().iter().zip(shuffled.targets()) {
            assert_eq!(input[0] as usize % 3, target);
        }
        let mut firsts: Vec<usize> = shuffled.inputs().iter().map(|input| input[0] as usize).collect();
        firsts.sort_unstable();
        assert!(firsts.into_iter().eq(0..50));
    }

    #[test]
    fn map_keeps_targets_and_names() {
        let mapped = dataset(4).map(|input| input[1]);
        assert_eq!(mapped.inputs(), [-0.0, -1.0, -2.0, -3.0]);
        assert_eq!(mapped.targets(), dataset(4).targets());
        assert_eq!(mapped.class_names().len(), 3);
    }

    #[test]
    fn debug_shows_no_samples() {
        let text = format!("{:?}", dataset(4));
        assert_eq!(text, r#"Dataset { len: 4, classes: ["a", "b", "c"], .. }"#);
    }
}
