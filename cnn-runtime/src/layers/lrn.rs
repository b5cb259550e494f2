//! Local response normalisation over neighbouring channels (Krizhevsky et al., 2012).

use crate::buffer::LANES;
use crate::map::Map;
use crate::pass::Pass;
use crate::simd::dispatch;
use crate::simd::lanes::{for_lanes, load, store};
use fearless_simd::{f32x16, prelude::*};

/// The constants of a local response normalisation: `output = input / (k + alpha / size * sum)^beta`, where `sum` is
/// that of the squares of `size` channels around the one itself.
#[derive(Clone, Copy, Debug)]
pub struct Lrn {
    /// Channels of a window: from `size / 2` before to `(size - 1) / 2` behind, as far as they are there.
    pub size: usize,
    /// Weight of the mean square.
    pub alpha: f32,
    /// The exponent.
    pub beta: f32,
    /// What is added to the mean square.
    pub k: f32,
}

/// Floats that [`forward`] works in, and [`backward`] twice: mirrored by the macro crate.
const fn scratch(lrn: &Lrn, channels: usize) -> usize {
    lrn.size + channels.next_multiple_of(LANES) + LANES
}

/// Overwrites the output. `input` and `output` differ.
pub fn forward(pass: &mut Pass<'_>, lrn: &Lrn, input: &Map, output: &Map) {
    let ([x, y], padded) = pass.arena.views_and_scratch([input, output]);
    let padded = &mut padded[..scratch(lrn, input.channels)];
    padded.fill(0.0);
    for (x, y) in x.chunks(input.stored()).zip(y.chunks_mut(output.stored())).take(pass.samples) {
        for (x, y) in input.rows(x).zip(output.rows_mut(y)) {
            dispatch!(simd => forward_row(simd, lrn, input.channels, padded, x, y));
        }
    }
}

/// `padded` is zero before and behind the channels.
#[inline(always)]
fn forward_row<S: Simd>(simd: S, lrn: &Lrn, channels: usize, padded: &mut [f32], x: &[f32], y: &mut [f32]) {
    for (x, y) in x.chunks_exact(channels).zip(y.chunks_exact_mut(channels)) {
        squares(simd, lrn, x, padded);
        for_lanes(
            channels,
            #[inline(always)]
            |c, lanes| {
                let scale = power(simd, base(simd, lrn, padded, c), lrn.beta);
                store(load(simd, x, c, lanes) * scale, y, c, lanes);
            },
        );
    }
}

/// Puts the squares of a pixel in the middle of `padded`.
#[inline(always)]
fn squares<S: Simd>(simd: S, lrn: &Lrn, x: &[f32], padded: &mut [f32]) {
    let middle = &mut padded[lrn.size / 2..];
    for_lanes(
        x.len(),
        #[inline(always)]
        |c, lanes| {
            let x = load(simd, x, c, lanes);
            store(x * x, middle, c, lanes);
        },
    );
}

/// The sums of the windows of 16 channels: each starts where its channel is in `padded`.
#[inline(always)]
fn window<S: Simd>(simd: S, padded: &[f32], size: usize, c: usize) -> f32x16<S> {
    let mut sum = f32x16::splat(simd, 0.0);
    for i in 0..size {
        sum += f32x16::from_slice(simd, &padded[c + i..][..LANES]);
    }
    sum
}

/// What is raised to the power.
#[inline(always)]
fn base<S: Simd>(simd: S, lrn: &Lrn, padded: &[f32], c: usize) -> f32x16<S> {
    let weight = f32x16::splat(simd, lrn.alpha / lrn.size as f32);
    window(simd, padded, lrn.size, c).mul_add(weight, f32x16::splat(simd, lrn.k))
}

/// `base^-beta`. The paper's exponent, and whole and half ones, are roots.
#[inline(always)]
fn power<S: Simd>(simd: S, base: f32x16<S>, beta: f32) -> f32x16<S> {
    if beta == 0.75 {
        let root = base.sqrt();
        1.0 / (root * root.sqrt())
    } else if beta == 0.5 {
        1.0 / base.sqrt()
    } else if beta == 1.0 {
        1.0 / base
    } else {
        f32x16::simd_from(simd, base.to_array().map(|base| base.powf(-beta)))
    }
}

/// Overwrites `d_input`, which is another map than `d_output`.
pub fn backward(pass: &mut Pass<'_>, lrn: &Lrn, input: &Map, d_output: &Map, d_input: &Map) {
    let ([x, dy, dx], padded) = pass.arena.views_and_scratch([input, d_output, d_input]);
    let (squares, ratios) = padded.split_at_mut(scratch(lrn, input.channels));
    let ratios = &mut ratios[..scratch(lrn, input.channels)];
    squares.fill(0.0);
    ratios.fill(0.0);
    let gradients = dy.chunks(d_output.stored()).zip(dx.chunks_mut(d_input.stored()));
    for (x, (dy, dx)) in x.chunks(input.stored()).zip(gradients).take(pass.samples) {
        for ((x, dy), dx) in input.rows(x).zip(d_output.rows(dy)).zip(d_input.rows_mut(dx)) {
            dispatch!(simd => backward_row(simd, lrn, [&mut *squares, &mut *ratios], [x, dy], dx, input.channels));
        }
    }
}

/// `d_input[c] = d_output[c] base[c]^-beta - 2 alpha beta / size input[c] sum(d_output[j] output[j] / base[j])` over
/// the `j` whose windows `c` lies in: from `(size - 1) / 2` before it to `size / 2` behind.
#[inline(always)]
fn backward_row<S: Simd>(
    simd: S,
    lrn: &Lrn,
    [padded, ratios]: [&mut [f32]; 2],
    [x, dy]: [&[f32]; 2],
    dx: &mut [f32],
    channels: usize,
) {
    let weight = f32x16::splat(simd, -2.0 * lrn.alpha * lrn.beta / lrn.size as f32);
    let pixels = x.chunks_exact(channels).zip(dy.chunks_exact(channels));
    for ((x, dy), dx) in pixels.zip(dx.chunks_exact_mut(channels)) {
        squares(simd, lrn, x, padded);
        let middle = &mut ratios[(lrn.size - 1) / 2..];
        for_lanes(
            channels,
            #[inline(always)]
            |c, lanes| {
                let base = base(simd, lrn, padded, c);
                let straight = load(simd, dy, c, lanes) * power(simd, base, lrn.beta);
                store(straight, dx, c, lanes);
                store(straight * load(simd, x, c, lanes) / base, middle, c, lanes);
            },
        );
        for_lanes(
            channels,
            #[inline(always)]
            |c, lanes| {
                let around = window(simd, ratios, lrn.size, c) * load(simd, x, c, lanes);
                store(around.mul_add(weight, load(simd, dx, c, lanes)), dx, c, lanes);
            },
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;
    use crate::testing::{Random, assert_close, differences, for_each_isa, wide};

    /// The definition, in f64, of one pixel.
    mod reference {
        use super::Lrn;

        fn bases(lrn: &Lrn, x: &[f64]) -> Vec<f64> {
            let of = |c: usize| {
                let window = c.saturating_sub(lrn.size / 2)..(c + (lrn.size - 1) / 2 + 1).min(x.len());
                let sum: f64 = x[window].iter().map(|x| x * x).sum();
                f64::from(lrn.k) + f64::from(lrn.alpha) / lrn.size as f64 * sum
            };
            (0..x.len()).map(of).collect()
        }

        pub(super) fn forward(lrn: &Lrn, x: &[f64]) -> Vec<f64> {
            x.iter().zip(bases(lrn, x)).map(|(x, base)| x * base.powf(-f64::from(lrn.beta))).collect()
        }

        pub(super) fn backward(lrn: &Lrn, x: &[f64], dy: &[f64]) -> Vec<f64> {
            let (bases, beta) = (bases(lrn, x), f64::from(lrn.beta));
            let mut dx = vec![0.0; x.len()];
            for j in 0..x.len() {
                dx[j] += dy[j] * bases[j].powf(-beta);
                let d_base = dy[j] * x[j] * -beta * bases[j].powf(-beta - 1.0);
                for c in j.saturating_sub(lrn.size / 2)..(j + (lrn.size - 1) / 2 + 1).min(x.len()) {
                    dx[c] += d_base * f64::from(lrn.alpha) / lrn.size as f64 * 2.0 * x[c];
                }
            }
            dx
        }
    }

    #[test]
    fn every_number_of_channels_agrees_with_the_reference() {
        for_each_isa(|isa| {
            let mut random = Random::new(1);
            for channels in [1, 2, 5, 16, 17, 96] {
                for (size, alpha, beta, k) in [
                    (5, 1e-4, 0.75, 1.0),
                    (5, 2.0, 0.75, 2.0),
                    (4, 1.0, 0.6, 0.5),
                    (1, 3.0, 0.5, 1.0),
                    (9, 1.0, 1.0, 1.0),
                ] {
                    for (samples, [h, w], border) in [(1, [1, 1], [0; 4]), (2, [3, 2], [1, 0, 2, 0])] {
                        let lrn = Lrn { size, alpha, beta, k };
                        let shape = [h, w, channels];
                        let len = samples * h * w * channels;
                        let (input, d_output) = (&random.vec(len), &random.vec(len));
                        let trial = Trial { samples, shapes: [shape; 2], border, parameters: &[], input, d_output };
                        let found = trial.run(|bench, maps| {
                            forward(&mut bench.pass(), &lrn, &maps.input, &maps.output);
                            backward(&mut bench.pass(), &lrn, &maps.input, &maps.d_output, &maps.d_input);
                        });
                        let what = format!("{isa}: {shape:?}, {lrn:?}");
                        let (x, dy) = (wide(input), wide(d_output));
                        let y = x.chunks(channels).flat_map(|x| reference::forward(&lrn, x));
                        assert_close(&found.output, &y.collect::<Vec<_>>(), 1e-5, &what);
                        let pixels = x.chunks(channels).zip(dy.chunks(channels));
                        let dx = pixels.flat_map(|(x, dy)| reference::backward(&lrn, x, dy));
                        assert_close(&found.d_input, &dx.collect::<Vec<_>>(), 1e-5, &what);
                    }
                }
            }
        });
    }

    #[test]
    fn the_reference_backward_is_the_slope_of_the_reference() {
        let mut random = Random::new(2);
        for size in [1, 2, 5] {
            let lrn = Lrn { size, alpha: 0.7, beta: 0.75, k: 1.5 };
            let (x, dy) = (wide(&random.vec(7)), wide(&random.vec(7)));
            let loss = |x: &[f64]| reference::forward(&lrn, x).iter().zip(&dy).map(|(y, dy)| y * dy).sum::<f64>();
            let dx = reference::backward(&lrn, &x, &dy);
            assert!(differences(&x, loss).iter().zip(dx).all(|(a, b)| (a - b).abs() < 1e-8));
        }
    }
}
