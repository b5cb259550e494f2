//! Filters of 3 x 3 that see one channel each, in steps of 1 and 2, for machines with 32 registers.
//!
//! A vector goes over channels, and a strip of a few columns goes down the map: a row of the input that is in registers
//! serves all rows of outputs that see it, so every input is loaded once (at the strip's edges twice). What is loaded
//! once does not have to stay in the first-level cache, which it could not: pixels are often a power of two floats
//! apart, and then only a few of the cache's sets are theirs.
//!
//! Measured on Zen 4 with AVX-512, against rows of 8 outputs: forward 1.2 (24x24x32) to 2.3 times (7x7x1024) as fast.
//! Copying 16 channels of a piece of the map into a block that lies densely was slower (1.0 to 2.4 times the time).
//! With 16 registers the nine weights do not stay in them, and rows of outputs are faster from 16 channels up.

pub(crate) mod correlate;
pub(crate) mod gradients;
pub(crate) mod spread;

use crate::kernels::unroll;
use crate::simd::{Tile, dispatch};
use fearless_simd::{Simd, SimdFloat};

/// Floats of input and output that a band of rows may have: what stays in the second-level cache until it is done.
const BAND: usize = 96 * 1024;

/// Whether these kernels are the faster ones for maps of so many channels.
pub(crate) fn pays(channels: usize) -> bool {
    dispatch!(simd => is_wide(simd)) || channels <= 8
}

#[inline(always)]
fn is_wide<S: Tile>(_: S) -> bool {
    S::ROWS >= 8
}

/// One sample of a map as windows see it. Rows and columns count from the first tap of the first window.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taps<'a> {
    /// With slack behind.
    pub(crate) memory: &'a [f32],
    /// Where row 0, column 0 lies: before the start if windows reach beyond the memory.
    pub(crate) start: isize,
    /// Floats from a row to the next.
    pub(crate) row: usize,
    pub(crate) channels: usize,
    /// The rows that exist, from the first to the end, and the columns. All others are zeros.
    pub(crate) inside: [[usize; 2]; 2],
}

impl Taps<'_> {
    /// Whether a row exists.
    #[inline(always)]
    fn has(&self, row: usize) -> bool {
        let [first, end] = self.inside[0];
        first <= row && row < end
    }

    /// `N` neighbouring pixels of a row that exists: the first of nine.
    #[inline(always)]
    fn pixels<S: Simd, V: SimdFloat<S, Element = f32>>(
        &self,
        simd: S,
        n: usize,
        [y, x]: [usize; 2],
        channel: usize,
    ) -> [V; 9] {
        let mut pixels = [V::splat(simd, 0.0); 9];
        let [first, end] = self.inside[1];
        let step = self.channels;
        let at = self.start.wrapping_add_unsigned(y * self.row + x * step + channel).cast_unsigned();
        if first <= x && x + n <= end {
            let floats = &self.memory[at..][..(n - 1) * step + V::LEN];
            unroll!(16: i < n, {
                pixels[i.min(8)] = V::from_slice(simd, &floats[i * step..][..V::LEN]);
            });
        } else {
            unroll!(16: i < n, {
                if first <= x + i && x + i < end {
                    pixels[i.min(8)] = V::from_slice(simd, &self.memory[at.wrapping_add(i * step)..][..V::LEN]);
                }
            });
        }
        pixels
    }
}
/// How many rows of outputs are done together.
fn band(step: usize, row_of_inputs: usize, row_of_outputs: usize) -> usize {
    (BAND / (step * row_of_inputs + row_of_outputs).max(1)).max(4)
}

/// How many columns of those that are left make the next strip: with 32 registers 4, else 3, and no narrow rest.
#[inline(always)]
fn columns<S: Tile>(left: usize) -> usize {
    if S::ROWS >= 8 {
        if matches!(left, 3 | 5 | 6) { 3 } else { left.min(4) }
    } else if left == 4 {
        2
    } else {
        left.min(3)
    }
}
