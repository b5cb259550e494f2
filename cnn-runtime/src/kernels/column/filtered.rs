//! The same in fewer multiplications: minimal filtering down the columns, as in
//! [`pixel_lane::filtered`](crate::kernels::pixel_lane::filtered).
//!
//! The copied rows are transformed on the way, whole. At each point a row of the output is in the registers, for which
//! a broadcast float meets the weights, or the gradients, of a row of taps: five products for a load, as in the direct
//! way. Four rows of the output take 8 products for each column of 5 taps instead of 20.

use super::{Columns, Finish, LINE, largest, register_tile};
use crate::buffer::LANES;
use crate::kernels::winograd::form::rows::{Rows, transform};
use crate::kernels::winograd::form::{Form, FourOfFive, MOST};
use crate::kernels::{activate, rolling, unroll};
use crate::simd::{Tile, dispatch};
use fearless_simd::{Simd, SimdBase, SimdFloat, f32x16};

/// Rows and columns of a filter. With three the transforms take what the products gain: 32x32x3 to 16 filters takes 1.2
/// times as long, 16x16x8 as long (its gradients 0.7).
const KERNEL: usize = FourOfFive::TAPS;

/// Rows of a tile of the output.
const ROWS: usize = FourOfFive::OUTPUTS;

/// Points of the tiles that are done together, so that all they need stays in L1.
const POINTS: usize = 24;

/// Most floats of a filter's row, so that the weights at the points stay in L1, and fewest and most columns.
const TAPS: usize = 64;
const COLUMNS: [usize; 2] = [8, 32];

/// Floats of scratch memory: lines at the points, weights or their gradients, rows of the output or of its gradient.
const SCRATCH: usize = POINTS * LINE + FourOfFive::POINTS * TAPS * LANES + POINTS * COLUMNS[1] * LANES;

/// Whether this is the way for columns that fit.
pub(crate) fn fits(columns: &Columns) -> bool {
    let &Columns { kernel: [rows, floats], channels, counts: [.., width], .. } = columns;
    [rows, floats] == [KERNEL, KERNEL * channels] && floats <= TAPS && (COLUMNS[0]..=COLUMNS[1]).contains(&width)
}

/// Scratch memory by what it holds.
struct Memory<'a> {
    /// Points of the tiles that are done together: a line each.
    lines: &'a mut [f32],
    /// At each point, a row of taps: 16 weights or their gradients.
    weights: &'a mut [f32],
    /// For each tile, at each point, a row: 16 products, or gradients of outputs.
    outputs: &'a mut [f32],
}

impl<'a> Memory<'a> {
    fn new(scratch: &'a mut [f32]) -> Self {
        debug_assert!(scratch.len() >= SCRATCH, "the plan has too little scratch memory");
        let (lines, scratch) = scratch.split_at_mut(POINTS * LINE);
        let (weights, scratch) = scratch.split_at_mut(FourOfFive::POINTS * TAPS * LANES);
        Self { lines, weights, outputs: &mut scratch[..POINTS * COLUMNS[1] * LANES] }
    }
}

/// Tiles that are done together, from `first` on: as even as possible.
fn tiles_at_once(rows: usize, first: usize) -> usize {
    let left = rows.div_ceil(ROWS) - first;
    left.div_ceil(left.div_ceil(POINTS / FourOfFive::POINTS))
}

/// The lines that `count` tiles of a sample see, at the points.
#[inline(always)]
fn transform_lines<S: Simd>(
    simd: S,
    columns: &Columns,
    input: &[f32],
    [sample, first, count]: [usize; 3],
    lines: &mut [f32],
) {
    let &Columns { counts: [_, height, _], from, .. } = columns;
    for (i, lines) in lines.chunks_exact_mut(FourOfFive::POINTS * LINE).take(count).enumerate() {
        let row = (first + i) * ROWS;
        // Rows that no window of the last tile sees count as zeros.
        let left = height - row + FourOfFive::TAPS - 1;
        let rows = Rows { row: from[2], floats: columns.floats(), left, point: LINE };
        let input = &input[from[0] + sample * from[1] + row * from[2]..];
        transform::<S, FourOfFive>(
            simd,
            rows,
            FourOfFive::POINTS,
            input,
            #[inline(always)]
            |line| FourOfFive::input(simd, line),
            lines,
        );
    }
}

/// Computes the outputs of columns that [`fits`] says it does.
pub(crate) fn forward(
    columns: &Columns,
    input: &[f32],
    weights: &[f32],
    finish: Finish<'_>,
    scratch: &mut [f32],
    output: &mut [f32],
) {
    let weights = &weights[columns.panels.offset..][..columns.panels.size()];
    let memory = Memory::new(scratch);
    dispatch!(simd => outputs(simd, columns, input, weights, finish, memory, output));
}

#[inline(always)]
fn outputs<S: Tile>(
    simd: S,
    columns: &Columns,
    input: &[f32],
    weights: &[f32],
    finish: Finish<'_>,
    Memory { lines, weights: u, outputs: m }: Memory<'_>,
    output: &mut [f32],
) {
    let &Columns { kernel: [_, taps], channels, counts: [samples, height, width], to, .. } = columns;
    let rows = Rows { row: taps * LANES, floats: taps * LANES, left: FourOfFive::TAPS, point: taps * LANES };
    transform::<S, FourOfFive>(
        simd,
        rows,
        FourOfFive::TAPS,
        weights,
        #[inline(always)]
        |line| FourOfFive::filter(simd, line),
        u,
    );
    let u = &u[..FourOfFive::POINTS * taps * LANES];
    let shrinks = if finish.pool { 2 } else { 1 };
    for sample in 0..samples {
        let mut first = 0;
        while first * ROWS < height {
            let count = tiles_at_once(height, first);
            transform_lines(simd, columns, input, [sample, first, count], lines);
            let m = &mut m[..count * FourOfFive::POINTS * width * LANES];
            products(simd, Tiles { channels, taps, width, lines }, u, m);
            for (i, m) in m.chunks_exact(FourOfFive::POINTS * width * LANES).enumerate() {
                let row = (first + i) * ROWS;
                let output = &mut output[to[0] + sample * to[1] + row / shrinks * to[2]..];
                transform_back(simd, m, finish, [width, height - row, to[2]], output);
            }
            first += count;
        }
    }
}

/// Lines of some tiles at the points.
#[derive(Clone, Copy)]
struct Tiles<'a> {
    channels: usize,
    /// Floats of a filter's row.
    taps: usize,
    /// Columns of the output.
    width: usize,
    lines: &'a [f32],
}

/// Computes a row of products for each line of some tiles: whole register tiles, the last of which ends where the row
/// does.
#[inline(always)]
fn products<S: Tile>(simd: S, tiles: Tiles<'_>, u: &[f32], m: &mut [f32]) {
    let width = tiles.width;
    let tile = register_tile(width);
    for first in (0..width).step_by(tile) {
        let first = first.min(width - tile);
        match tile {
            16 if S::PANELS == 2 => run::<S, 16>(simd, tiles, u, first, m),
            14 if S::PANELS == 2 => run::<S, 14>(simd, tiles, u, first, m),
            12 if S::PANELS == 2 => run::<S, 12>(simd, tiles, u, first, m),
            10 if S::PANELS == 2 => run::<S, 10>(simd, tiles, u, first, m),
            8 if S::PANELS == 2 => run::<S, 8>(simd, tiles, u, first, m),
            columns => unreachable!("no register tile of {columns} columns"),
        }
    }
}

/// `R` columns from `first` on.
#[inline(never)]
fn run<S: Simd, const R: usize>(simd: S, tiles: Tiles<'_>, u: &[f32], first: usize, m: &mut [f32]) {
    simd.vectorize(
        #[inline(always)]
        || {
            let Tiles { channels, taps, width, lines } = tiles;
            let weights = u.chunks_exact(taps * LANES).cycle();
            let lines = lines.chunks_exact(LINE).zip(weights).zip(m.chunks_exact_mut(width * LANES));
            for ((line, weights), m) in lines {
                let (line, weights) = (&line[first * channels..], weights.as_chunks::<LANES>().0);
                let mut sums = [f32x16::splat(simd, 0.0); R];
                for c in 0..channels {
                    let (pixels, weights) = (&line[c..], &weights[c..]);
                    let mut row = [f32x16::splat(simd, 0.0); KERNEL];
                    unroll!(x < KERNEL, {
                        row[x] = f32x16::from_slice(simd, &weights[x * channels]);
                    });
                    rolling::forward!(sums[R], row[KERNEL], x => f32x16::splat(simd, pixels[x * channels]));
                }
                let m = &mut m[first * LANES..][..R * LANES];
                unroll!(16: x < R, {
                    sums[x].store_slice(&mut m[x * LANES..][..LANES]);
                });
            }
        },
    );
}

/// Writes a tile. `row` is the distance of the output's rows, of which there are `left` before any pooling.
#[inline(always)]
fn transform_back<S: Simd>(simd: S, m: &[f32], finish: Finish<'_>, [width, left, row]: [usize; 3], output: &mut [f32]) {
    let bias = finish.bias.map_or(f32x16::splat(simd, 0.0), |bias| f32x16::from_slice(simd, &bias[..LANES]));
    for x in 0..width {
        let mut line = [f32x16::splat(simd, 0.0); MOST];
        unroll!(point < FourOfFive::POINTS, {
            line[point] = f32x16::from_slice(simd, &m[(point * width + x) * LANES..][..LANES]);
        });
        let [a, b, c, d, ..] = FourOfFive::output(simd, line);
        let tile = [a + bias, b + bias, c + bias, d + bias];
        if finish.pool {
            unroll!(y < ROWS / 2, {
                if 2 * y < left {
                    let to = &mut output[y * row + x / 2 * LANES..][..LANES];
                    largest(simd, finish, [tile[2 * y], tile[2 * y + 1]], x, to);
                }
            });
        } else {
            unroll!(y < ROWS, {
                if y < left {
                    let sum = if finish.relu { activate::relu(simd, tile[y]) } else { tile[y] };
                    sum.store_slice(&mut output[y * row + x * LANES..][..LANES]);
                }
            });
        }
    }
}

/// Adds to the gradients of the weights of columns that [`fits`] says it does.
pub(crate) fn add_gradient(
    columns: &Columns,
    input: &[f32],
    d_output: &[f32],
    scratch: &mut [f32],
    gradient: &mut [f32],
) {
    let gradient = &mut gradient[columns.panels.offset..][..columns.panels.size()];
    let memory = Memory::new(scratch);
    dispatch!(simd => gradients(simd, columns, input, d_output, memory, gradient));
}

#[inline(always)]
fn gradients<S: Tile>(
    simd: S,
    columns: &Columns,
    input: &[f32],
    d_output: &[f32],
    Memory { lines, weights: d_u, outputs: z }: Memory<'_>,
    gradient: &mut [f32],
) {
    let &Columns { kernel: [_, taps], channels, counts: [samples, height, width], to, .. } = columns;
    let d_u = &mut d_u[..FourOfFive::POINTS * taps * LANES];
    d_u.fill(0.0);
    let tile = FourOfFive::POINTS * width * LANES;
    for sample in 0..samples {
        let mut first = 0;
        while first * ROWS < height {
            let count = tiles_at_once(height, first);
            transform_lines(simd, columns, input, [sample, first, count], lines);
            let z = &mut z[..count * tile];
            for (i, z) in z.chunks_exact_mut(tile).enumerate() {
                let row = (first + i) * ROWS;
                let rows = Rows { row: to[2], floats: width * LANES, left: height - row, point: width * LANES };
                transform::<S, FourOfFive>(
                    simd,
                    rows,
                    FourOfFive::OUTPUTS,
                    &d_output[to[0] + sample * to[1] + row * to[2]..],
                    #[inline(always)]
                    |line| FourOfFive::d_output(simd, line),
                    z,
                );
            }
            let tiles = Tiles { channels, taps, width, lines };
            for channel in (0..channels).step_by(CHANNELS) {
                match (channels - channel).min(CHANNELS) {
                    3 if S::PANELS == 2 => add::<S, 3>(simd, tiles, z, channel, d_u),
                    2 if S::PANELS == 2 => add::<S, 2>(simd, tiles, z, channel, d_u),
                    1 if S::PANELS == 2 => add::<S, 1>(simd, tiles, z, channel, d_u),
                    channels => unreachable!("no register tile of {channels} channels"),
                }
            }
            first += count;
        }
    }
    for tap in 0..taps {
        let mut line = [f32x16::splat(simd, 0.0); MOST];
        unroll!(point < FourOfFive::POINTS, {
            line[point] = f32x16::from_slice(simd, &d_u[(point * taps + tap) * LANES..][..LANES]);
        });
        let line = FourOfFive::d_filter(simd, line);
        unroll!(y < FourOfFive::TAPS, {
            let to = &mut gradient[(y * taps + tap) * LANES..][..LANES];
            (f32x16::from_slice(simd, to) + line[y]).store_slice(to);
        });
    }
}

/// Channels in a register tile of gradients.
const CHANNELS: usize = 3;

/// Adds the products of `C` channels from `channel` on to the gradients at the points.
#[inline(never)]
fn add<S: Simd, const C: usize>(simd: S, tiles: Tiles<'_>, z: &[f32], channel: usize, d_u: &mut [f32]) {
    simd.vectorize(
        #[inline(always)]
        || {
            let Tiles { channels, taps, width, lines } = tiles;
            for (point, d_u) in d_u.chunks_exact_mut(taps * LANES).enumerate() {
                let mut sums = [[f32x16::splat(simd, 0.0); C]; KERNEL];
                for tile in 0..z.len() / (FourOfFive::POINTS * width * LANES) {
                    let at = tile * FourOfFive::POINTS + point;
                    let line = &lines[at * LINE..][channel..LINE];
                    let z = &z.as_chunks::<LANES>().0[at * width..][..width];
                    rolling::backward!(
                        simd,
                        sums[KERNEL][C],
                        width,
                        x => f32x16::from_slice(simd, &z[x]),
                        x => &line[x * channels..][..C],
                        (floats, c) => f32x16::splat(simd, floats[c]),
                    );
                }
                let d_u = &mut d_u.as_chunks_mut::<LANES>().0[channel..];
                unroll!(x < KERNEL, {
                    unroll!(c < C, {
                        let to = &mut d_u[x * channels + c];
                        (f32x16::from_slice(simd, to) + sums[x][c]).store_slice(to);
                    });
                });
            }
        },
    );
}
