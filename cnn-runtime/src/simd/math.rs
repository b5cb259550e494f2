//! Functions of vectors that the hardware lacks: exponentials, and what activations are made of them.
//!
//! Errors are stated in units in the last place of f32 (ULP), largest over all inputs and instruction sets; the tests
//! measure them against f64. Polynomials are minimax fits (Remez exchange in 40 digits) with the weight that makes the
//! error of the result, not of the polynomial, even. NaN in, NaN out, lane by lane.

use fearless_simd::{f32x16, i32x16, prelude::*, u32x16};

/// Adding it leaves the nearest whole number in the low bits of the sum: 1.5 * 2^23.
const ROUND: f32 = 12_582_912.0;

/// ln 2 in two parts; the first has 15 bits, so that its product with an exponent is exact.
const LN_2: [f32; 2] = [0.693_145_75, 1.428_606_8e-6];

/// q in `e^r = 1 + r + r^2 q(r)`, |r| <= ln 2 / 2; `r + r^2 q(r)` is within 1.4e-8 of e^r - 1, relative.
const EXP: [f32; 5] = [0.500_000_006_2, 0.166_665_425_5, 0.041_666_280_61, 0.008_366_643_924, 0.001_394_655_611];

/// g in `atanh(s) = s + s z g(z)`, z = s^2 <= 1/9; within 4.6e-9 relative.
const ATANH: [f32; 4] = [0.333_332_065_7, 0.200_108_495_4, 0.139_995_704_1, 0.140_122_300_2];

/// g in `tanh(x) = x + x z g(z)`, z = x^2 <= 0.625^2; within 4.2e-9 relative.
const TANH: [f32; 5] = [-0.333_332_839_3, 0.133_314_912_8, -0.053_743_497_59, 0.020_650_585_77, -0.005_717_043_449];

/// p in `(1 - Phi(a)) e^(a^2/2) = t p(t)`, t = 1 / (1 + 0.3 a), 0 <= a <= 15; within 3.5e-9 relative.
const MILLS: [f32; 10] = [
    0.119_686_716_5,
    0.119_571_320_4,
    0.110_239_320_3,
    0.078_372_357_89,
    0.096_204_504_98,
    -0.079_508_344_58,
    0.191_882_268_2,
    -0.228_283_997_7,
    0.112_464_448_6,
    -0.020_628_595_64,
];

/// c[0] + c[1] x + c[2] x^2 + ...
#[inline(always)]
fn polynomial<S: Simd, const N: usize>(x: f32x16<S>, c: [f32; N]) -> f32x16<S> {
    let mut sum = f32x16::splat(x.simd, c[N - 1]);
    for &c in c[..N - 1].iter().rev() {
        sum = sum.mul_add(x, c);
    }
    sum
}

/// `x` kept within `low..=high`; NaN stays NaN, which `min` and `max` leave to the hardware.
#[inline(always)]
fn clamp<S: Simd>(x: f32x16<S>, low: f32, high: f32) -> f32x16<S> {
    let (low, high) = (f32x16::splat(x.simd, low), f32x16::splat(x.simd, high));
    let x = x.simd_lt(low).select(low, x);
    x.simd_gt(high).select(high, x)
}

/// The n and r of x = n ln 2 + r with |r| <= ln 2 / 2: n as a float and as bits, and r. For |x| < 2^20.
#[inline(always)]
fn reduce<S: Simd>(x: f32x16<S>) -> (f32x16<S>, u32x16<S>, f32x16<S>) {
    let sum = x.mul_add(std::f32::consts::LOG2_E, ROUND);
    let n = sum - ROUND;
    let r = n.mul_add(-LN_2[1], n.mul_add(-LN_2[0], x));
    (n, sum.bitcast::<u32x16<S>>() - ROUND.to_bits(), r)
}

/// 2^n for whole -126 <= n <= 127, as bits in two's complement.
#[inline(always)]
fn power_of_two<S: Simd>(n: u32x16<S>) -> f32x16<S> {
    ((n + 127) << 23).bitcast()
}

/// e^x. Error at most 2 ULP, denormal results included; from 88.73 up it is infinite, below -104 it is 0.
#[inline(always)]
pub(crate) fn exp<S: Simd>(x: f32x16<S>) -> f32x16<S> {
    let (_, n, r) = reduce(clamp(x, -105.0, 90.0));
    // Scaled in two steps of half the exponent each: 2^n itself may be too large or too small for a float.
    let half: u32x16<S> = (n.bitcast::<i32x16<S>>() >> 1).bitcast();
    let near_one = (r * r).mul_add(polynomial(r, EXP), r) + 1.0;
    near_one * power_of_two(half) * power_of_two(n - half)
}

/// e^x - 1 for x <= 88, without cancellation near 0. Error at most 2 ULP.
#[inline(always)]
pub(crate) fn exp_m1<S: Simd>(x: f32x16<S>) -> f32x16<S> {
    // Below -20 the result is -1.
    let (_, n, r) = reduce(clamp(x, -20.0, 88.0));
    let scale = power_of_two(n);
    (r * r).mul_add(polynomial(r, EXP), r).mul_add(scale, scale - 1.0)
}

/// ln(1 + u) for 0 <= u <= 1. Error at most 2 ULP.
#[inline(always)]
pub(crate) fn ln_1p<S: Simd>(u: f32x16<S>) -> f32x16<S> {
    // ln(1 + u) = 2 atanh(u / (2 + u))
    let s = u / (u + 2.0);
    let z = s * s;
    let s = s + s;
    (s * z).mul_add(polynomial(z, ATANH), s)
}

/// 1 / (1 + e^-x). Error at most 3 ULP.
#[inline(always)]
pub(crate) fn sigmoid<S: Simd>(x: f32x16<S>) -> f32x16<S> {
    // e^-|x| cannot overflow, so that the lower tail keeps its precision.
    let e = exp(-x.abs());
    let one = f32x16::splat(x.simd, 1.0);
    x.simd_lt(0.0).select(e, one) / (e + one)
}

/// tanh x. Error at most 2 ULP.
#[inline(always)]
pub(crate) fn tanh<S: Simd>(x: f32x16<S>) -> f32x16<S> {
    let z = x * x;
    let small = (x * z).mul_add(polynomial(z, TANH), x);
    // From 9.1 up the result is 1.
    let a = clamp(x.abs(), 0.0, 10.0);
    let large = 1.0 - 2.0 / (exp(a + a) + 1.0);
    a.simd_lt(0.625).select(small, large.copysign(x))
}

/// ln(1 + e^x). Error at most 3 ULP.
#[inline(always)]
pub(crate) fn softplus<S: Simd>(x: f32x16<S>) -> f32x16<S> {
    let positive = clamp(x, 0.0, f32::INFINITY);
    ln_1p(exp(-x.abs())) + positive
}

/// The standard normal distribution: Phi(x), the chance of a value below x, and its density e^(-x^2/2) / sqrt(2 pi).
///
/// The error of both is at most 6 + x^2 ULP, in the lower tail as well, where (1 + erf(x / sqrt 2)) / 2 would cancel.
#[inline(always)]
pub(crate) fn normal<S: Simd>(x: f32x16<S>) -> (f32x16<S>, f32x16<S>) {
    const DENSITY_AT_0: f32 = 0.398_942_28;
    let a = clamp(x.abs(), 0.0, 15.0);
    let bell = exp(a * a * -0.5);
    let t = 1.0 / a.mul_add(0.3, 1.0);
    let tail = bell * t * polynomial(t, MILLS);
    (x.simd_gt(0.0).select(1.0 - tail, tail), bell * DENSITY_AT_0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simd::dispatch;
    use crate::testing::for_each_isa;

    /// Floats that a test tries: every STEP-th bit pattern of both signs, and the values at which something happens.
    fn samples() -> impl Iterator<Item = f32> {
        const STEP: usize = 4999;
        let special =
            [0.0, 1.0, 0.625, 15.0, 87.0, 87.33655, 88.0, 88.72, 88.722_84, 88.73, 103.0, 103.97, 104.0, 105.0]
                .into_iter()
                .flat_map(|x: f32| [x, x.next_up(), x.next_down()])
                .chain([f32::MIN_POSITIVE, f32::MAX, f32::INFINITY, 1e-45]);
        let dense = (0..f32::INFINITY.to_bits()).step_by(STEP).map(f32::from_bits);
        special.chain(dense).flat_map(|x| [x, -x])
    }

    /// The largest error in ULP that `run` makes on the inputs that are in range. Denormals count as floats as far
    /// apart as they are; a `slack` gives inputs at which the error, in ULP, may be so much larger.
    fn worst(
        range: impl Fn(f32) -> bool,
        run: impl Fn(&mut [f32; 16]),
        expected: impl Fn(f64) -> f64,
        slack: impl Fn(f64) -> f64,
    ) -> (f64, f32) {
        let inputs: Vec<f32> = samples().filter(|&x| range(x)).collect();
        let mut worst = (0.0, 0.0);
        for chunk in inputs.chunks(16) {
            let mut values = [chunk[0]; 16];
            values[..chunk.len()].copy_from_slice(chunk);
            run(&mut values);
            for (&x, &y) in chunk.iter().zip(&values) {
                let exact = expected(f64::from(x));
                if f64::from(y) == exact || y.is_infinite() && y == exact as f32 {
                    continue;
                }
                let ulp = (exact.abs().max(f64::from(f32::MIN_POSITIVE)).log2().floor() - 23.0).exp2();
                let error = (f64::from(y) - exact).abs() / ulp - slack(f64::from(x));
                // Written so that NaN counts as an error.
                if error.is_nan() || error > worst.0 {
                    worst = (if error.is_nan() { f64::INFINITY } else { error }, x);
                }
            }
        }
        worst
    }

    /// Checks a function's stated error, in ULP, and that NaN stays NaN.
    macro_rules! check {
        ($function:expr, $range:expr, $expected:expr, $ulp:expr) => {
            check!($function, $range, $expected, $ulp, |_| 0.0)
        };
        ($function:expr, $range:expr, $expected:expr, $ulp:expr, $slack:expr) => {
            for_each_isa(|isa| {
                let run = |values: &mut [f32; 16]| {
                    *values = dispatch!(simd => $function(f32x16::simd_from(simd, *values)).to_array());
                };
                let (error, x) = worst($range, run, $expected, $slack);
                println!("{} on {isa}: {error:.3} ULP at {x:e}", stringify!($function));
                assert!(error <= $ulp, "{} on {isa}: {error} ULP at {x:e}", stringify!($function));
                let mut values = [1.0; 16];
                values[3] = f32::NAN;
                run(&mut values);
                assert!(values.iter().enumerate().all(|(lane, y)| y.is_nan() == (lane == 3)));
            })
        };
    }

    #[test]
    fn exponentials_are_as_exact_as_stated() {
        check!(exp, |_| true, f64::exp, 2.0);
        check!(exp_m1, |x| x <= 88.0, f64::exp_m1, 2.0);
    }

    #[test]
    fn logarithms_are_as_exact_as_stated() {
        check!(ln_1p, |x| (0.0..=1.0).contains(&x), f64::ln_1p, 2.0);
        check!(softplus, |_| true, |x: f64| x.max(0.0) + (-x.abs()).exp().ln_1p(), 3.0);
    }

    #[test]
    fn sigmoids_are_as_exact_as_stated() {
        check!(
            sigmoid,
            |_| true,
            |x: f64| if x < 0.0 { x.exp() / (1.0 + x.exp()) } else { 1.0 / (1.0 + (-x).exp()) },
            3.0
        );
        check!(tanh, |_| true, f64::tanh, 2.0);
    }

    /// The upper tail of the standard normal distribution divided by its density, for a >= 0: a Taylor series near 0,
    /// Laplace's continued fraction elsewhere (Abramowitz, Stegun, 26.2.10 and 26.2.14).
    fn mills(a: f64) -> f64 {
        if a > 3.0 {
            return 1.0 / (1..400).rev().fold(a, |tail, k| a + f64::from(k) / tail);
        }
        let (mut term, mut sum) = (a, a);
        for k in 1..200 {
            term *= a * a / f64::from(2 * k + 1);
            sum += term;
        }
        (std::f64::consts::PI / 2.0).sqrt() * (a * a / 2.0).exp() - sum
    }

    fn density(x: f64) -> f64 {
        (-x * x / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt()
    }

    fn cdf(x: f64) -> f64 {
        // Beyond 40 everything underflows, and the fraction meets infinities.
        let tail = mills(x.abs().min(40.0)) * density(x);
        if x > 0.0 { 1.0 - tail } else { tail }
    }

    #[test]
    fn the_normal_distribution_is_as_exact_as_stated() {
        assert!((cdf(-1.0) - 0.158_655_253_931_457).abs() < 1e-14);
        assert!((cdf(-4.0) / 3.167_124_183_311_992e-5 - 1.0).abs() < 1e-12);
        check!(|x| normal(x).0, |_| true, cdf, 6.0, |x: f64| x.min(0.0).max(-15.0).powi(2));
        check!(|x| normal(x).1, |_| true, density, 6.0, |x: f64| x.abs().min(15.0).powi(2));
    }
}
