//! Convolution, as its definition reads.

use super::values::Values;
use super::window::Window;

/// PyTorch's `conv2d`: `weight` is `[out, in / groups, height, width]`. A window beyond the padding reads zeros too.
/// A depthwise convolution has as many groups as channels.
pub(super) fn conv(input: &Values, window: &Window, groups: usize, weight: &[f64], bias: Option<&[f64]>) -> Values {
    let [kernel_h, kernel_w] = window.kernel;
    let group_in = input.channels / groups;
    let filters = weight.len() / (group_in * kernel_h * kernel_w);
    let group_out = filters / groups;
    let [out_h, out_w] = window.out;
    Values::from_fn(input.samples, [out_h, out_w, filters], |n, filter, y, x| {
        let mut sum = bias.map_or(0.0, |bias| bias[filter]);
        for c in 0..group_in {
            let plane = input.plane(n, filter / group_out * group_in + c);
            let filter = &weight[(filter * group_in + c) * kernel_h * kernel_w..][..kernel_h * kernel_w];
            for (row, weights) in window.taps(0, y).zip(filter.chunks(kernel_w)) {
                if !(0..input.height as isize).contains(&row) {
                    continue;
                }
                let pixels = &plane[row as usize * input.width..][..input.width];
                for (column, weight) in window.taps(1, x).zip(weights) {
                    if (0..input.width as isize).contains(&column) {
                        sum += weight * pixels[column as usize];
                    }
                }
            }
        }
        sum
    })
}
