//! Shape arithmetic, written once, in checked integers.

use std::fmt;

/// Height, width and channels of a value; a vector is 1 x 1 x N.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    pub height: usize,
    pub width: usize,
    pub channels: usize,
    /// Written as a plain number and handed around as `[f32; N]`.
    pub is_vector: bool,
}

impl Shape {
    pub const fn volume(height: usize, width: usize, channels: usize) -> Self {
        Self { height, width, channels, is_vector: false }
    }

    pub const fn vector(len: usize) -> Self {
        Self { height: 1, width: 1, channels: len, is_vector: true }
    }

    /// Floats. The checker has made sure that they can be counted.
    pub fn len(self) -> usize {
        self.height * self.width * self.channels
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { height, width, channels, is_vector } = self;
        if *is_vector { write!(f, "{channels}") } else { write!(f, "{height}x{width}x{channels}") }
    }
}

/// The largest size that may be written and the largest volume or tensor: 2^31 floats are 8 GiB. Below it, no product
/// that the compiler forms leaves 64 bits.
pub const LIMIT: u64 = 1 << 31;

/// The product of some sizes, if it stays within [`LIMIT`].
pub fn count(sizes: &[usize]) -> Option<usize> {
    let product = sizes.iter().try_fold(1u64, |product, &size| product.checked_mul(size as u64))?;
    if product <= LIMIT { usize::try_from(product).ok() } else { None }
}

/// A window that slides over a volume: pairs are vertical, horizontal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    pub kernel: [usize; 2],
    pub stride: [usize; 2],
    pub dilation: [usize; 2],
    pub padding: Padding,
    pub rounding: Rounding,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Padding {
    /// Top, bottom, left, right.
    Sides([usize; 4]),
    /// `same`: an output of ceil(N / S); an odd zero goes to the bottom or right, as TensorFlow and PyTorch do it.
    Same,
    /// `p?`: the smallest symmetric padding that fits.
    Solve,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// The window must fit.
    Exact,
    /// Rows and columns that do not fill a window are left out.
    Floor,
    /// A last window may reach over the edge, as long as it starts inside the input or its left padding.
    Ceil,
}

/// A window that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tiling {
    pub out: [usize; 2],
    /// Zeros around the input that windows read: top, bottom, left, right.
    pub padding: [usize; 4],
}

/// One direction of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Axis {
    /// N
    pub size: usize,
    /// F
    pub kernel: usize,
    /// S
    pub stride: usize,
    pub dilation: usize,
    /// Zeros before and after.
    pub padding: [usize; 2],
}

/// Why a window does not fit in one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// It is larger than what it slides over.
    TooLarge(Axis),
    /// It does not end where the input ends.
    Remainder(Axis),
    /// No symmetric padding makes it fit.
    Unsolvable(Axis),
}

impl Axis {
    /// F as far as it reaches: dilated.
    pub fn reach(&self) -> usize {
        (self.kernel - 1) * self.dilation + 1
    }

    /// N + 2P - F, if the window is not too large.
    pub fn slack(&self) -> Option<usize> {
        (self.size + self.padding[0] + self.padding[1]).checked_sub(self.reach())
    }

    /// Positions of the window.
    fn positions(&self, rounding: Rounding) -> Result<usize, Misfit> {
        let slack = self.slack().ok_or(Misfit::TooLarge(*self))?;
        let positions = slack / self.stride + 1;
        match rounding {
            Rounding::Exact if slack % self.stride != 0 => Err(Misfit::Remainder(*self)),
            Rounding::Exact | Rounding::Floor => Ok(positions),
            Rounding::Ceil => {
                let positions = slack.div_ceil(self.stride) + 1;
                let starts_outside = (positions - 1) * self.stride >= self.size + self.padding[0];
                Ok(positions - usize::from(starts_outside))
            }
        }
    }

    /// The smallest symmetric padding with which the window fits; windows of nothing but padding are no solution.
    pub fn solve(&self) -> Option<usize> {
        // N + 2P - F is S * k for P = first + more: two zeros shift the remainder by two, so an odd remainder needs an
        // odd stride.
        let first = self.reach().saturating_sub(self.size).div_ceil(2);
        let slack = self.size + 2 * first - self.reach();
        let missing = (self.stride - slack % self.stride) % self.stride;
        let more = match (missing % 2, self.stride % 2) {
            (0, _) => missing / 2,
            (_, 1) => (missing + self.stride) / 2,
            _ => return None,
        };
        Some(first + more).filter(|&padding| padding < self.reach())
    }

    /// The smallest padding with which the window fits, an odd zero behind.
    pub fn solve_one_sided(&self) -> Option<[usize; 2]> {
        let free = Axis { padding: [0; 2], ..*self };
        let total = match free.slack() {
            Some(slack) => (self.stride - slack % self.stride) % self.stride,
            None => self.reach() - self.size,
        };
        let padding = [total / 2, total - total / 2];
        (padding[1] < self.reach()).then_some(padding)
    }

    /// The padding of `same`.
    fn same(&self) -> [usize; 2] {
        let positions = self.size.div_ceil(self.stride);
        let total = ((positions - 1) * self.stride + self.reach()).saturating_sub(self.size);
        [total / 2, total - total / 2]
    }
}

impl Window {
    /// One direction: 0 is vertical, 1 horizontal.
    pub fn axis(&self, input: Shape, direction: usize) -> Axis {
        let padding = match self.padding {
            Padding::Sides(sides) => [sides[2 * direction], sides[2 * direction + 1]],
            Padding::Same | Padding::Solve => [0; 2],
        };
        Axis {
            size: [input.height, input.width][direction],
            kernel: self.kernel[direction],
            stride: self.stride[direction],
            dilation: self.dilation[direction],
            padding,
        }
    }

    /// Lays the window over an input, or says for each direction why it does not fit.
    pub fn tile(&self, input: Shape) -> Result<Tiling, [Option<Misfit>; 2]> {
        let tiled = [0, 1].map(|direction| self.tile_axis(self.axis(input, direction)));
        match tiled {
            [Ok((height, vertical)), Ok((width, horizontal))] => {
                Ok(Tiling { out: [height, width], padding: [vertical[0], vertical[1], horizontal[0], horizontal[1]] })
            }
            misfits => Err(misfits.map(Result::err)),
        }
    }

    fn tile_axis(&self, mut axis: Axis) -> Result<(usize, [usize; 2]), Misfit> {
        match self.padding {
            Padding::Sides(_) => {}
            Padding::Same => {
                axis.padding = axis.same();
                return Ok((axis.size.div_ceil(axis.stride), axis.padding));
            }
            Padding::Solve => axis.padding = [axis.solve().ok_or(Misfit::Unsolvable(axis))?; 2],
        }
        let positions = axis.positions(self.rounding)?;
        // With `ceil` the last window may reach further than the padding.
        let end = (positions - 1) * axis.stride + axis.reach();
        let after = axis.padding[1].max(end.saturating_sub(axis.size + axis.padding[0]));
        Ok((positions, [axis.padding[0], after]))
    }

    /// Zeros that backward data reads around the gradient for the output. An input pixel `y` was read by the windows
    /// from `ceil((y + P - reach + 1) / S)` to `floor((y + P) / S)`; what lies outside the output must read as zero.
    pub fn gradient_border(&self, input: Shape, output: Shape, padding: [usize; 4]) -> [usize; 4] {
        let side = |direction: usize, before: usize| {
            let axis = self.axis(input, direction);
            let out = [output.height, output.width][direction];
            let top = (axis.reach() - 1).saturating_sub(before).div_ceil(axis.stride);
            let bottom = ((axis.size - 1 + before) / axis.stride).saturating_sub(out - 1);
            [top, bottom]
        };
        let ([top, bottom], [left, right]) = (side(0, padding[0]), side(1, padding[2]));
        [top, bottom, left, right]
    }
}

/// The window of a transposed convolution: it slides over the output. Pairs are vertical, horizontal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transposed {
    pub kernel: [usize; 2],
    pub stride: [usize; 2],
    pub dilation: [usize; 2],
    /// What is cut off the output: top, bottom, left, right.
    pub padding: [usize; 4],
    /// Rows and columns that are added to the output, at its end.
    pub more: [usize; 2],
}

impl Transposed {
    /// The window as that of the convolution from the output to the input.
    fn window(&self) -> Window {
        let Self { kernel, stride, dilation, padding, .. } = *self;
        Window { kernel, stride, dilation, padding: Padding::Sides(padding), rounding: Rounding::Floor }
    }

    /// Rows and columns of the output, (N - 1) S + F - P1 - P2 + O, F being dilated; where nothing is left, that
    /// direction and its O.
    pub fn out(&self, input: Shape) -> Result<[usize; 2], (Axis, usize)> {
        let mut out = [0; 2];
        for (direction, out) in out.iter_mut().enumerate() {
            let axis = self.window().axis(input, direction);
            let whole = (axis.size - 1) * axis.stride + axis.reach() + self.more[direction];
            let left = whole.checked_sub(axis.padding[0] + axis.padding[1]);
            *out = left.filter(|&left| left > 0).ok_or((axis, self.more[direction]))?;
        }
        Ok(out)
    }

    /// How far windows reach beyond the output: what the gradient for it is surrounded with.
    pub fn beyond(&self, input: Shape, output: Shape) -> [usize; 4] {
        let mut beyond = self.padding;
        for (direction, out) in [output.height, output.width].into_iter().enumerate() {
            let axis = self.window().axis(input, direction);
            let end = (axis.size - 1) * axis.stride + axis.reach();
            beyond[2 * direction + 1] = end.saturating_sub(axis.padding[0] + out);
        }
        beyond
    }

    /// Zeros that outputs at the edges see around the input.
    pub fn input_border(&self, input: Shape, output: Shape) -> [usize; 4] {
        self.window().gradient_border(output, input, self.padding)
    }

    /// Rows and columns of the input that an output sees, at most.
    pub fn seen(&self) -> [usize; 2] {
        [0, 1].map(|i| ((self.kernel[i] - 1) * self.dilation[i] + 1).div_ceil(self.stride[i]))
    }
}

/// What one element of a value sees of the network's input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Rows and columns.
    pub size: [usize; 2],
    /// Distance in the input of neighbours.
    pub jump: [usize; 2],
}

impl Field {
    /// Of the input itself.
    pub const ONE: Self = Self { size: [1; 2], jump: [1; 2] };

    /// Behind a window; no field is larger than the input. Saturates: beyond the input, nothing is there to see.
    pub fn through(self, reach: [usize; 2], stride: [usize; 2], input: Shape) -> Self {
        let limit = [input.height, input.width];
        let size = [0, 1].map(|i| {
            let more = (reach[i] - 1).saturating_mul(self.jump[i]);
            self.size[i].saturating_add(more).min(limit[i])
        });
        Self { size, jump: [0, 1].map(|i| self.jump[i].saturating_mul(stride[i])) }
    }

    /// Behind a layer that makes `factor` outputs of an input and lets each see `seen` inputs. Neighbours are less than
    /// a whole step apart then: what follows sees at most what is stated.
    pub fn spread(self, seen: [usize; 2], factor: [usize; 2], input: Shape) -> Self {
        let field = self.through(seen, [1; 2], input);
        Self { jump: [0, 1].map(|i| self.jump[i].div_ceil(factor[i])), ..field }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(size: usize, kernel: usize, stride: usize, padding: usize) -> Axis {
        Axis { size, kernel, stride, dilation: 1, padding: [padding; 2] }
    }

    fn window(kernel: usize, stride: usize, padding: Padding) -> Window {
        Window { kernel: [kernel; 2], stride: [stride; 2], dilation: [1; 2], padding, rounding: Rounding::Exact }
    }

    #[test]
    fn the_lectures_table() {
        // N, F, S, P, output
        for (n, f, s, p, out) in [
            (7, 3, 1, 0, Some(5)),
            (7, 3, 2, 0, Some(3)),
            (7, 3, 3, 0, None),
            (7, 3, 1, 1, Some(7)),
            (32, 5, 1, 0, Some(28)),
            (28, 5, 1, 0, Some(24)),
            (32, 5, 1, 2, Some(32)),
            (32, 3, 1, 1, Some(32)),
            (32, 7, 1, 3, Some(32)),
            (32, 1, 1, 0, Some(32)),
            (227, 11, 4, 0, Some(55)),
            (3, 5, 1, 0, None),
        ] {
            assert_eq!(axis(n, f, s, p).positions(Rounding::Exact).ok(), out, "N={n} F={f} S={s} P={p}");
        }
    }

    #[test]
    fn rounding_as_pytorch_rounds() {
        // N, F, S, P, floor, ceil: the rule of torch.nn.functional.max_pool2d, worked out by hand.
        for (n, f, s, p, floor, ceil) in [
            (7, 2, 2, 0, 3, 4),
            (7, 3, 3, 0, 2, 3),
            (6, 3, 2, 0, 2, 3),
            (6, 2, 2, 1, 4, 4),
            (5, 2, 2, 1, 3, 3),
            (5, 2, 3, 1, 2, 2),
            (4, 2, 4, 1, 2, 2),
            (4, 1, 3, 0, 2, 2),
            (5, 1, 3, 0, 2, 2),
        ] {
            let axis = axis(n, f, s, p);
            assert_eq!(axis.positions(Rounding::Floor), Ok(floor), "floor N={n} F={f} S={s} P={p}");
            assert_eq!(axis.positions(Rounding::Ceil), Ok(ceil), "ceil N={n} F={f} S={s} P={p}");
        }
    }

    #[test]
    fn a_ceil_window_widens_the_border() {
        let ceil = Window { rounding: Rounding::Ceil, ..window(3, 3, Padding::Sides([0; 4])) };
        let tiling = ceil.tile(Shape::volume(7, 7, 1)).unwrap();
        assert_eq!(tiling, Tiling { out: [3, 3], padding: [0, 2, 0, 2] });
    }

    #[test]
    fn paddings_are_solved() {
        assert_eq!(axis(32, 5, 1, 0).solve(), Some(0));
        assert_eq!(axis(32, 5, 2, 0).solve(), None);
        assert_eq!(axis(32, 5, 2, 0).solve_one_sided(), Some([0, 1]));
        assert_eq!(axis(7, 3, 3, 0).solve(), Some(1));
        assert_eq!(axis(3, 5, 1, 0).solve(), Some(1));
        assert_eq!(axis(1, 9, 4, 0).solve(), Some(4));
        for (n, f, s) in (1..20).flat_map(|n| (1..12).flat_map(move |f| (1..8).map(move |s| (n, f, s)))) {
            let fits = |p: usize| (n + 2 * p).checked_sub(f).is_some_and(|slack| slack % s == 0);
            assert_eq!(axis(n, f, s, 0).solve(), (0..f).find(|&p| fits(p)), "N={n} F={f} S={s}");
        }
    }

    #[test]
    fn same_makes_ceil_of_n_over_s() {
        for (n, f, s, padding, out) in [
            (32, 5, 1, [2, 2], 32),
            (32, 5, 2, [1, 2], 16),
            (32, 2, 1, [0, 1], 32),
            (7, 3, 2, [1, 1], 4),
            (56, 1, 2, [0, 0], 28),
        ] {
            let tiling = window(f, s, Padding::Same).tile(Shape::volume(n, n, 1)).unwrap();
            assert_eq!((tiling.out[0], [tiling.padding[0], tiling.padding[1]]), (out, padding));
        }
    }

    #[test]
    fn dilation_spreads_the_taps() {
        let dilated = Window { dilation: [2; 2], ..window(3, 1, Padding::Sides([2; 4])) };
        assert_eq!(dilated.tile(Shape::volume(9, 9, 1)).unwrap().out, [9, 9]);
    }

    /// Against the definition: which windows read an input pixel.
    #[test]
    fn gradient_borders_cover_what_backward_reads() {
        for (n, f, s, d, p) in (4..12).flat_map(|n| {
            let rest =
                move |f| (1..4).flat_map(move |s| (1..3).flat_map(move |d| (0..3).map(move |p| (n, f, s, d, p))));
            (1..4).flat_map(rest)
        }) {
            let window = Window { dilation: [d; 2], rounding: Rounding::Floor, ..window(f, s, Padding::Sides([p; 4])) };
            let input = Shape::volume(n, n, 1);
            let Ok(tiling) = window.tile(input) else { continue };
            let output = Shape::volume(tiling.out[0], tiling.out[1], 1);
            let [top, bottom, ..] = window.gradient_border(input, output, tiling.padding);
            let (mut first, mut last) = (0, tiling.out[0] as isize - 1);
            for y in 0..n as isize {
                for tap in 0..f as isize {
                    let at = y + p as isize - tap * d as isize;
                    if at.rem_euclid(s as isize) == 0 {
                        first = first.min(at / s as isize);
                        last = last.max(at / s as isize);
                    }
                }
            }
            assert!(top as isize >= -first, "N={n} F={f} S={s} D={d} P={p}: top {top}, first {first}");
            assert!(bottom as isize > last - tiling.out[0] as isize, "N={n} F={f} S={s} D={d} P={p}");
        }
    }

    /// Against the definition: every input reaches a window of the output, which is cut at its sides.
    #[test]
    fn transposed_windows_turn_windows_around() {
        for (n, f, s, d, p) in (1..6).flat_map(|n| {
            let rest =
                move |f| (1..4).flat_map(move |s| (1..4).flat_map(move |d| (0..4).map(move |p| (n, f, s, d, p))));
            (1..4).flat_map(rest)
        }) {
            for more in 0..s.max(d) {
                let (kernel, stride, dilation) = ([f; 2], [s; 2], [d; 2]);
                let window = Transposed { kernel, stride, dilation, padding: [p; 4], more: [more; 2] };
                let input = Shape::volume(n, n, 1);
                let whole = (n - 1) * s + (f - 1) * d + 1 + more;
                let Ok([out, _]) = window.out(input) else {
                    assert!(whole <= 2 * p);
                    continue;
                };
                assert_eq!(out + 2 * p, whole);
                let output = Shape::volume(out, out, 1);
                assert_eq!(window.beyond(input, output), [p, p.saturating_sub(more), p, p.saturating_sub(more)]);
                let [top, bottom, ..] = window.input_border(input, output).map(usize::cast_signed);
                for y in 0..out + p {
                    for tap in 0..f {
                        let at = (y + p).cast_signed() - (tap * d).cast_signed();
                        if y < out && at.rem_euclid(s.cast_signed()) == 0 {
                            let seen = at / s.cast_signed();
                            assert!((-top..n.cast_signed() + bottom).contains(&seen), "{window:?} of {n}: {seen}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn receptive_fields_grow_to_the_input_and_no_further() {
        let input = Shape::volume(28, 28, 1);
        let lenet =
            Field::ONE.through([5; 2], [1; 2], input).through([2; 2], [2; 2], input).through([5; 2], [1; 2], input);
        assert_eq!(lenet, Field { size: [14; 2], jump: [2; 2] });
        assert_eq!(lenet.through([50; 2], [1; 2], input).size, [28; 2]);
    }
}
