//! The largest of 2 x 2 pixels, two steps apart, channel by channel.

use super::row_fma::store_lanes;
use crate::buffer::LANES;
use crate::simd::{dispatch, math::larger};
use fearless_simd::{Simd, SimdBase, f32x16};

/// Two rows of pixels of `channels` floats become one of half as many, which are `pitch` floats apart. 16 floats of
/// slack must be behind the rows.
pub(crate) fn largest(rows: [&[f32]; 2], channels: usize, pitch: usize, output: &mut [f32]) {
    dispatch!(simd => pixels(simd, rows, channels, pitch, output));
}

#[inline(always)]
fn pixels<S: Simd>(simd: S, rows: [&[f32]; 2], channels: usize, pitch: usize, output: &mut [f32]) {
    for (pixel, start) in (0..output.len()).step_by(pitch).enumerate() {
        for channel in (0..channels).step_by(LANES) {
            let (left, to) = (2 * pixel * channels + channel, start + channel);
            let lanes = (channels - channel).min(LANES);
            let right = left + channels;
            let mut result = f32x16::from_slice(simd, &rows[0][left..left + LANES]);
            result = larger(result, f32x16::from_slice(simd, &rows[0][right..right + LANES]));
            result = larger(result, f32x16::from_slice(simd, &rows[1][left..left + LANES]));
            result = larger(result, f32x16::from_slice(simd, &rows[1][right..right + LANES]));
            // Lanes that are too much fall on the next pixel, unless that is behind the row, or another's floats are
            // between the two.
            match output.get_mut(to..to + LANES) {
                Some(whole) if lanes == LANES || pitch == channels => result.store_slice(whole),
                _ => store_lanes(result.into(), &mut output[to..][..lanes]),
            }
        }
    }
}
