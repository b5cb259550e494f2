//! Rows times panels: convolutions, gradients for their inputs, fully connected layers.
//!
//! `MR` rows (pixels or samples) by `NR` panels of 16 outputs stay in registers while all taps go by. A row is read in
//! place, as runs of contiguous floats: copying windows to a packed matrix first is 1.1 to 5 times slower.

mod quarter;
mod tile;

use std::ops::Range;

use super::grid::{Cursor, Grid};
use super::panels::Panels;
use super::touch::touch;
use crate::simd::{Tile, dispatch};
use fearless_simd::Simd;

pub(super) use tile::store_lanes;

/// The floats of an input window: `rows` x `runs` runs of `run` contiguous floats.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taps {
    pub(crate) rows: usize,
    /// Floats from a row of runs to the next.
    pub(crate) row_step: usize,
    pub(crate) runs: usize,
    /// Floats from a run to the next.
    pub(crate) run_step: usize,
    pub(crate) run: usize,
}

impl Taps {
    /// How many floats a window has.
    pub(crate) fn count(&self) -> usize {
        self.rows * self.runs * self.run
    }

    /// A window of contiguous floats.
    pub(crate) fn contiguous(run: usize) -> Self {
        Self { rows: 1, row_step: 0, runs: 1, run_step: 0, run }
    }

    /// Of each run, its first float among all of the window's, and where that is from the window's first on.
    pub(crate) fn starts(self) -> impl Iterator<Item = [usize; 2]> {
        let Self { rows, row_step, runs, run_step, run } = self;
        (0..rows * runs).map(move |i| [i * run, i / runs * row_step + i % runs * run_step])
    }

    /// The same window with runs that touch made one.
    pub(crate) fn joined(self) -> Self {
        let one = self.runs == 1 || self.run_step == self.run;
        let joined = if one { Self { runs: 1, run: self.runs * self.run, ..self } } else { self };
        let all = joined.runs == 1 && (joined.rows == 1 || joined.row_step == joined.run);
        if all { Self::contiguous(joined.rows * joined.run) } else { joined }
    }
}

/// `output[pixel][o] = start + sum over taps of input[pixel + tap] * weights[tap][o]`, for each pixel of the grid.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Product<'a> {
    /// What the grid's `a` points into.
    pub(crate) input: &'a [f32],
    /// What `panels` points into, with slack behind.
    pub(crate) weights: &'a [f32],
    /// Added to the outputs, with slack behind.
    pub(crate) bias: Option<&'a [f32]>,
    /// Whether negative outputs become zero.
    pub(crate) relu: bool,
    /// Pixels; `b` is where their outputs go.
    pub(crate) grid: Grid,
    pub(crate) taps: Taps,
    pub(crate) panels: Panels,
    /// Whether what the outputs hold is added to, not overwritten.
    pub(crate) adds: bool,
    /// Most pixels of a register tile: so many in a row never share an output.
    pub(crate) height: usize,
}

/// The part of a product that one round over the pixels does.
#[derive(Clone, Copy, Debug)]
struct Block {
    /// First panel of the next tile.
    panel: usize,
    /// First row of the panels.
    row: usize,
    /// Where the block's taps start in a window.
    shift: usize,
    taps: Taps,
    /// Whether the sums so far are in the output.
    continues: bool,
    /// Whether all taps are done after this block.
    finishes: bool,
}

/// Taps in a block. Long sums are sums of blocks: the rows of a block stay in the caches while all pixels go by, and
/// the rounding error does not grow with the whole length (9216 taps: 2e-6 of the largest value instead of 1.6e-5).
const BLOCK: usize = 1024;

/// Computes a product. `output` is what the grid's `b` points into: 16 floats behind its last pixel must be there.
pub(crate) fn product(product: &Product<'_>, output: &mut [f32]) {
    if product.grid.pixels() > 0 {
        dispatch!(simd => strips(simd, product, output));
    }
}

/// Cuts the pixels into strips.
#[inline(always)]
fn strips<S: Tile>(simd: S, product: &Product<'_>, output: &mut [f32]) {
    let mut pixels = product.grid.pixels();
    let mut first = Cursor::new(product.grid);
    let most = pixels_at_once(product);
    while pixels > 0 {
        let count = pixels.min(most);
        let strip = Strip { first, pixels: count };
        let panels = product.panels.count();
        // The weights of long windows without gaps (fully connected layers) are read in one go, panel by panel; of
        // other windows a block is done for all panels while what it reads of the input is in the cache.
        let at_once = if product.taps.rows * product.taps.runs == 1 { at_once::<S>(product) } else { panels };
        for panel in (0..panels).step_by(at_once) {
            blocks(simd, product, strip, panel..panels.min(panel + at_once), output);
        }
        pixels -= count;
        if pixels > 0 {
            first.skip(count);
        }
    }
}

/// Neighbouring pixels: so many that a panel of weights is used often once it has come into the cache, so few that what
/// they read and write stays there while all panels go by.
#[derive(Clone, Copy)]
struct Strip {
    first: Cursor,
    pixels: usize,
}

/// Panels that are done in one round: what is read only once is not read beforehand.
const FEW: usize = 2;

/// Bytes that a strip reads and writes: half of a second level cache.
const STRIP: usize = 512 << 10;

/// Pixels of a strip.
fn pixels_at_once(product: &Product<'_>) -> usize {
    // A single sample's small layers take as long as a few divisions.
    if product.grid.pixels() == 1 {
        return 1;
    }
    let pixel = product.grid.a.steps[2].min(BLOCK) + product.panels.outputs;
    // Every strip reads all weights: where those are more than the pixels, few strips are better.
    let least = if product.grid.pixels() * pixel < product.panels.size() { 256 } else { 48 };
    let most = (STRIP / size_of::<f32>() / pixel / 16 * 16).clamp(least, 256);
    // As even as can be: a last strip of a few pixels would read all weights too (784 pixels are three times 256 and
    // 16). A multiple of every tile's height.
    let pixels = product.grid.pixels();
    pixels.div_ceil(((pixels + most / 2) / most).max(1)).next_multiple_of(24)
}

impl Strip {
    /// Reads what a block of the taps will read, and what will be written.
    fn touch(&self, product: &Product<'_>, block: &Block, output: &[f32]) {
        let mut last = self.first;
        last.skip(self.pixels - 1);
        let ([a, b], [last_a, last_b]) = (self.first.place(), last.place());
        let Taps { rows, row_step, runs, run_step, run } = block.taps;
        let reach = (runs - 1) * run_step + run;
        let grid = &product.grid;
        let window = |start: usize, len: usize| {
            if rows == 1 || row_step <= len {
                touch(product.input, start + block.shift, (rows - 1) * row_step + len);
            } else {
                (0..rows).for_each(|y| touch(product.input, start + block.shift + y * row_step, len));
            }
        };
        if grid.a.steps[2] <= reach {
            window(a, last_a.saturating_sub(a) + reach);
        } else if grid.counts[..2] == [1, 1] {
            (0..self.pixels).for_each(|i| window(a + i * grid.a.steps[2], reach));
        }
        if !block.continues && grid.b.steps[2] <= product.panels.outputs {
            touch(output, b, last_b.saturating_sub(b) + product.panels.outputs);
        }
    }
}

/// Cuts the taps into blocks.
#[inline(always)]
fn blocks<S: Tile>(simd: S, product: &Product<'_>, strip: Strip, range: Range<usize>, output: &mut [f32]) {
    let whole = product.taps;
    let mut block =
        Block { panel: range.start, row: 0, shift: 0, taps: whole, continues: product.adds, finishes: false };
    let one_run = whole.rows * whole.runs == 1;
    let rows = if one_run { 1 } else { (BLOCK / (whole.runs * whole.run)).clamp(1, whole.rows) };
    let (mut row, mut start) = (0, 0);
    while !block.finishes {
        if one_run {
            // The last two blocks share what is left, so that none is tiny.
            let left = whole.run - start;
            let run = match left {
                0..=BLOCK => left,
                _ if left >= 2 * BLOCK => BLOCK,
                _ => left.div_ceil(2),
            };
            block.taps.run = run;
            block.shift = start;
            start += run;
            block.finishes = start == whole.run;
        } else {
            block.taps.rows = rows.min(whole.rows - row);
            block.shift = row * whole.row_step;
            row += block.taps.rows;
            block.finishes = row == whole.rows;
        }
        if strip.pixels > 1 && product.panels.count() > FEW && range.start == 0 {
            strip.touch(product, &block, output);
        }
        panels(simd, product, strip, block, range.end, output);
        block.continues = true;
        block.row += block.taps.count();
    }
}

/// Panels that are done together. A single row is bound by memory: more panels at once make more streams and more sums
/// in flight.
fn at_once<S: Tile>(product: &Product<'_>) -> usize {
    if product.grid.pixels() == 1 { 4 } else { S::PANELS }
}

/// Goes over the panels.
#[inline(always)]
fn panels<S: Tile>(simd: S, product: &Product<'_>, strip: Strip, mut block: Block, end: usize, output: &mut [f32]) {
    let wide = at_once::<S>(product);
    while block.panel < end {
        // A last panel that does not fill a vector goes alone, if it can.
        let last_alone = usize::from(end - block.panel > 1 && quarter::does::<S>(product, end - 1));
        let left = end - block.panel - last_alone;
        let at_once = if left >= wide { wide } else { left.min(S::PANELS) };
        tiles(simd, Job { product, block: &block, count: strip.pixels }, at_once, strip.first, output);
        block.panel += at_once;
    }
}

/// Goes over `job.count` pixels in tiles as high as the instruction set allows.
#[inline(always)]
fn tiles<S: Tile>(simd: S, job: Job<'_>, at_once: usize, mut cursor: Cursor, output: &mut [f32]) {
    let mut pixels = job.count;
    while pixels > 0 {
        let (rows, count) = split(pixels, S::ROWS.min(job.product.height));
        pixels -= rows * count;
        let job = Job { count, ..job };
        let quarter = quarter::does::<S>(job.product, job.block.panel);
        macro_rules! run {
            ($($rows:literal)*) => {
                match (rows, at_once) {
                    $(($rows, 1) if $rows <= S::ROWS && quarter => quarter::run::<S, $rows>(simd, job, &mut cursor, output),)*
                    $(($rows, 1) if $rows <= S::ROWS => run::<S, $rows, 1>(simd, job, &mut cursor, output),)*
                    $(($rows, 2) if $rows <= S::ROWS && S::PANELS == 2 => {
                        run::<S, $rows, 2>(simd, job, &mut cursor, output);
                    })*
                    (1, 4) => run::<S, 1, 4>(simd, job, &mut cursor, output),
                    _ => unreachable!("no register tile of {rows} rows and {at_once} panels"),
                }
            };
        }
        run!(1 2 3 4 5 6 7 8);
    }
}

/// How high the next tiles are and how many of them there are: full ones first; a last one of less than half the height
/// shares its rows with the one before it.
fn split(pixels: usize, height: usize) -> (usize, usize) {
    if pixels <= height {
        return (pixels, 1);
    }
    let (full, rest) = (pixels / height, pixels % height);
    if rest == 0 || 2 * rest >= height {
        (height, full)
    } else if full > 1 {
        (height, full - 1)
    } else {
        (pixels.div_ceil(2), 1)
    }
}

/// `count` tiles (or pixels, where they are not yet cut into tiles) of a block.
#[derive(Clone, Copy)]
struct Job<'a> {
    product: &'a Product<'a>,
    block: &'a Block,
    count: usize,
}

#[inline(never)]
fn run<S: Simd, const MR: usize, const NR: usize>(simd: S, job: Job<'_>, cursor: &mut Cursor, output: &mut [f32]) {
    simd.vectorize(
        #[inline(always)]
        || {
            for _ in 0..job.count {
                tile::tile::<S, MR, NR>(simd, job, cursor, output);
            }
        },
    );
}
