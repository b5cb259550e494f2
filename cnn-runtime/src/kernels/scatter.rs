//! Gradients for inputs of few channels: the products of an output pixel's gradients are added to the window that it
//! saw.
//!
//! The lanes are a filter row's contiguous columns and channels: 15 floats of 5 columns of 3 channels. Windows of
//! neighbouring columns overlap, so the pixels of a register tile are one above the other. Where windows overlap in a
//! column too, the tile holds the input rows of all of them, and several filter rows are added up before memory is
//! touched: 20 pixels under 5 filter rows are 24 sums, read and written once instead of 5 times.
//!
//! Columns whose windows reach beyond the input have weights of their own, moved and cut.
//!
//! Measured (Sapphire Rapids, AVX-512, shares of the peak): 14x14x6 to 16 filters of 5x5 72 %, before 56; 32x32x3 to 10
//! filters of 5x5 with padding 53 %, before by the flipped filters 10.

use super::grid::Grid;
use super::panels::Panels;
use super::unroll;
use crate::buffer::LANES;
use crate::simd::{Tile, dispatch};
use fearless_simd::{f32x16, mask32x16, prelude::*};
use std::ops::Range;

/// Floats of weights that are copied to whole vectors at once: they stay in the first level cache.
const TABLE: usize = 4096;

/// Most channels of `d_output` that are copied at once.
const CHANNELS: usize = 64;

/// Most pixels of a register tile.
const PIXELS: usize = 24;

/// A convolution seen from its output.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scatter<'a> {
    /// With 16 floats behind every sample.
    pub(crate) d_output: &'a [f32],
    pub(crate) weights: &'a [f32],
    /// The weights of the first filter row, a row for each channel of `d_output`, a column for each float of a window's
    /// row; those of the next filter row are behind them.
    pub(crate) panels: Panels,
    /// Rows and columns of a filter, which are side by side.
    pub(crate) kernel: [usize; 2],
    pub(crate) stride: [usize; 2],
    /// From a filter row to the next.
    pub(crate) dilation: usize,
    /// Rows above and columns left of the input.
    pub(crate) padding: [usize; 2],
    /// Rows and columns of the input.
    pub(crate) size: [usize; 2],
    /// The pixels of `d_output`; `b` are the pixels of the input.
    pub(crate) grid: Grid,
}

/// Adds to `d_input`, in which 16 floats must be behind every sample. They are read and written, but not changed.
pub(crate) fn scatter(scatter: &Scatter<'_>, d_input: &mut [f32]) {
    dispatch!(simd => columns(simd, scatter, d_input));
}

/// Columns of pixels whose windows are cut alike.
#[derive(Clone, Debug)]
struct Columns {
    pixels: Range<usize>,
    /// Columns of the filter that are inside the input.
    inside: Range<usize>,
}

impl Scatter<'_> {
    /// Columns of the filter that are inside the input, at a column of pixels.
    fn inside(&self, x: usize) -> Range<usize> {
        let start = x * self.stride[1];
        let end = (self.size[1] + self.padding[1]).saturating_sub(start).min(self.kernel[1]);
        self.padding[1].saturating_sub(start).min(end)..end
    }

    /// All columns that see something.
    fn columns(&self) -> impl Iterator<Item = Columns> {
        let (mut x, width) = (0, self.grid.counts[2]);
        std::iter::from_fn(move || {
            let start = x;
            let inside = (x < width).then(|| self.inside(x))?;
            while x < width && self.inside(x) == inside {
                x += 1;
            }
            Some(Columns { pixels: start..x, inside })
        })
    }
}

/// A part of the work whose weights are together in a table.
#[derive(Clone, Debug)]
struct Part {
    pixels: Range<usize>,
    /// Lanes of a window's row.
    lanes: Range<usize>,
    /// Filter rows.
    rows: Range<usize>,
    channels: Range<usize>,
}

#[inline(always)]
fn columns<S: Tile>(simd: S, scatter: &Scatter<'_>, d_input: &mut [f32]) {
    let (&Scatter { panels, kernel, stride, dilation, .. }, wide) = (scatter, S::PANELS == 2);
    let channel = panels.outputs / kernel[1];
    let mut table = [0.0; TABLE];
    for Columns { pixels, inside } in scatter.columns() {
        let end = inside.end * channel;
        let mut lane = inside.start * channel;
        while lane < end {
            let vectors = if wide && end - lane > LANES { 2 } else { 1 };
            let lanes = lane..end.min(lane + vectors * LANES);
            lane = lanes.end;
            let mut row = 0;
            while row < kernel[0] {
                // Windows one row apart share their rows.
                let rows = match kernel[0] - row {
                    left if !wide || stride[0] * dilation > 1 || left < 3 => 1,
                    left if left < 5 => 3,
                    _ => 5,
                };
                let step = (TABLE / (rows * vectors * LANES)).next_multiple_of(LANES).min(CHANNELS);
                let step = if step * rows * vectors * LANES > TABLE { step - LANES } else { step };
                for first in (0..panels.rows).step_by(step) {
                    let channels = first..panels.rows.min(first + step);
                    let part = Part { pixels: pixels.clone(), lanes: lanes.clone(), rows: row..row + rows, channels };
                    fill(scatter, &part, vectors, &mut table);
                    tiles(simd, scatter, &part, [rows, vectors], &table, d_input);
                }
                row += rows;
            }
        }
    }
}

/// Copies weights to vectors: `[filter row][channel][lane]`.
#[inline(always)]
fn fill(scatter: &Scatter<'_>, part: &Part, vectors: usize, table: &mut [f32]) {
    let panels = scatter.panels;
    let places = part.rows.clone().flat_map(|row| part.channels.clone().map(move |channel| (row, channel)));
    for ((row, channel), vectors) in places.zip(table.chunks_exact_mut(vectors * LANES)) {
        vectors.fill(0.0);
        let mut lane = part.lanes.start;
        while lane < part.lanes.end {
            let (panel, from) = (lane / LANES, lane % LANES);
            let count = (panels.width(panel) - from).min(part.lanes.end - lane);
            let at = panels.at(panel, channel) + row * panels.size() + from;
            vectors[lane - part.lanes.start..][..count].copy_from_slice(&scatter.weights[at..][..count]);
            lane += count;
        }
    }
}

/// A register tile: pixels and where their sums go.
struct Job<'a> {
    /// Copies, [`CHANNELS`] apart, so that one register is enough to reach them all. Few pixels are read in place.
    pixels: &'a [f32],
    /// From a pixel to the next, in place.
    pitch: usize,
    weights: &'a [f32],
    channels: usize,
    /// Where the first row of the sums goes, and floats to the next. What is above the input is never used.
    first: isize,
    step: usize,
    /// Rows inside the input.
    inside: Range<usize>,
    /// Lanes that are added.
    lanes: usize,
}

/// All pixels of a part.
#[inline(always)]
fn tiles<S: Tile>(
    simd: S,
    scatter: &Scatter<'_>,
    part: &Part,
    [rows, vectors]: [usize; 2],
    table: &[f32],
    d_input: &mut [f32],
) {
    let &Scatter { d_output, stride, dilation, padding, size, grid, panels, kernel, .. } = scatter;
    let [samples, height, _] = grid.counts;
    let most = match (S::PANELS == 2, vectors) {
        (true, 1) => PIXELS,
        (true, _) => 10,
        _ => S::ROWS.min(6),
    };
    let channels = part.channels.len();
    let mut pixels = [0.0; PIXELS * CHANNELS];
    for s in 0..samples {
        for x in part.pixels.clone() {
            let mut y = 0;
            while y < height {
                let left = height - y;
                let even = left.div_ceil(left.div_ceil(most));
                let count = match (S::PANELS == 2, vectors) {
                    (true, 1) => even.next_multiple_of(4),
                    (true, _) => even.next_multiple_of(2),
                    _ => even,
                };
                let from = grid.a.start + s * grid.a.steps[0] + y * grid.a.steps[1] + x * grid.a.steps[2];
                let from = &d_output[from + part.channels.start..];
                if S::PANELS == 2 {
                    for (i, pixel) in pixels.chunks_exact_mut(CHANNELS).take(count).enumerate() {
                        let pixel = &mut pixel[..channels.next_multiple_of(LANES)];
                        if i < left {
                            let from = &from[i * grid.a.steps[1]..][..pixel.len()];
                            for (to, from) in pixel.as_chunks_mut::<LANES>().0.iter_mut().zip(from.as_chunks().0) {
                                *to = *from;
                            }
                        } else {
                            pixel.fill(0.0);
                        }
                    }
                }
                // The first filter row's input row, seen from the padding's first.
                let top = y * stride[0] + part.rows.start * dilation;
                let column = x * stride[1] + part.lanes.start * kernel[1] / panels.outputs;
                // Where lanes start in the middle of a pixel, its first floats are left of them.
                let rest = part.lanes.start % (panels.outputs / kernel[1]);
                let first = (grid.b.start + s * grid.b.steps[0] + rest).cast_signed()
                    + (top.cast_signed() - padding[0].cast_signed()) * grid.b.steps[1].cast_signed()
                    + (column - padding[1]).cast_signed() * grid.b.steps[2].cast_signed();
                let end = (size[0] + padding[0]).saturating_sub(top).div_ceil(stride[0]);
                let job = Job {
                    pixels: if S::PANELS == 2 { &pixels } else { from },
                    pitch: grid.a.steps[1],
                    weights: table,
                    channels,
                    first,
                    step: stride[0] * grid.b.steps[1],
                    inside: padding[0].saturating_sub(top).div_ceil(stride[0])..end.min(left.min(count) + rows - 1),
                    lanes: part.lanes.len(),
                };
                // The guards are constants, so that tiles of other instruction sets are not even compiled.
                macro_rules! run {
                    ($($narrow:literal)*; $($low:literal)*; $($wide:literal)*) => {
                        match (count, rows, vectors) {
                            $(($narrow, 1, 1) if const { S::PANELS == 1 && $narrow <= S::ROWS } => {
                                run_in_place::<S, $narrow>(simd, &job, d_input);
                            })*
                            $(($low, 1, 1) if const { S::PANELS == 2 } => run::<S, $low, 1, 1>(simd, &job, d_input),
                            ($low, 3, 1) if const { S::PANELS == 2 } => run::<S, $low, 3, 1>(simd, &job, d_input),
                            ($low, 5, 1) if const { S::PANELS == 2 } => run::<S, $low, 5, 1>(simd, &job, d_input),)*
                            $(($wide, 1, 2) if const { S::PANELS == 2 } => run::<S, $wide, 1, 2>(simd, &job, d_input),
                            ($wide, 3, 2) if const { S::PANELS == 2 } => run::<S, $wide, 3, 2>(simd, &job, d_input),
                            ($wide, 5, 2) if const { S::PANELS == 2 } => run::<S, $wide, 5, 2>(simd, &job, d_input),)*
                            _ => unreachable!("no register tile of {count} pixels, {rows} rows, {vectors} vectors"),
                        }
                    };
                }
                run!(1 2 3 4 5 6; 4 8 12 16 20 24; 2 4 6 8 10);
                y += count.min(left);
            }
        }
    }
}

#[inline(never)]
fn run<S: Simd, const P: usize, const F: usize, const V: usize>(simd: S, job: &Job<'_>, d_input: &mut [f32]) {
    simd.vectorize(
        #[inline(always)]
        || tile::<S, P, F, V>(simd, job, d_input),
    );
}

#[inline(always)]
fn tile<S: Simd, const P: usize, const F: usize, const V: usize>(simd: S, job: &Job<'_>, d_input: &mut [f32]) {
    let mut sums = [[f32x16::splat(simd, 0.0); V]; 28];
    unroll!(@ f F, {
        let weights = &job.weights[f * job.channels * V * LANES..][..job.channels * V * LANES];
        let columns = job.pixels.windows((P - 1) * CHANNELS + 1);
        for (weights, pixels) in weights.chunks_exact(V * LANES).zip(columns) {
            let mut w = [f32x16::splat(simd, 0.0); V];
            unroll!(@ v V, {
                w[v] = f32x16::from_slice(simd, &weights[v * LANES..][..LANES]);
            }, 0 1);
            unroll!(28: p < P, {
                let d = f32x16::splat(simd, pixels[p * CHANNELS]);
                // Sums that there are not have no literal that is too large.
                let r = if p + f < 28 { p + f } else { 0 };
                unroll!(@ v V, {
                    sums[r][v] = d.mul_add(w[v], sums[r][v]);
                }, 0 1);
            });
        }
    }, 0 1 2 3 4);
    add::<S, P, F, V>(simd, job, &sums, d_input);
}

#[inline(never)]
fn run_in_place<S: Simd, const P: usize>(simd: S, job: &Job<'_>, d_input: &mut [f32]) {
    simd.vectorize(
        #[inline(always)]
        || tile_in_place::<S, P>(simd, job, d_input),
    );
}

/// A tile of few pixels, one filter row and one vector.
#[inline(always)]
fn tile_in_place<S: Simd, const P: usize>(simd: S, job: &Job<'_>, d_input: &mut [f32]) {
    let mut sums = [[f32x16::splat(simd, 0.0); 1]; 28];
    let weights = job.weights[..job.channels * LANES].as_chunks::<LANES>().0;
    let mut pixels = [&job.pixels[..0]; P];
    unroll!(p < P, {
        pixels[p] = &job.pixels[p * job.pitch..][..weights.len()];
    });
    for (k, weights) in weights.iter().enumerate() {
        let w = f32x16::from_slice(simd, weights);
        unroll!(p < P, {
            sums[p][0] = f32x16::splat(simd, pixels[p][k]).mul_add(w, sums[p][0]);
        });
    }
    add::<S, P, 1, 1>(simd, job, &sums, d_input);
}

/// Adds the sums. Only now is the input's gradient read: at the start it would wait for the tile before to be stored.
#[inline(always)]
fn add<S: Simd, const P: usize, const F: usize, const V: usize>(
    simd: S,
    job: &Job<'_>,
    sums: &[[f32x16<S>; V]; 28],
    d_input: &mut [f32],
) {
    let mut mine = [mask32x16::splat(simd, true); V];
    unroll!(@ v V, {
        mine[v] = mask32x16::from_bitmask(simd, (1 << job.lanes.saturating_sub(v * LANES).min(LANES)) - 1);
    }, 0 1);
    unroll!(28: r < P + F - 1, {
        if job.inside.contains(&r) {
            let at = job.first + (r * job.step).cast_signed();
            let window = &mut d_input[at.cast_unsigned()..][..V * LANES];
            unroll!(@ v V, {
                let lanes = &mut window[v * LANES..][..LANES];
                let before = f32x16::from_slice(simd, lanes);
                mine[v].select(before + sums[r][v], before).store_slice(lanes);
            }, 0 1);
        }
    });
}
