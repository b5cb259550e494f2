//! Samples side by side in one image, for convolutions by minimal filtering.
//!
//! Maps of 13 rows take four rows of tiles of 4 x 4, and the last holds a single row of outputs. Two samples one below
//! the other, with the row of zeros between them that both need, take seven instead of eight; four samples take 49
//! tiles instead of 64. (Zen 4, AVX-512, 13x13 with 192 to 384 channels: 0.69 to 0.88 of the time.) So whole images are
//! made of copies, and what remains of a group of samples is computed as it lies.

use super::{Conv, Winograd};
use crate::kernels::winograd::{Size, Tiling};
use crate::map::{Map, Part};
use std::ops::Range;

/// Tiles of a convolution that should at least go by together: one image of 13x13.
pub(super) const FORWARD: usize = 32;

/// The same for gradients of filters, which are all written and read once for each turn. (Zen 4, 13x13: one image at a
/// time takes 0.86 to 0.91 of the time that samples alone take, two 0.75 to 0.88.)
pub(super) const WEIGHTS: usize = 64;

/// How samples of a size lie in images.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mosaic {
    form: Size,
    /// Samples below each other and beside each other.
    counts: [usize; 2],
    /// Rows and columns of a sample, of the input and the output alike.
    size: [usize; 2],
    /// Rows and columns of zeros above a sample, on its left, and between samples.
    border: usize,
}

impl Mosaic {
    /// What suits the outputs of a convolution, if that is more than a sample an image.
    pub(super) fn new(conv: &Conv, winograd: Winograd, output: &Part) -> Option<Self> {
        let border = conv.kernel[0] / 2;
        let counts = winograd.together;
        debug_assert!(
            counts == [1; 2] || conv.padding == [border; 4],
            "samples lie side by side, but {:?} is not the padding of a map that keeps its size",
            conv.padding,
        );
        (counts != [1; 2]).then(|| Self {
            form: winograd.size(conv),
            counts,
            size: [output.height, output.width],
            border,
        })
    }

    /// Samples of an image.
    fn samples(&self) -> usize {
        self.counts.iter().product()
    }

    /// Images of so many tiles.
    fn at_once(&self, tiles: usize) -> usize {
        tiles.div_ceil(self.tiling(self.samples()).count())
    }

    /// The samples of a group that fill images, so many tiles at a time.
    pub(super) fn groups(self, count: usize, tiles: usize) -> impl Iterator<Item = Range<usize>> {
        let (whole, at_once) = (count - count % self.samples(), self.at_once(tiles) * self.samples());
        (0..whole).step_by(at_once).map(move |first| first..whole.min(first + at_once))
    }

    /// The tiles of the images that so many samples fill.
    pub(super) fn tiling(&self, samples: usize) -> Tiling {
        let Part { height, width, .. } = *self.image(1);
        Tiling::new(self.form, samples / self.samples(), [height, width])
    }

    /// An image.
    pub(super) fn image(&self, channels: usize) -> Map {
        let [height, width] = [0, 1].map(|axis| {
            let (count, size) = (self.counts[axis], self.size[axis]);
            count * (size + self.border) - self.border
        });
        Map::new(0, [height, width, channels], [self.border, 0, self.border, 0])
    }

    /// Rows above an image and columns on its left.
    pub(super) fn borders(&self) -> [usize; 2] {
        [self.border; 2]
    }

    /// Memory for images of so many tiles, and the rest of the scratch memory.
    pub(super) fn memory<'a>(
        &self,
        tiles: usize,
        maps: [&Part; 2],
        scratch: &'a mut [f32],
    ) -> ([&'a mut [f32]; 2], &'a mut [f32]) {
        let [first, second] = maps.map(|map| self.at_once(tiles) * self.image(map.channels).stored());
        let (first, scratch) = scratch.split_at_mut(first);
        let (second, scratch) = scratch.split_at_mut(second);
        ([first, second], scratch)
    }

    /// Where a sample of an image lies in it.
    fn place(&self, channels: usize, sample: usize) -> Part {
        let &Self { counts: [_, across], size: [height, width], border, .. } = self;
        let image = self.image(channels).all();
        let [top, left] = [sample / across * (height + border), sample % across * (width + border)];
        let [below, beside] = [image.height - top - height, image.width - left - width];
        Part { height, width, border: [border + top, below, border + left, beside], ..image }
    }

    /// Copies some samples of a map to images: what is between them becomes zero.
    pub(super) fn join(&self, map: &Part, samples: Range<usize>, buffer: &[f32], images: &mut [f32]) {
        self.clear(map.channels, images);
        let buffer = &buffer[samples.start * map.stored()..][..samples.len() * map.stored()];
        for (from, (image, place)) in buffer.chunks(map.stored()).zip(self.all(map.channels)) {
            let to = &mut images[image..];
            if map.is_whole() {
                map.runs(from).zip(place.runs_mut(to)).for_each(|(from, to)| to.copy_from_slice(from));
            } else {
                map.pixels(from).zip(place.pixels_mut(to)).for_each(|(from, to)| to.copy_from_slice(from));
            }
        }
    }

    /// Clears the rows above samples and the columns on their left.
    fn clear(&self, channels: usize, images: &mut [f32]) {
        let (image, border) = (self.image(channels), self.border);
        let [down, across] = self.size.map(|size| size + border);
        for pixels in images.chunks_mut(image.stored()) {
            for (y, row) in pixels[..image.size()].chunks_mut(image.row()).enumerate() {
                if y % down < border {
                    row.fill(0.0);
                } else {
                    row.chunks_mut(across * channels).for_each(|row| row[..border * channels].fill(0.0));
                }
            }
        }
    }

    /// Copies them from images.
    pub(super) fn part(&self, map: &Part, samples: Range<usize>, images: &[f32], buffer: &mut [f32]) {
        let buffer = &mut buffer[samples.start * map.stored()..][..samples.len() * map.stored()];
        for (to, (image, place)) in buffer.chunks_mut(map.stored()).zip(self.all(map.channels)) {
            let from = &images[image..];
            if map.is_whole() {
                place.runs(from).zip(map.runs_mut(to)).for_each(|(from, to)| to.copy_from_slice(from));
            } else {
                place.pixels(from).zip(map.pixels_mut(to)).for_each(|(from, to)| to.copy_from_slice(from));
            }
        }
    }

    /// Sample after sample: where its image begins, and its place there.
    fn all(&self, channels: usize) -> impl Iterator<Item = (usize, Part)> {
        let (samples, image) = (self.samples(), self.image(channels).stored());
        (0..).map(move |i| (i / samples * image, self.place(channels, i % samples)))
    }
}
