//! Gradients of weights: sums of rank-1 updates over pixels or samples.
//!
//! `MR` contiguous floats of the input by `NR` panels of 16 outputs stay in registers while the pixels of a block go
//! by; then they are added to the gradient, which lies like the weights do.

pub(crate) mod copied;

use super::grid::Grid;
use super::panels::Panels;
use super::row_fma::Taps;
use super::touch::touch;
use super::unroll;
use crate::buffer::LANES;
use crate::simd::{Tile, dispatch};
use fearless_simd::{Simd, SimdBase, SimdFloat, f32x16};

/// `gradient[tap][o] += sum over pixels of input[pixel + tap] * d_output[pixel][o]`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rank1<'a> {
    /// What the grid's `a` points into.
    pub(crate) input: &'a [f32],
    /// What the grid's `b` points into, with slack behind every sample.
    pub(crate) d_output: &'a [f32],
    pub(crate) grid: Grid,
    pub(crate) taps: Taps,
    pub(crate) panels: Panels,
    /// The row of the panels that the first tap's gradient is in.
    pub(crate) row: usize,
}

/// Adds a product to `gradient`, which `panels` points into.
pub(crate) fn rank1(rank1: &Rank1<'_>, gradient: &mut [f32]) {
    run_on(rank1, false, gradient);
}

/// Overwrites the gradients of the taps with a product of at least one pixel.
pub(crate) fn overwrite(rank1: &Rank1<'_>, gradient: &mut [f32]) {
    debug_assert!(rank1.grid.pixels() > 0, "a product of no pixels overwrites nothing");
    run_on(rank1, true, gradient);
}

fn run_on(rank1: &Rank1<'_>, overwrites: bool, gradient: &mut [f32]) {
    if rank1.grid.pixels() == 0 {
        return;
    }
    if rank1.taps.count() >= APART {
        dispatch!(simd => panels::<_, MOST, OUTPUTS>(simd, rank1, overwrites, gradient));
    } else if rank1.grid.pixels() <= MOST {
        dispatch!(simd => panels::<_, MOST, 0>(simd, rank1, overwrites, gradient));
    } else {
        dispatch!(simd => panels::<_, FEW_TAPS, 0>(simd, rank1, overwrites, gradient));
    }
}

/// Taps from which on pixels are cut into small pieces. (Sapphire Rapids: small pieces lose up to 8 points of the peak
/// for first layers of 27 to 147 taps and for 1x1 filters.)
const APART: usize = 256;

/// Pixels of a piece, with two panels at once; twice as many with one. What is read of them (16 KB of the outputs, a
/// cache line or two of each pixel's taps) stays in the first level cache while all taps go by; the gradient of the
/// panels is then read and written in the second level. (Sapphire Rapids, AVX-512: 96, 192 and 256 were no better;
/// whole blocks, from the second level, up to 10 points worse. With one panel, AVX2, 128 pixels lost up to 10 points.)
const PIXELS: usize = 128;

/// The most pixels of a small piece.
const MOST: usize = 2 * PIXELS;

/// Outputs from which on those of a piece are copied side by side: a register tile reads a vector or two of each
/// pixel's, which lie far apart, and mostly by a power of two, so that the first level cache has no room for them.
/// Where a tile has a single panel they always are: walked in order, they need no bounds checks. (Zen 4, AVX2: 256 and
/// 384 outputs take 0.90 and 0.92 of the time, 512 and more 0.78 to 0.86, 32 to 128 0.94 to 0.99; with AVX-512, whose
/// tiles take four times as long for each pixel, all take as long either way.)
const FAR: usize = 256;

/// Floats of a piece's outputs: of 128 pixels and two panels, or of twice as many pixels and one.
const OUTPUTS: usize = PIXELS * 2 * LANES;

/// Pixels of a piece with few taps, which go by so seldom that it costs less to read all pixels from afar than to add
/// to the gradient more often.
const FEW_TAPS: usize = 1024;

/// Floats of a gradient that stays in the second level cache from block to block: touching it gains nothing.
const NEAR: usize = 64 << 10;

/// Register tiles, one behind the other: of the same number of taps, and `NR` panels.
#[derive(Clone, Copy)]
struct Job<'a> {
    rank1: &'a Rank1<'a>,
    /// Where each pixel is in the input and in the outputs. A list, so that one loop goes over all of them: between
    /// loops for samples, rows and columns, all sums go to the stack and back.
    pixels: &'a [[usize; 2]],
    /// From the first panel on; if they are gathered, those of the pixels alone, side by side.
    d_output: &'a [f32],
    is_gathered: bool,
    /// First panel.
    panel: usize,
    /// First row of the panels.
    row: usize,
    /// Where the first tap is in a window.
    shift: usize,
    /// How many.
    tiles: usize,
    /// Whether the gradient holds nothing yet that counts.
    overwrites: bool,
}

/// Pieces have at most `N` pixels; of many taps there is room for `M` floats of outputs, if these are to be copied.
#[inline(always)]
fn panels<S: Tile, const N: usize, const M: usize>(simd: S, rank1: &Rank1<'_>, overwrites: bool, gradient: &mut [f32]) {
    let at_once = if M > 0 { 2 * PIXELS / S::PANELS } else { N };
    let is_gathered = M > 0 && (S::PANELS == 1 || rank1.panels.outputs >= FAR);
    let (mut list, mut outputs) = ([[0; 2]; N], [0.0; M]);
    for panel in (0..rank1.panels.count()).step_by(S::PANELS) {
        let panels = (rank1.panels.count() - panel).min(S::PANELS);
        for n in (panel..panel + panels).filter(|_| rank1.panels.size() > NEAR && !overwrites) {
            touch(gradient, rank1.panels.at(n, rank1.row), rank1.taps.count() * rank1.panels.step(n));
        }
        for (piece, grid) in rank1.grid.pieces(at_once).enumerate() {
            let pixels = grid.list(&mut list);
            let mut d_output = &rank1.d_output[panel * LANES..];
            if is_gathered {
                gather(d_output, panels, pixels, &mut outputs);
                d_output = &outputs;
            }
            let overwrites = overwrites && piece == 0;
            let job =
                Job { rank1, pixels, d_output, is_gathered, panel, row: rank1.row, shift: 0, tiles: 0, overwrites };
            for Place { row, shift, count, tiles } in cut(rank1.taps, S::TAPS) {
                tile(simd, Job { row: rank1.row + row, shift, tiles, ..job }, [count, panels], gradient);
            }
        }
    }
}

/// Copies the outputs of so many panels side by side.
#[inline(always)]
fn gather(d_output: &[f32], panels: usize, pixels: &[[usize; 2]], to: &mut [f32]) {
    let copies = to.as_chunks_mut::<LANES>().0.chunks_exact_mut(panels);
    for (&[_, at], to) in pixels.iter().zip(copies) {
        let from = d_output[at..][..panels * LANES].as_chunks::<LANES>().0;
        from.iter().zip(to).for_each(|(from, to)| *to = *from);
    }
}

/// Register tiles of the same number of contiguous taps, one behind the other.
#[derive(Clone, Copy)]
struct Place {
    /// The first tap among all.
    row: usize,
    /// Where it is in a window.
    shift: usize,
    count: usize,
    tiles: usize,
}

/// Cuts the taps for register tiles of at most `most`: of each run as few as possible, as even as possible, the larger
/// ones first.
#[inline(always)]
fn cut(taps: Taps, most: usize) -> impl Iterator<Item = Place> {
    let tiles = taps.run.div_ceil(most);
    let (least, larger) = (taps.run / tiles.max(1), taps.run % tiles.max(1));
    let of_run = [(0, least + 1, larger), (larger * (least + 1), least, tiles - larger)];
    taps.starts().flat_map(move |[row, shift]| {
        of_run.into_iter().filter(|&(.., tiles)| tiles > 0).map(move |(first, count, tiles)| Place {
            row: row + first,
            shift: shift + first,
            count,
            tiles,
        })
    })
}

#[inline(always)]
fn tile<S: Tile>(simd: S, job: Job<'_>, [taps, at_once]: [usize; 2], gradient: &mut [f32]) {
    macro_rules! run {
        ($($taps:literal)*) => {
            match (taps, at_once, job.is_gathered) {
                $(($taps, 1, false) if $taps <= S::TAPS => run::<S, $taps, 1, false>(simd, job, gradient),)*
                $(($taps, 1, true) if $taps <= S::TAPS => run::<S, $taps, 1, true>(simd, job, gradient),)*
                $(($taps, 2, false) if $taps <= S::TAPS && S::PANELS == 2 => {
                    run::<S, $taps, 2, false>(simd, job, gradient);
                })*
                $(($taps, 2, true) if $taps <= S::TAPS && S::PANELS == 2 => {
                    run::<S, $taps, 2, true>(simd, job, gradient);
                })*
                _ => unreachable!("no register tile of {taps} taps and {at_once} panels"),
            }
        };
    }
    run!(1 2 3 4 5 6 7 8 9 10 11 12);
}

#[inline(never)]
fn run<S: Simd, const MR: usize, const NR: usize, const GATHERED: bool>(simd: S, job: Job<'_>, gradient: &mut [f32]) {
    simd.vectorize(
        #[inline(always)]
        || sum::<S, MR, NR, GATHERED>(simd, job, gradient),
    );
}

/// Adds the products of a pixel.
#[inline(always)]
fn add_pixel<S: Simd, const MR: usize, const NR: usize>(
    simd: S,
    taps: &[f32],
    d_outputs: &[[f32; LANES]; NR],
    sums: &mut [[f32x16<S>; NR]; MR],
) {
    let mut d = [f32x16::splat(simd, 0.0); NR];
    unroll!(n < NR, {
        d[n] = f32x16::from_slice(simd, &d_outputs[n]);
    });
    unroll!(16: m < MR, {
        let t = f32x16::splat(simd, taps[m]);
        unroll!(n < NR, {
            sums[m][n] = t.mul_add(d[n], sums[m][n]);
        });
    });
}

#[inline(always)]
fn sum<S: Simd, const MR: usize, const NR: usize, const GATHERED: bool>(simd: S, job: Job<'_>, gradient: &mut [f32]) {
    let Job { rank1: &Rank1 { panels, input, .. }, pixels, d_output, .. } = job;
    for tile in 0..job.tiles {
        let input = &input[job.shift + tile * MR..];
        let mut sums = [[f32x16::splat(simd, 0.0); NR]; MR];
        if GATHERED {
            for (&[a, _], d) in pixels.iter().zip(d_output.as_chunks::<LANES>().0.as_chunks::<NR>().0) {
                add_pixel(simd, &input[a..][..MR], d, &mut sums);
            }
        } else {
            for &[a, b] in pixels {
                let d = d_output[b..][..NR * LANES].as_chunks::<LANES>().0.as_chunks::<NR>().0;
                add_pixel(simd, &input[a..][..MR], &d[0], &mut sums);
            }
        }
        add_sums(simd, &sums, panels, [job.panel, job.row + tile * MR], job.overwrites, gradient);
    }
}

/// Adds the sums to the gradient, or overwrites it with them, from a panel and a row on.
#[inline(always)]
fn add_sums<S: Simd, const MR: usize, const NR: usize>(
    simd: S,
    sums: &[[f32x16<S>; NR]; MR],
    panels: Panels,
    [panel, row]: [usize; 2],
    overwrites: bool,
    gradient: &mut [f32],
) {
    unroll!(n < NR, {
        let (width, step) = (panels.width(panel + n), panels.step(panel + n));
        let to = &mut gradient[panels.at(panel + n, row)..][..(MR - 1) * step + width];
        if width == LANES && overwrites {
            unroll!(16: m < MR, {
                sums[m][n].store_slice(&mut to[m * step..][..LANES]);
            });
        } else if width == LANES {
            unroll!(16: m < MR, {
                let to = &mut to[m * step..][..LANES];
                (f32x16::from_slice(simd, to) + sums[m][n]).store_slice(to);
            });
        } else {
            if overwrites {
                unroll!(16: m < MR, {
                    to[m * step..][..width].fill(0.0);
                });
            }
            unroll!(16: m < MR, {
                let to = &mut to[m * step..][..width];
                add_lanes(sums[m][n].into(), to);
            });
        }
    });
}

/// Adds the first `to.len()` < 16 lanes, in pieces of a fixed length.
#[inline(always)]
fn add_lanes(lanes: [f32; LANES], to: &mut [f32]) {
    #[inline(always)]
    fn piece<const N: usize>(lanes: &[f32; LANES], to: &mut [f32], first: usize) -> usize {
        for (to, x) in to[first..][..N].iter_mut().zip(&lanes[first..][..N]) {
            *to += x;
        }
        first + N
    }
    let mut first = 0;
    if to.len() & 8 != 0 {
        first = piece::<8>(&lanes, to, first);
    }
    if to.len() & 4 != 0 {
        first = piece::<4>(&lanes, to, first);
    }
    if to.len() & 2 != 0 {
        first = piece::<2>(&lanes, to, first);
    }
    if to.len() & 1 != 0 {
        piece::<1>(&lanes, to, first);
    }
}
