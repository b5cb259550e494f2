//! Dealing channels to vectors, for layers that treat every channel alike over all pixels.
//!
//! Up to [`SHARE`] channels are taken together: a row of a map is then one run of floats in which channels recur, and
//! numbers that belong to channels are laid out in a table in which they recur as well, whole vectors long. So three
//! channels fill a vector as well as sixteen do. More channels are taken [`SHARE`] at a time, pixel by pixel.

use crate::buffer::LANES;
use crate::kernels::unroll;
use crate::map::Part;
use fearless_simd::{f32x16, prelude::*};
use std::ops::Range;

/// Channels that are treated together.
pub(super) const SHARE: usize = 64;

/// Floats of a table: room for 63 channels sixteen times, and for loading a vector at the last of them. Not a power of
/// two: neighbouring tables would take turns in the first-level cache.
pub(super) const TABLE: usize = SHARE * LANES + LANES;

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
    /// Floats of a row from the start of one piece to the next. A piece goes with the start of a table.
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

    /// All channels of a part of a map, whose rows hold others between its pixels.
    pub(super) fn of(map: &Part) -> impl Iterator<Item = Self> {
        let pitch = if map.is_whole() { None } else { Some(map.pitch) };
        Self::all(map.channels).map(move |share| match pitch {
            Some(step) => Self { period: share.len, step, ..share },
            None => share,
        })
    }

    /// Floats of a run that are worked on together: whole pieces that the first-level cache holds.
    pub(super) fn block(&self) -> usize {
        if self.period == self.step { self.step * (4096 / self.step).max(1) } else { self.step * FEW }
    }

    /// Fills a table with what `value` says of every channel. In place: a table takes longer to copy than to fill.
    pub(super) fn fill(&self, table: &mut Table, value: impl Fn(usize) -> f32) {
        for (lane, channel) in table[..self.len].iter_mut().zip(self.first..) {
            *lane = value(channel);
        }
        let mut filled = self.len;
        while filled < self.period {
            let more = filled.min(self.period - filled);
            table.copy_within(..more, filled);
            filled += more;
        }
    }
}

/// The numbers of a table for the vector at `at` of a piece.
#[inline(always)]
pub(super) fn entry<S: Simd>(simd: S, table: &Table, at: usize) -> f32x16<S> {
    f32x16::from_slice(simd, &table[at..at + LANES])
}

/// Sums over the pixels of a share's channels, N for every channel.
///
/// Sums of few numbers are kept in f32, in registers; sums of many in f64.
pub(super) struct Sums<const N: usize> {
    share: Share,
    sums: [[f64; SHARE]; N],
}

/// Pieces that are summed in f32: with all of a share's channels, what the first-level cache holds.
const FEW: usize = 128;

impl<const N: usize> Sums<N> {
    pub(super) fn new(share: Share) -> Self {
        Self { share, sums: [[0.0; SHARE]; N] }
    }

    /// Adds to the sums `terms(at, slot, lanes)` for every vector of a run of `len` floats that begins with a pixel:
    /// `at` is its place in the run, `slot` its place in a table.
    #[inline(always)]
    pub(super) fn add<S: Simd>(&mut self, simd: S, len: usize, terms: impl Fn(usize, usize, usize) -> [f32x16<S>; N]) {
        self.add_beside(
            simd,
            len,
            self.share.step,
            #[inline(always)]
            |[at, _], slot, lanes| terms(at, slot, lanes),
        );
    }

    /// The same beside a run of another map, in which the pieces begin `other_step` floats apart: `terms` is told the
    /// places in both.
    #[inline(always)]
    pub(super) fn add_beside<S: Simd>(
        &mut self,
        simd: S,
        len: usize,
        other_step: usize,
        terms: impl Fn([usize; 2], usize, usize) -> [f32x16<S>; N],
    ) {
        let Share { first, period, step, .. } = self.share;
        let steps = [step, other_step];
        let whole = (len + step).saturating_sub(first + period) / step;
        for piece in (0..whole).step_by(FEW) {
            let pieces = piece..whole.min(piece + FEW);
            let mut slot = 0;
            // An addition waits for the one before it: several sums at a time.
            while slot + 4 * LANES <= period {
                self.add_vectors::<S, 4>(simd, pieces.clone(), steps, slot, &terms);
                slot += 4 * LANES;
            }
            while slot + LANES <= period {
                self.add_vectors::<S, 1>(simd, pieces.clone(), steps, slot, &terms);
                slot += LANES;
            }
            if slot < period {
                let mut sums = [f32x16::splat(simd, 0.0); N];
                for piece in pieces {
                    let terms = terms(steps.map(|step| first + piece * step + slot), slot, period - slot);
                    sums.iter_mut().zip(terms).for_each(
                        #[inline(always)]
                        |(sum, term)| *sum += term,
                    );
                }
                self.settle(slot, period - slot, sums.map(Into::into));
            }
        }
        // Less than a whole piece.
        let start = first + whole * step;
        let rest = len.saturating_sub(start);
        for slot in (0..rest).step_by(LANES) {
            let lanes = LANES.min(rest - slot);
            let terms = terms(steps.map(|step| first + whole * step + slot), slot, lanes);
            self.settle(slot, lanes, terms.map(Into::into));
        }
    }

    /// Adds what `V` vectors of some pieces have.
    #[inline(always)]
    fn add_vectors<S: Simd, const V: usize>(
        &mut self,
        simd: S,
        pieces: Range<usize>,
        steps: [usize; 2],
        slot: usize,
        terms: &impl Fn([usize; 2], usize, usize) -> [f32x16<S>; N],
    ) {
        let first = self.share.first;
        let mut sums = [[f32x16::splat(simd, 0.0); V]; N];
        for piece in pieces {
            let at = steps.map(|step| first + piece * step + slot);
            unroll!(v < V, {
                let terms = terms([at[0] + v * LANES, at[1] + v * LANES], slot + v * LANES, LANES);
                unroll!(n < N, {
                    sums[n][v] += terms[n];
                });
            });
        }
        unroll!(v < V, {
            let mut of_vector = [[0.0; LANES]; N];
            unroll!(n < N, {
                of_vector[n] = sums[n][v].into();
            });
            self.settle(slot + v * LANES, LANES, of_vector);
        });
    }

    /// Adds sums of the `lanes` table entries from `slot` on.
    #[inline(always)]
    fn settle(&mut self, slot: usize, lanes: usize, sums: [[f32; LANES]; N]) {
        let len = self.share.len;
        let mut lane = 0;
        while lane < lanes {
            let channel = (slot + lane) % len;
            let count = (len - channel).min(lanes - lane);
            for (to, from) in self.sums.iter_mut().zip(&sums) {
                let from = &from[lane..][..count];
                to[channel..][..count].iter_mut().zip(from).for_each(|(sum, &x)| *sum += f64::from(x));
            }
            lane += count;
        }
    }

    /// The sums so far, of which the next ones know nothing.
    pub(super) fn take(&mut self) -> [[f64; SHARE]; N] {
        std::mem::replace(&mut self.sums, [[0.0; SHARE]; N])
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
                let mut table = [f32::NAN; TABLE];
                for share in Share::all(channels) {
                    assert!(share.period <= TABLE - LANES || share.period.is_multiple_of(LANES));
                    share.fill(&mut table, |channel| channel as f32);
                    let (first, end) = (share.first, share.first + share.period);
                    for piece in row.chunks(share.step).map(|piece| &piece[first..end.min(piece.len())]) {
                        assert_eq!(piece, &table[..piece.len()], "{share:?}");
                        piece.iter().for_each(|&x| seen[x as usize] += 1);
                    }
                }
                assert!(seen.iter().all(|&times| times == pixels), "{channels} channels: {seen:?}");
            }
        }
    }
}
