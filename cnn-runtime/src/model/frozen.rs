//! A network for inference alone.

use super::Model;
use crate::network::Network;

/// A network that has learnt: batch norms are part of the weights before them, and nothing that only training needs is
/// kept. Made by [`Model::freeze`].
///
/// Its weights cannot change, so a forward pass finds all their forms made.
#[derive(Debug)]
pub struct Frozen<N: Network> {
    model: Model<N>,
}

impl<N: Network> Model<N> {
    /// The network for inference alone: what training needed is dropped, and all forms of weights are made.
    pub fn freeze(mut self) -> Frozen<N> {
        self.training = None;
        self.derive();
        Frozen { model: self }
    }
}

impl<N: Network> Frozen<N> {
    /// Runs one sample, as [`Model::forward`].
    pub fn forward(&mut self, input: &N::Input) -> &N::Output {
        self.model.forward(input)
    }

    /// Runs samples on as many threads as rayon has, as [`Model::forward_batch`].
    ///
    /// # Panics
    /// If there are not as many outputs as inputs.
    #[track_caller]
    pub fn forward_batch(&mut self, inputs: &[N::Input], outputs: &mut [N::Output]) {
        self.model.forward_batch(inputs, outputs);
    }

    /// The value named `@name` of the sample that `forward` ran last, as [`Model::tap`].
    pub fn tap(&self, name: &str) -> Option<Vec<f32>> {
        self.model.tap(name)
    }

    /// The network as it was, to train on.
    pub fn thaw(self) -> Model<N> {
        self.model
    }
}
