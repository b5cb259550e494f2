//! Activations against their formulas in f64.

use super::*;
use crate::testing::{Bench, Places, Random, assert_close, for_each_isa, wide};
use fearless_simd::f32x16;

/// The formulas, in f64.
mod reference {
    use super::Activation;
    use crate::simd::math::reference::{cdf, density};

    pub(super) fn value(activation: Activation, x: f64) -> f64 {
        match activation {
            Activation::Identity => x,
            Activation::Relu => x.max(0.0),
            Activation::Relu6 => x.clamp(0.0, 6.0),
            Activation::Leaky(slope) => {
                if x > 0.0 {
                    x
                } else {
                    f64::from(slope) * x
                }
            }
            Activation::Elu(alpha) => {
                if x > 0.0 {
                    x
                } else {
                    f64::from(alpha) * x.exp_m1()
                }
            }
            Activation::Gelu => x * cdf(x),
            Activation::Silu => x / (1.0 + (-x).exp()),
            Activation::Sigmoid => 1.0 / (1.0 + (-x).exp()),
            Activation::Tanh => x.tanh(),
            Activation::HardSwish => x * (x + 3.0).clamp(0.0, 6.0) / 6.0,
            Activation::HardSigmoid => (x + 3.0).clamp(0.0, 6.0) / 6.0,
            Activation::Softplus => x.max(0.0) + (-x.abs()).exp().ln_1p(),
        }
    }

    pub(super) fn derivative(activation: Activation, x: f64) -> f64 {
        let sigmoid = 1.0 / (1.0 + (-x).exp());
        match activation {
            Activation::Identity => 1.0,
            Activation::Relu => {
                if x > 0.0 {
                    1.0
                } else {
                    0.0
                }
            }
            Activation::Relu6 => {
                if x > 0.0 && x < 6.0 {
                    1.0
                } else {
                    0.0
                }
            }
            Activation::Leaky(slope) => {
                if x > 0.0 {
                    1.0
                } else {
                    f64::from(slope)
                }
            }
            Activation::Elu(alpha) => {
                if x > 0.0 {
                    1.0
                } else {
                    f64::from(alpha) * x.exp()
                }
            }
            Activation::Gelu => cdf(x) + x * density(x),
            Activation::Silu => sigmoid * (1.0 + x * (1.0 - sigmoid)),
            Activation::Sigmoid => sigmoid * (1.0 - sigmoid),
            Activation::Tanh => 1.0 - x.tanh().powi(2),
            Activation::HardSwish => {
                if x <= -3.0 {
                    0.0
                } else if x < 3.0 {
                    x / 3.0 + 0.5
                } else {
                    1.0
                }
            }
            Activation::HardSigmoid => {
                if x.abs() < 3.0 {
                    1.0 / 6.0
                } else {
                    0.0
                }
            }
            Activation::Softplus => sigmoid,
        }
    }
}

const ALL: [Activation; 13] = [
    Activation::Identity,
    Activation::Relu,
    Activation::Relu6,
    Activation::Leaky(0.01),
    Activation::Elu(1.0),
    Activation::Elu(0.3),
    Activation::Gelu,
    Activation::Silu,
    Activation::Sigmoid,
    Activation::Tanh,
    Activation::HardSwish,
    Activation::HardSigmoid,
    Activation::Softplus,
];

#[test]
fn the_reference_derivatives_are_the_slopes_of_the_reference() {
    for activation in ALL {
        for x in (-90..90).map(|i| f64::from(i) * 0.1 + 0.05) {
            let slope = (reference::value(activation, x + 1e-5) - reference::value(activation, x - 1e-5)) / 2e-5;
            let derivative = reference::derivative(activation, x);
            assert!((slope - derivative).abs() < 1e-8, "{activation:?} at {x}: {slope} and {derivative}");
        }
    }
}

/// Forward and backward of a whole map with these inputs.
fn check(activation: Activation, shape: [usize; 3], borders: [[usize; 4]; 4], samples: usize, x: &[f32], d: &[f32]) {
    let mut places = Places::default();
    let [input, output, d_output, d_input] = borders.map(|border| places.map(shape, border));
    let mut bench = Bench::new(samples, places.floats, &[]);
    bench.fill(&input, x);
    bench.fill(&d_output, d);
    bench.blank(&output);
    bench.blank(&d_input);
    let what = format!("{activation:?} {shape:?} {borders:?}");

    let y: Vec<f64> = x.iter().map(|&x| reference::value(activation, f64::from(x))).collect();
    forward(&mut bench.pass(), activation, &input, &output);
    assert_close(&bench.read(&output), &y, 1e-6, &what);

    let dx: Vec<f64> =
        x.iter().zip(d).map(|(&x, &d)| reference::derivative(activation, f64::from(x)) * f64::from(d)).collect();
    let saved = if activation.saves_input() { &input } else { &output };
    backward(&mut bench.pass(), activation, saved, &d_output, &d_input);
    // The slopes are numbers of the size of 1, known from the output with that many digits.
    for (i, (&actual, &expected)) in bench.read(&d_input).iter().zip(&dx).enumerate() {
        assert!((f64::from(actual) - expected).abs() <= 2e-6, "{what}: {actual} at {i}, not {expected}");
    }
    let separate = bench.read(&d_input);
    backward(&mut bench.pass(), activation, saved, &d_output, &d_output);
    assert_eq!(bench.read(&d_output), separate, "{what} in place");

    let separate = bench.read(&output);
    forward(&mut bench.pass(), activation, &input, &input);
    assert_eq!(bench.read(&input), separate, "{what} in place");
    for map in [input, output, d_output, d_input] {
        bench.assert_untouched_outside(&map);
    }
}

#[test]
fn maps_of_every_shape_agree_with_the_reference() {
    const PLAIN: [usize; 4] = [0; 4];
    let borders =
        [[PLAIN; 4], [[1; 4]; 4], [PLAIN, [1, 0, 2, 0], PLAIN, PLAIN], [[0, 1, 0, 1], PLAIN, [2; 4], [1, 2, 0, 0]]];
    for_each_isa(|_| {
        let mut random = Random::new(1);
        for activation in ALL {
            for (shape, borders) in [[1, 1, 1], [3, 5, 6], [1, 1, 10], [2, 2, 16], [4, 3, 33], [11, 13, 17]]
                .iter()
                .zip(borders.iter().cycle())
            {
                for samples in [1, 2, 5] {
                    let len = samples * shape.iter().product::<usize>();
                    let x: Vec<f32> = random.vec(len).iter().map(|x| x * 6.0).collect();
                    check(activation, *shape, *borders, samples, &x, &random.vec(len));
                }
            }
        }
    });
}

#[test]
fn pieces_of_a_long_map_join() {
    let mut random = Random::new(2);
    let (x, d) = (random.vec(3 * 5000), random.vec(3 * 5000));
    check(Activation::Silu, [1, 1, 5000], [[0; 4]; 4], 3, &x, &d);
    check(Activation::Relu, [2, 2500, 1], [[1; 4]; 4], 3, &x, &d);
}

#[test]
fn limits_and_kinks_are_as_in_pytorch() {
    let apply = |activation, x: f32| {
        let y: f32 = dispatch!(simd => apply(simd, activation, f32x16::splat(simd, x))[0]);
        let saved = if activation.saves_input() { x } else { y };
        let slope: f32 = dispatch!(simd => derivative(simd, activation, f32x16::splat(simd, saved))[0]);
        (y, slope)
    };
    const INF: f32 = f32::INFINITY;
    for_each_isa(|isa| {
        for (activation, x, y, slope) in [
            (Activation::Relu, 0.0, 0.0, 0.0),
            (Activation::Relu, INF, INF, 1.0),
            (Activation::Relu, -INF, 0.0, 0.0),
            (Activation::Leaky(0.5), 0.0, 0.0, 0.5),
            (Activation::Elu(2.0), -INF, -2.0, 0.0),
            (Activation::Elu(2.0), 0.0, 0.0, 2.0),
            (Activation::Gelu, INF, INF, 1.0),
            (Activation::Gelu, -INF, 0.0, 0.0),
            (Activation::Silu, INF, INF, 1.0),
            (Activation::Silu, -INF, 0.0, 0.0),
            (Activation::Sigmoid, INF, 1.0, 0.0),
            (Activation::Sigmoid, -INF, 0.0, 0.0),
            (Activation::Tanh, INF, 1.0, 0.0),
            (Activation::Tanh, -INF, -1.0, 0.0),
            (Activation::HardSwish, 3.0, 3.0, 1.0),
            (Activation::HardSwish, -3.0, 0.0, 0.0),
            (Activation::HardSwish, -INF, 0.0, 0.0),
            (Activation::HardSigmoid, 3.0, 1.0, 0.0),
            (Activation::HardSigmoid, -3.0, 0.0, 0.0),
            (Activation::Softplus, INF, INF, 1.0),
            (Activation::Softplus, -INF, 0.0, 0.0),
            (Activation::Softplus, 50.0, 50.0, 1.0),
        ] {
            assert_eq!(apply(activation, x), (y, slope), "{activation:?} at {x} on {isa}");
        }
        for activation in ALL {
            assert!(apply(activation, f32::NAN).0.is_nan(), "{activation:?} on {isa}");
        }
    });
}

#[test]
fn lower_tails_keep_their_precision() {
    for_each_isa(|_| {
        for activation in [Activation::Gelu, Activation::Silu, Activation::Softplus, Activation::Sigmoid] {
            let x: Vec<f32> = (0..16).map(|i| -0.8 * i as f32).collect();
            let y: [f32; 16] = dispatch!(simd => {
                super::apply(simd, activation, f32x16::from_slice(simd, &x)).to_array()
            });
            for (y, x) in y.into_iter().zip(wide(&x)).filter(|(_, x)| *x != 0.0) {
                let expected = reference::value(activation, x);
                assert!((f64::from(y) / expected - 1.0).abs() < 2e-5, "{activation:?}({x}) = {y}, not {expected}");
            }
        }
    });
}
