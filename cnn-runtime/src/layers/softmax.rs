//! Softmax over the channels of every pixel.

use crate::map::Map;
use crate::pass::Pass;

/// `output = e^input / sum e^input`, over the channels of each pixel. `input` and `output` may be the same map.
pub fn forward(_pass: &mut Pass<'_>, _input: &Map, _output: &Map) {
    unimplemented!()
}

/// Overwrites `d_input`, which may be the same map as `d_output`.
pub fn backward(_pass: &mut Pass<'_>, _output: &Map, _d_output: &Map, _d_input: &Map) {
    unimplemented!()
}
