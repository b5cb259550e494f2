//! A form applied to whole rows, whatever lies in their lanes: minimal filtering along one axis.

use super::{Form, Line, MOST};
use crate::buffer::LANES;
use crate::kernels::unroll;
use crate::simd::lanes::{for_lanes, load, store};
use fearless_simd::{Simd, SimdBase, f32x16};

/// Rows of a tile.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rows {
    /// Floats from a row to the next.
    pub(crate) row: usize,
    /// Floats of a row.
    pub(crate) floats: usize,
    /// Rows that there are; what is missing counts as zeros.
    pub(crate) left: usize,
    /// Floats from a point to the next.
    pub(crate) point: usize,
}

/// Writes a tile of `count` rows at the points. `matrix` is one of the form's.
#[inline(always)]
pub(crate) fn transform<S: Simd, F: Form>(
    simd: S,
    rows: Rows,
    count: usize,
    from: &[f32],
    matrix: impl Fn(Line<S>) -> Line<S>,
    to: &mut [f32],
) {
    let Rows { row, floats, left, point: step } = rows;
    let there = count.min(left);
    macro_rules! vector {
        ($at:expr) => {
            let from = &from[$at..][..(there - 1) * row + LANES];
            let mut line = [f32x16::splat(simd, 0.0); MOST];
            unroll!(y < count, {
                if y < there {
                    line[y] = f32x16::from_slice(simd, &from[y * row..][..LANES]);
                }
            });
            let line = matrix(line);
            let to = &mut to[$at..][..(F::POINTS - 1) * step + LANES];
            unroll!(point < F::POINTS, {
                line[point].store_slice(&mut to[point * step..][..LANES]);
            });
        };
    }
    // The last vector ends where the row does.
    if floats >= LANES {
        for at in (0..floats).step_by(LANES) {
            vector!(at.min(floats - LANES));
        }
        return;
    }
    for_lanes(
        floats,
        #[inline(always)]
        |at, lanes| {
            let mut line = [f32x16::splat(simd, 0.0); MOST];
            unroll!(y < MOST, {
                if y < there {
                    line[y] = load(simd, from, y * row + at, lanes);
                }
            });
            let line = matrix(line);
            unroll!(point < F::POINTS, {
                store(line[point], to, point * step + at, lanes);
            });
        },
    );
}
