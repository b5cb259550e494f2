//! Global average pooling: the mean of every channel.

use crate::map::Map;
use crate::pass::Pass;

/// The mean of each channel; `output` is 1 x 1 x channels.
pub fn forward(_pass: &mut Pass<'_>, _input: &Map, _output: &Map) {
    unimplemented!()
}

/// Spreads each output's gradient evenly over its channel; overwrites `d_input`.
pub fn backward(_pass: &mut Pass<'_>, _d_output: &Map, _d_input: &Map) {
    unimplemented!()
}
