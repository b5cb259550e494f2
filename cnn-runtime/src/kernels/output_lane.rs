//! Convolutions of one channel to few filters: the lanes are 16 floats of a row of the output as they lie there, pixels
//! and filters, so that none is idle and nothing is rearranged.
//!
//! What those are multiplied with is spread: every pixel of the input as many times as there are filters, side by side.
//! A tap is then a constant distance in a line of spread pixels, and a vector of weights is the same filters over and
//! over, beginning with one of a few of them. A spread vector meets the weights of a column of taps, or the gradients
//! of as many rows, while it is in a register: five products for a load.
//!
//! That takes 32 registers. A vector of spread pixels is a permutation of neighbouring pixels, of which there must be
//! 16 at most. Sapphire Rapids, 28x28 and 6 filters of 5x5, a sample: forward 2.4 us instead of 3.5, gradients with the
//! biases 3.3 instead of 3.4; since lines are spread block by block the kernels alone take 2.2 and 2.4. With three
//! channels and 10 filters spreading takes a fifth of the time, and this is not faster than pixels in the lanes (15.2
//! us against 15.4, gradients 15.3 against 12.6).

mod forward;
mod gradient;

use super::unroll;
use crate::buffer::LANES;
use crate::simd;
use fearless_simd::{f32x16, prelude::*, u8x64};

pub(crate) use forward::{Forward, forward};
pub(crate) use gradient::{Gradient, add_gradient};

/// Windows with a stride of 1, and the row of the output that they make.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Windows {
    /// Floats from a row of the input to the next.
    pub(crate) row: usize,
    pub(crate) filters: usize,
    /// Rows and columns of a filter.
    pub(crate) kernel: [usize; 2],
    /// Columns of the output.
    pub(crate) width: usize,
    /// Columns of the convolution for one of the output: two if it is pooled. Those of a phase are spread side by side.
    pub(crate) phases: usize,
}

/// Floats from a line of spread pixels to the next. A constant, so that one address serves all lines of a tile: with a
/// length that is known at run time alone, half of the time goes by in reloading addresses. (An odd number of cache
/// lines, enough for 28 columns of 10 filters.)
const LINE: usize = 21 * LANES;

/// Lines of spread pixels: a register tile's and those that its windows reach into.
const LINES: usize = 20;

/// Most vectors until one begins with the first filter again.
const TURNS: usize = 5;

/// Most taps of a filter.
const TAPS: usize = 25;

/// Floats of scratch memory: lines, and a vector for every tap and turn, with slack behind. (An array would have to be
/// zeroed in every call, which takes as long as a tenth of a sample.)
pub(crate) const SCRATCH: usize = LINES * LINE + TURNS * TAPS * LANES + LANES;

impl Windows {
    /// Whether this is the way, for `rows` rows of the convolution's output.
    pub(crate) fn fits(&self, rows: usize) -> bool {
        (4..=12).contains(&self.filters)
            && matches!(self.turns(), 1 | 3 | 5)
            && self.kernel == [5, 5]
            && rows >= 8
            && self.floats() >= LANES
            && self.part() * self.phases <= LINE
            && simd::has_32_registers()
    }

    /// Vectors until one begins with the first filter again.
    fn turns(&self) -> usize {
        (1..).find(|turns| (turns * LANES).is_multiple_of(self.filters)).unwrap_or(1)
    }

    /// Floats of a row of the output.
    fn floats(&self) -> usize {
        self.width * self.filters
    }

    /// Columns of the input that a row of windows sees.
    fn columns(&self) -> usize {
        self.width * self.phases + self.kernel[1] - 1
    }

    /// Floats of a line for a phase: all turns of its last vectors.
    fn part(&self) -> usize {
        (self.columns().div_ceil(self.phases) * self.filters).next_multiple_of(self.turns() * LANES)
    }

    /// Where in a line a column of taps is, for the windows of a phase.
    fn tap(&self, x: usize, phase: usize) -> usize {
        let x = x + phase;
        x % self.phases * self.part() + x / self.phases * self.filters
    }
}

/// How vectors of spread pixels are made.
#[repr(align(64))]
struct Spread {
    windows: Windows,
    turns: usize,
    /// Floats of a line for a phase, and columns of the input that it sees.
    part: usize,
    columns: usize,
    /// Floats of the input from a vector to that of the same turn.
    step: usize,
    /// For every turn: which bytes of a vector of pixels become its lanes.
    bytes: [[u8; 4 * LANES]; TURNS],
    /// For every turn: which bytes of a vector of filters they meet.
    filters: [[u8; 4 * LANES]; TURNS],
    /// For every turn: its first pixel.
    pixels: [usize; TURNS],
}

impl Spread {
    fn new(windows: Windows) -> Self {
        let turns = windows.turns();
        let ([mut bytes, mut filters], mut pixels) = ([[[0; 4 * LANES]; TURNS]; 2], [0; TURNS]);
        let [mut pixel, mut filter] = [0, 0];
        for ((bytes, filters), first) in bytes.iter_mut().zip(&mut filters).zip(&mut pixels).take(turns) {
            *first = pixel;
            for (of_pixel, of_filter) in bytes.as_chunks_mut().0.iter_mut().zip(filters.as_chunks_mut().0) {
                let float = |float: usize| [0, 1, 2, 3].map(|byte| 4 * float as u8 + byte);
                *of_pixel = float((pixel - *first) * windows.phases);
                *of_filter = float(filter);
                filter += 1;
                if filter == windows.filters {
                    [pixel, filter] = [pixel + 1, 0];
                }
            }
        }
        let step = turns * LANES / windows.filters * windows.phases;
        Self { windows, turns, part: windows.part(), columns: windows.columns(), step, bytes, filters, pixels }
    }

    /// `values`, one for each filter and slack behind, as they meet the vectors of a turn.
    #[inline(always)]
    fn repeated<S: Simd>(&self, simd: S, values: &[f32], turn: usize) -> f32x16<S> {
        f32x16::from_slice(simd, &values[..LANES]).swizzle_dyn(u8x64::from_slice(simd, &self.filters[turn]))
    }

    /// Fills whole lines. `input` starts at the first window.
    fn fill<S: Simd>(&self, simd: S, input: &[f32], lines: &mut [f32]) {
        simd.vectorize(
            #[inline(always)]
            || match self.turns {
                1 => self.fill_lines::<S, 1>(simd, input, lines),
                3 => self.fill_lines::<S, 3>(simd, input, lines),
                5 => self.fill_lines::<S, 5>(simd, input, lines),
                turns => unreachable!("{turns} turns"),
            },
        );
    }

    /// Line by line, so that what is read first was written long ago: a vector that is loaded across two which are
    /// still on their way to the cache waits for both. No division by a number that is known at run time alone: one
    /// costs as much as ten vectors.
    #[inline(always)]
    fn fill_lines<S: Simd, const T: usize>(&self, simd: S, input: &[f32], lines: &mut [f32]) {
        let Self { windows: Windows { row, phases, .. }, part, columns, step, .. } = *self;
        let mut bytes = [u8x64::splat(simd, 0); T];
        let mut pixels = [0; T];
        let (all_bytes, all_pixels) = (&self.bytes[..T], &self.pixels[..T]);
        unroll!(turn < T, {
            bytes[turn] = u8x64::from_slice(simd, &all_bytes[turn]);
            pixels[turn] = all_pixels[turn] * phases;
        });
        for (y, line) in lines.as_chunks_mut::<LINE>().0.iter_mut().enumerate() {
            let source = &input[y * row..][..columns + LANES];
            for phase in 0..phases {
                let (mut from, mut to) = (phase, phase * part);
                while to < (phase + 1) * part {
                    let block = &mut line[to..][..T * LANES];
                    unroll!(turn < T, {
                        // Behind the row nothing is read that counts, but it must be there.
                        let x = f32x16::from_slice(simd, &source[(from + pixels[turn]).min(columns)..][..LANES]);
                        x.swizzle_dyn(bytes[turn]).store_slice(&mut block[turn * LANES..][..LANES]);
                    });
                    from += step;
                    to += T * LANES;
                }
            }
        }
    }
}
