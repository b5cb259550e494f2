//! Layer normalisation (Ba et al., 2016): over all of a sample, or over the channels of every pixel.

use crate::buffer::LANES;
use crate::kernels::unroll;
use crate::map::{Map, Part};
use crate::pass::Pass;
use crate::simd::dispatch;
use crate::simd::lanes::{first, for_lanes, load, store};
use fearless_simd::{f32x16, prelude::*};

/// The constants of a layer normalisation.
#[derive(Clone, Copy, Debug)]
pub struct LayerNorm {
    /// Offset of the scales: one for each float of a sample in the order of memory, or one for each channel.
    pub weight: usize,
    /// Offset of the shifts, as many.
    pub bias: usize,
    /// Added to the variance.
    pub epsilon: f32,
    /// Whether every pixel is normalised by itself.
    pub by_pixel: bool,
}

/// Floats of one sample of a map that are normalised together: runs a step apart.
#[derive(Clone, Copy, Debug)]
struct Set {
    start: usize,
    runs: usize,
    step: usize,
    len: usize,
}

impl LayerNorm {
    /// The sets of a sample.
    fn sets(&self, map: &Map) -> impl Iterator<Item = Set> {
        let Part { height, width, channels, .. } = **map;
        let (by_pixel, origin, step) = (self.by_pixel, map.origin(), map.row());
        let count = if by_pixel { height * width } else { 1 };
        (0..count).map(move |pixel| {
            if by_pixel {
                let start = origin + pixel / width * step + pixel % width * channels;
                Set { start, runs: 1, step: 0, len: channels }
            } else {
                Set { start: origin, runs: height, step, len: width * channels }
            }
        })
    }
}

impl Set {
    /// Where its runs are, and where their first floats' weights are.
    fn runs(self) -> impl Iterator<Item = (usize, usize)> {
        (0..self.runs).map(move |run| (self.start + run * self.step, run * self.len))
    }

    fn count(self) -> f64 {
        (self.runs * self.len) as f64
    }
}

/// Mean, and one over the standard deviation.
type Moments = [f32; 2];

/// `output = (input - mean) / sqrt(variance + epsilon) * weight + bias`. `input` and `output` differ.
pub fn forward(pass: &mut Pass<'_>, norm: &LayerNorm, input: &Map, output: &Map) {
    let parameters = pass.parameters;
    let [x, y] = pass.arena.views([input, output]);
    for (x, y) in x.chunks(input.stored()).zip(y.chunks_mut(output.stored())).take(pass.samples) {
        for (from, to) in norm.sets(input).zip(norm.sets(output)) {
            let moments = moments(norm, from, x);
            dispatch!(simd => forward_kernel(simd, norm, moments, parameters, [from, to], x, y));
        }
    }
}

/// In two passes: the squares of what lies around the mean do not cancel.
fn moments(norm: &LayerNorm, set: Set, x: &[f32]) -> Moments {
    let mean = (dispatch!(simd => sum_kernel(simd, set, x)) / set.count()) as f32;
    let squares = dispatch!(simd => square_kernel(simd, set, x, mean));
    [mean, (1.0 / (squares / set.count() + f64::from(norm.epsilon)).sqrt()) as f32]
}

#[inline(always)]
fn sum_kernel<S: Simd>(simd: S, set: Set, x: &[f32]) -> f64 {
    let terms = set.runs().map(|(start, _)| &x[start..][..set.len]);
    sum_of(
        simd,
        terms,
        #[inline(always)]
        |x, _| x,
    )
}

#[inline(always)]
fn square_kernel<S: Simd>(simd: S, set: Set, x: &[f32], mean: f32) -> f64 {
    let terms = set.runs().map(|(start, _)| &x[start..][..set.len]);
    sum_of(
        simd,
        terms,
        #[inline(always)]
        |x, lanes| {
            let x = x - mean;
            if lanes == LANES { x * x } else { first(simd, lanes).select(x * x, f32x16::splat(simd, 0.0)) }
        },
    )
}

/// The sum of what `term` makes of every vector: pieces in f32, in several sums, since an addition waits for the one
/// before it; the sum of the pieces in f64.
#[inline(always)]
fn sum_of<'a, S: Simd>(
    simd: S,
    runs: impl Iterator<Item = &'a [f32]>,
    term: impl Fn(f32x16<S>, usize) -> f32x16<S>,
) -> f64 {
    const PIECE: usize = 4096;
    let mut total = 0.0;
    for run in runs {
        for piece in run.chunks(PIECE) {
            let mut sums = [f32x16::splat(simd, 0.0); 4];
            let fours = piece.chunks_exact(4 * LANES);
            let rest = fours.remainder();
            for four in fours {
                unroll!(i < 4, {
                    sums[i] += term(f32x16::from_slice(simd, &four[i * LANES..][..LANES]), LANES);
                });
            }
            for_lanes(
                rest.len(),
                #[inline(always)]
                |at, lanes| sums[0] += term(load(simd, rest, at, lanes), lanes),
            );
            total += f64::from((sums[0] + sums[1] + (sums[2] + sums[3])).reduce_sum());
        }
    }
    total
}

#[inline(always)]
fn forward_kernel<S: Simd>(
    simd: S,
    norm: &LayerNorm,
    [mean, scale]: Moments,
    parameters: &[f32],
    [from, to]: [Set; 2],
    x: &[f32],
    y: &mut [f32],
) {
    let len = from.len;
    for ((from, first), (to, _)) in from.runs().zip(to.runs()) {
        let [weight, bias] = [norm.weight, norm.bias].map(|offset| &parameters[offset + first..][..len]);
        let (x, y) = (&x[from..][..len], &mut y[to..][..len]);
        for_lanes(
            len,
            #[inline(always)]
            |at, lanes| {
                let normal = (load(simd, x, at, lanes) - mean) * scale;
                let [weight, bias] = [weight, bias].map(
                    #[inline(always)]
                    |values| load(simd, values, at, lanes),
                );
                store(normal.mul_add(weight, bias), y, at, lanes);
            },
        );
    }
}

/// Adds to the gradients of weights and biases and overwrites `d_input`, which is another map than `d_output`.
pub fn backward(pass: &mut Pass<'_>, norm: &LayerNorm, input: &Map, d_output: &Map, d_input: &Map) {
    let (parameters, gradients) = (pass.parameters, &mut *pass.gradients);
    let [x, dy, dx] = pass.arena.views([input, d_output, d_input]);
    let d = dy.chunks(d_output.stored()).zip(dx.chunks_mut(d_input.stored()));
    for (x, (dy, dx)) in x.chunks(input.stored()).zip(d).take(pass.samples) {
        let sets = norm.sets(input).zip(norm.sets(d_output)).zip(norm.sets(d_input));
        for ((from, d_from), to) in sets {
            let moments = moments(norm, from, x);
            let of = Backward { norm, moments, parameters, sets: [from, d_from, to], x, dy };
            let sums = dispatch!(simd => of.sum_kernel(simd, gradients));
            dispatch!(simd => of.input_kernel(simd, sums, dx));
        }
    }
}

/// What the backward pass of one set reads.
#[derive(Clone, Copy)]
struct Backward<'a> {
    norm: &'a LayerNorm,
    moments: Moments,
    parameters: &'a [f32],
    /// In the input, in the output's gradient, in the input's gradient.
    sets: [Set; 3],
    x: &'a [f32],
    dy: &'a [f32],
}

impl<'a> Backward<'a> {
    /// For each run: its input, its gradient, its weights, and the position of their first.
    fn runs(self) -> impl Iterator<Item = ([&'a [f32]; 3], usize)> {
        let [from, d_from, _] = self.sets;
        from.runs().zip(d_from.runs()).map(move |((x, first), (dy, _))| {
            let weight = &self.parameters[self.norm.weight + first..][..from.len];
            ([&self.x[x..][..from.len], &self.dy[dy..][..from.len], weight], first)
        })
    }

    /// Adds to the gradients of weights and biases. The sums of g and of g times the normalised input, where g is the
    /// output's gradient times the weight.
    #[inline(always)]
    fn sum_kernel<S: Simd>(self, simd: S, gradients: &mut [f32]) -> [f64; 2] {
        let ([mean, scale], mut totals) = (self.moments, [0.0; 2]);
        for ([x, dy, weight], first) in self.runs() {
            let mut sums = [f32x16::splat(simd, 0.0); 2];
            for_lanes(
                x.len(),
                #[inline(always)]
                |at, lanes| {
                    let normal = (load(simd, x, at, lanes) - mean) * scale;
                    let dy = load(simd, dy, at, lanes);
                    // Lanes behind the last have a gradient of 0.
                    let g = dy * load(simd, weight, at, lanes);
                    sums = [sums[0] + g, g.mul_add(normal, sums[1])];
                    let d_weight = self.norm.weight + first + at;
                    store(dy.mul_add(normal, load(simd, gradients, d_weight, lanes)), gradients, d_weight, lanes);
                    let d_bias = self.norm.bias + first + at;
                    store(dy + load(simd, gradients, d_bias, lanes), gradients, d_bias, lanes);
                },
            );
            totals[0] += f64::from(sums[0].reduce_sum());
            totals[1] += f64::from(sums[1].reduce_sum());
        }
        totals
    }

    /// `d_input = (g - mean(g) - normal mean(g normal)) * scale`.
    #[inline(always)]
    fn input_kernel<S: Simd>(self, simd: S, sums: [f64; 2], dx: &mut [f32]) {
        let [mean, scale] = self.moments;
        let [straight, along] = sums.map(|sum| (sum / self.sets[0].count()) as f32);
        for (([x, dy, weight], _), (to, _)) in self.runs().zip(self.sets[2].runs()) {
            let dx = &mut dx[to..][..x.len()];
            for_lanes(
                x.len(),
                #[inline(always)]
                |at, lanes| {
                    let normal = (load(simd, x, at, lanes) - mean) * scale;
                    let g = load(simd, dy, at, lanes) * load(simd, weight, at, lanes);
                    store((g - straight - normal * along) * scale, dx, at, lanes);
                },
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;
    use crate::testing::{Random, assert_close, differences, for_each_isa, wide};

    /// The definition, in f64, on one set.
    mod reference {
        const EPSILON: f64 = 1e-3;

        fn normal(x: &[f64]) -> (Vec<f64>, f64) {
            let count = x.len() as f64;
            let mean = x.iter().sum::<f64>() / count;
            let var = x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / count;
            let deviation = (var + EPSILON).sqrt();
            (x.iter().map(|x| (x - mean) / deviation).collect(), deviation)
        }

        pub(super) fn forward(x: &[f64], weight: &[f64], bias: &[f64]) -> Vec<f64> {
            normal(x).0.iter().zip(weight).zip(bias).map(|((x, weight), bias)| x * weight + bias).collect()
        }

        /// The gradients for input and weight; that for the bias is the output's.
        pub(super) fn backward(x: &[f64], weight: &[f64], dy: &[f64]) -> [Vec<f64>; 2] {
            let (normal, deviation) = normal(x);
            let g: Vec<f64> = dy.iter().zip(weight).map(|(dy, weight)| dy * weight).collect();
            let count = x.len() as f64;
            let straight = g.iter().sum::<f64>() / count;
            let along = g.iter().zip(&normal).map(|(g, x)| g * x).sum::<f64>() / count;
            let dx = g.iter().zip(&normal).map(|(g, x)| (g - straight - x * along) / deviation).collect();
            [dx, dy.iter().zip(&normal).map(|(dy, x)| dy * x).collect()]
        }
    }

    fn check(shape: [usize; 3], border: [usize; 4], samples: usize, by_pixel: bool, random: &mut Random, isa: &str) {
        let volume = shape.iter().product::<usize>();
        let each = if by_pixel { shape[2] } else { volume };
        // Far from zero, so that squares that cancel show.
        let input: Vec<f32> = random.vec(samples * volume).iter().map(|x| 3.0 * x + 20.0).collect();
        let (input, d_output) = (&input, &random.vec(samples * volume));
        let parameters = &random.vec(3 + 2 * each);
        let trial = Trial { samples, shapes: [shape; 2], border, parameters, input, d_output };
        let found = trial.run(|bench, maps| {
            let norm = LayerNorm { weight: 3, bias: 3 + each, epsilon: 1e-3, by_pixel };
            forward(&mut bench.pass(), &norm, &maps.input, &maps.output);
            backward(&mut bench.pass(), &norm, &maps.input, &maps.d_output, &maps.d_input);
        });
        let what = format!("{isa}: {shape:?} by pixel {by_pixel}");
        let [x, dy, parameters] = [input, d_output, parameters].map(|values| wide(values));
        let (weight, bias) = parameters[3..].split_at(each);
        let y = x.chunks(each).flat_map(|x| reference::forward(x, weight, bias)).collect::<Vec<_>>();
        assert_close(&found.output, &y, 1e-5, &what);
        let (mut dx, mut gradients) = (Vec::new(), vec![0.0; 3 + 2 * each]);
        for (x, dy) in x.chunks(each).zip(dy.chunks(each)) {
            let [d, d_weight] = reference::backward(x, weight, dy);
            dx.extend(d);
            for (sum, d) in gradients[3..].iter_mut().zip(d_weight.iter().chain(dy)) {
                *sum += d;
            }
        }
        assert_close(&found.d_input, &dx, 2e-5, &what);
        assert_close(&found.gradients, &gradients, 2e-5, &what);
    }

    #[test]
    fn every_shape_agrees_with_the_reference() {
        for_each_isa(|isa| {
            let mut random = Random::new(1);
            for shape in [[1, 1, 1], [1, 1, 7], [1, 1, 300], [3, 4, 1], [3, 5, 6], [4, 3, 16], [2, 3, 33], [30, 20, 17]]
            {
                for (samples, border) in [(1, [0; 4]), (3, [1, 0, 2, 3])] {
                    for by_pixel in [false, true] {
                        check(shape, border, samples, by_pixel, &mut random, &isa.to_string());
                    }
                }
            }
        });
    }

    #[test]
    fn the_reference_backward_is_the_slope_of_the_reference() {
        let mut random = Random::new(2);
        let [x, dy, weight, bias] = [(); 4].map(|()| wide(&random.vec(7)));
        let loss = |x: &[f64], weight: &[f64]| -> f64 {
            reference::forward(x, weight, &bias).iter().zip(&dy).map(|(y, dy)| y * dy).sum()
        };
        let [dx, d_weight] = reference::backward(&x, &weight, &dy);
        let slopes = [differences(&x, |x| loss(x, &weight)), differences(&weight, |weight| loss(&x, weight))];
        for (slopes, d) in slopes.iter().zip([dx, d_weight]) {
            assert!(slopes.iter().zip(d).all(|(a, b)| (a - b).abs() < 1e-7));
        }
    }
}
