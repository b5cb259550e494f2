//! Dropout (Srivastava et al., 2014), inverted: what stays is scaled up in training, inference has no trace of it.

use crate::map::Map;
use crate::pass::Pass;

/// The constants of a dropout layer.
#[derive(Clone, Copy, Debug)]
pub struct Dropout {
    /// Chance that a value is dropped, in [0, 1).
    pub probability: f32,
    /// Which of the network's dropouts this is: each draws its own numbers.
    pub index: u64,
}

/// Training: zeroes values at random, scales the others by 1 / (1 - probability), keeps the factors in `mask` (no
/// border). `input` and `output` may be the same map. The draw depends on the pass's seed, the position of the sample
/// in the batch, `index` and the element, and on nothing else.
pub fn forward(_pass: &mut Pass<'_>, _drop: &Dropout, _input: &Map, _output: &Map, _mask: &Map) {
    unimplemented!()
}

/// Overwrites `d_input`, which may be the same map as `d_output`.
pub fn backward(_pass: &mut Pass<'_>, _drop: &Dropout, _mask: &Map, _d_output: &Map, _d_input: &Map) {
    unimplemented!()
}
