//! Transposed convolution, as its definition reads.

use super::values::{Shape, Values};
use super::words::{self, Words};

/// A window that every input spreads over. Pairs are `[vertical, horizontal]`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spread {
    pub(super) kernel: [usize; 2],
    stride: [usize; 2],
    dilation: [usize; 2],
    /// What is cut off before the first row and the first column.
    before: [usize; 2],
    pub(super) out: [usize; 2],
}

impl Spread {
    /// Takes the window's options out of some words.
    pub(super) fn new(words: &mut Words, kernel: [usize; 2], input: Shape) -> Result<Self, String> {
        let [stride, dilation] = [words.pair_or("s", [1; 2])?, words.pair_or("d", [1; 2])?];
        let more = words.pair_or("o", [0; 2])?;
        let mut padding = [[0; 2]; 2];
        if let Some(text) = words.option("p") {
            for (axis, padding) in padding.iter_mut().enumerate() {
                *padding = match words::list(&text) {
                    Some(sides) if sides.len() == 4 => {
                        [words::whole(sides[2 * axis])?, words::whole(sides[2 * axis + 1])?]
                    }
                    Some(_) => return Err(format!("`p{text}`: four sides are needed")),
                    None => [words::pair(&text)?[axis]; 2],
                };
            }
        }
        let mut out = [0; 2];
        for axis in 0..2 {
            if more[axis] >= stride[axis].max(dilation[axis]) {
                return Err(format!("an output padding of {}", more[axis]));
            }
            let whole = (input[axis] - 1) * stride[axis] + dilation[axis] * (kernel[axis] - 1) + more[axis] + 1;
            let cut = padding[axis][0] + padding[axis][1];
            out[axis] = whole.checked_sub(cut).filter(|&out| out > 0).ok_or("nothing is left")?;
        }
        Ok(Self { kernel, stride, dilation, before: padding.map(|[before, _]| before), out })
    }
}

/// PyTorch's `conv_transpose2d`: `weight` is `[in, out / groups, height, width]`.
pub(super) fn deconv(input: &Values, spread: &Spread, groups: usize, weight: &[f64], bias: Option<&[f64]>) -> Values {
    let Spread { kernel: [kernel_h, kernel_w], stride, dilation, before, out } = *spread;
    let group_in = input.channels / groups;
    let group_out = weight.len() / (input.channels * kernel_h * kernel_w);
    let shape = [out[0], out[1], group_out * groups];
    // Which tap an input at `from` reaches an output at `to` with.
    let tap = |axis: usize, from: usize, to: usize| {
        let distance = (to + before[axis]).checked_sub(from * stride[axis])?;
        (distance.is_multiple_of(dilation[axis]) && distance / dilation[axis] < spread.kernel[axis])
            .then(|| distance / dilation[axis])
    };
    Values::from_fn(input.samples, shape, |n, filter, y, x| {
        let mut sum = bias.map_or(0.0, |bias| bias[filter]);
        for c in 0..group_in {
            let channel = filter / group_out * group_in + c;
            for (i, tap_y) in (0..input.height).filter_map(|i| Some((i, tap(0, i, y)?))) {
                for (j, tap_x) in (0..input.width).filter_map(|j| Some((j, tap(1, j, x)?))) {
                    let at = (channel * group_out + filter % group_out) * kernel_h + tap_y;
                    sum += weight[at * kernel_w + tap_x] * input.at(n, channel, i, j);
                }
            }
        }
        sum
    })
}
