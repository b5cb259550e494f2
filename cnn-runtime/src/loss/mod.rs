//! Losses: what training makes small.

use crate::volume::Sample;

/// A loss of one output against one target.
pub trait Loss<O: Sample, T>: Sync {
    /// The loss of one sample; overwrites `d_output` with its gradient for the output.
    fn evaluate(&self, output: &O, target: &T, d_output: &mut O) -> f32;

    /// Whether the output counts as right, for losses where that means something.
    fn is_hit(&self, _output: &O, _target: &T) -> Option<bool> {
        None
    }
}
