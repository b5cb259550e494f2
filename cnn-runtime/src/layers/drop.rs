//! Dropout (Srivastava et al., 2014), inverted: what stays is scaled up in training, inference has no trace of it.

use super::runs::Elementwise;
use crate::map::{Map, Part};
use crate::pass::{Noise, Pass};
use crate::simd::dispatch;
use crate::simd::lanes::{for_lanes, load, store};
use fearless_simd::{f32x16, i32x16, prelude::*, u32x16};

/// The constants of a dropout layer.
#[derive(Clone, Copy, Debug)]
pub struct Dropout {
    /// Chance that a value is dropped, in [0, 1).
    pub probability: f32,
    /// Which of the network's dropouts this is: each draws its own numbers.
    pub index: usize,
}

/// Training: zeroes values at random, scales the others by 1 / (1 - probability), keeps the factors in `mask` (no
/// border). `input` and `output` may be the same map. The draw depends on the pass's seed, the position of the sample
/// in the batch, `index` and the element, and on nothing else.
pub fn forward(pass: &mut Pass<'_>, drop: &Dropout, input: &Part, output: &Part, mask: &Map) {
    let noise = pass.noise;
    let factors = Elementwise::new(pass.arena, pass.samples, mask, mask);
    dispatch!(simd => draw_kernel(simd, drop, noise, factors));
    let maps = Elementwise::with(pass.arena, pass.samples, input, output, mask);
    dispatch!(simd => scale_kernel(simd, maps));
}

/// Overwrites `d_input`, which may be the same map as `d_output`.
pub fn backward(pass: &mut Pass<'_>, _drop: &Dropout, mask: &Map, d_output: &Map, d_input: &Map) {
    let maps = Elementwise::with(pass.arena, pass.samples, d_output, d_input, mask);
    dispatch!(simd => scale_kernel(simd, maps));
}

/// Draws the factors: 0 with the layer's probability (to 2^-24), else what keeps the expected value.
#[inline(always)]
fn draw_kernel<S: Simd>(simd: S, drop: &Dropout, noise: Noise, factors: Elementwise<'_>) {
    factors.for_each(
        #[inline(always)]
        |sample, element, factors, _| {
            draw(simd, drop, key(noise, sample, drop.index as u64), element, factors);
        },
    );
}

/// Draws the factors from that numbered `element` on.
#[inline(always)]
fn draw<S: Simd>(simd: S, drop: &Dropout, key: [u32; 2], element: usize, factors: &mut [f32]) {
    let threshold = i32x16::splat(simd, (drop.probability * (1 << 24) as f32).round() as i32);
    let (zero, kept) = (f32x16::splat(simd, 0.0), f32x16::splat(simd, 1.0 / (1.0 - drop.probability)));
    let lane = u32x16::from_fn(simd, |lane| lane as u32);
    for_lanes(
        factors.len(),
        #[inline(always)]
        |at, lanes| {
            let bits = hash(lane + (element + at) as u32, key) >> 8;
            let dropped = bits.bitcast::<i32x16<S>>().simd_lt(threshold);
            store(dropped.select(zero, kept), factors, at, lanes);
        },
    );
}

/// Multiplies by the factors.
#[inline(always)]
fn scale_kernel<S: Simd>(simd: S, maps: Elementwise<'_>) {
    let zero = f32x16::splat(simd, 0.0);
    maps.for_each(
        #[inline(always)]
        |_, _, values, factors| {
            for_lanes(
                values.len(),
                #[inline(always)]
                |at, lanes| {
                    let factor = load(simd, factors, at, lanes);
                    // A dropped value is 0 even if it was infinite.
                    let scaled = factor.simd_eq(zero).select(zero, load(simd, values, at, lanes) * factor);
                    store(scaled, values, at, lanes);
                },
            );
        },
    );
}

/// What the random numbers of one sample at one dropout of one step begin with.
fn key(noise: Noise, sample: usize, layer: u64) -> [u32; 2] {
    let key = [noise.first_sample + sample as u64, layer].into_iter().fold(mix(noise.seed), |key, x| mix(key ^ mix(x)));
    [key as u32, (key >> 32) as u32]
}

/// The mixer of SplitMix64 (Steele, Lea, Flood, 2014).
fn mix(x: u64) -> u64 {
    let x = x.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// 32 random bits for each element: the mixer `lowbias32` (Wellons, 2018), whose multiplications vectors have, with the
/// key put in before and halfway, so that sequences of two keys that meet do not go on together.
#[inline(always)]
fn hash<S: Simd>(element: u32x16<S>, key: [u32; 2]) -> u32x16<S> {
    let x = element + key[0];
    let x = (x ^ (x >> 16)) * 0x7FEB_352D + key[1];
    let x = (x ^ (x >> 15)) * 0x846C_A68B;
    x ^ (x >> 16)
}

pub mod channels;
#[cfg(test)]
mod tests;
