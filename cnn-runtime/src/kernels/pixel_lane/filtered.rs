//! The same in fewer multiplications: minimal filtering down the columns, which leaves what lies in the lanes alone.
//!
//! Four rows of the output are sums of products of transformed rows, 8 for each column of 5 taps instead of 20, or 6
//! instead of 12 for 3 taps (`winograd::form`, along one axis). Rows of planes are transformed once for all filters.
//! 32x32x3 to 10 filters of 5x5 takes 0.7 of the time (Emerald Rapids); with one channel, whose direct kernel has no
//! idle lanes, it would take 1.3 times as long.

use super::Layer;
use crate::buffer::LANES;
use crate::kernels::activate::{self, Activation};
use crate::kernels::planes::interleave;
use crate::kernels::unroll;
use crate::kernels::winograd::form::rows::{Rows, transform};
use crate::kernels::winograd::form::{Form, Four, FourOfFive, MOST};
use crate::simd::{Tile, dispatch, math};
use fearless_simd::{Simd, SimdBase, SimdFloat, f32x16};

/// Rows of a tile of the convolution's output: the forms of both filters have four.
pub(crate) const ROWS: usize = 4;

/// Vectors of a register tile: neighbours or, with a pool, of even and of odd pixels.
const VECTORS: usize = 2;

/// Points of a form.
const fn points(taps: usize) -> usize {
    ROWS + taps - 1
}

/// Floats of scratch memory for filters of `taps` rows.
pub(crate) fn scratch(layer: &Layer<'_>, taps: usize) -> usize {
    let Memory { lines, weights, products, results } = Memory::new(layer, taps);
    points(taps) * (lines + weights) + products + results
}

/// Floats of everything that is kept in scratch memory.
struct Memory {
    /// A transformed line of planes: of each point.
    lines: usize,
    /// The transformed weights of a row of taps: of each point.
    weights: usize,
    products: usize,
    results: usize,
}

impl Memory {
    fn new(layer: &Layer<'_>, taps: usize) -> Self {
        let across = layer.size[1].div_ceil(LANES);
        let row = layer.taps.len() / taps;
        let reach = layer.taps[..row].as_flattened().iter().max().map_or(0, |&tap| tap as usize);
        let rows = if layer.pool { ROWS / 2 } else { ROWS };
        Self {
            lines: across * LANES + reach,
            weights: row * layer.filters,
            products: points(taps) * VECTORS * layer.filters * LANES,
            results: rows * across * layer.filters * LANES,
        }
    }
}

/// Computes a layer of filters of 3 or 5 rows, at least [`ROWS`] rows of the convolution. `scratch` has as many floats
/// as [`scratch`] says.
pub(crate) fn layer(layer: &Layer<'_>, taps: usize, scratch: &mut [f32], output: &mut [f32]) {
    debug_assert!(scratch.len() >= self::scratch(layer, taps), "the plan has too little scratch memory");
    match taps {
        3 => dispatch!(simd => tiles::<_, Four>(simd, layer, scratch, output)),
        5 => dispatch!(simd => tiles::<_, FourOfFive>(simd, layer, scratch, output)),
        _ => unreachable!("no form for {taps} rows of taps"),
    }
}

#[inline(always)]
fn tiles<S: Tile, F: Form>(simd: S, layer: &Layer<'_>, scratch: &mut [f32], output: &mut [f32]) {
    let &Layer { filters, pool, size: [height, width], to, .. } = layer;
    let memory = Memory::new(layer, F::TAPS);
    let (v, scratch) = scratch.split_at_mut(F::POINTS * memory.lines);
    let (u, scratch) = scratch.split_at_mut(F::POINTS * memory.weights);
    let (m, scratch) = scratch.split_at_mut(memory.products);
    let (m, results) = (m.as_chunks_mut().0, scratch[..memory.results].as_chunks_mut().0);
    let rows = Rows { row: memory.weights, floats: memory.weights, left: F::TAPS, point: memory.weights };
    transform::<S, F>(
        simd,
        rows,
        F::TAPS,
        layer.weights,
        #[inline(always)]
        |line| F::filter(simd, line),
        u,
    );
    let across = width.div_ceil(LANES);
    let (shrinks, at_once) = if pool { (2, 1) } else { (1, VECTORS) };
    let rows = height * shrinks;
    for first in (0..rows).step_by(ROWS) {
        // The last tile ends where the rows do.
        let first = first.min(rows - ROWS);
        let rows = Rows { row: layer.from[1], floats: memory.lines, left: F::POINTS, point: memory.lines };
        transform::<S, F>(
            simd,
            rows,
            F::POINTS,
            &layer.input[layer.from[0] + first * layer.from[1]..],
            #[inline(always)]
            |line| F::input(simd, line),
            v,
        );
        for x in (0..across).step_by(at_once) {
            let places = [x, if pool { x } else { across.min(x + VECTORS) - 1 }].map(|x| x * LANES);
            let taps = &layer.taps[..layer.taps.len() / F::TAPS];
            let job = Job { points: F::POINTS, v, line: memory.lines, u, taps, phases: [0, shrinks - 1], places };
            products(simd, job, filters, m);
            let results = &mut results[x * filters..];
            if pool {
                transform_back_pooled::<S, F>(simd, layer, m, across * filters, results);
            } else {
                transform_back::<S, F>(simd, layer, m, [across * filters, across.min(x + VECTORS) - x], results);
            }
        }
        if !activate::is_fused(layer.activation) {
            activate::row(layer.activation, results.as_flattened_mut());
        }
        // Row by row: what is too much of one falls on the next.
        for (i, row) in results.chunks_exact(across * filters).enumerate() {
            let start = to[0] + (first / shrinks + i) * to[1];
            let end = if to[1] == width * filters { to[0] + height * to[1] } else { start + width * filters };
            for (x, planes) in row.chunks_exact(filters).enumerate() {
                interleave(simd, planes, &mut output[start + x * LANES * filters..end]);
            }
        }
    }
}

/// A register tile: some vectors of all filters, at all points.
#[derive(Clone, Copy)]
struct Job<'a> {
    points: usize,
    /// Transformed lines, and floats from one to the next.
    v: &'a [f32],
    line: usize,
    u: &'a [f32],
    taps: &'a [[u32; 2]],
    /// Which of a tap's two distances each vector takes.
    phases: [usize; VECTORS],
    /// Where the vectors are in a line.
    places: [usize; VECTORS],
}

#[inline(always)]
fn products<S: Tile>(simd: S, job: Job<'_>, filters: usize, m: &mut [[f32; LANES]]) {
    macro_rules! run {
        ($($filters:literal)*) => {
            match filters {
                $($filters if S::PANELS == 2 => run::<S, $filters>(simd, job, m),)*
                _ => unreachable!("no register tile of {filters} filters"),
            }
        };
    }
    run!(1 2 3 4 5 6 7 8 9 10 11 12);
}

#[inline(never)]
fn run<S: Simd, const K: usize>(simd: S, job: Job<'_>, m: &mut [[f32; LANES]]) {
    simd.vectorize(
        #[inline(always)]
        || {
            let Job { points, v, line, u, taps, phases, places } = job;
            let lines = v.chunks_exact(line).zip(u.chunks_exact(taps.len() * K)).zip(m.chunks_exact_mut(VECTORS * K));
            for ((line, u), m) in lines.take(points) {
                let mut sums = [[f32x16::splat(simd, 0.0); VECTORS]; K];
                // Of one length, so that one check of it is enough for both.
                let len = line.len() - places[0].max(places[1]);
                let lines = places.map(|place| &line[place..][..len]);
                for (tap, w) in taps.iter().zip(u.as_chunks::<K>().0) {
                    let mut p = [f32x16::splat(simd, 0.0); VECTORS];
                    unroll!(v < VECTORS, {
                        p[v] = f32x16::from_slice(simd, &lines[v][tap[phases[v]] as usize..][..LANES]);
                    });
                    unroll!(16: k < K, {
                        let weight = f32x16::splat(simd, w[k]);
                        unroll!(v < VECTORS, {
                            sums[k][v] = weight.mul_add(p[v], sums[k][v]);
                        });
                    });
                }
                unroll!(16: k < K, {
                    unroll!(v < VECTORS, {
                        sums[k][v].store_slice(&mut m[v * K + k]);
                    });
                });
            }
        },
    );
}

/// The products of a vector and a filter, transformed back to rows.
#[inline(always)]
fn rows<S: Simd, F: Form>(simd: S, m: &[[f32; LANES]], step: usize) -> [f32x16<S>; ROWS] {
    let mut line = [f32x16::splat(simd, 0.0); MOST];
    let m = &m[..(F::POINTS - 1) * step + 1];
    unroll!(point < F::POINTS, {
        line[point] = f32x16::from_slice(simd, &m[point * step]);
    });
    let [a, b, c, d, ..] = F::output(simd, line);
    [a, b, c, d]
}

#[inline(always)]
fn transform_back<S: Simd, F: Form>(
    simd: S,
    layer: &Layer<'_>,
    m: &[[f32; LANES]],
    [row, vectors]: [usize; 2],
    results: &mut [[f32; LANES]],
) {
    let &Layer { filters, bias, activation, .. } = layer;
    let relu = activation == Activation::Relu;
    for v in 0..vectors {
        for k in 0..filters {
            let bias = f32x16::splat(simd, bias.map_or(0.0, |bias| bias[k]));
            for (y, sum) in rows::<S, F>(simd, &m[v * filters + k..], VECTORS * filters).into_iter().enumerate() {
                let sum = if relu { activate::relu(simd, sum + bias) } else { sum + bias };
                sum.store_slice(&mut results[y * row + v * filters + k]);
            }
        }
    }
}

#[inline(always)]
fn transform_back_pooled<S: Simd, F: Form>(
    simd: S,
    layer: &Layer<'_>,
    m: &[[f32; LANES]],
    row: usize,
    results: &mut [[f32; LANES]],
) {
    let &Layer { filters, bias, activation, .. } = layer;
    let relu = activation == Activation::Relu;
    for k in 0..filters {
        let bias = f32x16::splat(simd, bias.map_or(0.0, |bias| bias[k]));
        let even = rows::<S, F>(simd, &m[k..], VECTORS * filters);
        let odd = rows::<S, F>(simd, &m[filters + k..], VECTORS * filters);
        for y in 0..ROWS / 2 {
            let above = math::larger(even[2 * y], odd[2 * y]);
            let below = math::larger(even[2 * y + 1], odd[2 * y + 1]);
            let largest = math::larger(above, below) + bias;
            let largest = if relu { activate::relu(simd, largest) } else { largest };
            largest.store_slice(&mut results[y * row + k]);
        }
    }
}
