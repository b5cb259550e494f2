//! Where a sliding window stands: strides, padding, dilation and rounding of convolutions and pools.

use super::values::Shape;
use super::words::{self, Words};

/// A window over an input of known size. Pairs are `[vertical, horizontal]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) kernel: [usize; 2],
    pub(super) stride: [usize; 2],
    pub(super) dilation: [usize; 2],
    /// Zeros before and after the input, in each direction.
    pub(super) padding: [[usize; 2]; 2],
    /// Positions of the window in each direction.
    pub(super) out: [usize; 2],
}

/// What to do with a window that does not tile its input.
#[derive(Clone, Copy, PartialEq)]
enum Rounding {
    Refuse,
    Floor,
    Ceil,
}

impl Window {
    /// Takes the window's options out of some words.
    pub(super) fn new(words: &mut Words, kernel: [usize; 2], stride: [usize; 2], input: Shape) -> Result<Self, String> {
        let stride = words.pair_or("s", stride)?;
        let dilation = words.pair_or("d", [1; 2])?;
        let (same, valid) = (words.flag("same"), words.flag("valid"));
        let written = words.option("p");
        let rounding = match (words.flag("floor"), words.flag("ceil")) {
            (false, false) => Rounding::Refuse,
            (true, false) => Rounding::Floor,
            (false, true) => Rounding::Ceil,
            (true, true) => return Err("both `floor` and `ceil`".to_owned()),
        };
        if usize::from(same) + usize::from(valid) + usize::from(written.is_some()) > 1 {
            return Err("several paddings".to_owned());
        }

        let (mut out, mut padding) = ([0; 2], [[0; 2]; 2]);
        for axis in 0..2 {
            let (size, step) = (input[axis], stride[axis]);
            let reach = (kernel[axis] - 1) * dilation[axis] + 1;
            padding[axis] = match written.as_deref() {
                _ if same => same_padding(size, reach, step),
                None => [0; 2],
                Some("?") => {
                    let fits = |&p: &usize| size + 2 * p >= reach && (size + 2 * p - reach).is_multiple_of(step);
                    [(0..reach).find(fits).ok_or("no padding fits")?; 2]
                }
                Some(text) => match words::list(text) {
                    Some(sides) if sides.len() == 4 => {
                        [words::whole(sides[2 * axis])?, words::whole(sides[2 * axis + 1])?]
                    }
                    Some(_) => return Err(format!("`p{text}`: four sides are needed")),
                    None => [words::pair(text)?[axis]; 2],
                },
            };
            let rounding = if same { Rounding::Floor } else { rounding };
            out[axis] = positions(size, reach, step, padding[axis], rounding)?;
        }
        Ok(Self { kernel, stride, dilation, padding, out })
    }

    /// The rows (axis 0) or columns (axis 1) that the window at `position` covers, by tap. Some lie in the padding or
    /// beyond it, before or behind the input.
    pub(super) fn taps(&self, axis: usize, position: usize) -> impl Iterator<Item = isize> + use<> {
        let start = (position * self.stride[axis]) as isize - self.padding[axis][0] as isize;
        let dilation = self.dilation[axis] as isize;
        (0..self.kernel[axis] as isize).map(move |tap| start + tap * dilation)
    }
}

/// As many positions as the input has pixels, divided by the stride and rounded up; an odd zero goes behind.
fn same_padding(size: usize, reach: usize, stride: usize) -> [usize; 2] {
    let positions = size.div_ceil(stride);
    let total = ((positions - 1) * stride + reach).saturating_sub(size);
    [total / 2, total - total / 2]
}

fn positions(
    size: usize,
    reach: usize,
    stride: usize,
    padding: [usize; 2],
    rounding: Rounding,
) -> Result<usize, String> {
    let padded = size + padding[0] + padding[1];
    if padded < reach {
        return Err(format!("a window of {reach} is larger than {padded}"));
    }
    let room = padded - reach;
    if rounding == Rounding::Refuse && !room.is_multiple_of(stride) {
        return Err(format!("a window of {reach} in steps of {stride} does not tile {padded}"));
    }
    if rounding != Rounding::Ceil {
        return Ok(room / stride + 1);
    }
    // PyTorch leaves out a last window that starts behind the input, in the padding or beyond.
    let positions = room.div_ceil(stride) + 1;
    let starts_behind = (positions - 1) * stride >= size + padding[0];
    Ok(if starts_behind { positions - 1 } else { positions })
}
