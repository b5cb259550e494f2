//! Global max pooling: the largest of every channel.

use crate::map::Map;
use crate::pass::Pass;

/// The largest of each channel; `output` is 1 x 1 x channels.
pub fn forward(_pass: &mut Pass<'_>, _input: &Map, _output: &Map) {
    unimplemented!()
}

/// Gives each output's gradient to the first input (row by row) that was the largest; overwrites `d_input`.
pub fn backward(_pass: &mut Pass<'_>, _input: &Map, _output: &Map, _d_output: &Map, _d_input: &Map) {
    unimplemented!()
}
