//! The gradients of 2 x 2 windows of few channels, whole rows at a time.
//!
//! Pixel by pixel most lanes would be idle. Here the lanes are the floats of an input row: an output meets both pixels
//! of its window by a permutation, and which of the four inputs gets the gradient is worked out on bits, a bit a float.

use super::super::windows::get;
use super::matches;
use crate::buffer::LANES;
use crate::kernels::unroll;
use fearless_simd::{f32x16, mask32x16, prelude::*, u8x64};

/// Most vectors of a period: their bits fit in 128.
const MOST: usize = 7;

/// How rows of the output meet rows of the input. It repeats after a period: the fewest floats that are whole windows
/// and whole vectors.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rows {
    channels: usize,
    /// Vectors of a period.
    vectors: usize,
    /// For each vector of a period, where its outputs begin, and the bytes that bring each to its lanes.
    starts: [usize; MOST],
    bytes: [[u8; 4 * LANES]; MOST],
    /// The floats of left pixels.
    left: u128,
}

/// A row of windows: what it reads, and the two rows that it writes. All begin at their first float.
pub(super) struct Row<'a> {
    /// The upper and the lower row of the input, with a vector of slack behind.
    pub(super) x: [&'a [f32]; 2],
    /// The outputs and their gradients, with a vector of slack behind.
    pub(super) y: &'a [f32],
    pub(super) dy: &'a [f32],
    pub(super) dx: [&'a mut [f32]; 2],
}

impl Rows {
    /// `None` if the period is too long, or longer than a row of `width` windows.
    pub(super) fn new(channels: usize, width: usize) -> Option<Self> {
        let window = 2 * channels;
        // The odd part of the window's floats, if all factors of two are in a vector.
        let vectors = window >> window.trailing_zeros().min(LANES.trailing_zeros());
        if channels >= LANES || vectors > MOST || vectors * LANES > width * window {
            return None;
        }
        let (mut starts, mut bytes) = ([0; MOST], [[0; 4 * LANES]; MOST]);
        for (vector, (start, bytes)) in starts.iter_mut().zip(&mut bytes).enumerate().take(vectors) {
            let output = |lane: usize| {
                let float = vector * LANES + lane;
                float / window * channels + float % channels
            };
            *start = (0..LANES).map(output).min()?;
            for (lane, bytes) in bytes.as_chunks_mut::<4>().0.iter_mut().enumerate() {
                let from = output(lane) - *start;
                if from >= LANES {
                    return None;
                }
                *bytes = [0, 1, 2, 3].map(|byte| (4 * from) as u8 + byte);
            }
        }
        let left = (0..vectors * LANES).filter(|float| float % window < channels).map(|float| 1 << float).sum();
        Some(Self { channels, vectors, starts, bytes, left })
    }

    /// Overwrites the gradients for the inputs of `width` windows.
    #[inline(always)]
    pub(super) fn backward<S: Simd>(&self, simd: S, row: Row<'_>, width: usize) {
        match self.vectors {
            1 => self.periods::<S, 1>(simd, row, width),
            3 => self.periods::<S, 3>(simd, row, width),
            5 => self.periods::<S, 5>(simd, row, width),
            7 => self.periods::<S, 7>(simd, row, width),
            vectors => unreachable!("a period of {vectors} vectors"),
        }
    }

    #[inline(always)]
    fn periods<S: Simd, const V: usize>(&self, simd: S, row: Row<'_>, width: usize) {
        let Row { x: [top, bottom], y, dy, dx: [d_top, d_bottom] } = row;
        let (channels, left) = (self.channels, self.left);
        let zero = f32x16::splat(simd, 0.0);
        let mut bytes = [u8x64::splat(simd, 0); V];
        let starts = &self.starts[..V];
        let patterns = &self.bytes[..V];
        unroll!(v < V, {
            bytes[v] = u8x64::from_slice(simd, &patterns[v]);
        });
        let last = width * 2 * channels - V * LANES;
        let mut first = 0;
        loop {
            let (y, dy) = (&y[first / 2..], &dy[first / 2..]);
            let [top, bottom] = [&top[first..][..V * LANES], &bottom[first..][..V * LANES]];
            let (mut above, mut below) = (0_u128, 0_u128);
            unroll!(v < V, {
                let y = get(simd, y, starts[v]).swizzle_dyn(bytes[v]);
                let bits = |x: &[f32]| u128::from(matches(get(simd, x, v * LANES), y).to_bitmask()) << (v * LANES);
                above |= bits(top);
                below |= bits(bottom);
            });
            // For each window, on the bits of its left pixel: the first of the four that is the largest.
            let a = above & left;
            let b = (above >> channels) & left & !a;
            let c = below & left & !(a | b);
            let d = left & !(a | b | c);
            let [above, below] = [a | b << channels, c | d << channels];
            let [d_top, d_bottom] = [&mut d_top[first..][..V * LANES], &mut d_bottom[first..][..V * LANES]];
            unroll!(v < V, {
                let dy = get(simd, dy, starts[v]).swizzle_dyn(bytes[v]);
                let ours = |bits: u128| mask32x16::from_bitmask(simd, (bits >> (v * LANES)) as u64 & 0xffff);
                ours(above).select(dy, zero).store_slice(&mut d_top[v * LANES..][..LANES]);
                ours(below).select(dy, zero).store_slice(&mut d_bottom[v * LANES..][..LANES]);
            });
            if first == last {
                return;
            }
            // The last period overlaps the one before: it writes the same once more.
            first = (first + V * LANES).min(last);
        }
    }
}
