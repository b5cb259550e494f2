//! Parametric relu: a leaky relu that learns its one slope (He et al., 2015).

use crate::map::Map;
use crate::pass::Pass;

/// The constants of a parametric relu.
#[derive(Clone, Copy, Debug)]
pub struct Prelu {
    /// Offset of the slope.
    pub weight: usize,
}

/// x where positive, slope * x elsewhere. `input` and `output` differ.
pub fn forward(_pass: &mut Pass<'_>, _prelu: &Prelu, _input: &Map, _output: &Map) {
    unimplemented!()
}

/// Adds to the gradient of the slope and overwrites `d_input`, which may be the same map as `d_output`.
pub fn backward(_pass: &mut Pass<'_>, _prelu: &Prelu, _input: &Map, _d_output: &Map, _d_input: &Map) {
    unimplemented!()
}
