//! Whether a convolution with 3 x 3 or 5 x 5 filters and a stride of 1 is computed with fewer multiplications
//! (Winograd), and the memory that it takes then.

use std::fmt;

use crate::net::LANES;
use crate::shape::Shape;

/// Products that a block of tiles has room for, for each pair of channels. The runtime's `tiles_at_once` says why.
const BLOCK: usize = 64 * 36;

/// Bytes of transformed tiles that stay in the second level cache, and pairs of panels whose products are made together
/// where they do not. Both mirror the runtime.
const NEAR: usize = 5 << 18;
const PAIRS: usize = 4;

/// How many times as many tiles a block of gradients of filters has then, as in the runtime.
const FAR: usize = 2;

/// Tiles that go by together at least where samples share images: in convolutions, and in gradients of filters. They
/// mirror the runtime's `conv/mosaic.rs`.
const FORWARD: usize = 32;
const WEIGHTS: usize = 64;

/// Channels on both sides below which the direct way is kept: the transforms cost more as products become fewer.
/// (32x32x16 -> 16 takes 0.42 of the direct time forward and 0.59 for the gradients of the filters; 8 -> 16 takes
/// 0.65.)
const LEAST: usize = 16;

/// Most bytes of the filters' gradients at the points: those of 512 channels. They are written and read for every block
/// of tiles, and take still less than the direct way: 14x14x512 half of its time, 7x7x512 two thirds, 13x13x384 -> 256
/// half (8 samples).
const GRADIENTS: usize = 40_000_000;

/// Rows or columns of maps that share an image. (Zen 4, 8 samples, input gradients and those of filters: 9x9x64 takes
/// 0.74 and 0.65 of the time, 13x13 with 32 to 384 channels 0.75 to 0.89; 29x29x128 would take 0.99 and 1.02, 57x57x64
/// 1.02.)
const SMALL: usize = 25;

/// A choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Winograd {
    /// Rows and columns of a tile of outputs.
    pub(super) tile: usize,
    /// Rows and columns of a filter.
    taps: usize,
    /// Whether the gradients of the filters are computed this way too.
    pub(super) backward_weights: bool,
    /// Samples below each other and beside each other that are computed as one image in training, if there are as many.
    pub(super) together: [usize; 2],
    /// Rows and columns of the output.
    size: [usize; 2],
}

impl fmt::Display for Winograd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tile, backward_weights, together: [down, across], .. } = self;
        write!(f, "winograd {tile}x{tile}{}", if *backward_weights { "" } else { ", weights direct" })?;
        match down * across {
            1 => Ok(()),
            samples => write!(f, ", {samples} samples an image in training"),
        }
    }
}

impl Winograd {
    /// The form that takes the fewest products, if that is well below what the direct way takes.
    ///
    /// Measured on one core with AVX-512, 8 samples together: F(4x4) takes 0.32 to 0.42 of the direct time for 32x32 to
    /// 8x8 images of 16 to 512 channels, 0.44 for 13x13 and 7x7. With as many products F(2x2) is as fast, its gradients
    /// are faster and its errors a third: 6x6 takes 0.49. For 5x5 it is 0.7. A single 7x7x512 image, whose time is that
    /// of reading 37 MB of filters, gains nothing. Filters of 5x5, 27x27x64 -> 192: 0.3.
    pub(super) fn choose(taps: usize, padding: [usize; 4], input: Shape, output: Shape) -> Option<Self> {
        let [c, k] = [input.channels, output.channels];
        let pixels = output.height * output.width;
        if c.min(k) < LEAST || output.height.min(output.width) < 3 {
            return None;
        }
        let size = [output.height, output.width];
        let with = |tile| Self { tile, taps, backward_weights: false, together: [1; 2], size };
        let best = match taps {
            3 if with(2).products(output) <= with(4).products(output) => with(2),
            3 | 5 => with(4),
            _ => return None,
        };
        // Of fewer pixels, too little is added to each gradient before it is written back.
        let backward_weights = best.filters(c, k) * size_of::<f32>() <= GRADIENTS && pixels >= 16;
        let together = if padding == [taps / 2; 4] { size.map(|size| best.together(size)) } else { [1; 2] };
        (10 * best.products(output) <= 8 * taps * taps * pixels).then_some(Self { backward_weights, together, ..best })
    }

    /// One sample along an axis of an image or, if two and the zeros between them take fewer tiles than each alone,
    /// two.
    fn together(self, size: usize) -> usize {
        let pair = 2 * size + self.taps / 2;
        if size <= SMALL && pair.div_ceil(self.tile) < 2 * size.div_ceil(self.tile) { 2 } else { 1 }
    }

    /// Floats of images of several samples, inputs and outputs, with at least so many tiles together.
    fn images(self, channels: [usize; 2], least: usize) -> usize {
        if self.together == [1; 2] {
            return 0;
        }
        let border = self.taps / 2;
        let [rows, columns] = [0, 1].map(|axis| self.together[axis] * (self.size[axis] + border));
        let tiles = (rows - border).div_ceil(self.tile) * (columns - border).div_ceil(self.tile);
        let stored = |channels: usize| (rows * columns * channels).next_multiple_of(LANES) + LANES;
        least.div_ceil(tiles) * (stored(channels[0]) + stored(channels[1]))
    }

    /// Products of a tile for each pair of channels.
    fn points(self) -> usize {
        (self.tile + self.taps - 1).pow(2)
    }

    /// Products of an image for each pair of channels.
    fn products(self, output: Shape) -> usize {
        output.height.div_ceil(self.tile) * output.width.div_ceil(self.tile) * self.points()
    }

    /// Floats of transformed filters: whole panels of 16 outputs, a vector more for each point of a pair of panels.
    pub(super) fn filters(self, inputs: usize, outputs: usize) -> usize {
        self.points() * LANES * (inputs * outputs.div_ceil(LANES) + outputs.div_ceil(2 * LANES))
    }

    /// Floats that it works in: images of several samples, a block of tiles of all channels, and their products for a
    /// pair of panels or, if the tiles do not stay in the second level cache, for several; and the filters' gradients.
    pub(super) fn scratch(self, [inputs, outputs]: [usize; 2], training: bool) -> usize {
        let tiles = BLOCK / self.points();
        let layout = |tiles: usize, vectors: usize| self.points() * (tiles * vectors + 1) * LANES;
        let transformed = |tiles: usize, channels: usize| layout(tiles, channels.div_ceil(LANES));
        let pairs = |inputs: usize, outputs: usize| {
            let is_near = transformed(tiles, inputs) * size_of::<f32>() <= NEAR;
            if is_near { None } else { Some(outputs.div_ceil(2 * LANES).min(PAIRS)) }
        };
        let convolution = |inputs: usize, outputs: usize| {
            transformed(tiles, inputs) + layout(tiles, 2 * pairs(inputs, outputs).unwrap_or(1))
        };
        let forward = convolution(inputs, outputs);
        if !training {
            return forward;
        }
        let weights = match pairs(inputs, outputs) {
            None => self.filters(inputs, outputs) + transformed(tiles, inputs) + layout(tiles, 2),
            Some(pairs) => {
                let filters = pairs * self.filters(inputs, 2 * LANES);
                // A vector more between tiles.
                filters + transformed(FAR * tiles, inputs + LANES) + pairs * layout(FAR * tiles, 2)
            }
        };
        let weights = self.images([inputs, outputs], WEIGHTS) + weights;
        let convolutions = self.images([inputs, outputs], FORWARD) + forward.max(convolution(outputs, inputs));
        convolutions.max(if self.backward_weights { weights } else { 0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_follows_the_size() {
        let of_taps = |taps: usize, size: usize, channels: usize| {
            let shape = Shape::volume(size, size, channels);
            Winograd::choose(taps, [taps / 2; 4], shape, shape)
                .map_or_else(|| "direct".to_owned(), |winograd| winograd.to_string())
        };
        let chosen = |size, channels| of_taps(3, size, channels);
        assert_eq!(chosen(32, 32), "winograd 4x4");
        assert_eq!(chosen(32, 15), "direct");
        assert_eq!(chosen(14, 256), "winograd 4x4");
        assert_eq!(chosen(14, 512), "winograd 4x4");
        assert_eq!(chosen(14, 600), "winograd 4x4, weights direct");
        assert_eq!(chosen(13, 256), "winograd 4x4, 4 samples an image in training");
        assert_eq!(chosen(6, 64), "winograd 2x2");
        assert_eq!(chosen(3, 64), "winograd 4x4, weights direct");
        assert_eq!(chosen(2, 64), "direct");
        assert_eq!(chosen(29, 64), "winograd 4x4");
        assert_eq!(of_taps(5, 27, 64), "winograd 4x4");
        assert_eq!(of_taps(5, 13, 64), "winograd 4x4, 4 samples an image in training");
        assert_eq!(of_taps(5, 8, 64), "winograd 4x4");
        assert_eq!(of_taps(5, 14, 15), "direct");
        assert_eq!(of_taps(7, 14, 64), "direct");
    }
}
