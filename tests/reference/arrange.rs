//! Layers that only move or mix what is there: enlarging, slices, shuffles, other shapes.

use super::values::{Shape, Values};

/// PyTorch's `interpolate` by whole factors, `align_corners=False`.
pub(super) fn up(input: &Values, factor: [usize; 2], bilinear: bool) -> Values {
    let shape = [input.height * factor[0], input.width * factor[1], input.channels];
    // The two inputs around an output, and the weight of the second.
    let around = |at: usize, size: usize, factor: usize| {
        let position = ((at as f64 + 0.5) / factor as f64 - 0.5).clamp(0.0, (size - 1) as f64);
        (position as usize, (position as usize + 1).min(size - 1), position.fract())
    };
    Values::from_fn(input.samples, shape, |n, c, y, x| {
        if !bilinear {
            return input.at(n, c, y / factor[0], x / factor[1]);
        }
        let (top, bottom, down) = around(y, input.height, factor[0]);
        let (left, right, across) = around(x, input.width, factor[1]);
        let row = |y| (1.0 - across) * input.at(n, c, y, left) + across * input.at(n, c, y, right);
        (1.0 - down) * row(top) + down * row(bottom)
    })
}

/// PyTorch's `adaptive_avg_pool2d`.
pub(super) fn adaptive(input: &Values, out: [usize; 2]) -> Values {
    let window = |at: usize, size: usize, out: usize| at * size / out..((at + 1) * size).div_ceil(out);
    Values::from_fn(input.samples, [out[0], out[1], input.channels], |n, c, y, x| {
        let (rows, columns) = (window(y, input.height, out[0]), window(x, input.width, out[1]));
        let count = rows.len() * columns.len();
        let sum: f64 = rows.flat_map(|y| columns.clone().map(move |x| input.at(n, c, y, x))).sum();
        sum / count as f64
    })
}

/// PyTorch's `channel_shuffle`.
pub(super) fn shuffle(input: &Values, groups: usize) -> Values {
    let each = input.channels / groups;
    Values::from_fn(input.samples, input.shape(), |n, c, y, x| input.at(n, c % groups * each + c / groups, y, x))
}

/// `input[:, from..]`, as many channels as the output has.
pub(super) fn slice(input: &Values, from: usize, output: Shape) -> Values {
    Values::from_fn(input.samples, output, |n, c, y, x| input.at(n, from + c, y, x))
}

/// PyTorch's `pixel_shuffle`.
pub(super) fn pixel_shuffle(input: &Values, factor: usize, output: Shape) -> Values {
    Values::from_fn(input.samples, output, |n, c, y, x| {
        input.at(n, (c * factor + y % factor) * factor + x % factor, y / factor, x / factor)
    })
}

/// The same numbers in the order height, width, channel.
pub(super) fn reshape(input: &Values, output: Shape) -> Values {
    let [_, width, channels] = output;
    Values::from_fn(input.samples, output, |n, c, y, x| {
        let at = (y * width + x) * channels + c;
        let (pixel, channel) = (at / input.channels, at % input.channels);
        input.at(n, channel, pixel / input.width, pixel % input.width)
    })
}
