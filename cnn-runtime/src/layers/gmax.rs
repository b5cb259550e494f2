//! Global max pooling: the largest of every channel.

use super::pool::matches;
use crate::buffer::LANES;
use crate::map::{Map, Part};
use crate::pass::Pass;
use crate::simd::dispatch;
use crate::simd::lanes::{first, store};
use crate::simd::math::larger;
use fearless_simd::{f32x16, prelude::*};
use std::ops::Range;

/// The largest of each channel; `output` is 1 x 1 x channels. NaN counts as the largest.
pub fn forward(pass: &mut Pass<'_>, input: &Map, output: &Part) {
    let [x, y] = pass.arena.views([input, output]);
    dispatch!(simd => forward_kernel(simd, pass.samples, input, output, x, y));
}

#[inline(always)]
fn forward_kernel<S: Simd>(simd: S, samples: usize, input: &Map, output: &Part, x: &[f32], y: &mut [f32]) {
    for (x, y) in x.chunks(input.stored()).zip(y.chunks_mut(output.stored())).take(samples) {
        for c in (0..input.channels).step_by(LANES) {
            // Two, since a comparison waits for the one before it.
            let mut largest = [f32x16::splat(simd, f32::NEG_INFINITY); 2];
            for run in runs(input) {
                let start = run.start + c;
                for at in (start..run.end).step_by(input.channels) {
                    // Lanes that are not this pixel's are floats behind it, which every sample has (`Map::stored`).
                    let next = larger(largest[0], f32x16::from_slice(simd, &x[at..][..LANES]));
                    largest = [largest[1], next];
                }
            }
            let largest = larger(largest[0], largest[1]);
            store(largest, y, output.origin() + c, LANES.min(input.channels - c));
        }
    }
}

/// Gives each output's gradient to the first input (row by row) that was the largest; overwrites `d_input`.
pub fn backward(pass: &mut Pass<'_>, input: &Map, output: &Part, d_output: &Map, d_input: &Map) {
    let [x, y, dy, dx] = pass.arena.views([input, output, d_output, d_input]);
    let samples = x.chunks(input.stored()).zip(y.chunks(output.stored()));
    let gradients = dy.chunks(d_output.stored()).zip(dx.chunks_mut(d_input.stored()));
    for ((x, y), (dy, dx)) in samples.zip(gradients).take(pass.samples) {
        d_input.rows_mut(dx).for_each(|row| row.fill(0.0));
        let (y, dy) = (&y[output.origin()..], &dy[d_output.origin()..]);
        dispatch!(simd => backward_kernel(simd, input, d_input, x, y, dy, dx));
    }
}

/// Adds to `dx`, which is zero, of one sample.
#[inline(always)]
fn backward_kernel<S: Simd>(simd: S, input: &Map, d_input: &Map, x: &[f32], y: &[f32], dy: &[f32], dx: &mut [f32]) {
    let zero = f32x16::splat(simd, 0.0);
    for c in (0..input.channels).step_by(LANES) {
        let (y, dy) = (f32x16::from_slice(simd, &y[c..][..LANES]), f32x16::from_slice(simd, &dy[c..][..LANES]));
        let mut open = first(simd, LANES.min(input.channels - c));
        for (at, d_at) in pixels(input).zip(pixels(d_input)) {
            let found = matches(f32x16::from_slice(simd, &x[at + c..][..LANES]), y) & open;
            if found.any_true() {
                // Lanes that are not this pixel's get 0 added.
                let dx = &mut dx[d_at + c..][..LANES];
                (f32x16::from_slice(simd, dx) + found.select(dy, zero)).store_slice(dx);
                open &= !found;
                if open.all_false() {
                    break;
                }
            }
        }
    }
}

/// Where the runs of floats of a sample's interior lie: its rows, or all of it if there is no border.
#[inline(always)]
fn runs(map: &Map) -> impl Iterator<Item = Range<usize>> {
    let (origin, row) = (map.origin(), map.row());
    let (count, len) = if map.is_dense() { (1, map.volume()) } else { (map.height, map.width * map.channels) };
    (0..count).map(move |y| origin + y * row..origin + y * row + len)
}

/// Where the pixels of a sample begin, row by row.
#[inline(always)]
fn pixels(map: &Map) -> impl Iterator<Item = usize> {
    let (origin, row, channels, width) = (map.origin(), map.row(), map.channels, map.width);
    (0..map.height).flat_map(move |y| (0..width).map(move |x| origin + y * row + x * channels))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Bench, Places, Random, differences, for_each_isa, wide};

    /// The definition, in f64, on one sample.
    mod reference {
        pub(super) fn argmax(channels: usize, x: &[f64]) -> Vec<usize> {
            let winner = |c| (c..x.len()).step_by(channels).reduce(|best, i| if x[i] > x[best] { i } else { best });
            (0..channels).map(|c| winner(c).expect("there are pixels")).collect()
        }

        pub(super) fn forward(channels: usize, x: &[f64]) -> Vec<f64> {
            argmax(channels, x).into_iter().map(|i| x[i]).collect()
        }

        pub(super) fn backward(channels: usize, x: &[f64], dy: &[f64]) -> Vec<f64> {
            let mut dx = vec![0.0; x.len()];
            argmax(channels, x).into_iter().zip(dy).for_each(|(i, &dy)| dx[i] = dy);
            dx
        }
    }

    #[test]
    fn every_number_of_channels_agrees_with_the_reference() {
        for_each_isa(|_| {
            let mut random = Random::new(1);
            for channels in [1, 2, 3, 6, 10, 15, 16, 17, 33] {
                for (samples, [h, w], border) in [(1, [1, 1], [0; 4]), (2, [7, 7], [0; 4]), (5, [3, 11], [1, 0, 2, 3])]
                {
                    let mut places = Places::default();
                    let [input, d_input] = [(); 2].map(|()| places.map([h, w, channels], border));
                    let [output, d_output] = [(); 2].map(|()| places.map([1, 1, channels], [border[0]; 4]));
                    let mut bench = Bench::new(samples, places.floats, &[]);
                    // Few values, so that there are ties.
                    let x: Vec<f32> = random.vec(samples * input.volume()).iter().map(|x| (x * 9.0).round()).collect();
                    let dy = random.vec(samples * channels);
                    bench.fill(&input, &x);
                    bench.fill(&d_output, &dy);
                    bench.blank(&output);
                    bench.blank(&d_input);
                    forward(&mut bench.pass(), &input, &output);
                    backward(&mut bench.pass(), &input, &output, &d_output, &d_input);
                    let (x, dy) = (wide(&x), wide(&dy));
                    let y: Vec<_> = x.chunks(h * w * channels).map(|x| reference::forward(channels, x)).collect();
                    assert_eq!(wide(&bench.read(&output)), y.concat(), "{h} x {w} x {channels}");
                    let samples = x.chunks(h * w * channels).zip(dy.chunks(channels));
                    let dx: Vec<_> = samples.map(|(x, dy)| reference::backward(channels, x, dy)).collect();
                    assert_eq!(wide(&bench.read(&d_input)), dx.concat(), "{h} x {w} x {channels}");
                    [input, output, d_output, d_input].iter().for_each(|map| bench.assert_untouched_outside(map));
                }
            }
        });
    }

    #[test]
    fn the_reference_backward_is_the_slope_of_the_reference() {
        let mut random = Random::new(2);
        let (x, dy) = (wide(&random.vec(4 * 3)), wide(&random.vec(3)));
        let slopes = differences(&x, |x| reference::forward(3, x).iter().zip(&dy).map(|(y, dy)| y * dy).sum());
        assert!(slopes.iter().zip(reference::backward(3, &x, &dy)).all(|(a, b)| (a - b).abs() < 1e-8));
    }
}
