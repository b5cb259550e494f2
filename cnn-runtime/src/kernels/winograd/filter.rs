//! Filters to points, U = G g G^T, and gradients at points to gradients of filters, G^T dU G.

use super::form::{Form, MOST, with_form};
use super::tiling::Filters;
use crate::buffer::LANES;
use crate::kernels::panels::Panels;
use crate::kernels::unroll;
use crate::simd::dispatch;
use crate::simd::lanes::{load, store};
use fearless_simd::{Simd, SimdBase, f32x16};
use std::ops::Range;

/// Transforms the filters that `panels` describes, a row for each tap and channel: those of a pair of panels, which go
/// to a slice of their own.
pub(crate) fn transform(weights: &[f32], panels: Panels, filters: Filters, pair: usize, u: &mut [f32]) {
    with_form!(filters.size, F => dispatch!(simd => forward::<_, F>(simd, weights, panels, filters, pair, u)));
}

/// Multiplies the transformed filters of a panel's outputs by a factor each.
pub(crate) fn scale(u: &mut [f32], filters: Filters, panel: usize, scales: [f32; LANES]) {
    let pair = panel / 2;
    let step = filters.at(pair, 1) - filters.at(pair, 0);
    let first = filters.at(pair, 0) + panel % 2 * filters.channels * LANES;
    for point in 0..filters.size.products() {
        let lines = &mut u[first + point * step..][..filters.channels * LANES];
        for line in lines.as_chunks_mut::<LANES>().0 {
            line.iter_mut().zip(&scales).for_each(|(u, scale)| *u *= scale);
        }
    }
}

/// Adds the gradients at the points to those of the filters of some pairs. `d_u` begins with the first one's.
pub(super) fn add_gradient(d_u: &[f32], filters: Filters, pairs: Range<usize>, panels: Panels, gradients: &mut [f32]) {
    with_form!(filters.size, F => dispatch!(simd => backward::<_, F>(simd, d_u, filters, pairs, panels, gradients)));
}

#[inline(always)]
fn forward<S: Simd, F: Form>(simd: S, weights: &[f32], panels: Panels, filters: Filters, pair: usize, u: &mut [f32]) {
    let zero = f32x16::splat(simd, 0.0);
    let (channels, step) = (filters.channels, filters.at(pair, 1) - filters.at(pair, 0));
    for slot in 0..filters.panels(pair) {
        let panel = 2 * pair + slot;
        let width = panels.width(panel);
        let from = &weights[panels.at(panel, 0)..][..panels.rows * width];
        let to = &mut u[slot * channels * LANES..];
        for c in 0..channels {
            let mut half = [[zero; MOST]; MOST];
            unroll!(x < F::TAPS, {
                let mut line = [zero; MOST];
                unroll!(y < F::TAPS, {
                    line[y] = load(simd, from, ((y * F::TAPS + x) * channels + c) * width, width);
                });
                let line = F::filter(simd, line);
                unroll!(y < F::POINTS, {
                    half[y][x] = line[y];
                });
            });
            unroll!(y < F::POINTS, {
                let line = F::filter(simd, half[y]);
                unroll!(x < F::POINTS, {
                    line[x].store_slice(&mut to[(y * F::POINTS + x) * step + c * LANES..][..LANES]);
                });
            });
        }
    }
}

#[inline(always)]
fn backward<S: Simd, F: Form>(
    simd: S,
    d_u: &[f32],
    filters: Filters,
    pairs: Range<usize>,
    panels: Panels,
    gradients: &mut [f32],
) {
    let (zero, start) = (f32x16::splat(simd, 0.0), filters.at(pairs.start, 0));
    for panel in 2 * pairs.start..panels.count().min(2 * pairs.end) {
        let (pair, width, channels) = (panel / 2, panels.width(panel), filters.channels);
        let to = &mut gradients[panels.at(panel, 0)..][..panels.rows * width];
        let step = filters.at(pair, 1) - filters.at(pair, 0);
        let from = &d_u[filters.at(pair, 0) - start..][panel % 2 * channels * LANES..];
        for c in 0..channels {
            let mut half = [[zero; MOST]; MOST];
            unroll!(x < F::POINTS, {
                let mut line = [zero; MOST];
                unroll!(y < F::POINTS, {
                    line[y] = f32x16::from_slice(simd, &from[(y * F::POINTS + x) * step + c * LANES..][..LANES]);
                });
                let line = F::d_filter(simd, line);
                unroll!(y < F::TAPS, {
                    half[y][x] = line[y];
                });
            });
            unroll!(y < F::TAPS, {
                let line = F::d_filter(simd, half[y]);
                unroll!(x < F::TAPS, {
                    let at = ((y * F::TAPS + x) * channels + c) * width;
                    store(load(simd, to, at, width) + line[x], to, at, width);
                });
            });
        }
    }
}
