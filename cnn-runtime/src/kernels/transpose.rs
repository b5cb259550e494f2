//! Weights turned around: outputs become inputs, for gradients of inputs. Samples side by side, and back.

use super::panels::Panels;
use super::unroll;
use crate::buffer::LANES;
use crate::simd::dispatch;
use fearless_simd::{Simd, SimdBase, f32x16};

/// Writes a block of a matrix in panels to another, transposed: `to.outputs` rows of `from` (from `from_row` on), with
/// all its outputs, become `from.outputs` rows of `to` (from `to_row` on).
pub(crate) fn transpose(from: &Block<'_>, to: Panels, to_row: usize, target: &mut [f32]) {
    dispatch!(simd => blocks(simd, from, to, to_row, target));
}

/// Rows of a matrix in panels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block<'a> {
    pub(crate) weights: &'a [f32],
    pub(crate) panels: Panels,
    /// The first row.
    pub(crate) row: usize,
}

#[inline(always)]
fn blocks<S: Simd>(simd: S, from: &Block<'_>, to: Panels, to_row: usize, target: &mut [f32]) {
    let Block { weights, panels, row } = *from;
    // Squares of panels by panels: on both sides, what is touched next is soon what lies behind.
    for p in (0..to.count()).step_by(SQUARE) {
        for q in (0..panels.count()).step_by(SQUARE) {
            for p in p..to.count().min(p + SQUARE) {
                for q in q..panels.count().min(q + SQUARE) {
                    let (rows, outputs) = (to.width(p), panels.width(q));
                    let source = &weights[panels.at(q, row + p * LANES)..][..rows * outputs];
                    let target = &mut target[to.at(p, to_row + q * LANES)..][..rows * outputs];
                    if rows == LANES && outputs == LANES {
                        square(simd, (source, LANES), (target, LANES));
                    } else {
                        rectangle(source, target, [rows, outputs]);
                    }
                }
            }
        }
    }
}

/// Panels whose 16 rows fill a page of memory.
const SQUARE: usize = 4;

/// Fewer than 16 x 16 floats.
#[inline(always)]
fn rectangle(source: &[f32], target: &mut [f32], [rows, outputs]: [usize; 2]) {
    for (i, row) in source.chunks_exact(outputs).enumerate() {
        for (j, &x) in row.iter().enumerate() {
            target[j * rows + i] = x;
        }
    }
}

/// Rows a constant distance apart.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rows {
    /// Floats from a row to the next.
    pub(crate) step: usize,
    pub(crate) count: usize,
}

/// Makes columns of rows: float `c` of row `r` in `from` becomes float `r` of row `c` in `to`.
pub(crate) fn turn(from: &[f32], rows: Rows, to: &mut [f32], columns: Rows) {
    dispatch!(simd => turned(simd, from, rows, to, columns));
}

#[inline(always)]
fn turned<S: Simd>(simd: S, from: &[f32], rows: Rows, to: &mut [f32], columns: Rows) {
    for r in (0..rows.count).step_by(LANES) {
        for c in (0..columns.count).step_by(LANES) {
            let (source, target) = (&from[r * rows.step + c..], &mut to[c * columns.step + r..]);
            let [height, width] = [(rows.count - r).min(LANES), (columns.count - c).min(LANES)];
            if height == LANES && width == LANES {
                square(simd, (source, rows.step), (target, columns.step));
                continue;
            }
            for c in 0..width {
                for r in 0..height {
                    target[c * columns.step + r] = source[r * rows.step + c];
                }
            }
        }
    }
}

/// 16 x 16 floats, rows of both a constant distance apart. Merging row i with row i + 8 lane by lane, and that four
/// times over, rotates the eight bits of an element's position (four of the row, four of the lane) by four places: it
/// swaps row and lane.
#[inline(always)]
fn square<S: Simd>(simd: S, (source, source_step): (&[f32], usize), (target, target_step): (&mut [f32], usize)) {
    let mut rows = [f32x16::splat(simd, 0.0); LANES];
    let source = &source[..(LANES - 1) * source_step + LANES];
    unroll!(16: i < 16, {
        rows[i] = f32x16::from_slice(simd, &source[i * source_step..][..LANES]);
    });
    unroll!(_round < 4, {
        let before = rows;
        unroll!(i < 8, {
            rows[2 * i] = simd.zip_low_f32x16(before[i], before[i + 8]);
            rows[2 * i + 1] = simd.zip_high_f32x16(before[i], before[i + 8]);
        });
    });
    let target = &mut target[..(LANES - 1) * target_step + LANES];
    unroll!(16: i < 16, {
        rows[i].store_slice(&mut target[i * target_step..][..LANES]);
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::for_each_isa;

    #[test]
    fn rows_become_columns() {
        for_each_isa(|isa| {
            for (rows, columns) in [(1, 1), (16, 16), (5, 40), (33, 17), (48, 64)] {
                let (from_step, to_step) = (columns + 3, rows + 5);
                let from: Vec<f32> = (0..rows * from_step).map(|x| x as f32).collect();
                let mut to = vec![-1.0; columns * to_step];
                let [of_rows, of_columns] = [(from_step, rows), (to_step, columns)];
                let [of_rows, of_columns] = [of_rows, of_columns].map(|(step, count)| Rows { step, count });
                turn(&from, of_rows, &mut to, of_columns);
                for (at, &x) in to.iter().enumerate() {
                    let [c, r] = [at / to_step, at % to_step];
                    let expected = if r < rows { from[r * from_step + c] } else { -1.0 };
                    assert_eq!(x, expected, "{isa}: row {r} of {rows}, column {c} of {columns}");
                }
            }
        });
    }

    #[test]
    fn every_element_changes_sides() {
        for_each_isa(|isa| {
            for (inputs, outputs) in [(1, 1), (3, 17), (16, 16), (33, 6), (48, 32), (40, 35)] {
                let weights: Vec<f32> = (0..(inputs + 2) * outputs).map(|x| x as f32).collect();
                let panels = Panels { offset: 0, rows: inputs + 2, outputs, pitch: None };
                let to = Panels { offset: 5, rows: outputs + 1, outputs: inputs, pitch: None };
                let mut target = vec![-1.0; 5 + to.size()];
                transpose(&Block { weights: &weights, panels, row: 2 }, to, 1, &mut target);
                for i in 0..inputs {
                    for o in 0..outputs {
                        let expected = weights[panels.at(o / LANES, 2 + i) + o % LANES];
                        let actual = target[to.at(i / LANES, 1 + o) + i % LANES];
                        assert_eq!(actual, expected, "{isa}: input {i} of {inputs}, output {o} of {outputs}");
                    }
                }
            }
        });
    }
}
