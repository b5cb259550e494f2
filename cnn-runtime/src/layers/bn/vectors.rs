//! Batch norm of maps of one pixel, such as fully connected layers leave: sixteen channels at a time, one sample after
//! the other, with all that belongs to the channels in registers.

use super::{BatchNorm, Moments, Spread, Statistics};
use crate::arena::Arena;
use crate::buffer::LANES;
use crate::kernels::activate;
use crate::layers::activation::Activation;
use crate::map::Part;
use crate::simd::dispatch;
use crate::simd::lanes::{for_lanes, load, store};
use crate::simd::math::at_least;
use fearless_simd::{f32x16, prelude::*};

/// Samples whose sums are kept in f32; sums of more are kept in f64.
const FEW: usize = 128;

/// Whether the maps of a batch norm have one pixel.
pub(super) fn fits(bn: &BatchNorm) -> bool {
    bn.pixels == 1
}

/// The one pixel of every sample of a map. A vector can be loaded at its last float: there is slack behind a sample.
#[derive(Clone, Copy)]
struct Pixels {
    start: usize,
    step: usize,
}

impl Pixels {
    fn of(map: &Part) -> Self {
        Self { start: map.origin(), step: map.stored() }
    }

    #[inline(always)]
    fn load<S: Simd>(self, simd: S, memory: &[f32], sample: usize, channel: usize) -> f32x16<S> {
        load(simd, memory, self.start + sample * self.step + channel, LANES)
    }

    #[inline(always)]
    fn store<S: Simd>(self, vector: f32x16<S>, memory: &mut [f32], sample: usize, channel: usize, lanes: usize) {
        store(vector, memory, self.start + sample * self.step + channel, lanes);
    }
}

/// Memory that is read, unless it is that which is written, and memory that is written.
struct Sides<'a> {
    source: Option<&'a [f32]>,
    from: Pixels,
    target: &'a mut [f32],
    to: Pixels,
}

impl Sides<'_> {
    #[inline(always)]
    fn load<S: Simd>(&self, simd: S, sample: usize, channel: usize) -> f32x16<S> {
        self.from.load(simd, self.source.unwrap_or(self.target), sample, channel)
    }
}

/// `output = activation((input - mean) * inverse * weight + bias)`; `input` and `output` may be the same map.
pub(super) fn normalise(
    arena: &mut Arena,
    samples: usize,
    affine: [&[f32]; 2],
    bn: &BatchNorm,
    statistics: Statistics<'_>,
    [input, output]: [&Part; 2],
) {
    let [from, to] = [input, output].map(Pixels::of);
    let mut sides = if input == output {
        Sides { source: None, from, target: arena.view_mut(output), to }
    } else {
        let [source, target] = arena.views([input, output]);
        Sides { source: Some(source), from, target, to }
    };
    dispatch!(simd => normalise_kernel(simd, samples, affine, bn, statistics, &mut sides));
    if !activate::is_fused(bn.activation) {
        let samples = sides.target.chunks_mut(to.step).take(samples);
        samples.for_each(|sample| activate::row(bn.activation, &mut sample[to.start..][..bn.channels]));
    }
}

#[inline(always)]
fn normalise_kernel<S: Simd>(
    simd: S,
    samples: usize,
    [weights, biases]: [&[f32]; 2],
    bn: &BatchNorm,
    statistics: Statistics<'_>,
    sides: &mut Sides<'_>,
) {
    // Nothing lies below -inf.
    let least = if bn.activation == Activation::Relu { 0.0 } else { f32::NEG_INFINITY };
    for_lanes(
        bn.channels,
        #[inline(always)]
        |at, lanes| {
            let inverse = match statistics.spread {
                Spread::Variances(variances) => 1.0 / (load(simd, variances, at, lanes) + bn.epsilon).sqrt(),
                Spread::Inverses(inverses) => load(simd, inverses, at, lanes),
            };
            let mean = load(simd, statistics.means, at, lanes);
            let scale = inverse * load(simd, weights, at, lanes);
            let bias = load(simd, biases, at, lanes);
            for sample in 0..samples {
                // The mean first: a large one would drown the rest in rounding.
                let y = (sides.load(simd, sample, at) - mean).mul_add(scale, bias);
                sides.to.store(at_least(simd, y, least), sides.target, sample, at, lanes);
            }
        },
    );
}

/// Leaves each channel's mean and sum of squared deviations in `partial`, from these floats on.
pub(super) fn measure(memory: &[f32], samples: usize, starts: [usize; 2], input: &Part, partial: &mut [f32]) {
    dispatch!(simd => measure_kernel(simd, memory, samples, starts, input, partial));
}

#[inline(always)]
fn measure_kernel<S: Simd>(
    simd: S,
    memory: &[f32],
    samples: usize,
    [means, squares]: [usize; 2],
    input: &Part,
    partial: &mut [f32],
) {
    let pixels = Pixels::of(input);
    let zero = f32x16::splat(simd, 0.0);
    for_lanes(
        input.channels,
        #[inline(always)]
        |at, lanes| {
            let mut moments = [Moments::default(); LANES];
            for first in (0..samples).step_by(FEW) {
                let few = first..samples.min(first + FEW);
                let count = few.len() as f32;
                let mut sum = zero;
                for sample in few.clone() {
                    sum += pixels.load(simd, memory, sample, at);
                }
                let centre = sum / count;
                let [mut sum, mut square] = [zero; 2];
                for sample in few {
                    let deviation = pixels.load(simd, memory, sample, at) - centre;
                    sum += deviation;
                    square = deviation.mul_add(deviation, square);
                }
                let (centre, sum, square) = (centre.to_array(), sum.to_array(), square.to_array());
                for (lane, moments) in moments.iter_mut().enumerate() {
                    // What the rounding of the centre left over.
                    let (sum, square, count) = (f64::from(sum[lane]), f64::from(square[lane]), f64::from(count));
                    let excess = sum / count;
                    let mean = f64::from(centre[lane]) + excess;
                    *moments = moments.join(Moments { count, mean, square: square - sum * excess });
                }
            }
            for (channel, moments) in (at..at + lanes).zip(moments) {
                partial[means + channel] = moments.mean as f32;
                partial[squares + channel] = moments.square as f32;
            }
        },
    );
}

/// Calls `settle` for every channel with the sums of d_output and of d_output * (input - mean).
pub(super) fn measure_gradient(
    samples: usize,
    means: &[f32],
    views: [(&Part, &[f32]); 2],
    mut settle: impl FnMut(usize, [f64; 2]),
) {
    let mut sums = [[0.0; LANES]; 2];
    for at in (0..means.len()).step_by(LANES) {
        let lanes = LANES.min(means.len() - at);
        dispatch!(simd => measure_gradient_kernel(simd, samples, means, views, at, lanes, &mut sums));
        let [d_sums, products] = &sums;
        (0..lanes).for_each(|lane| settle(at + lane, [d_sums[lane], products[lane]]));
    }
}

#[inline(always)]
fn measure_gradient_kernel<S: Simd>(
    simd: S,
    samples: usize,
    means: &[f32],
    [(input, x), (d_output, dy)]: [(&Part, &[f32]); 2],
    at: usize,
    lanes: usize,
    sums: &mut [[f64; LANES]; 2],
) {
    let [xs, ds] = [input, d_output].map(Pixels::of);
    let mean = load(simd, means, at, lanes);
    *sums = [[0.0; LANES]; 2];
    for first in (0..samples).step_by(FEW) {
        let [mut d_sum, mut product] = [f32x16::splat(simd, 0.0); 2];
        for sample in first..samples.min(first + FEW) {
            let d = ds.load(simd, dy, sample, at);
            d_sum += d;
            product = d.mul_add(xs.load(simd, x, sample, at) - mean, product);
        }
        for (sums, few) in sums.iter_mut().zip([d_sum, product]) {
            sums.iter_mut().zip(few.to_array()).for_each(|(sum, few)| *sum += f64::from(few));
        }
    }
}

/// What the gradient for the input depends on, of every channel, and how many values the batch has of each.
#[derive(Clone, Copy)]
pub(super) struct Slopes<'a> {
    pub(super) means: &'a [f32],
    pub(super) inverses: &'a [f32],
    pub(super) weights: &'a [f32],
    pub(super) d_sums: &'a [f32],
    pub(super) products: &'a [f32],
    pub(super) count: f32,
}

/// Overwrites `d_input`, which may be the same map as `d_output`.
pub(super) fn backward(arena: &mut Arena, samples: usize, slopes: Slopes<'_>, [input, d_output, d_input]: [&Part; 3]) {
    let [seen, from, to] = [input, d_output, d_input].map(Pixels::of);
    let (x, mut sides) = if d_input == d_output {
        let [x, target] = arena.views([input, d_input]);
        (x, Sides { source: None, from, target, to })
    } else {
        let [x, source, target] = arena.views([input, d_output, d_input]);
        (x, Sides { source: Some(source), from, target, to })
    };
    dispatch!(simd => backward_kernel(simd, samples, slopes, seen, x, &mut sides));
}

#[inline(always)]
fn backward_kernel<S: Simd>(
    simd: S,
    samples: usize,
    Slopes { means, inverses, weights, d_sums, products, count }: Slopes<'_>,
    seen: Pixels,
    x: &[f32],
    sides: &mut Sides<'_>,
) {
    for_lanes(
        means.len(),
        #[inline(always)]
        |at, lanes| {
            let [mean, inverse, weight, d_sum, product] = [means, inverses, weights, d_sums, products].map(
                #[inline(always)]
                |values| load(simd, values, at, lanes),
            );
            let scale = weight * inverse;
            let (constant, slope) = (d_sum / count, product * inverse / count);
            for sample in 0..samples {
                let centred = seen.load(simd, x, sample, at) - mean;
                let d = sides.load(simd, sample, at) - constant - centred * slope;
                sides.to.store(d * scale, sides.target, sample, at, lanes);
            }
        },
    );
}
