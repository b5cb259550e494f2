//! Dealing channels to vectors, for layers that treat every channel alike over all pixels.
//!
//! Up to [`SHARE`] channels are taken together: a row of a map is then one run of floats in which channels recur, and
//! numbers that belong to channels are laid out in a table in which they recur as well, whole vectors long. So three
//! channels fill a vector as well as sixteen do. More channels are taken [`SHARE`] at a time, pixel by pixel.

use crate::buffer::LANES;
use crate::simd::lanes::{first, for_lanes};
use fearless_simd::{f32x16, prelude::*};

/// Channels that are treated together.
pub(super) const SHARE: usize = 64;

/// Floats of a table: room for 63 channels sixteen times, and for loading a vector at the last of them.
pub(super) const TABLE: usize = SHARE * LANES;

/// A number for each channel of a share, repeated.
pub(super) type Table = [f32; TABLE];

/// Some of the channels of a map.
#[derive(Clone, Copy, Debug)]
pub(super) struct Share {
    /// The first of them.
    pub(super) first: usize,
    /// How many.
    pub(super) len: usize,
    /// Floats of a table until it repeats.
    pub(super) period: usize,
    /// Floats of a row from the start of one piece to the next.
    pub(super) step: usize,
}

impl Share {
    /// All channels, share by share.
    pub(super) fn all(channels: usize) -> impl Iterator<Item = Self> {
        (0..channels).step_by(SHARE).map(move |first| {
            let len = SHARE.min(channels - first);
            if len == channels {
                // Whole pixels and whole vectors; four of these at least, because a sum kept in one vector would wait
                // for itself.
                let whole = len << (LANES.trailing_zeros() - len.trailing_zeros().min(LANES.trailing_zeros()));
                let period = whole * (4 * LANES).div_ceil(whole);
                Self { first, len, period, step: period }
            } else {
                Self { first, len, period: len, step: channels }
            }
        })
    }

    /// The parts of a row that belong to the share, each at most `period` floats that go with the start of a table.
    #[inline(always)]
    pub(super) fn pieces<'a>(&self, row: &'a [f32]) -> impl Iterator<Item = &'a [f32]> {
        let (first, end) = (self.first, self.first + self.period);
        row.chunks(self.step).map(move |piece| &piece[first..end.min(piece.len())])
    }

    /// A table of what `value` says of every channel.
    pub(super) fn table(&self, value: impl Fn(usize) -> f32) -> Table {
        let mut table = [0.0; TABLE];
        for (lane, channel) in table[..self.len].iter_mut().zip(self.first..) {
            *lane = value(channel);
        }
        let mut filled = self.len;
        while filled < self.period {
            table.copy_within(..self.len, filled);
            filled += self.len;
        }
        table
    }
}

/// The numbers of a table for the vector at `at` of a piece.
#[inline(always)]
pub(super) fn entry<S: Simd>(simd: S, table: &Table, at: usize) -> f32x16<S> {
    f32x16::from_slice(simd, &table[at..at + LANES])
}

/// Sums over the pixels of a share's channels, N for every channel.
///
/// Sums of few numbers are kept in f32, sums of many in f64.
pub(super) struct Sums<const N: usize> {
    share: Share,
    few: [Table; N],
    pieces: usize,
    many: [[f64; SHARE]; N],
}

/// Pieces that are summed in f32.
const FEW: usize = 64;

impl<const N: usize> Sums<N> {
    pub(super) fn new(share: Share) -> Self {
        Self { share, few: [[0.0; TABLE]; N], pieces: 0, many: [[0.0; SHARE]; N] }
    }

    /// Adds to the sums `terms(at, lanes)` for every vector of a piece of `len` floats.
    #[inline(always)]
    pub(super) fn add<S: Simd>(&mut self, simd: S, len: usize, terms: impl Fn(usize, usize) -> [f32x16<S>; N]) {
        if self.pieces == FEW {
            self.settle();
        }
        self.pieces += 1;
        let zero = f32x16::splat(simd, 0.0);
        for_lanes(
            len,
            #[inline(always)]
            |at, lanes| {
                let terms = terms(at, lanes);
                for (few, term) in self.few.iter_mut().zip(terms) {
                    let sums = &mut few[at..at + LANES];
                    let term = if lanes == LANES { term } else { first(simd, lanes).select(term, zero) };
                    (f32x16::from_slice(simd, sums) + term).store_slice(sums);
                }
            },
        );
    }

    fn settle(&mut self) {
        for (few, many) in self.few.iter_mut().zip(&mut self.many) {
            let few = &mut few[..self.share.period];
            for pixel in few.chunks(self.share.len) {
                for (sum, &x) in many.iter_mut().zip(pixel) {
                    *sum += f64::from(x);
                }
            }
            few.fill(0.0);
        }
        self.pieces = 0;
    }

    /// The sums so far, of which the next ones know nothing.
    pub(super) fn take(&mut self) -> [[f64; SHARE]; N] {
        self.settle();
        std::mem::replace(&mut self.many, [[0.0; SHARE]; N])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_channel_of_every_pixel_meets_its_own_number_once() {
        for channels in (1..=70).chain([96, 100, 127, 128, 129, 200]) {
            for pixels in [1, 2, 5, 40] {
                let row: Vec<f32> = (0..pixels * channels).map(|i| (i % channels) as f32).collect();
                let mut seen = vec![0; channels];
                for share in Share::all(channels) {
                    assert!(share.period <= TABLE - LANES || share.period.is_multiple_of(LANES));
                    let table = share.table(|channel| channel as f32);
                    for piece in share.pieces(&row) {
                        assert_eq!(piece, &table[..piece.len()], "{share:?}");
                        piece.iter().for_each(|&x| seen[x as usize] += 1);
                    }
                }
                assert!(seen.iter().all(|&times| times == pixels), "{channels} channels: {seen:?}");
            }
        }
    }
}
