//! Gradients of biases: sums over pixels.

use super::grid::{Cursor, Grid};
use crate::buffer::LANES;
use crate::simd::dispatch;
use fearless_simd::{Simd, SimdBase, f32x16};

/// Adds the sum over all pixels of `values` (at the grid's `b`, with slack behind every sample) to `totals`.
pub(crate) fn add_pixels(values: &[f32], grid: Grid, totals: &mut [f32]) {
    for (panel, totals) in totals.chunks_mut(LANES).enumerate() {
        dispatch!(simd => vector(simd, values, grid.shifted(0, panel * LANES), totals));
    }
}

#[inline(always)]
fn vector<S: Simd>(simd: S, values: &[f32], grid: Grid, totals: &mut [f32]) {
    // Four sums, since an addition waits for the one before it.
    let mut sums = [f32x16::splat(simd, 0.0); 4];
    let mut cursor = Cursor::new(grid);
    let pixels = grid.pixels();
    for _ in 0..pixels / 4 {
        for sum in &mut sums {
            let (_, at) = cursor.next();
            *sum += f32x16::from_slice(simd, &values[at..][..LANES]);
        }
    }
    for _ in 0..pixels % 4 {
        let (_, at) = cursor.next();
        sums[0] += f32x16::from_slice(simd, &values[at..][..LANES]);
    }
    let sum: [f32; LANES] = ((sums[0] + sums[1]) + (sums[2] + sums[3])).into();
    for (total, sum) in totals.iter_mut().zip(sum) {
        *total += sum;
    }
}
