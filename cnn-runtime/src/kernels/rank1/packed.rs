//! Taps and outputs of some pixels copied side by side before they are multiplied.
//!
//! A register tile reads a dozen floats of every pixel and one or two vectors of outputs, which lie far apart, and often by
//! a power of two: the first level cache has no room for them side by side, and prefetchers do not follow. With many
//! outputs each copy of taps is read for panel after panel. (Emerald Rapids, old and new by turns: 7x7x512 to 512 filters
//! of 3x3 takes 0.82 of the time, 7x7x1024 to 1024 of 1x1 0.86, 28x28x512 0.96; 256 outputs gain nothing, and 64 take 1.2
//! times as long.)

use super::{Job, Rank1, cut, tile};
use crate::buffer::LANES;
use crate::kernels::grid::{Grid, Steps};
use crate::kernels::touch::touch;
use crate::simd::{Tile, dispatch};
use fearless_simd::{Simd, SimdBase, f32x16};

/// Outputs from which on it pays.
pub(super) const OUTPUTS: usize = 512;

/// Register tiles whose taps are copied together: their pixels' outputs are copied once for all of them.
const TILES: usize = 16;

/// Floats of taps: of 128 pixels and 12 taps, or of twice as many pixels and half as many taps.
const COPIED: usize = TILES * 12 * super::PIXELS + LANES;

/// As [`rank1`](super::rank1).
#[expect(clippy::large_stack_arrays, reason = "112 KB of the 2 MB that a thread has by default")]
#[inline(never)]
pub(super) fn panels(rank1: &Rank1<'_>, overwrites: bool, gradient: &mut [f32]) {
    let (mut taps, mut outputs) = ([0.0; COPIED], [0.0; super::PIXELS * 2 * LANES]);
    dispatch!(simd => run(simd, rank1, overwrites, &mut taps, &mut outputs, gradient));
}

#[inline(always)]
fn run<S: Tile>(
    simd: S,
    rank1: &Rank1<'_>,
    overwrites: bool,
    taps: &mut [f32],
    outputs: &mut [f32],
    gradient: &mut [f32],
) {
    let Rank1 { panels, .. } = *rank1;
    let pixels = 2 * super::PIXELS / S::PANELS;
    let mut all = cut(rank1.taps, S::TAPS).peekable();
    while all.peek().is_some() {
        let mut some = [None; TILES];
        some.iter_mut().zip(&mut all).for_each(|(to, place)| *to = Some(place));
        let places = some.iter().flatten();
        let first = places.clone().next().map_or(0, |place| rank1.row + place.row);
        let rows = places.clone().map(|place| place.count).sum::<usize>();
        for (piece, grid) in rank1.grid.pieces(pixels).enumerate() {
            for (place, to) in places.clone().zip(0..) {
                copy(simd, rank1.input, grid.shifted(place.shift, 0), place.count, &mut taps[to * S::TAPS * pixels..]);
            }
            for panel in (0..panels.count()).step_by(S::PANELS) {
                let at_once = (panels.count() - panel).min(S::PANELS);
                if piece == 0 && panels.size() > super::NEAR && !overwrites {
                    (panel..panel + at_once).for_each(|n| touch(gradient, panels.at(n, first), rows * panels.step(n)));
                }
                gather(simd, rank1.d_output, grid.shifted(0, panel * LANES), at_once, outputs);
                for (place, from) in places.clone().zip(0..) {
                    let [a, b] = [place.count, at_once * LANES].map(|step| Steps { start: 0, steps: [0, 0, step] });
                    let job = Job {
                        rank1,
                        input: &taps[from * S::TAPS * pixels..],
                        grid: Grid { counts: [1, 1, grid.pixels()], a, b },
                        d_output: outputs,
                        panel,
                        row: rank1.row + place.row,
                        shift: 0,
                        overwrites: overwrites && piece == 0,
                    };
                    tile(simd, job, [place.count, at_once], gradient);
                }
            }
        }
    }
}

/// Copies the outputs of so many panels of every pixel of `b`.
#[inline(always)]
fn gather<S: Simd>(simd: S, d_output: &[f32], Grid { counts, b, .. }: Grid, panels: usize, to: &mut [f32]) {
    let mut to = to.as_chunks_mut::<LANES>().0.iter_mut();
    for s in 0..counts[0] {
        for y in 0..counts[1] {
            let row = &d_output[b.start + s * b.steps[0] + y * b.steps[1]..];
            for x in 0..counts[2] {
                let from = row[x * b.steps[2]..][..panels * LANES].as_chunks::<LANES>().0;
                from.iter().zip(&mut to).for_each(|(from, to)| f32x16::from_slice(simd, from).store_slice(to));
            }
        }
    }
}

/// Copies `count` floats of every pixel of `a`.
#[inline(always)]
fn copy<S: Simd>(simd: S, input: &[f32], Grid { counts, a, .. }: Grid, count: usize, to: &mut [f32]) {
    let mut at = 0;
    for s in 0..counts[0] {
        for y in 0..counts[1] {
            let row = &input[a.start + s * a.steps[0] + y * a.steps[1]..];
            for x in 0..counts[2] {
                let from = &row[x * a.steps[2]..];
                match from.first_chunk::<LANES>() {
                    // What is too much falls on the next pixel's place.
                    Some(from) => f32x16::from_slice(simd, from).store_slice(&mut to[at..][..LANES]),
                    None => to[at..][..count].copy_from_slice(&from[..count]),
                }
                at += count;
            }
        }
    }
}
