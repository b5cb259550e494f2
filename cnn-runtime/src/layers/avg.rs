//! Average pooling.

use super::pool::Window;
use crate::map::Map;
use crate::pass::Pass;

/// The mean of each window, channel by channel. Padding counts as zeros and is counted (PyTorch's
/// `count_include_pad`), but what a `ceil` window has beyond the padding is not.
pub fn forward(_pass: &mut Pass<'_>, _window: &Window, _input: &Map, _output: &Map) {
    unimplemented!()
}

/// Spreads each output's gradient evenly over its window; overwrites `d_input`.
pub fn backward(_pass: &mut Pass<'_>, _window: &Window, _d_output: &Map, _d_input: &Map) {
    unimplemented!()
}
