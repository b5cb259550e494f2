//! Walking a slice sixteen floats at a time, and what is left at its end.

use fearless_simd::{f32x16, mask32x16, prelude::*};

use crate::buffer::LANES;

/// Calls `work(at, lanes)` for every vector of `len` floats: `lanes` is 16, less for the last one.
#[inline(always)]
pub(crate) fn for_lanes(len: usize, mut work: impl FnMut(usize, usize)) {
    for at in (0..len).step_by(LANES) {
        work(at, LANES.min(len - at));
    }
}

/// The `lanes` floats at `from[at..]`, zeros behind them.
#[inline(always)]
pub(crate) fn load<S: Simd>(simd: S, from: &[f32], at: usize, lanes: usize) -> f32x16<S> {
    if lanes == LANES {
        return f32x16::from_slice(simd, &from[at..at + LANES]);
    }
    let mut padded = [0.0; LANES];
    padded[..lanes].copy_from_slice(&from[at..at + lanes]);
    f32x16::simd_from(simd, padded)
}

/// Stores the first `lanes` of `vector` to `to[at..]`.
#[inline(always)]
pub(crate) fn store<S: Simd>(vector: f32x16<S>, to: &mut [f32], at: usize, lanes: usize) {
    if lanes == LANES {
        vector.store_slice(&mut to[at..at + LANES]);
    } else {
        to[at..at + lanes].copy_from_slice(&vector.to_array()[..lanes]);
    }
}

/// Whether a lane is among the first `lanes`.
#[inline(always)]
pub(crate) fn first<S: Simd>(simd: S, lanes: usize) -> mask32x16<S> {
    mask32x16::from_bitmask(simd, (1 << lanes) - 1)
}
