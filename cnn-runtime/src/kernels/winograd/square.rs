//! A square of pixels to points: along the columns, then along the rows.

use super::form::{Form, Line, MOST};
use super::tiling::{Images, Place};
use crate::buffer::LANES;
use crate::kernels::unroll;
use fearless_simd::{Simd, SimdBase, f32x16};

/// 16 channels of `size` x `size` pixels, at most as many as a form has points. What lies beyond the image counts as
/// zero.
#[derive(Clone, Copy, Debug)]
pub(super) struct Square<'a> {
    /// From the first pixel's channels on.
    pub(super) pixels: &'a [f32],
    pub(super) place: Place,
    pub(super) images: &'a Images,
    pub(super) size: usize,
}

impl Square<'_> {
    /// Writes the points, `step` floats apart. `of_line` transforms a line.
    #[inline(always)]
    pub(super) fn transform<S: Simd, F: Form>(
        self,
        simd: S,
        of_line: impl Fn(Line<S>) -> Line<S>,
        step: usize,
        points: &mut [f32],
    ) {
        let Self { pixels, place, images, size } = self;
        let [_, row, pixel] = images.steps.steps;
        let [rows, columns] = place.left;
        let zero = f32x16::splat(simd, 0.0);
        let mut half = [[zero; MOST]; MOST];
        unroll!(x < size, {
            if x < columns {
                let mut line = [zero; MOST];
                unroll!(y < size, {
                    if y < rows {
                        line[y] = f32x16::from_slice(simd, &pixels[y * row + x * pixel..][..LANES]);
                    }
                });
                let line = of_line(line);
                unroll!(y < F::POINTS, {
                    half[y][x] = line[y];
                });
            }
        });
        let points = &mut points[..(F::POINTS * F::POINTS - 1) * step + LANES];
        unroll!(y < F::POINTS, {
            let line = of_line(half[y]);
            unroll!(x < F::POINTS, {
                line[x].store_slice(&mut points[(y * F::POINTS + x) * step..][..LANES]);
            });
        });
    }
}
