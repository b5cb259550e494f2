//! Convolutions with stride 1 in fewer multiplications (Winograd).
//!
//! Tiles of the input are transformed (V), each of their points is a matrix product of its own with the transformed
//! filters (U), and the products (M) are transformed back to tiles of the output. A block of tiles goes through all
//! three while it is in the second level cache; of M only a few pairs of panels of 16 outputs exist at a time. The
//! transforms are vectors over channels, the products the same register tiles as everywhere.

mod d_output;
pub(crate) mod filter;
pub(crate) mod form;
mod gradient;
mod input;
mod output;
mod products;
mod square;
mod tiling;

use self::d_output::Gradient;
use self::gradient::Updates;
use self::input::Input;
use self::output::Output;
use self::products::Products;
use self::tiling::{Layout, tiles_at_once};
use super::activate::Activation;
use super::panels::Panels;
use crate::buffer::LANES;
use std::ops::Range;
pub(crate) use tiling::{Filters, Images, Size, Tiling};

/// `output = input * filters + bias`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Convolution<'a> {
    pub(crate) tiling: Tiling,
    /// What `from` points into, with slack behind every sample.
    pub(crate) input: &'a [f32],
    pub(crate) from: Images,
    /// What a convolution writes or, for gradients of filters, the gradient of its output.
    pub(crate) to: Images,
    /// Transformed filters.
    pub(crate) u: &'a [f32],
    /// Added to the outputs, with slack behind.
    pub(crate) bias: Option<&'a [f32]>,
    /// Whether negative outputs become zero.
    pub(crate) relu: bool,
    /// Whether what `to` holds is added to, before the relu. Not with a pool.
    pub(crate) adds: bool,
    pub(crate) pool: Pool,
}

/// Whether the outputs are pooled: the largest of 2 x 2, two steps apart. Tiles then cover whole windows alone, and
/// `to` is the pooled image.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Pool {
    /// They are not.
    No,
    /// Before any activation.
    First,
    /// Behind an activation, which a larger input does not make larger.
    Behind(Activation),
}

/// Floats of scratch memory that [`convolve`] takes.
pub(crate) const fn convolve_scratch(filters: Filters) -> usize {
    let Filters { size, channels, .. } = filters;
    points(size, channels).floats() + pairs(size, pairs_at_once(filters)).floats()
}

/// Floats of scratch memory that [`add_gradient`] takes.
pub(crate) const fn gradient_scratch(filters: Filters) -> usize {
    let Blocks { points, pair, filters: floats } = Blocks::new(filters);
    floats + points.floats() + pairs_at_once(filters) * pair.floats()
}

/// How gradients of filters go by blocks of tiles.
///
/// Where the transformed tiles stay in the second level cache, the gradients of all filters at the points are added to
/// from block to block, and transformed back in the end. With more channels everything comes from afar: then blocks are
/// larger, some pairs of panels are worked on together, point by point, and their gradients are transformed back at
/// once. (Zen 4, 8 samples: 13x13x384, 28x28x512, 14x14x512 and 7x7x512 take 0.92 to 0.99 of the time, with AVX2 0.70
/// to 0.92.)
struct Blocks {
    /// Transformed tiles of the input.
    points: Layout,
    /// Those of the output's gradient, for each pair of panels.
    pair: Layout,
    /// Floats of gradients at the points: of all filters, or of the pairs that are worked on together.
    filters: usize,
}

impl Blocks {
    const fn new(filters: Filters) -> Self {
        let Filters { size, channels, .. } = filters;
        let (points, pair) = (points(size, channels), pairs(size, 1));
        if is_near(filters) {
            Self { points, pair, filters: filters.floats() }
        } else {
            let tiles = FAR * points.tiles;
            let points = Layout { tiles, gap: 1 - points.vectors % 2, ..points };
            let filters = pairs_at_once(filters) * filters.pair();
            Self { points, pair: Layout { tiles, ..pair }, filters }
        }
    }
}

/// How many times as many tiles a block of gradients has if they do not stay in the second level cache.
const FAR: usize = 2;

/// Transformed tiles of the input.
const fn points(size: Size, channels: usize) -> Layout {
    Layout { products: size.products(), tiles: tiles_at_once(size), vectors: channels.div_ceil(LANES), gap: 0 }
}

/// Products, or transformed tiles of the gradient, of some pairs of panels.
const fn pairs(size: Size, count: usize) -> Layout {
    Layout { products: size.products(), tiles: tiles_at_once(size), vectors: 2 * count, gap: 0 }
}

/// Bytes of transformed tiles that stay in the second level cache.
const NEAR: usize = 5 << 18;

/// Pairs of panels whose products are made together where the tiles do not stay there. (Sapphire Rapids, old and new by
/// turns: 256 to 512 channels take 0.82 to 0.95 of the time with two, four or all pairs.)
const PAIRS: usize = 4;

/// Pairs of panels whose products are made together, point by point. One, as long as the tiles at all points stay in
/// the second level cache from pair to pair. With more channels several pairs: then those at a single point stay there
/// from pair to pair, and the others come from afar fewer times.
const fn pairs_at_once(filters: Filters) -> usize {
    if is_near(filters) {
        1
    } else if filters.pairs() < PAIRS {
        filters.pairs()
    } else {
        PAIRS
    }
}

/// Whether the transformed tiles of a block stay in the second level cache.
const fn is_near(filters: Filters) -> bool {
    points(filters.size, filters.channels).floats() * size_of::<f32>() <= NEAR
}

/// Floats of a block's outputs that stay in the second level cache once touched. (Zen 4: 64 to 192 outputs take 0.93 to
/// 0.99 of the time, 256 0.98 and 1.01, 512 0.99 to 1.03; touched for each pair of panels, what lies apart, 256 and 512
/// take 1.02 to 1.04.)
const TOUCHED: usize = 192 << 10;

/// Cuts a range of tiles into even blocks.
fn even_blocks(tiles: Range<usize>, most: usize) -> impl Iterator<Item = Range<usize>> {
    let count = tiles.len().div_ceil(most).max(1);
    let size = tiles.len().div_ceil(count).next_multiple_of(8).min(most).max(1);
    tiles.clone().step_by(size).map(move |first| first..tiles.end.min(first + size))
}

/// Computes the outputs of a range of tiles. `scratch` has at least [`convolve_scratch`] floats.
pub(crate) fn convolve(conv: &Convolution<'_>, tiles: Range<usize>, scratch: &mut [f32], y: &mut [f32]) {
    let Convolution { tiling, input, from, to, u, bias, relu, adds, pool } = *conv;
    let filters = Filters { size: tiling.size, channels: from.channels, outputs: to.channels };
    let (most, at_once) = (tiles_at_once(tiling.size), pairs_at_once(filters));
    let (points, layout) = (points(tiling.size, from.channels), pairs(tiling.size, at_once));
    debug_assert!(scratch.len() >= convolve_scratch(filters), "the plan has too little scratch memory");
    let (v, scratch) = scratch.split_at_mut(points.floats());
    let m = &mut scratch[..layout.floats()];
    for tiles in even_blocks(tiles, most) {
        input::transform(&Input { input, images: from, tiling, layout: points }, tiles.clone(), v);
        if pool == Pool::No && tiles.len() * tiling.size.outputs().pow(2) * to.channels <= TOUCHED {
            tiling.touch_far(y, &to, tiles.clone(), tiling.size.outputs());
        }
        let products = Products { count: tiles.len(), v, points, u, filters, layout };
        for first in (0..filters.pairs()).step_by(at_once) {
            let pairs = first..filters.pairs().min(first + at_once);
            products::multiply(&products, pairs.clone(), m);
            let output = Output { m, layout, images: to, tiling, bias, relu, adds, pool };
            for (block, at) in pairs.enumerate() {
                for slot in 0..filters.panels(at) {
                    output::transform(&output, tiles.clone(), [2 * at + slot, 2 * block + slot], y);
                }
            }
        }
    }
}

/// Adds the gradient of the filters, in panels of a row for each tap and channel, by a range of tiles to `gradients`.
/// `scratch` has at least [`gradient_scratch`] floats.
pub(crate) fn add_gradient(
    conv: &Convolution<'_>,
    d_output: &[f32],
    panels: Panels,
    range: Range<usize>,
    scratch: &mut [f32],
    gradients: &mut [f32],
) {
    let Convolution { tiling, input, from, to, .. } = *conv;
    let filters = Filters { size: tiling.size, channels: from.channels, outputs: to.channels };
    let Blocks { points, pair, filters: floats } = Blocks::new(filters);
    let (at_once, is_kept) = (pairs_at_once(filters), is_near(filters));
    debug_assert!(scratch.len() >= gradient_scratch(filters), "the plan has too little scratch memory");
    let (d_u, scratch) = scratch.split_at_mut(floats);
    let (v, scratch) = scratch.split_at_mut(points.floats());
    let z = &mut scratch[..at_once * pair.floats()];
    for tiles in even_blocks(range.clone(), points.tiles) {
        input::transform(&Input { input, images: from, tiling, layout: points }, tiles.clone(), v);
        tiling.touch_far(d_output, &to, tiles.clone(), tiling.size.outputs());
        for first in (0..filters.pairs()).step_by(at_once) {
            let group = first..filters.pairs().min(first + at_once);
            let gradient = Gradient { d_output, images: to, tiling, layout: pair };
            for (at, z) in group.clone().zip(z.chunks_exact_mut(pair.floats())) {
                for slot in 0..filters.panels(at) {
                    d_output::transform(&gradient, tiles.clone(), [2 * at + slot, slot], z);
                }
            }
            let adds = is_kept && tiles.start > range.start;
            let d_u = if is_kept { &mut d_u[filters.at(first, 0)..] } else { &mut *d_u };
            gradient::add(&Updates { count: tiles.len(), v, points, z, pair, filters, adds }, group.clone(), d_u);
            if !is_kept {
                filter::add_gradient(d_u, filters, group, panels, gradients);
            }
        }
    }
    if is_kept && !range.is_empty() {
        filter::add_gradient(d_u, filters, 0..filters.pairs(), panels, gradients);
    }
}

#[cfg(test)]
mod tests;
