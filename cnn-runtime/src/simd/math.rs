//! Functions of vectors that the hardware lacks: exponentials, and what activations are made of them.
//!
//! Errors are stated in units in the last place of f32 (ULP), largest over all inputs and instruction sets; the tests
//! measure them against f64. Polynomials are minimax fits (Remez exchange in 40 digits) with the weight that makes the
//! error of the result, not of the polynomial, even. NaN in, NaN out, lane by lane.

use fearless_simd::{f32x16, prelude::*};

/// Adding it leaves the nearest whole number in the low bits of the sum: 1.5 * 2^23.
const ROUND: f32 = 12_582_912.0;

/// ln 2 in two parts; the first has 15 bits, so that its product with an exponent is exact.
const LN_2: [f32; 2] = [0.693_145_75, 1.428_606_8e-6];

/// q in `e^r = 1 + r + r^2 q(r)`, |r| <= ln 2 / 2; `r + r^2 q(r)` is within 1.4e-8 of e^r - 1, relative.
const EXP: [f32; 5] = [0.5, 0.166_665_42, 0.041_666_28, 0.008_366_644, 0.001_394_655_6];

/// g in `atanh(s) = s + s z g(z)`, z = s^2 <= 1/9; within 4.6e-9 relative.
const ATANH: [f32; 4] = [0.333_332_06, 0.200_108_5, 0.139_995_71, 0.140_122_3];

/// g in `tanh(x) = x + x z g(z)`, z = x^2 <= 0.625^2; within 4.2e-9 relative.
const TANH: [f32; 5] = [-0.333_332_84, 0.133_314_91, -0.053_743_497, 0.020_650_586, -0.005_717_043_3];

/// p in `(1 - Phi(a)) e^(a^2/2) = t p(t)`, t = 1 / (1 + 0.3 a), 0 <= a <= 15; within 3.5e-9 relative.
const MILLS: [f32; 10] = [
    0.119_686_715,
    0.119_571_32,
    0.110_239_32,
    0.078_372_36,
    0.096_204_504,
    -0.079_508_34,
    0.191_882_27,
    -0.228_284,
    0.112_464_45,
    -0.020_628_596,
];

/// Whether the hardware's `a.max(b)` and `a.min(b)` are NaN if `b` is: x86 gives the second of two that do not compare,
/// NEON gives NaN. Elsewhere a comparison and a selection have to do, several times slower where a mask is in memory.
const MAX_KEEPS_NAN: bool = cfg!(any(target_arch = "x86", target_arch = "x86_64", target_arch = "aarch64"));

/// max(x, low); NaN stays NaN.
#[inline(always)]
pub(crate) fn at_least<S: Simd, V: SimdFloat<S, Element = f32>>(simd: S, x: V, low: f32) -> V {
    let low = V::splat(simd, low);
    if MAX_KEEPS_NAN { low.max(x) } else { x.simd_lt(low).select(low, x) }
}

/// The larger of two, or the one that is NaN. What waits for `a` is one instruction long.
#[inline(always)]
pub(crate) fn larger<S: Simd>(a: f32x16<S>, b: f32x16<S>) -> f32x16<S> {
    if MAX_KEEPS_NAN { b.is_nan().select(b, b.max(a)) } else { (b.simd_gt(a) | b.is_nan()).select(b, a) }
}

/// Makes functions of 16 lanes and of slices from one of the machine's own vectors, which says what it computes and how
/// exactly.
///
/// It is compiled once, out of line: inlined wherever an activation is applied, four times over where vectors have four
/// lanes, these functions took minutes to compile. A slice is the faster way: one call, and independent vectors
/// overlap.
macro_rules! functions {
    ($($(#[$doc:meta])* $name:ident, $all:ident => $native:path;)*) => {$(
        $(#[$doc])*
        #[inline(always)]
        #[allow(dead_code, reason = "some are only used on slices")]
        pub(crate) fn $name<S: Simd>(x: f32x16<S>) -> f32x16<S> {
            let mut lanes = x.to_array();
            $all(x.simd, &mut lanes);
            f32x16::simd_from(x.simd, lanes)
        }

        /// The same for every element.
        #[inline(never)]
        pub(crate) fn $all<S: Simd>(simd: S, values: &mut [f32]) {
            simd.vectorize(
                #[inline(always)]
                || {
                    let mut parts = values.chunks_exact_mut(S::f32s::LEN);
                    for part in &mut parts {
                        $native(simd, S::f32s::from_slice(simd, part)).store_slice(part);
                    }
                    let rest = parts.into_remainder();
                    if !rest.is_empty() {
                        let mut lanes = [0.0; 16];
                        lanes[..rest.len()].copy_from_slice(rest);
                        let part = &mut lanes[..S::f32s::LEN];
                        $native(simd, S::f32s::from_slice(simd, part)).store_slice(part);
                        rest.copy_from_slice(&part[..rest.len()]);
                    }
                },
            );
        }
    )*};
}

functions! {
    /// e^x. Error at most 2 ULP, denormal results included; from 88.73 up it is infinite, below -104 it is 0.
    exp, exp_of_all => native::exp;
    /// e^x - 1 for x <= 88, without cancellation near 0. Error at most 2 ULP.
    exp_m1, exp_m1_of_all => native::exp_m1;
    /// 1 / (1 + e^-x). Error at most 3 ULP.
    sigmoid, sigmoid_of_all => native::sigmoid;
    /// tanh x. Error at most 2 ULP.
    tanh, tanh_of_all => native::tanh;
    /// ln(1 + e^x). Error at most 3 ULP.
    softplus, softplus_of_all => native::softplus;
    /// x Phi(x), Phi the standard normal distribution function. Error at most 7 + x^2 ULP for x < 0 (where
    /// (1 + erf(x / sqrt 2)) / 2 would cancel), 7 for x > 0.
    gelu, gelu_of_all => native::gelu;
    /// The derivative of [`gelu`]: Phi(x) + x phi(x). Error at most 1e-6, absolute.
    gelu_derivative, gelu_derivative_of_all => native::gelu_derivative;
    /// x sigmoid(x). Error at most 4 ULP.
    silu, silu_of_all => native::silu;
    /// The derivative of [`silu`]. Error at most 5e-7, absolute.
    silu_derivative, silu_derivative_of_all => native::silu_derivative;
}

/// The same for the machine's own vectors.
mod native {
    use super::*;

    /// c[0] + c[1] x + c[2] x^2 + ...
    #[inline(always)]
    fn polynomial<S: Simd, const N: usize>(simd: S, x: S::f32s, c: [f32; N]) -> S::f32s {
        let mut sum = S::f32s::splat(simd, c[N - 1]);
        for &c in c[..N - 1].iter().rev() {
            sum = sum.mul_add(x, c);
        }
        sum
    }

    /// `x` kept within `low..=high`; NaN stays NaN.
    #[inline(always)]
    fn clamp<S: Simd>(simd: S, x: S::f32s, low: f32, high: f32) -> S::f32s {
        let (low, high) = (S::f32s::splat(simd, low), S::f32s::splat(simd, high));
        if MAX_KEEPS_NAN {
            return high.min(low.max(x));
        }
        let x = x.simd_lt(low).select(low, x);
        x.simd_gt(high).select(high, x)
    }

    /// The n and r of x = n ln 2 + r with |r| <= ln 2 / 2, n as bits. For |x| < 2^20.
    #[inline(always)]
    fn reduce<S: Simd>(x: S::f32s) -> (S::i32s, S::f32s) {
        let sum = x.mul_add(std::f32::consts::LOG2_E, ROUND);
        let n = sum - ROUND;
        let r = n.mul_add(-LN_2[1], n.mul_add(-LN_2[0], x));
        (sum.bitcast::<S::i32s>() - ROUND.to_bits() as i32, r)
    }

    /// 2^n for whole -126 <= n <= 127.
    #[inline(always)]
    fn power_of_two<S: Simd>(n: S::i32s) -> S::f32s {
        ((n + 127) << 23).bitcast()
    }

    #[inline(always)]
    pub(super) fn exp<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
        let (n, r) = reduce::<S>(clamp(simd, x, -105.0, 90.0));
        // Scaled in two steps of half the exponent each: 2^n itself may be too large or too small for a float.
        let half = n >> 1;
        let near_one = (r * r).mul_add(polynomial(simd, r, EXP), r) + 1.0;
        near_one * power_of_two::<S>(half) * power_of_two::<S>(n - half)
    }

    #[inline(always)]
    pub(super) fn exp_m1<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
        // Below -20 the result is -1.
        let (n, r) = reduce::<S>(clamp(simd, x, -20.0, 88.0));
        let scale = power_of_two::<S>(n);
        (r * r).mul_add(polynomial(simd, r, EXP), r).mul_add(scale, scale - 1.0)
    }

    #[inline(always)]
    pub(super) fn sigmoid<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
        // e^-|x| cannot overflow, so that the lower tail keeps its precision.
        let e = exp(simd, -x.abs());
        let one = S::f32s::splat(simd, 1.0);
        x.simd_lt(0.0).select(e, one) / (e + one)
    }

    #[inline(always)]
    pub(super) fn tanh<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
        let z = x * x;
        let small = (x * z).mul_add(polynomial(simd, z, TANH), x);
        // From 9.1 up the result is 1.
        let a = clamp(simd, x.abs(), 0.0, 10.0);
        let one = S::f32s::splat(simd, 1.0);
        let large = one - (one + one) / (exp(simd, a + a) + 1.0);
        a.simd_lt(0.625).select(small, large.copysign(x))
    }

    #[inline(always)]
    pub(super) fn softplus<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
        // ln(1 + u) = 2 atanh(u / (2 + u))
        let u = exp(simd, -x.abs());
        let s = u / (u + 2.0);
        let z = s * s;
        let s = s + s;
        (s * z).mul_add(polynomial(simd, z, ATANH), s) + clamp(simd, x, 0.0, f32::INFINITY)
    }

    /// Phi(x), the chance of a value below x in the standard normal distribution, and its density at x.
    #[inline(always)]
    fn normal<S: Simd>(simd: S, x: S::f32s) -> (S::f32s, S::f32s) {
        const DENSITY_AT_0: f32 = 0.398_942_3;
        let one = S::f32s::splat(simd, 1.0);
        let a = clamp(simd, x.abs(), 0.0, 15.0);
        let bell = exp(simd, a * a * -0.5);
        let t = one / a.mul_add(0.3, 1.0);
        let tail = bell * t * polynomial(simd, t, MILLS);
        (x.simd_gt(0.0).select(one - tail, tail), bell * DENSITY_AT_0)
    }

    /// `x * weight`, and 0 where the weight is 0: at -inf the product would be NaN, its limit is 0.
    #[inline(always)]
    fn weigh<S: Simd>(simd: S, x: S::f32s, weight: S::f32s) -> S::f32s {
        weight.simd_eq(0.0).select(S::f32s::splat(simd, 0.0), x * weight)
    }

    #[inline(always)]
    pub(super) fn gelu<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
        weigh(simd, x, normal(simd, x).0)
    }

    #[inline(always)]
    pub(super) fn gelu_derivative<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
        let (cdf, density) = normal(simd, x);
        cdf + weigh(simd, x, density)
    }

    #[inline(always)]
    pub(super) fn silu<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
        weigh(simd, x, sigmoid(simd, x))
    }

    #[inline(always)]
    pub(super) fn silu_derivative<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
        // s + x s (1 - s), where 1 - s, the sigmoid of -x, is not left to cancellation.
        let one = S::f32s::splat(simd, 1.0);
        let e = exp(simd, -x.abs());
        let larger = one / (e + one);
        let smaller = e * larger;
        x.simd_lt(0.0).select(smaller, larger) + weigh(simd, x, smaller * larger)
    }
}

/// The normal distribution in f64.
#[cfg(test)]
pub(crate) mod reference {
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

    pub(crate) fn density(x: f64) -> f64 {
        (-x * x / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt()
    }

    pub(crate) fn cdf(x: f64) -> f64 {
        // Beyond 40 everything underflows, and the fraction meets infinities.
        let tail = mills(x.abs().min(40.0)) * density(x);
        if x > 0.0 { 1.0 - tail } else { tail }
    }
}

#[cfg(test)]
mod tests {
    use super::reference::{cdf, density};
    use super::*;
    use crate::simd::dispatch;
    use crate::testing::for_each_isa;

    /// Floats that a test tries: every STEP-th bit pattern of both signs, and the values at which something happens.
    fn samples() -> impl Iterator<Item = f32> {
        const STEP: usize = 9973;
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
        check!(softplus, |_| true, |x: f64| x.max(0.0) + (-x.abs()).exp().ln_1p(), 3.0);
    }

    /// 1 / (1 + e^-x)
    fn exact_sigmoid(x: f64) -> f64 {
        if x < 0.0 { x.exp() / (1.0 + x.exp()) } else { 1.0 / (1.0 + (-x).exp()) }
    }

    /// `x * weight`, which is 0 where the weight is.
    fn weigh(x: f64, weight: f64) -> f64 {
        if weight == 0.0 { 0.0 } else { x * weight }
    }

    #[test]
    fn sigmoids_are_as_exact_as_stated() {
        check!(sigmoid, |_| true, exact_sigmoid, 3.0);
        check!(tanh, |_| true, f64::tanh, 2.0);
        check!(silu, |_| true, |x| weigh(x, exact_sigmoid(x)), 4.0, denormal_weight);
    }

    /// A product is as wrong as its factor, which may be denormal while it is not.
    fn denormal_weight(x: f64) -> f64 {
        if x < -80.0 { 128.0 } else { 0.0 }
    }

    #[test]
    fn the_normal_distribution_is_as_exact_as_stated() {
        assert!((cdf(-1.0) - 0.158_655_253_931_457).abs() < 1e-14);
        assert!((cdf(-4.0) / 3.167_124_183_311_992e-5 - 1.0).abs() < 1e-12);
        check!(gelu, |_| true, |x| weigh(x, cdf(x)), 7.0, |x: f64| x.clamp(-15.0, 0.0).powi(2));
    }

    #[test]
    fn derivatives_are_as_exact_as_stated() {
        for_each_isa(|isa| {
            for x in samples() {
                let (wide, lane) = (f64::from(x), [x; 16]);
                let gelu: f32 = dispatch!(simd => gelu_derivative(f32x16::simd_from(simd, lane))[0]);
                let exact = cdf(wide) + weigh(wide, density(wide));
                assert!((f64::from(gelu) - exact).abs() <= 1e-6, "gelu' on {isa} at {x}: {gelu}, not {exact}");
                let silu: f32 = dispatch!(simd => silu_derivative(f32x16::simd_from(simd, lane))[0]);
                let s = exact_sigmoid(wide);
                let exact = s + weigh(wide, s) * weigh(1.0, exact_sigmoid(-wide));
                assert!(wide.is_infinite() || (f64::from(silu) - exact).abs() <= 5e-7, "silu' on {isa} at {x}: {silu}");
            }
        });
    }
}
