//! Max pooling, overlapping and padded ones included.

use crate::map::Map;
use crate::pass::Pass;

/// The constants of a pooling window. Pairs are `[vertical, horizontal]`.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// Rows and columns of the window.
    pub kernel: [usize; 2],
    /// Steps of the window.
    pub stride: [usize; 2],
    /// Rows above and below, columns left and right of the input that windows may reach into (with `ceil`, a window
    /// may reach further). They are never read: a maximum leaves them out, an average counts the padding as zeros.
    pub padding: [usize; 4],
}

/// The largest of each window, channel by channel. Padding never wins.
pub fn forward(_pass: &mut Pass<'_>, _window: &Window, _input: &Map, _output: &Map) {
    unimplemented!()
}

/// Gives each output's gradient to the first input of its window (row by row) that was the largest; overwrites
/// `d_input`.
pub fn backward(_pass: &mut Pass<'_>, _window: &Window, _input: &Map, _output: &Map, _d_output: &Map, _d_input: &Map) {
    unimplemented!()
}
