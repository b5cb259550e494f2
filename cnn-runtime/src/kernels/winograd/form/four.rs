//! Four points: 0, +-1 and infinity.

use super::{Form, Line, line};
use fearless_simd::{Simd, SimdBase, f32x16};

/// 2 outputs of a filter with 3 taps, from 4 products instead of 6.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Two;

impl Form for Two {
    const POINTS: usize = 4;
    const OUTPUTS: usize = 2;
    const TAPS: usize = 3;

    #[inline(always)]
    fn input<S: Simd>(simd: S, [d0, d1, d2, d3, ..]: Line<S>) -> Line<S> {
        line(simd, [d0 - d2, d1 + d2, d2 - d1, d3 - d1])
    }

    #[inline(always)]
    fn filter<S: Simd>(simd: S, [g0, g1, g2, ..]: Line<S>) -> Line<S> {
        let half = f32x16::splat(simd, 0.5);
        let (even, odd) = ((g0 + g2) * half, g1 * half);
        line(simd, [g0, even + odd, even - odd, g2])
    }

    #[inline(always)]
    fn output<S: Simd>(simd: S, [m0, m1, m2, m3, ..]: Line<S>) -> Line<S> {
        line(simd, [m0 + m1 + m2, m1 - m2 + m3])
    }

    #[inline(always)]
    fn d_output<S: Simd>(simd: S, [y0, y1, ..]: Line<S>) -> Line<S> {
        line(simd, [y0, y0 + y1, y0 - y1, y1])
    }

    #[inline(always)]
    fn d_filter<S: Simd>(simd: S, [u0, u1, u2, u3, ..]: Line<S>) -> Line<S> {
        let half = f32x16::splat(simd, 0.5);
        let (even, odd) = ((u1 + u2) * half, (u1 - u2) * half);
        line(simd, [u0 + even, odd, even + u3])
    }
}
