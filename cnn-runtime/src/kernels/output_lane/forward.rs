//! The forward pass, with the maximum of 2 x 2: of two rows in registers, of two columns in two phases.

use super::{LINE, LINES, Spread, TURNS, Windows};
use crate::buffer::LANES;
use crate::kernels::{activate, rolling, unroll};
use crate::simd::{Tile, dispatch, math};
use fearless_simd::{Simd, SimdBase, SimdFloat, f32x16};

/// A group of samples.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Forward<'a> {
    pub(crate) windows: Windows,
    /// What `from` points into, with slack behind.
    pub(crate) input: &'a [f32],
    /// `[tap][filter]`, with slack behind.
    pub(crate) weights: &'a [f32],
    /// With slack behind.
    pub(crate) bias: Option<&'a [f32]>,
    pub(crate) relu: bool,
    pub(crate) samples: usize,
    /// Rows of the output.
    pub(crate) height: usize,
    /// The first window of the first sample, and floats from a sample to the next.
    pub(crate) from: [usize; 2],
    /// The first output of the first sample, and floats from a sample, and from a row, to the next.
    pub(crate) to: [usize; 3],
}

/// Computes the outputs. `scratch` has [`SCRATCH`](super::SCRATCH) floats.
pub(crate) fn forward(forward: &Forward<'_>, scratch: &mut [f32], output: &mut [f32]) {
    debug_assert!(scratch.len() >= super::SCRATCH, "the plan has too little scratch memory");
    dispatch!(simd => tiles(simd, forward, scratch, output));
}

/// Rows of a register tile, at most.
const MOST: usize = LINES - 4;

/// Columns of a filter, at most.
const COLUMNS: usize = 5;

#[inline(always)]
fn tiles<S: Tile>(simd: S, forward: &Forward<'_>, scratch: &mut [f32], output: &mut [f32]) {
    let &Forward { windows, input, weights, bias, samples, height, from, to, .. } = forward;
    let Windows { row, filters, kernel: [kernel_h, kernel_w], phases, .. } = windows;
    let spread = Spread::new(windows);
    let turns = spread.turns;
    let (memory, patterns) = scratch.split_at_mut(LINES * LINE);
    let vectors = patterns.as_chunks_mut::<LANES>().0;
    let taps = kernel_h * kernel_w;
    for turn in 0..turns {
        for y in 0..kernel_h {
            for x in 0..kernel_w {
                // By columns of taps, since those of a column follow each other.
                let pattern = spread.repeated(simd, &weights[(y * kernel_w + x) * filters..], turn);
                pattern.store_slice(&mut vectors[turn * taps + x * kernel_h + y]);
            }
        }
    }
    let mut starts = [[0.0; LANES]; TURNS];
    if let Some(bias) = bias {
        starts.iter_mut().enumerate().for_each(|(turn, start)| spread.repeated(simd, bias, turn).store_slice(start));
    }
    let mut places = [[0; COLUMNS]; 2];
    for (phase, places) in places.iter_mut().enumerate() {
        places.iter_mut().enumerate().for_each(|(x, place)| *place = windows.tap(x, phase));
    }
    // As few rows twice as possible, tiles as high as possible.
    let rows = height * phases;
    let tile = [16, 14, 12, 8].into_iter().filter(|&tile| tile <= rows.min(MOST));
    let tile = tile.min_by_key(|&tile| (rows.next_multiple_of(tile), MOST - tile)).unwrap_or(8);
    for sample in 0..samples {
        for first in (0..rows).step_by(tile) {
            let first = first.min(rows - tile);
            let lines = &mut memory[..(tile + kernel_h - 1) * LINE];
            spread.fill(simd, &input[from[0] + sample * from[1] + first * row..], lines);
            let output = &mut output[to[0] + sample * to[1] + first / phases * to[2]..];
            let job = Job { forward, lines, places: &places, patterns, turns, starts: &starts };
            match (tile, kernel_h, phases) {
                (16, 5, 1) => run::<S, 16, 5>(simd, job, output),
                (14, 5, 1) => run::<S, 14, 5>(simd, job, output),
                (12, 5, 1) => run::<S, 12, 5>(simd, job, output),
                (8, 5, 1) => run::<S, 8, 5>(simd, job, output),
                (16, 5, 2) => run_pooled::<S, 16, 5>(simd, job, output),
                (14, 5, 2) => run_pooled::<S, 14, 5>(simd, job, output),
                (12, 5, 2) => run_pooled::<S, 12, 5>(simd, job, output),
                (8, 5, 2) => run_pooled::<S, 8, 5>(simd, job, output),
                _ => unreachable!("no register tile of {tile} rows for {kernel_h} x {kernel_w} taps"),
            }
        }
    }
}

/// A register tile of some rows, for all vectors of a row of the output. The output starts at the first row.
#[derive(Clone, Copy)]
struct Job<'a> {
    forward: &'a Forward<'a>,
    /// Spread pixels of the tile's rows.
    lines: &'a [f32],
    /// Where each column of taps is in a line, for the windows of each phase.
    places: &'a [[usize; COLUMNS]; 2],
    /// Weights by turns, columns and rows of taps.
    patterns: &'a [f32],
    turns: usize,
    /// Biases, for every turn.
    starts: &'a [[f32; LANES]; TURNS],
}

#[inline(never)]
fn run<S: Simd, const R: usize, const KH: usize>(simd: S, job: Job<'_>, output: &mut [f32]) {
    simd.vectorize(
        #[inline(always)]
        || {
            each_vector(
                job,
                #[inline(always)]
                |at, turn| vector::<S, R, KH>(simd, job, [at, turn], output),
            )
        },
    );
}

#[inline(never)]
fn run_pooled<S: Simd, const R: usize, const KH: usize>(simd: S, job: Job<'_>, output: &mut [f32]) {
    simd.vectorize(
        #[inline(always)]
        || {
            each_vector(
                job,
                #[inline(always)]
                |at, turn| pooled::<S, R, KH>(simd, job, [at, turn], output),
            )
        },
    );
}

/// Calls `work` with the place and the turn of every vector of a row. The last one ends where the row does, over what
/// others have done already: it begins with the filter of the last turn, since a row is a whole number of pixels.
#[inline(always)]
fn each_vector(job: Job<'_>, mut work: impl FnMut(usize, usize)) {
    let floats = job.forward.windows.floats();
    let mut turn = 0;
    for at in (0..floats).step_by(LANES) {
        if at + LANES > floats {
            work(floats - LANES, job.turns - 1);
        } else {
            work(at, turn);
        }
        turn = if turn + 1 == job.turns { 0 } else { turn + 1 };
    }
}

/// The sums of `R` rows.
#[inline(always)]
fn sums<S: Simd, const R: usize, const KH: usize>(
    simd: S,
    job: Job<'_>,
    [at, turn]: [usize; 2],
    phase: usize,
) -> [f32x16<S>; R] {
    let Job { forward: &Forward { windows, .. }, lines, places, patterns, starts, .. } = job;
    let columns = windows.kernel[1];
    let mut sums = [f32x16::from_slice(simd, &starts[turn]); R];
    let patterns = &patterns.as_chunks::<LANES>().0.as_chunks::<KH>().0[turn * columns..][..columns];
    for (column, &place) in patterns.iter().zip(&places[phase]) {
        let mut weights = [f32x16::splat(simd, 0.0); KH];
        unroll!(y < KH, {
            weights[y] = f32x16::from_slice(simd, &column[y]);
        });
        let pixels = &lines[at + place..][..(R + KH - 2) * LINE + LANES];
        rolling::forward!(sums[R], weights[KH], r => f32x16::from_slice(simd, &pixels[r * LINE..][..LANES]));
    }
    sums
}

#[inline(always)]
fn vector<S: Simd, const R: usize, const KH: usize>(simd: S, job: Job<'_>, at: [usize; 2], output: &mut [f32]) {
    let Forward { relu, to: [.., row], .. } = *job.forward;
    let sums = sums::<S, R, KH>(simd, job, at, 0);
    unroll!(16: r < R, {
        let sum = if relu { activate::relu(simd, sums[r]) } else { sums[r] };
        sum.store_slice(&mut output[r * row + at[0]..][..LANES]);
    });
}

#[inline(always)]
fn pooled<S: Simd, const R: usize, const KH: usize>(simd: S, job: Job<'_>, at: [usize; 2], output: &mut [f32]) {
    let Forward { relu, to: [.., row], .. } = *job.forward;
    for phase in 0..2 {
        let sums = sums::<S, R, KH>(simd, job, at, phase);
        unroll!(i < R / 2, {
            let [above, below] = sums.as_chunks().0[i];
            let mut largest = math::larger(above, below);
            let to = &mut output[i * row + at[0]..][..LANES];
            if phase > 0 {
                largest = math::larger(f32x16::from_slice(simd, to), largest);
                if relu {
                    largest = activate::relu(simd, largest);
                }
            }
            largest.store_slice(to);
        });
    }
}
