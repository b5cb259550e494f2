//! Random changes to training images that leave their class alone.

use rand::{Rng, RngExt as _};

use crate::volume::Sample;

/// Random shifts and flips of images, in place and without memory of its own.
///
/// ```
/// use cnn_runtime::data::{self, Augment};
/// use rand_pcg::{Pcg64Mcg, rand_core::SeedableRng};
///
/// let (mut train, _) = data::digits();
/// let augment = Augment::new().shift(1);
/// let mut rng = Pcg64Mcg::seed_from_u64(42);
/// for image in train.inputs_mut() {
///     augment.apply_to(image, &mut rng);
/// }
/// ```
///
/// The changes are made in this order: shift, crop, flip. What moves in from outside is 0: the background of digits,
/// and the mean of a set that was [normalised](super::Normalize).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Augment {
    shift: usize,
    crop: usize,
    flip: bool,
}

impl Augment {
    /// No change.
    pub fn new() -> Self {
        Self::default()
    }

    /// Moves the image by up to `pixels` rows up or down and as many columns left or right.
    pub fn shift(mut self, pixels: usize) -> Self {
        self.shift = pixels;
        self
    }

    /// Surrounds the image with `pad` rows and columns of zeros and cuts a piece of the old size out of that, anywhere.
    ///
    /// The usual way of training on CIFAR, there with 4 (He et al., 2015, section 4.2). It is the same thing as
    /// [`shift`](Self::shift) by up to `pad`; the name is that of the recipes.
    pub fn crop(mut self, pad: usize) -> Self {
        self.crop = pad;
        self
    }

    /// Swaps left and right of every other image, on average.
    pub fn flip(mut self) -> Self {
        self.flip = true;
        self
    }

    /// Changes one image of `shape` (height, width, channels), which `flat` holds in HWC order.
    ///
    /// The numbers drawn from `rng` depend on the settings only, so one generator gives the same changes to images of
    /// any size.
    ///
    /// # Panics
    /// If `flat` is not as long as the shape demands.
    pub fn apply(&self, shape: [usize; 3], flat: &mut [f32], rng: &mut (impl Rng + ?Sized)) {
        let [height, width, channels] = shape;
        assert_eq!(flat.len(), height * width * channels, "an image of {height}x{width}x{channels} has another size");
        for most in [self.shift, self.crop] {
            if most > 0 {
                let (down, right) = (offset(most, rng), offset(most, rng));
                shift(shape, flat, down, right);
            }
        }
        if self.flip && rng.random() {
            flip(shape, flat);
        }
    }

    /// Changes one sample.
    pub fn apply_to<I: Sample>(&self, sample: &mut I, rng: &mut (impl Rng + ?Sized)) {
        self.apply(I::SHAPE, sample.flat_mut(), rng);
    }
}

/// A whole number from -most to most.
fn offset(most: usize, rng: &mut (impl Rng + ?Sized)) -> isize {
    let most = i32::try_from(most).unwrap_or(i32::MAX);
    rng.random_range(-most..=most) as isize
}

/// Moves every pixel; zeros move in.
fn shift([height, width, channels]: [usize; 3], flat: &mut [f32], down: isize, right: isize) {
    let row = width * channels;
    let skip_rows = down.unsigned_abs().min(height);
    let skip = right.unsigned_abs().min(width) * channels;
    let keep = row - skip;
    let (from, to) = if right < 0 { (skip, 0) } else { (0, skip) };
    let edge = if right < 0 { keep..row } else { 0..skip };
    // Rows are taken in the order in which none is overwritten before it has been read.
    for i in 0..height - skip_rows {
        let (source, target) = if down < 0 { (i + skip_rows, i) } else { (height - 1 - i - skip_rows, height - 1 - i) };
        let (source, target) = (source * row, target * row);
        flat.copy_within(source + from..source + from + keep, target + to);
        flat[target + edge.start..target + edge.end].fill(0.0);
    }
    let emptied = skip_rows * row;
    let len = flat.len();
    if down < 0 { &mut flat[len - emptied..] } else { &mut flat[..emptied] }.fill(0.0);
}

/// Swaps left and right.
fn flip([_, width, channels]: [usize; 3], flat: &mut [f32]) {
    for row in flat.chunks_exact_mut((width * channels).max(1)) {
        let (left, right) = row.split_at_mut(width / 2 * channels);
        let pixels = right.rchunks_exact_mut(channels.max(1));
        left.chunks_exact_mut(channels.max(1)).zip(pixels).for_each(|(a, b)| a.swap_with_slice(b));
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng as _;
    use rand_pcg::Pcg64Mcg;

    use super::*;

    fn image([height, width, channels]: [usize; 3]) -> Vec<f32> {
        (1..=height * width * channels).map(|value| value as f32).collect()
    }

    /// The same thing, pixel by pixel.
    fn slow_shift(shape: [usize; 3], flat: &[f32], down: isize, right: isize) -> Vec<f32> {
        let [height, width, channels] = shape;
        let at = |y: isize, x: isize, c: usize| {
            let inside = (0..height as isize).contains(&y) && (0..width as isize).contains(&x);
            if inside { flat[(y as usize * width + x as usize) * channels + c] } else { 0.0 }
        };
        let mut shifted = Vec::new();
        for (y, x, c) in (0..height).flat_map(|y| (0..width).flat_map(move |x| (0..channels).map(move |c| (y, x, c)))) {
            shifted.push(at(y as isize - down, x as isize - right, c));
        }
        shifted
    }

    #[test]
    fn shift_by_hand() {
        let mut flat = image([3, 3, 1]);
        shift([3, 3, 1], &mut flat, 1, -1);
        assert_eq!(flat, [0.0, 0.0, 0.0, 2.0, 3.0, 0.0, 5.0, 6.0, 0.0]);
    }

    #[test]
    fn shift_agrees_with_the_slow_one() {
        for shape in [[4, 5, 1], [5, 4, 3], [1, 1, 2], [3, 1, 1], [0, 3, 1], [2, 2, 0]] {
            for (down, right) in (-6..=6).flat_map(|down| (-6..=6).map(move |right| (down, right))) {
                let mut flat = image(shape);
                shift(shape, &mut flat, down, right);
                assert_eq!(flat, slow_shift(shape, &image(shape), down, right), "{shape:?} {down} {right}");
            }
        }
    }

    #[test]
    fn flip_keeps_pixels_whole() {
        let mut flat = image([2, 3, 2]);
        flip([2, 3, 2], &mut flat);
        assert_eq!(flat, [5.0, 6.0, 3.0, 4.0, 1.0, 2.0, 11.0, 12.0, 9.0, 10.0, 7.0, 8.0]);
        let mut flat = image([1, 4, 1]);
        flip([1, 4, 1], &mut flat);
        assert_eq!(flat, [4.0, 3.0, 2.0, 1.0]);
    }

    #[test]
    fn the_seed_decides() {
        let run = |seed| {
            let mut rng = Pcg64Mcg::seed_from_u64(seed);
            let mut flat = image([8, 8, 3]);
            for _ in 0..3 {
                Augment::new().shift(1).crop(2).flip().apply([8, 8, 3], &mut flat, &mut rng);
            }
            flat
        };
        assert_eq!(run(1), run(1));
        assert_ne!(run(1), run(2));
    }

    #[test]
    fn every_shift_and_both_flips_occur() {
        let shape = [3, 3, 1];
        let mut rng = Pcg64Mcg::seed_from_u64(5);
        for augment in [Augment::new().shift(1).flip(), Augment::new().crop(1).flip()] {
            let mut seen = Vec::new();
            for _ in 0..1_000 {
                let mut flat = image(shape);
                augment.apply(shape, &mut flat, &mut rng);
                if !seen.contains(&flat) {
                    seen.push(flat);
                }
            }
            assert_eq!(seen.len(), 18);
        }
    }

    #[test]
    fn nothing_is_the_default_and_huge_settings_do_no_harm() {
        let mut rng = Pcg64Mcg::seed_from_u64(5);
        let mut sample = [[[1.0_f32], [2.0]]];
        Augment::new().apply_to(&mut sample, &mut rng);
        assert_eq!(sample, [[[1.0], [2.0]]]);
        Augment::new().shift(usize::MAX).apply_to(&mut sample, &mut rng);
        assert_eq!(sample, [[[0.0], [0.0]]]);
    }

    #[test]
    #[should_panic(expected = "an image of 2x2x1")]
    fn sizes_must_agree() {
        Augment::new().apply([2, 2, 1], &mut [0.0; 5], &mut Pcg64Mcg::seed_from_u64(0));
    }
}
