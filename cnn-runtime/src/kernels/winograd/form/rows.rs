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
    /// Floats of the points from one to the next, and from a vector to the next.
    pub(crate) to: [usize; 2],
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
    let Rows { row, floats, left, to: [point_step, vector] } = rows;
    let there = count.min(left);
    macro_rules! vector {
        ($at:expr, $to:expr) => {
            let from = &from[$at..][..(there - 1) * row + LANES];
            let mut line = [f32x16::splat(simd, 0.0); MOST];
            unroll!(y < count, {
                if y < there {
                    line[y] = f32x16::from_slice(simd, &from[y * row..][..LANES]);
                }
            });
            let line = matrix(line);
            let to = &mut to[$to..][..(F::POINTS - 1) * point_step + LANES];
            unroll!(point < F::POINTS, {
                line[point].store_slice(&mut to[point * point_step..][..LANES]);
            });
        };
    }
    let whole = floats / LANES;
    for i in 0..whole {
        vector!(i * LANES, i * vector);
    }
    // The last vector of vectors side by side ends where the row does.
    if whole > 0 && vector == LANES && floats % LANES > 0 {
        vector!(floats - LANES, floats - LANES);
        return;
    }
    for_lanes(
        floats - whole * LANES,
        #[inline(always)]
        |at, lanes| {
            let mut line = [f32x16::splat(simd, 0.0); MOST];
            unroll!(y < MOST, {
                if y < there {
                    line[y] = load(simd, from, y * row + whole * LANES + at, lanes);
                }
            });
            let line = matrix(line);
            unroll!(point < F::POINTS, {
                store(line[point], to, point * point_step + whole * vector + at, lanes);
            });
        },
    );
}
