//! Six points: 0, +-1/sqrt(2), +-sqrt(2) and infinity. Errors stay well below those of the usual 0, +-1, +-2, at the
//! same cost.

use super::{Form, Line, line};
use fearless_simd::{Simd, SimdBase, SimdFloat, f32x16};
use std::f32::consts::{FRAC_1_SQRT_2, SQRT_2};

/// 4 outputs of a filter with 3 taps, from 6 products instead of 12.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Four;

const A: f32 = FRAC_1_SQRT_2;
const B: f32 = SQRT_2;
/// 1 / the product of a point's distances to the others, for +-A and +-B.
const AT_A: f32 = -2.0 / 3.0;
const AT_B: f32 = 1.0 / 6.0;

impl Form for Four {
    const POINTS: usize = 6;
    const OUTPUTS: usize = 4;
    const TAPS: usize = 3;

    #[inline(always)]
    fn input<S: Simd>(simd: S, [d0, d1, d2, d3, d4, d5, ..]: Line<S>) -> Line<S> {
        let k = |x: f32| f32x16::splat(simd, x);
        let even_a = d2.mul_add(k(-2.0), d4);
        let odd_a = d3.mul_add(k(A), d1 * k(-B));
        let even_b = d2.mul_add(k(-0.5), d4);
        let odd_b = d3.mul_add(k(B), d1 * k(-A));
        line(
            simd,
            [
                d2.mul_add(k(-2.5), d0 + d4),
                even_a + odd_a,
                even_a - odd_a,
                even_b + odd_b,
                even_b - odd_b,
                d3.mul_add(k(-2.5), d1 + d5),
            ],
        )
    }

    #[inline(always)]
    fn filter<S: Simd>(simd: S, [g0, g1, g2, ..]: Line<S>) -> Line<S> {
        let k = |x: f32| f32x16::splat(simd, x);
        let even_a = g2.mul_add(k(0.5 * AT_A), g0 * k(AT_A));
        let odd_a = g1 * k(A * AT_A);
        let even_b = g2.mul_add(k(2.0 * AT_B), g0 * k(AT_B));
        let odd_b = g1 * k(B * AT_B);
        line(simd, [g0, even_a + odd_a, even_a - odd_a, even_b + odd_b, even_b - odd_b, g2])
    }

    #[inline(always)]
    fn output<S: Simd>(simd: S, [m0, m1, m2, m3, m4, m5, ..]: Line<S>) -> Line<S> {
        let k = |x: f32| f32x16::splat(simd, x);
        let (even_a, odd_a) = (m1 + m2, m1 - m2);
        let (even_b, odd_b) = (m3 + m4, m3 - m4);
        line(
            simd,
            [
                m0 + even_a + even_b,
                odd_a.mul_add(k(A), odd_b * k(B)),
                even_a.mul_add(k(0.5), even_b * k(2.0)),
                odd_a.mul_add(k(0.5 * A), odd_b.mul_add(k(2.0 * B), m5)),
            ],
        )
    }

    #[inline(always)]
    fn d_output<S: Simd>(simd: S, [y0, y1, y2, y3, ..]: Line<S>) -> Line<S> {
        let k = |x: f32| f32x16::splat(simd, x);
        let even_a = y2.mul_add(k(0.5), y0);
        let odd_a = y3.mul_add(k(0.5 * A), y1 * k(A));
        let even_b = y2.mul_add(k(2.0), y0);
        let odd_b = y3.mul_add(k(2.0 * B), y1 * k(B));
        line(simd, [y0, even_a + odd_a, even_a - odd_a, even_b + odd_b, even_b - odd_b, y3])
    }

    #[inline(always)]
    fn d_filter<S: Simd>(simd: S, [u0, u1, u2, u3, u4, u5, ..]: Line<S>) -> Line<S> {
        let k = |x: f32| f32x16::splat(simd, x);
        let (even_a, odd_a) = (u1 + u2, u1 - u2);
        let (even_b, odd_b) = (u3 + u4, u3 - u4);
        line(
            simd,
            [
                even_a.mul_add(k(AT_A), even_b.mul_add(k(AT_B), u0)),
                odd_a.mul_add(k(A * AT_A), odd_b * k(B * AT_B)),
                even_a.mul_add(k(0.5 * AT_A), even_b.mul_add(k(2.0 * AT_B), u5)),
            ],
        )
    }
}
