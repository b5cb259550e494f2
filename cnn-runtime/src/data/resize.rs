//! Images of another size.

use super::Dataset;
use crate::Volume;
use crate::volume::Sample;

impl<const H: usize, const W: usize, const C: usize, T> Dataset<Volume<H, W, C>, T> {
    /// Images enlarged by repeating every pixel: 8x8 digits to 32x32 by making each pixel 4x4.
    ///
    /// `H2` and `W2` must be multiples of the height and the width; anything else does not compile:
    ///
    /// ```compile_fail
    /// let large = cnn_runtime::data::digits().0.enlarge::<30, 32>(); // 30 is no multiple of 8
    /// ```
    pub fn enlarge<const H2: usize, const W2: usize>(self) -> Dataset<Volume<H2, W2, C>, T> {
        const {
            assert!(H > 0 && H2.is_multiple_of(H), "the new height must be a multiple of the old one");
            assert!(W > 0 && W2.is_multiple_of(W), "the new width must be a multiple of the old one");
        }
        self.redraw(|from, to: &mut Volume<H2, W2, C>| {
            for (y, row) in to.iter_mut().enumerate() {
                for (x, pixel) in row.iter_mut().enumerate() {
                    *pixel = from[y / (H2 / H)][x / (W2 / W)];
                }
            }
        })
    }

    /// Images of another size, each new pixel mixed from the four old ones around it (bilinear).
    ///
    /// Pixels are squares whose centres lie at one half, and the borders repeat: what PyTorch's `interpolate` does in
    /// the mode `bilinear` with `align_corners=False`. An image made smaller than half takes no mean over the pixels
    /// between, so shrink in steps.
    pub fn resize<const H2: usize, const W2: usize>(self) -> Dataset<Volume<H2, W2, C>, T> {
        const { assert!(H > 0 && W > 0, "an image without pixels cannot be resized") }
        let (rows, columns) = (taps(H, H2), taps(W, W2));
        self.redraw(|from, to: &mut Volume<H2, W2, C>| {
            for (row, &(top, bottom, down)) in to.iter_mut().zip(&rows) {
                for (pixel, &(left, right, across)) in row.iter_mut().zip(&columns) {
                    let mix = |y: usize, c: usize| from[y][left][c] * (1.0 - across) + from[y][right][c] * across;
                    for (c, value) in pixel.iter_mut().enumerate() {
                        *value = mix(top, c) * (1.0 - down) + mix(bottom, c) * down;
                    }
                }
            }
        })
    }

    /// Other images, each drawn on zeros.
    fn redraw<J: Sample>(self, draw: impl Fn(&Volume<H, W, C>, &mut J)) -> Dataset<J, T> {
        let mut drawn = J::zeroed_vec(self.len());
        self.inputs().iter().zip(&mut drawn).for_each(|(from, to)| draw(from, to));
        self.with_inputs(drawn)
    }
}

/// For each of `new` places along an axis: the two of `old` places that it lies between, and how far towards the
/// second.
fn taps(old: usize, new: usize) -> Vec<(usize, usize, f32)> {
    let scale = old as f64 / new as f64;
    let place = |i: usize| {
        let at = ((i as f64 + 0.5) * scale - 0.5).max(0.0);
        let first = (at as usize).min(old - 1);
        (first, (first + 1).min(old - 1), (at - first as f64) as f32)
    };
    (0..new).map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dataset<const H: usize, const W: usize, const C: usize>(image: Volume<H, W, C>) -> Dataset<Volume<H, W, C>> {
        Dataset::new(vec![image], vec![3]).unwrap()
    }

    #[test]
    fn enlarging_repeats_pixels() {
        let large = dataset([[[1.0, -1.0], [2.0, -2.0]]]).enlarge::<2, 6>();
        let row = [[1.0, -1.0], [1.0, -1.0], [1.0, -1.0], [2.0, -2.0], [2.0, -2.0], [2.0, -2.0]];
        assert_eq!(large.inputs()[0], [row, row]);
        assert_eq!(large.targets(), [3]);
    }

    #[test]
    fn digits_of_32() {
        let (train, _) = crate::data::digits();
        let small = train.clone().take(20);
        let large = train.take(20).enlarge::<32, 32>();
        for (small, large) in small.inputs().iter().zip(large.inputs()) {
            assert!((0..32).all(|y| (0..32).all(|x| large[y][x] == small[y / 4][x / 4])));
        }
    }

    #[test]
    fn bilinear_enlarging_by_hand() {
        // Along an axis of 2 made 4 the weights of the second are 0, 1/4, 3/4, 1.
        let large = dataset([[[0.0], [4.0]], [[8.0], [12.0]]]).resize::<4, 4>();
        assert_eq!(
            large.inputs()[0].map(|row| row.map(|[value]| value)),
            [[0.0, 1.0, 3.0, 4.0], [2.0, 3.0, 5.0, 6.0], [6.0, 7.0, 9.0, 10.0], [8.0, 9.0, 11.0, 12.0]]
        );
    }

    #[test]
    fn bilinear_shrinking_by_half_is_the_mean() {
        let small = dataset([[[1.0], [3.0]], [[5.0], [7.0]]]).resize::<1, 1>();
        assert_eq!(small.inputs()[0], [[[4.0]]]);
    }

    #[test]
    fn the_same_size_is_the_same_image() {
        let (digits, _) = crate::data::digits();
        assert_eq!(digits.clone().resize::<8, 8>(), digits);
        assert_eq!(digits.clone().take(9).resize::<1, 0>().len(), 9);
    }
}
