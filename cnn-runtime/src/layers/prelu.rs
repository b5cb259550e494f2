//! Parametric relu: a leaky relu that learns its one slope (He et al., 2015).

use super::activation::Activation;
use super::runs::Elementwise;
use crate::map::Map;
use crate::pass::Pass;
use crate::simd::dispatch;
use crate::simd::lanes::{for_lanes, load, store};
use fearless_simd::{f32x16, prelude::*};

/// The constants of a parametric relu.
#[derive(Clone, Copy, Debug)]
pub struct Prelu {
    /// Offset of the slope.
    pub weight: usize,
}

/// x where positive, slope * x elsewhere. `input` and `output` differ.
pub fn forward(pass: &mut Pass<'_>, prelu: &Prelu, input: &Map, output: &Map) {
    super::activation::forward(pass, Activation::Leaky(pass.parameters[prelu.weight]), input, output);
}

/// Adds to the gradient of the slope and overwrites `d_input`, which may be the same map as `d_output`.
pub fn backward(pass: &mut Pass<'_>, prelu: &Prelu, input: &Map, d_output: &Map, d_input: &Map) {
    let slope = pass.parameters[prelu.weight];
    let maps = Elementwise::with(pass.arena, pass.samples, d_output, d_input, input);
    pass.gradients[prelu.weight] += dispatch!(simd => backward_kernel(simd, slope, maps));
}

/// Writes `d_input` and returns the gradient of the slope.
#[inline(always)]
fn backward_kernel<S: Simd>(simd: S, slope: f32, maps: Elementwise<'_>) -> f32 {
    let zero = f32x16::splat(simd, 0.0);
    let mut d_slope = 0.0;
    maps.for_each(
        #[inline(always)]
        |_, _, gradients, inputs| {
            let mut sum = zero;
            for_lanes(
                gradients.len(),
                #[inline(always)]
                |at, lanes| {
                    let (x, d) = (load(simd, inputs, at, lanes), load(simd, gradients, at, lanes));
                    let positive = x.simd_gt(zero);
                    sum = positive.select(sum, x.mul_add(d, sum));
                    store(positive.select(d, d * slope), gradients, at, lanes);
                },
            );
            d_slope += f64::from(sum.reduce_sum());
        },
    );
    d_slope as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Bench, Places, Random, assert_close, differences, for_each_isa, wide};

    /// The definition, in f64.
    mod reference {
        pub(super) fn forward(slope: f64, x: &[f64]) -> Vec<f64> {
            x.iter().map(|&x| if x > 0.0 { x } else { slope * x }).collect()
        }

        /// The gradients for input and slope.
        pub(super) fn backward(slope: f64, x: &[f64], dy: &[f64]) -> (Vec<f64>, f64) {
            let dx = x.iter().zip(dy).map(|(&x, dy)| if x > 0.0 { *dy } else { slope * dy });
            let d_slope = x.iter().zip(dy).filter(|(x, _)| **x <= 0.0).map(|(x, dy)| x * dy).sum();
            (dx.collect(), d_slope)
        }
    }

    #[test]
    fn maps_of_every_shape_agree_with_the_reference() {
        for_each_isa(|_| {
            let mut random = Random::new(1);
            for (shape, border) in [([1, 1, 1], [0; 4]), ([3, 5, 6], [0, 1, 0, 2]), ([40, 20, 17], [0; 4])] {
                for samples in [1, 2, 5] {
                    let mut places = Places::default();
                    let [input, output, d_output] = [border, [0; 4], [0; 4]].map(|border| places.map(shape, border));
                    let d_input = places.map(shape, [1; 4]);
                    let mut bench = Bench::new(samples, places.floats, &[9.0, 0.25]);
                    bench.gradients[1] = 1.0;
                    let (x, dy) = (random.vec(samples * input.volume()), random.vec(samples * input.volume()));
                    bench.fill(&input, &x);
                    bench.fill(&d_output, &dy);
                    bench.blank(&output);
                    bench.blank(&d_input);
                    let prelu = Prelu { weight: 1 };
                    forward(&mut bench.pass(), &prelu, &input, &output);
                    backward(&mut bench.pass(), &prelu, &input, &d_output, &d_input);
                    let what = format!("{shape:?}, border {border:?}");
                    let (x, dy) = (wide(&x), wide(&dy));
                    assert_close(&bench.read(&output), &reference::forward(0.25, &x), 1e-6, &what);
                    let (dx, d_slope) = reference::backward(0.25, &x, &dy);
                    assert_close(&bench.read(&d_input), &dx, 1e-6, &what);
                    assert_close(&bench.gradients, &[0.0, 1.0 + d_slope], 1e-5, &what);
                    backward(&mut bench.pass(), &prelu, &input, &d_output, &d_output);
                    assert_eq!(bench.read(&d_output), bench.read(&d_input), "{what} in place");
                    [input, output, d_output, d_input].iter().for_each(|map| bench.assert_untouched_outside(map));
                }
            }
        });
    }

    #[test]
    fn the_reference_backward_is_the_slope_of_the_reference() {
        let mut random = Random::new(2);
        let (x, dy) = (wide(&random.vec(20)), wide(&random.vec(20)));
        let loss = |slope, x: &[f64]| reference::forward(slope, x).iter().zip(&dy).map(|(y, dy)| y * dy).sum::<f64>();
        let (dx, d_slope) = reference::backward(0.3, &x, &dy);
        assert!(differences(&x, |x| loss(0.3, x)).iter().zip(dx).all(|(a, b)| (a - b).abs() < 1e-8));
        assert!((differences(&[0.3], |slope| loss(slope[0], &x))[0] - d_slope).abs() < 1e-8);
    }
}
