//! Where tiles lie: in images, and in the scratch memory between the transforms.

use super::form::{Form, with_form};
use crate::buffer::LANES;
use crate::kernels::grid::Steps;
use crate::kernels::touch::touch;
use std::ops::Range;

/// Which form of the algorithm: its tiles and points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Size {
    /// F(4x4, 3x3): 36 products for 16 outputs, where the direct way takes 144.
    Four,
    /// F(2x2, 3x3): 16 products for 4 outputs, where the direct way takes 36.
    Two,
    /// F(4x4, 5x5): 64 products for 16 outputs, where the direct way takes 400.
    FourOfFive,
}

impl Size {
    /// Outputs of a tile along an axis.
    pub(crate) const fn outputs(self) -> usize {
        with_form!(self, F => F::OUTPUTS)
    }

    /// Products of a tile for each pair of an input channel and an output channel.
    pub(crate) const fn products(self) -> usize {
        with_form!(self, F => F::POINTS * F::POINTS)
    }
}

/// Tiles of a group of samples: samples, rows and columns of tiles.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tiling {
    pub(crate) size: Size,
    pub(crate) counts: [usize; 3],
}

/// Images that tiles lie in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Images {
    /// `start` is the first pixel of the first tile.
    pub(crate) steps: Steps,
    /// Rows and columns from there to the end of a sample. What a tile has beyond counts as zero, or is dropped.
    pub(crate) limits: [usize; 2],
    pub(crate) channels: usize,
}

impl Images {
    /// Whether pixels are to be read before they are needed: they come from beyond the second level cache, and their
    /// vectors are so far apart that prefetchers do not follow. (Zen 4: 13x13x384 takes 0.91 to 0.97 of the time and
    /// 0.81 for the gradients of filters, 224x224x64 0.92 to 0.99; 32x32x32 would take 1.02 to 1.04.)
    const fn is_far(&self) -> bool {
        self.channels >= 4 * LANES && self.limits[0] * self.limits[1] * self.channels >= 32 << 10
    }
}

/// A tile in an image.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Its first float.
    pub(super) at: usize,
    /// Rows and columns from there to the end of the image.
    pub(super) left: [usize; 2],
}

impl Tiling {
    /// The tiles that cover `height` x `width` outputs of each sample.
    pub(crate) const fn new(size: Size, samples: usize, [height, width]: [usize; 2]) -> Self {
        let tile = size.outputs();
        Self { size, counts: [samples, height.div_ceil(tile), width.div_ceil(tile)] }
    }

    /// The tiles of some samples.
    pub(crate) fn of_samples(&self, samples: Range<usize>) -> Range<usize> {
        let [_, rows, columns] = self.counts;
        samples.start * rows * columns..samples.end * rows * columns
    }

    /// How many tiles there are.
    pub(crate) fn count(&self) -> usize {
        self.counts.iter().product()
    }

    /// Reads all pixels of a range of tiles of `size` rows and columns, if the images are far away.
    #[inline(always)]
    pub(super) fn touch_far(&self, buffer: &[f32], images: &Images, tiles: Range<usize>, size: usize) {
        if !images.is_far() {
            return;
        }
        let [_, rows, columns] = self.counts;
        let [_, row, pixel] = images.steps.steps;
        let mut first = tiles.start;
        while first < tiles.end {
            // To the end of a row of tiles.
            let end = tiles.end.min((first / columns + 1) * columns);
            let Place { at, left } = self.place(images, first);
            let width = ((end - first - 1) * self.size.outputs() + size).min(left[1]);
            // What the next row of tiles begins with belongs to it.
            let is_last = end == tiles.end || end.is_multiple_of(rows * columns);
            let height = if is_last { size } else { self.size.outputs() };
            for y in 0..height.min(left[0]) {
                touch(buffer, at + y * row, width * pixel);
            }
            first = end;
        }
    }

    /// Where a tile lies, in the order of samples, rows, columns.
    #[inline(always)]
    pub(super) fn place(&self, images: &Images, tile: usize) -> Place {
        self.place_every(self.size.outputs(), images, tile)
    }

    /// Where a tile lies in images in which one begins every `pixels` pixels.
    #[inline(always)]
    pub(super) fn place_every(&self, pixels: usize, images: &Images, tile: usize) -> Place {
        let [_, rows, columns] = self.counts;
        let [sample, y, x] = [tile / (rows * columns), tile / columns % rows, tile % columns];
        let [y, x] = [y * pixels, x * pixels];
        let Steps { start, steps } = images.steps;
        Place {
            at: start + sample * steps[0] + y * steps[1] + x * steps[2],
            left: [images.limits[0] - y.min(images.limits[0]), images.limits[1] - x.min(images.limits[1])],
        }
    }
}

/// Transformed tiles, point by point: at each, the vectors of channels of one tile after the other.
///
/// So a product reads and writes memory in one go. One vector more per point keeps points from lying a power of two
/// apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    pub(super) products: usize,
    /// Tiles that there is room for.
    pub(super) tiles: usize,
    /// Vectors of a tile at a point.
    pub(super) vectors: usize,
    /// Vectors between two tiles. A register tile of gradients reads a line of each: a power of two apart, they fall on
    /// the same sets of the first level cache. (Zen 4: with one 256 and 512 channels take 0.88 to 0.94 of the time, 32
    /// and 64 would take 1.01 to 1.09.)
    pub(super) gap: usize,
}

impl Layout {
    /// Floats from a tile to the next.
    #[inline(always)]
    pub(super) const fn tile(&self) -> usize {
        (self.vectors + self.gap) * LANES
    }

    /// Floats from a point to the next.
    #[inline(always)]
    pub(super) const fn point(&self) -> usize {
        self.tiles * self.tile() + LANES
    }

    /// Floats in all.
    pub(super) const fn floats(&self) -> usize {
        self.products * self.point()
    }
}

/// Transformed filters: for each pair of panels, for each point, a row of a panel for each channel, the second panel
/// behind the first. One vector more per point keeps points from lying a power of two apart. The last panel is filled
/// up to 16 outputs, since its rows are products of whole vectors.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Filters {
    pub(crate) size: Size,
    pub(crate) channels: usize,
    pub(crate) outputs: usize,
}

impl Filters {
    /// Pairs of panels; the last one may be a single panel.
    pub(super) const fn pairs(&self) -> usize {
        self.outputs.div_ceil(2 * LANES)
    }

    /// Panels of a pair.
    #[inline(always)]
    pub(super) const fn panels(&self, pair: usize) -> usize {
        if pair * 2 * LANES + LANES < self.outputs { 2 } else { 1 }
    }

    /// Where the first row of a point is.
    #[inline(always)]
    pub(super) const fn at(&self, pair: usize, point: usize) -> usize {
        pair * self.pair() + point * (self.panels(pair) * self.channels + 1) * LANES
    }

    /// Floats of a pair but the last, which may have fewer.
    pub(crate) const fn pair(&self) -> usize {
        self.size.products() * LANES * (2 * self.channels + 1)
    }

    /// Floats in all.
    pub(crate) const fn floats(&self) -> usize {
        self.size.products() * LANES * (self.channels * self.outputs.div_ceil(LANES) + self.pairs())
    }
}

/// Tiles that are transformed, multiplied and transformed back together: 64, or as many floats of smaller ones.
///
/// Measured from 16 to 128 on images of 32x32x32 to 28x28x512: all the same up to 128 channels; with more, the filters
/// (37 MB for 512 x 512) go by once for each block, and 16 tiles take 1.4 times as long as 64. 128 gain 5 % there, for
/// twice the memory.
pub(super) const fn tiles_at_once(size: Size) -> usize {
    64 * 36 / size.products()
}
