//! Global average pooling: the mean of every channel.

use super::channels::{SHARE, Share, Sums};
use super::runs::runs;
use crate::map::Map;
use crate::pass::Pass;
use crate::simd::dispatch;
use crate::simd::lanes::load;
use fearless_simd::prelude::*;

/// The mean of each channel; `output` is 1 x 1 x channels.
pub fn forward(pass: &mut Pass<'_>, input: &Map, output: &Map) {
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
        for piece in share.pieces(run) {
            sums.add(
                simd,
                piece.len(),
                #[inline(always)]
                |at, lanes| [load(simd, piece, at, lanes)],
            );
        }
    }
    let [sums] = sums.take();
    sums
}

/// Spreads each output's gradient evenly over its channel; overwrites `d_input`.
pub fn backward(pass: &mut Pass<'_>, d_output: &Map, d_input: &Map) {
    let samples = pass.samples;
    let [d_outputs, d_inputs] = pass.arena.views([d_output, d_input]);
    let weight = 1.0 / (d_input.height * d_input.width) as f32;
    for share in Share::all(d_input.channels) {
        let samples = d_outputs.chunks(d_output.stored()).zip(d_inputs.chunks_mut(d_input.stored())).take(samples);
        for (dy, dx) in samples {
            let table = share.table(|channel| dy[d_output.origin() + channel] * weight);
            for row in d_input.rows_mut(dx) {
                for piece in row[share.first..].chunks_mut(share.step) {
                    let len = piece.len().min(share.period);
                    piece[..len].copy_from_slice(&table[..len]);
                }
            }
        }
    }
}
