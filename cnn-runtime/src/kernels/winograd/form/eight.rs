//! Eight points: 0, +-1/2, +-1, +-2 and infinity. Errors are three to four times those of six points: others that are
//! as even or as small are no better (of 60 sets, the best had 0.7 of the mean error).

use super::{Form, Line, line};
use fearless_simd::{Simd, SimdBase, SimdFloat, f32x16};

/// 4 outputs of a filter with 5 taps, from 8 products instead of 20.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FourOfFive;

/// 1 / the product of a point's distances to the others, for +-1, +-2 and +-1/2.
const AT_1: f32 = -2.0 / 9.0;
const AT_2: f32 = 1.0 / 90.0;
const AT_HALF: f32 = 32.0 / 45.0;

/// The values at 0 and infinity, and at +-1, +-2 and +-1/2 from the even and the odd terms there.
#[inline(always)]
fn points<S: Simd>([zero, infinity]: [f32x16<S>; 2], even: [f32x16<S>; 3], odd: [f32x16<S>; 3]) -> Line<S> {
    let ([a, b, c], [x, y, z]) = (even, odd);
    [zero, a + x, a - x, b + y, b - y, c + z, c - z, infinity]
}

impl Form for FourOfFive {
    const POINTS: usize = 8;
    const OUTPUTS: usize = 4;
    const TAPS: usize = 5;

    #[inline(always)]
    fn input<S: Simd>(simd: S, [d0, d1, d2, d3, d4, d5, d6, d7]: Line<S>) -> Line<S> {
        let k = |x: f32| f32x16::splat(simd, x);
        let even_1 = d4.mul_add(k(-4.25), d2 + d6);
        let odd_1 = d3.mul_add(k(-4.25), d1 + d5);
        let even_2 = d4.mul_add(k(-1.25), d2.mul_add(k(0.25), d6));
        let odd_2 = d3.mul_add(k(-2.5), d5.mul_add(k(2.0), d1 * k(0.5)));
        let even_half = d4.mul_add(k(-5.0), d2.mul_add(k(4.0), d6));
        let odd_half = d3.mul_add(k(-2.5), d1.mul_add(k(2.0), d5 * k(0.5)));
        points(
            [(d4 - d2).mul_add(k(5.25), d0 - d6), (d3 - d5).mul_add(k(5.25), d7 - d1)],
            [even_1, even_2, even_half],
            [odd_1, odd_2, odd_half],
        )
    }

    #[inline(always)]
    fn filter<S: Simd>(simd: S, [g0, g1, g2, g3, g4, ..]: Line<S>) -> Line<S> {
        let k = |x: f32| f32x16::splat(simd, x);
        let even_1 = (g0 + g2 + g4) * k(AT_1);
        let odd_1 = (g1 + g3) * k(AT_1);
        let even_2 = g4.mul_add(k(16.0), g2.mul_add(k(4.0), g0)) * k(AT_2);
        let odd_2 = g3.mul_add(k(4.0), g1) * k(2.0 * AT_2);
        let even_half = g4.mul_add(k(1.0 / 16.0), g2.mul_add(k(0.25), g0)) * k(AT_HALF);
        let odd_half = g3.mul_add(k(0.25), g1) * k(0.5 * AT_HALF);
        points([g0, g4], [even_1, even_2, even_half], [odd_1, odd_2, odd_half])
    }

    #[inline(always)]
    fn output<S: Simd>(simd: S, [m0, m1, m2, m3, m4, m5, m6, m7]: Line<S>) -> Line<S> {
        let k = |x: f32| f32x16::splat(simd, x);
        let (even_1, odd_1) = (m1 + m2, m1 - m2);
        let (even_2, odd_2) = (m3 + m4, m3 - m4);
        let (even_half, odd_half) = (m5 + m6, m5 - m6);
        line(
            simd,
            [
                m0 + even_1 + (even_2 + even_half),
                odd_2.mul_add(k(2.0), odd_half.mul_add(k(0.5), odd_1)),
                even_2.mul_add(k(4.0), even_half.mul_add(k(0.25), even_1)),
                odd_2.mul_add(k(8.0), odd_half.mul_add(k(0.125), odd_1 + m7)),
            ],
        )
    }

    #[inline(always)]
    fn d_output<S: Simd>(simd: S, [y0, y1, y2, y3, ..]: Line<S>) -> Line<S> {
        let k = |x: f32| f32x16::splat(simd, x);
        let (even_1, odd_1) = (y0 + y2, y1 + y3);
        let even_2 = y2.mul_add(k(4.0), y0);
        let odd_2 = y3.mul_add(k(8.0), y1 * k(2.0));
        let even_half = y2.mul_add(k(0.25), y0);
        let odd_half = y3.mul_add(k(0.125), y1 * k(0.5));
        points([y0, y3], [even_1, even_2, even_half], [odd_1, odd_2, odd_half])
    }

    #[inline(always)]
    fn d_filter<S: Simd>(simd: S, [u0, u1, u2, u3, u4, u5, u6, u7]: Line<S>) -> Line<S> {
        let k = |x: f32| f32x16::splat(simd, x);
        let (even_1, odd_1) = ((u1 + u2) * k(AT_1), (u1 - u2) * k(AT_1));
        let (even_2, odd_2) = ((u3 + u4) * k(AT_2), (u3 - u4) * k(AT_2));
        let (even_half, odd_half) = ((u5 + u6) * k(AT_HALF), (u5 - u6) * k(AT_HALF));
        line(
            simd,
            [
                u0 + even_1 + (even_2 + even_half),
                odd_2.mul_add(k(2.0), odd_half.mul_add(k(0.5), odd_1)),
                even_2.mul_add(k(4.0), even_half.mul_add(k(0.25), even_1)),
                odd_2.mul_add(k(8.0), odd_half.mul_add(k(0.125), odd_1)),
                even_2.mul_add(k(16.0), even_half.mul_add(k(1.0 / 16.0), even_1 + u7)),
            ],
        )
    }
}
