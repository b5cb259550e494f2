//! Convolutions of few channels to few filters: neighbouring pixels in the lanes of a vector.
//!
//! With 16 filters in the lanes, a layer of 6 filters would use 6 of 16. Here a vector is 16 pixels of one input
//! channel, which must lie one behind the other, and every weight is broadcast. Four such vectors by up to six filters
//! are in registers at once. The largest of 2 x 2 outputs takes no shuffles: of the four vectors two are of one row and
//! two of the next, and in each row one is of the even pixels and one of the odd (which asks for planes of even and odd
//! columns).
//!
//! Measured (Zen 4, AVX-512): 32x32x3 to 10 filters of 5x5 takes 15.6 us, 84 % of the peak; 28x28x1 to 6 filters of 5x5
//! takes 3.3 us, 60 % of the peak, where 2 lanes of 16 are always idle; both with the pooling.

pub(crate) mod filtered;

use super::activate::{self, Activation};
use super::planes::interleave;
use super::unroll;
use crate::buffer::LANES;
use crate::simd::{Tile, dispatch, math};
use fearless_simd::{Simd, SimdBase, SimdFloat, f32x16};

/// Most filters of a register tile.
const TILE: usize = 6;

/// Most filters of a layer.
pub(crate) const FILTERS: usize = 12;

/// Vectors of a register tile, in as many rounds as the registers ask for.
const VECTORS: usize = 4;

/// A layer, or rows of one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layer<'a> {
    /// Planes of pixels, with slack behind.
    pub(crate) input: &'a [f32],
    /// Where the first window of the first row is in them, and floats from there to that of the next row.
    pub(crate) from: [usize; 2],
    /// For every tap, in the weights' order: its distance from the start of a window of even and of odd pixels. Without
    /// pooling all pixels are even.
    pub(crate) taps: &'a [[u32; 2]],
    /// `[tap][filter]`
    pub(crate) weights: &'a [f32],
    pub(crate) bias: Option<&'a [f32]>,
    pub(crate) filters: usize,
    pub(crate) activation: Activation,
    /// Whether an output is the largest of 2 x 2.
    pub(crate) pool: bool,
    /// Rows and columns of the output.
    pub(crate) size: [usize; 2],
    /// Where the first row goes, and floats from a row to the next.
    pub(crate) to: [usize; 2],
}

impl Layer<'_> {
    /// Whether the activation is applied to the largest output alone, which costs less.
    fn pools_first(&self) -> bool {
        self.pool && self.activation.is_monotone()
    }
}

/// The planes of one tile's results: for each vector, one of each filter.
type Results = [[f32; LANES]; VECTORS * FILTERS];

/// Computes a layer. Pixels of the output lie `filters` floats apart.
pub(crate) fn layer(layer: &Layer<'_>, output: &mut [f32]) {
    dispatch!(simd => tiles(simd, layer, output));
}

#[inline(always)]
fn tiles<S: Tile>(simd: S, layer: &Layer<'_>, output: &mut [f32]) {
    let &Layer { from, filters, pool, size: [height, width], to, .. } = layer;
    let mut results = [[0.0; LANES]; VECTORS * FILTERS];
    let across = width.div_ceil(LANES);
    let reach = layer.taps.as_flattened().iter().max().map_or(0, |&tap| tap as usize) + LANES;
    let at_once = if pool { 1 } else { VECTORS };
    // Row and vector in it.
    let mut next = [0; 2];
    while next[0] < height {
        let (mut places, mut count) = ([next; VECTORS], 0);
        while count < at_once && next[0] < height {
            // What a tile has too much of is its last vector again, and dropped.
            places[count..].fill(next);
            count += 1;
            next = if next[1] + 1 < across { [next[0], next[1] + 1] } else { [next[0] + 1, 0] };
        }
        let starts = if pool {
            let top = from[0] + 2 * places[0][0] * from[1] + places[0][1] * LANES;
            [top, top + from[1], top, top + from[1]]
        } else {
            places.map(|[y, x]| from[0] + y * from[1] + x * LANES)
        };
        products(simd, layer, reach, starts, &mut results);
        finish(simd, layer, &mut results);
        for (i, [y, x]) in places.into_iter().take(count).enumerate() {
            let row = to[0] + y * to[1];
            // In a map without a border, what is too much falls on the next row, which is written afterwards.
            let end = if to[1] == width * filters { to[0] + height * to[1] } else { row + width * filters };
            interleave(simd, &results[i * filters..][..filters], &mut output[row + x * LANES * filters..end]);
        }
    }
}

/// The sums of all filters.
#[inline(always)]
fn products<S: Tile>(simd: S, layer: &Layer<'_>, reach: usize, starts: [usize; VECTORS], results: &mut Results) {
    let most = TILE.min(S::ROWS);
    let (mut filter, mut tiles) = (0, layer.filters.div_ceil(most));
    while filter < layer.filters {
        let filters = (layer.filters - filter).div_ceil(tiles);
        tiles -= 1;
        let job = Job { layer, reach, starts, filter };
        macro_rules! run {
            ($($filters:literal)*) => {
                match filters {
                    $($filters if const { $filters <= S::ROWS && S::PANELS == 2 } => run::<S, $filters, 4>(simd, job, results),
                    $filters if const { $filters <= S::ROWS && S::PANELS == 1 } => run::<S, $filters, 1>(simd, job, results),)*
                    _ => unreachable!("no register tile of {filters} filters"),
                }
            };
        }
        run!(1 2 3 4 5 6);
        filter += filters;
    }
}

/// Filters from `filter` on of the vectors at `starts`.
#[derive(Clone, Copy)]
struct Job<'a> {
    layer: &'a Layer<'a>,
    /// Floats from a vector to the end of the last that its taps read.
    reach: usize,
    starts: [usize; VECTORS],
    filter: usize,
}

#[inline(never)]
fn run<S: Simd, const K: usize, const V: usize>(simd: S, job: Job<'_>, results: &mut Results) {
    simd.vectorize(
        #[inline(always)]
        || tile::<S, K, V>(simd, job, results),
    );
}

#[inline(always)]
fn tile<S: Simd, const K: usize, const V: usize>(simd: S, job: Job<'_>, results: &mut Results) {
    let &Layer { input, taps, weights, filters, activation, .. } = job.layer;
    let relu = activation == Activation::Relu;
    let mut start = [f32x16::splat(simd, 0.0); K];
    if let Some(bias) = job.layer.bias {
        let bias = &bias[job.filter..][..K];
        unroll!(k < K, {
            start[k] = f32x16::splat(simd, bias[k]);
        });
    }
    for round in 0..VECTORS / V {
        let mut sums = [[f32x16::splat(simd, 0.0); V]; K];
        unroll!(k < K, {
            sums[k] = [start[k]; V];
        });
        // Of one length, so that one check of it is enough for all.
        let mut lines = [&input[..0]; V];
        unroll!(v < V, {
            lines[v] = &input[job.starts[round * V + v]..][..job.reach];
        });
        for (tap, w) in taps.iter().zip(weights[job.filter..].chunks(filters)) {
            let w = &w[..K];
            let mut p = [f32x16::splat(simd, 0.0); V];
            unroll!(v < V, {
                p[v] = f32x16::from_slice(simd, &lines[v][tap[(round * V + v) / 2] as usize..][..LANES]);
            });
            unroll!(k < K, {
                let weight = f32x16::splat(simd, w[k]);
                unroll!(v < V, {
                    sums[k][v] = weight.mul_add(p[v], sums[k][v]);
                });
            });
        }
        if job.layer.pools_first() {
            let last = round + 1 == VECTORS / V;
            unroll!(k < K, {
                let mut largest = sums[k][0];
                unroll!(v < V, {
                    if v > 0 {
                        largest = math::larger(largest, sums[k][v]);
                    }
                });
                let result = &mut results[job.filter + k];
                if round > 0 {
                    largest = math::larger(f32x16::from_slice(simd, result), largest);
                }
                if relu && last {
                    largest = activate::relu(simd, largest);
                }
                largest.store_slice(result);
            });
        } else {
            unroll!(v < V, {
                let planes = &mut results[(round * V + v) * filters + job.filter..][..K];
                unroll!(k < K, {
                    let sum = if relu { activate::relu(simd, sums[k][v]) } else { sums[k][v] };
                    sum.store_slice(&mut planes[k]);
                });
            });
        }
    }
}

/// What no register tile did.
#[inline(always)]
fn finish<S: Simd>(simd: S, layer: &Layer<'_>, results: &mut Results) {
    let &Layer { filters, activation, pool, .. } = layer;
    let pools_first = layer.pools_first();
    if !activate::is_fused(activation) {
        let vectors = if pools_first { 1 } else { VECTORS };
        activate::row(activation, results[..vectors * filters].as_flattened_mut());
    }
    if pool && !pools_first {
        for k in 0..filters {
            let mut largest = f32x16::from_slice(simd, &results[k]);
            for v in 1..VECTORS {
                largest = math::larger(largest, f32x16::from_slice(simd, &results[v * filters + k]));
            }
            largest.store_slice(&mut results[k]);
        }
    }
}
