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
