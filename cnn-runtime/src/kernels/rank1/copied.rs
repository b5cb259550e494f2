//! Gradients of weights of many panels on machines with few registers: taps and outputs are copied side by side first.
//!
//! A small register tile reads a few floats of each pixel's taps and goes on to the next pixel, for every panel anew:
//! in place that is a place to look up, checks and, where pixels lie a power of two apart, a first level cache without
//! room. Copied once for all panels, tile by tile, both factors are read in one go.

use super::{NEAR, Rank1, add_pixel, add_sums, gather};
use crate::buffer::LANES;
use crate::kernels::panels::Panels;
use crate::kernels::row_fma::Taps;
use crate::kernels::touch::touch;
use crate::simd::{Tile, dispatch};
use fearless_simd::{Simd, SimdBase, f32x16};

/// Floats of scratch memory: copies of some taps and of some panels' outputs.
pub(crate) const SCRATCH: usize = TAPS + OUTPUTS;

/// Taps that are copied at once: whole tiles of every instruction set.
const ROWS: usize = 96;

/// Pixels of a piece: what a tile reads of them stays in the first level cache.
const PIXELS: usize = 256;

/// Floats of copied taps, with a cache line between tiles: of 256 pixels they would begin at the same few sets of the
/// first level cache, which has no room for a line of each.
const TAPS: usize = ROWS * PIXELS + ROWS / 2 * LANES;

/// Floats of copied outputs, of as many panels as there is room for: the taps are copied once for all of them. (Zen 4,
/// AVX2: half as many take 1.00 to 1.04 of the time, a quarter 1.02 to 1.10 of that.)
const OUTPUTS: usize = 128 << 10;

/// Taps from which on the outputs are used often enough to be copied. (Zen 4, SSE2: 64 and 147 taps take 0.77 and 0.97
/// of the time, 27 would take 1.13 to 1.15.)
const FEW: usize = 64;

/// Whether this is the way for a product.
pub(crate) fn fits(rank1: &Rank1<'_>) -> bool {
    #[inline(always)]
    fn gains<S: Tile>(_: S, rank1: &Rank1<'_>) -> bool {
        rank1.panels.count() >= S::COPIED && rank1.taps.run >= S::TAPS
    }
    rank1.taps.count() >= FEW
        && (1..=OUTPUTS / LANES).contains(&rank1.grid.pixels())
        && dispatch!(simd => gains(simd, rank1))
}

/// Adds a product that [`fits`] to `gradient`. `scratch` has at least [`SCRATCH`] floats.
pub(crate) fn add(rank1: &Rank1<'_>, scratch: &mut [f32], gradient: &mut [f32]) {
    debug_assert!(scratch.len() >= SCRATCH, "the plan has too little scratch memory");
    dispatch!(simd => groups(simd, rank1, scratch, gradient));
}

#[inline(always)]
fn groups<S: Tile>(simd: S, rank1: &Rank1<'_>, scratch: &mut [f32], gradient: &mut [f32]) {
    let &Rank1 { input, d_output, grid, taps, panels, row } = rank1;
    let (copied, outputs) = scratch[..SCRATCH].split_at_mut(TAPS);
    let mut list = [[0; 2]; PIXELS];
    let at_once = OUTPUTS / (grid.pixels() * LANES);
    for first in (0..panels.count()).step_by(at_once) {
        let group = first..panels.count().min(first + at_once);
        let mut at = 0;
        for piece in grid.pieces(PIXELS) {
            let pixels = piece.list(&mut list);
            for panel in group.clone() {
                gather(&d_output[panel * LANES..], 1, pixels, &mut outputs[at..]);
                at += pixels.len() * LANES;
            }
        }
        for chunk in chunks(taps) {
            let row = row + chunk.row;
            for panel in group.clone().filter(|_| panels.size() > NEAR) {
                touch(gradient, panels.at(panel, row), chunk.count * panels.step(panel));
            }
            let mut at = 0;
            for piece in grid.pieces(PIXELS) {
                let pixels = piece.list(&mut list);
                copy::<S>(&input[chunk.shift..], pixels, chunk.count, copied);
                for panel in group.clone() {
                    let d_output = outputs[at..][..pixels.len() * LANES].as_chunks().0;
                    at += pixels.len() * LANES;
                    let count = chunk.count / S::TAPS;
                    let whole = Job { taps: copied, d_output, panels, panel, row, tiles: count };
                    let of_rest = &copied[count * step(S::TAPS, pixels.len())..];
                    let rest = Job { taps: of_rest, row: row + count * S::TAPS, tiles: 1, ..whole };
                    tiles(simd, S::TAPS, whole, gradient);
                    tiles(simd, chunk.count % S::TAPS, rest, gradient);
                }
            }
        }
    }
}

/// Contiguous taps, at most [`ROWS`].
#[derive(Clone, Copy)]
struct Chunk {
    /// The first of them among all.
    row: usize,
    /// Where it is in a window.
    shift: usize,
    count: usize,
}

fn chunks(taps: Taps) -> impl Iterator<Item = Chunk> {
    taps.starts().flat_map(move |[row, shift]| {
        (0..taps.run).step_by(ROWS).map(move |first| Chunk {
            row: row + first,
            shift: shift + first,
            count: ROWS.min(taps.run - first),
        })
    })
}

/// Copies taps: tile by tile, of each the pixels one behind the other.
#[inline(always)]
fn copy<S: Tile>(input: &[f32], pixels: &[[usize; 2]], count: usize, to: &mut [f32]) {
    macro_rules! copy {
        ($($taps:literal)*) => {
            match S::TAPS {
                $($taps => copy_in::<$taps>(input, pixels, count, to),)*
                _ => unreachable!("no register tile of {} taps", S::TAPS),
            }
        };
    }
    copy!(2 4 6);
}

/// Pixel by pixel, so that each is read in one go.
#[inline(always)]
fn copy_in<const TILE: usize>(input: &[f32], pixels: &[[usize; 2]], count: usize, to: &mut [f32]) {
    let (whole, rest, step) = (count - count % TILE, count % TILE, step(TILE, pixels.len()));
    for (i, &[at, _]) in pixels.iter().enumerate() {
        let (tiles, others) = input[at..][..count].split_at(whole);
        for (from, to) in tiles.as_chunks::<TILE>().0.iter().zip(to.chunks_mut(step)) {
            to[i * TILE..][..TILE].copy_from_slice(from);
        }
        if rest > 0 {
            to[whole / TILE * step + i * rest..][..rest].copy_from_slice(others);
        }
    }
}

/// Floats from a tile's copied taps to the next one's.
fn step(taps: usize, pixels: usize) -> usize {
    taps * pixels + LANES
}

/// Register tiles of the same number of taps, one behind the other, and one panel.
#[derive(Clone, Copy)]
struct Job<'a> {
    taps: &'a [f32],
    d_output: &'a [[f32; LANES]],
    panels: Panels,
    panel: usize,
    /// The row of the panel that the first tap's gradient is in.
    row: usize,
    tiles: usize,
}

/// Adds the products of tiles of so many taps, of none if it is zero.
#[inline(always)]
fn tiles<S: Tile>(simd: S, taps: usize, job: Job<'_>, gradient: &mut [f32]) {
    macro_rules! run {
        ($($taps:literal)*) => {
            match taps {
                0 => {}
                $($taps if $taps <= S::TAPS && S::PANELS == 1 => run::<S, $taps>(simd, job, gradient),)*
                _ => unreachable!("no register tile of {taps} taps"),
            }
        };
    }
    run!(1 2 3 4 5 6);
}

#[inline(never)]
fn run<S: Simd, const MR: usize>(simd: S, job: Job<'_>, gradient: &mut [f32]) {
    simd.vectorize(
        #[inline(always)]
        || sums::<S, MR>(simd, job, gradient),
    );
}

#[inline(always)]
fn sums<S: Simd, const MR: usize>(simd: S, job: Job<'_>, gradient: &mut [f32]) {
    let Job { d_output, panels, panel, row, .. } = job;
    for (tile, taps) in job.taps.chunks(step(MR, d_output.len())).take(job.tiles).enumerate() {
        let mut sums = [[f32x16::splat(simd, 0.0); 1]; MR];
        for (taps, d) in taps.as_chunks::<MR>().0.iter().zip(d_output) {
            add_pixel(simd, taps, &[*d], &mut sums);
        }
        add_sums(simd, &sums, panels, [panel, row + tile * MR], false, gradient);
    }
}
