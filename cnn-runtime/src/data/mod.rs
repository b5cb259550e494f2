//! Stand-ins for what training needs of data sets.

/// Inputs and their targets.
#[derive(Clone, Debug)]
pub struct Dataset<I, T> {
    inputs: Vec<I>,
    targets: Vec<T>,
}

impl<I, T> Dataset<I, T> {
    /// A data set.
    pub fn new(inputs: Vec<I>, targets: Vec<T>) -> crate::Result<Self> {
        Ok(Self { inputs, targets })
    }

    /// The inputs.
    pub fn inputs(&self) -> &[I] {
        &self.inputs
    }

    /// The targets.
    pub fn targets(&self) -> &[T] {
        &self.targets
    }

    /// How many samples there are.
    pub fn len(&self) -> usize {
        self.inputs.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.inputs.is_empty()
    }
}

/// Random changes to training inputs.
#[derive(Clone, Debug, Default)]
pub struct Augment;

impl Augment {
    /// Changes a sample.
    pub fn apply(&self, _shape: [usize; 3], _flat: &mut [f32], _rng: &mut impl rand::Rng) {}
}
