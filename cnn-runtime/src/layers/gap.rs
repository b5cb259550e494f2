//! Global average pooling: the mean of every channel.

use super::channels::{SHARE, Share, Sums, TABLE};
use super::runs::runs;
use crate::map::{Map, Part};
use crate::pass::Pass;
use crate::simd::dispatch;
use crate::simd::lanes::load;
use fearless_simd::prelude::*;

/// The mean of each channel; `output` is 1 x 1 x channels.
pub fn forward(pass: &mut Pass<'_>, input: &Map, output: &Part) {
    let samples = pass.samples;
    let [inputs, outputs] = pass.arena.views([input, output]);
    let pixels = (input.height * input.width) as f64;
    for share in Share::all(input.channels) {
        let samples = inputs.chunks(input.stored()).zip(outputs.chunks_mut(output.stored())).take(samples);
        for (x, y) in samples {
            let sums = dispatch!(simd => sum_kernel(simd, share, input, x));
            let y = &mut y[output.origin() + share.first..][..share.len];
            y.iter_mut().zip(sums).for_each(|(y, sum)| *y = (sum / pixels) as f32);
        }
    }
}

#[inline(always)]
fn sum_kernel<S: Simd>(simd: S, share: Share, map: &Map, sample: &[f32]) -> [f64; SHARE] {
    let mut sums = Sums::<1>::new(share);
    for run in runs(map, sample) {
        sums.add(
            simd,
            run.len(),
            #[inline(always)]
            |at, _, lanes| [load(simd, run, at, lanes)],
        );
    }
    let [sums] = sums.take();
    sums
}

/// Spreads each output's gradient evenly over its channel; overwrites `d_input`.
pub fn backward(pass: &mut Pass<'_>, d_output: &Map, d_input: &Map) {
    let samples = pass.samples;
    let [d_outputs, d_inputs] = pass.arena.views([d_output, d_input]);
    let weight = 1.0 / (d_input.height * d_input.width) as f32;
    let mut table = [0.0; TABLE];
    for share in Share::all(d_input.channels) {
        let samples = d_outputs.chunks(d_output.stored()).zip(d_inputs.chunks_mut(d_input.stored())).take(samples);
        for (dy, dx) in samples {
            share.fill(&mut table, |channel| dy[d_output.origin() + channel] * weight);
            for row in d_input.rows_mut(dx) {
                for piece in row[share.first..].chunks_mut(share.step) {
                    let len = piece.len().min(share.period);
                    piece[..len].copy_from_slice(&table[..len]);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Bench, Places, Random, assert_close, differences, for_each_isa, wide};

    /// The definition, in f64, on one sample.
    mod reference {
        pub(super) fn forward(channels: usize, x: &[f64]) -> Vec<f64> {
            let pixels = (x.len() / channels) as f64;
            (0..channels).map(|c| x.iter().skip(c).step_by(channels).sum::<f64>() / pixels).collect()
        }

        pub(super) fn backward(pixels: usize, dy: &[f64]) -> Vec<f64> {
            (0..pixels).flat_map(|_| dy.iter().map(|dy| dy / pixels as f64)).collect()
        }
    }

    #[test]
    fn every_number_of_channels_agrees_with_the_reference() {
        for_each_isa(|_| {
            let mut random = Random::new(1);
            for channels in [1, 2, 3, 6, 10, 15, 16, 17, 33, 64, 65, 130] {
                for (samples, [h, w], border) in [(1, [1, 1], [0; 4]), (2, [7, 7], [0; 4]), (5, [3, 11], [1, 0, 2, 3])]
                {
                    let mut places = Places::default();
                    let [input, d_input] = [(); 2].map(|()| places.map([h, w, channels], border));
                    let [output, d_output] = [(); 2].map(|()| places.map([1, 1, channels], [border[0]; 4]));
                    let mut bench = Bench::new(samples, places.floats, &[]);
                    let (x, dy) = (random.vec(samples * input.volume()), random.vec(samples * channels));
                    bench.fill(&input, &x);
                    bench.fill(&d_output, &dy);
                    bench.blank(&output);
                    bench.blank(&d_input);
                    forward(&mut bench.pass(), &input, &output);
                    backward(&mut bench.pass(), &d_output, &d_input);
                    let what = format!("{h} x {w} x {channels}");
                    let y: Vec<_> =
                        wide(&x).chunks(h * w * channels).map(|x| reference::forward(channels, x)).collect();
                    assert_close(&bench.read(&output), &y.concat(), 1e-6, &what);
                    let dx: Vec<_> = wide(&dy).chunks(channels).map(|dy| reference::backward(h * w, dy)).collect();
                    assert_close(&bench.read(&d_input), &dx.concat(), 1e-6, &what);
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
        assert!(slopes.iter().zip(reference::backward(4, &dy)).all(|(a, b)| (a - b).abs() < 1e-8));
    }
}
