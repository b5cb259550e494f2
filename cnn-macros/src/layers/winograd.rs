//! Whether a convolution with 3 x 3 filters and a stride of 1 is computed with fewer multiplications (Winograd), and the
//! memory that it takes then.

use std::fmt;

use crate::shape::Shape;

/// Floats of a vector.
const LANES: usize = 16;

/// Products that a block of tiles has room for, for each pair of channels. The runtime's `tiles_at_once` says why.
const BLOCK: usize = 64 * 36;

/// Bytes of the filters' gradients at the points above which the direct way is faster: they are read and written for
/// every block of tiles. (Measured: see the choice.)
const GRADIENTS: usize = 2_400_000;

/// A choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Winograd {
    /// Rows and columns of a tile of outputs.
    pub(super) tile: usize,
    /// Whether the gradients of the filters are computed this way too.
    pub(super) backward_weights: bool,
}

impl fmt::Display for Winograd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tile, backward_weights } = self;
        write!(f, "winograd {tile}x{tile}{}", if *backward_weights { "" } else { ", weights direct" })
    }
}

impl Winograd {
    /// The form that takes the fewest products, if that is well below what the direct way takes.
    pub(super) fn choose(input: Shape, output: Shape) -> Option<Self> {
        let [c, k] = [input.channels, output.channels];
        if c.min(k) < LEAST {
            return None;
        }
        let with = |tile| Self { tile, backward_weights: false };
        // Fewer and larger products are the faster ones of as many.
        let best = if with(4).products(output) <= with(2).products(output) { with(4) } else { with(2) };
        let direct = 9 * output.height * output.width;
        let backward_weights = best.filters(c, k) * size_of::<f32>() <= GRADIENTS;
        (10 * best.products(output) <= 8 * direct).then_some(Self { backward_weights, ..best })
    }

    /// Products of a tile for each pair of channels.
    fn points(self) -> usize {
        (self.tile + 2) * (self.tile + 2)
    }

    /// Products of an image for each pair of channels.
    fn products(self, output: Shape) -> usize {
        output.height.div_ceil(self.tile) * output.width.div_ceil(self.tile) * self.points()
    }

    /// Floats of transformed filters: whole panels of 16 outputs, a vector more for each point of a pair of panels.
    pub(super) fn filters(self, inputs: usize, outputs: usize) -> usize {
        self.points() * LANES * (inputs * outputs.div_ceil(LANES) + outputs.div_ceil(2 * LANES))
    }

    /// Floats that it works in: a block of tiles of all channels, one of a pair of panels; and the filters' gradients.
    pub(super) fn scratch(self, [inputs, outputs]: [usize; 2], training: bool) -> usize {
        let tiles = BLOCK / self.points();
        let tile = |vectors: usize| (self.points() * vectors + 1) * LANES;
        let block = |channels: usize| {
            // Blocks of at most four vectors, all as wide.
            let vectors = channels.div_ceil(LANES);
            let blocks = vectors.div_ceil(4);
            tiles * (tile(blocks * vectors.div_ceil(blocks)) + tile(2))
        };
        match training {
            false => block(inputs),
            true if self.backward_weights => (block(inputs) + self.filters(inputs, outputs)).max(block(outputs)),
            true => block(inputs).max(block(outputs)),
        }
    }
}

/// Channels on both sides below which the transforms cost more than the products save.
const LEAST: usize = 16;
