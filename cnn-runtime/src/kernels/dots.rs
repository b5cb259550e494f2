//! Dot products of samples with few rows of weights: fully connected layers with fewer outputs than a vector has lanes.
//!
//! With outputs in the lanes, ten of them would use ten lanes of sixteen and every input would be broadcast. Here the
//! inputs are in the lanes: a tile of rows and samples is summed lane by lane, and across the lanes at its end.

use super::unroll;
use crate::buffer::LANES;
use crate::simd::{Tile, dispatch};
use fearless_simd::{Simd, SimdBase, SimdFloat, f32x16, mask32x16, prelude::*};

/// `output[sample][row] = bias[row] + sum of input[sample] * weights[row]`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dots<'a> {
    /// Samples, `samples[1]` floats apart from `samples[0]` on, with slack behind each.
    pub(crate) input: &'a [f32],
    pub(crate) samples: [usize; 2],
    /// Rows one behind the other, with slack behind the last.
    pub(crate) weights: &'a [f32],
    pub(crate) bias: Option<&'a [f32]>,
    /// Whether negative outputs become zero.
    pub(crate) relu: bool,
    /// Floats of a row, rows.
    pub(crate) inputs: usize,
    pub(crate) rows: usize,
}

/// The first sample and row of a tile.
#[derive(Clone, Copy)]
struct Job<'a> {
    dots: &'a Dots<'a>,
    sample: usize,
    row: usize,
}

/// Rows and samples of the largest tile of an instruction set: together with a vector of each sample and one of weights
/// they fill its registers.
const fn largest<S: Tile>() -> [usize; 2] {
    match (S::ROWS, S::PANELS) {
        (8, _) => [5, 4],
        (6, _) => [3, 2],
        _ => [2, 1],
    }
}

/// Computes `count` samples. Those of the output lie `output_step` floats apart from `start` on.
pub(crate) fn dots(dots: &Dots<'_>, count: usize, [start, output_step]: [usize; 2], output: &mut [f32]) {
    dispatch!(simd => tiles(simd, dots, count, [start, output_step], output));
}

#[inline(always)]
fn tiles<S: Tile>(simd: S, dots: &Dots<'_>, count: usize, [start, step]: [usize; 2], output: &mut [f32]) {
    let [most_rows, most_samples] = largest::<S>();
    let mut sample = 0;
    while sample < count {
        let samples = if count - sample >= most_samples { most_samples } else { 1 };
        let (mut row, mut tiles) = (0, dots.rows.div_ceil(most_rows));
        while row < dots.rows {
            let rows = (dots.rows - row).div_ceil(tiles);
            tiles -= 1;
            let out = &mut output[start + sample * step + row..];
            let job = Job { dots, sample, row };
            macro_rules! run {
                ($($rows:literal)*) => {
                    match (rows, samples) {
                        $(($rows, 1) if $rows <= largest::<S>()[0] => run::<S, $rows, 1>(simd, job, step, out),)*
                        $(($rows, 2) if $rows <= 3 && largest::<S>()[1] == 2 => run::<S, $rows, 2>(simd, job, step, out),)*
                        $(($rows, 4) if largest::<S>()[1] == 4 => run::<S, $rows, 4>(simd, job, step, out),)*
                        _ => unreachable!("no register tile of {rows} rows and {samples} samples"),
                    }
                };
            }
            run!(1 2 3 4 5);
            row += rows;
        }
        sample += samples;
    }
}

#[inline(never)]
fn run<S: Simd, const R: usize, const M: usize>(simd: S, job: Job<'_>, step: usize, output: &mut [f32]) {
    simd.vectorize(
        #[inline(always)]
        || tile::<S, R, M>(simd, job, step, output),
    );
}

#[inline(always)]
fn tile<S: Simd, const R: usize, const M: usize>(simd: S, job: Job<'_>, step: usize, output: &mut [f32]) {
    let Dots { input, samples, weights, bias, relu, inputs, .. } = *job.dots;
    let vectors = inputs.div_ceil(LANES);
    let mut x = [&input[..0]; M];
    unroll!(m < M, {
        x[m] = &input[samples[0] + (job.sample + m) * samples[1]..][..vectors * LANES];
    });
    let mut w = [&weights[..0]; R];
    unroll!(r < R, {
        w[r] = &weights[(job.row + r) * inputs..][..vectors * LANES];
    });
    let mut sums = [[f32x16::splat(simd, 0.0); M]; R];
    let whole = inputs / LANES;
    for i in 0..whole {
        let at = i * LANES;
        let mut v = [f32x16::splat(simd, 0.0); M];
        unroll!(m < M, {
            v[m] = f32x16::from_slice(simd, &x[m][at..at + LANES]);
        });
        unroll!(r < R, {
            let w = f32x16::from_slice(simd, &w[r][at..at + LANES]);
            unroll!(m < M, {
                sums[r][m] = w.mul_add(v[m], sums[r][m]);
            });
        });
    }
    if whole < vectors {
        // Behind the last input lies what is nobody's: it may even be no number.
        let at = whole * LANES;
        let mask = mask32x16::from_bitmask(simd, (1 << (inputs % LANES)) - 1);
        let zero = f32x16::splat(simd, 0.0);
        unroll!(r < R, {
            let w = mask.select(f32x16::from_slice(simd, &w[r][at..at + LANES]), zero);
            unroll!(m < M, {
                let v = mask.select(f32x16::from_slice(simd, &x[m][at..at + LANES]), zero);
                sums[r][m] = w.mul_add(v, sums[r][m]);
            });
        });
    }
    unroll!(m < M, {
        let mut rows = [f32x16::splat(simd, 0.0); 8];
        unroll!(r < R, {
            rows[r] = sums[r][m];
        });
        let totals = totals(simd, rows);
        for (r, out) in output[m * step..][..R].iter_mut().enumerate() {
            let y = totals[r] + bias.map_or(0.0, |bias| bias[job.row + r]);
            *out = if relu && y < 0.0 { 0.0 } else { y };
        }
    });
}

/// The sum over the lanes of each of eight vectors. Merging vector i with vector i + 4 lane by lane and adding the two
/// halves leaves half as many vectors; three times over, lane r and lane r + 8 hold the halves of the sum of vector r.
#[inline(always)]
fn totals<S: Simd>(simd: S, rows: [f32x16<S>; 8]) -> [f32; 8] {
    let merge = |a, b| simd.zip_low_f32x16(a, b) + simd.zip_high_f32x16(a, b);
    let four = [0, 1, 2, 3].map(
        #[inline(always)]
        |i| merge(rows[i], rows[i + 4]),
    );
    let (left, right) = (merge(four[0], four[2]), merge(four[1], four[3]));
    let lanes: [f32; LANES] = merge(left, right).into();
    std::array::from_fn(|r| lanes[r] + lanes[r + 8])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Random, assert_close, for_each_isa};

    #[test]
    fn every_tile_sums_every_lane() {
        for_each_isa(|isa| {
            for (rows, inputs, count) in [(1, 1, 1), (2, 15, 3), (3, 16, 4), (5, 17, 5), (10, 100, 9), (15, 333, 2)] {
                let mut random = Random::new(inputs as u64);
                let step = inputs + 20;
                let (mut input, mut weights) = (random.vec(3 + count * step), random.vec(rows * inputs + LANES));
                let bias = random.vec(rows);
                weights[rows * inputs..].fill(f32::NAN);
                let mut expected = Vec::new();
                for s in 0..count {
                    input[3 + s * step + inputs..][..20].fill(f32::NAN);
                    for r in 0..rows {
                        let (x, w) = (&input[3 + s * step..][..inputs], &weights[r * inputs..][..inputs]);
                        let sum: f64 = x.iter().zip(w).map(|(&x, &w)| f64::from(x) * f64::from(w)).sum();
                        expected.push((sum + f64::from(bias[r])).max(0.0));
                    }
                }
                let job = Dots {
                    input: &input,
                    samples: [3, step],
                    weights: &weights,
                    bias: Some(&bias),
                    relu: true,
                    inputs,
                    rows,
                };
                let mut output = vec![-1.0; 2 + count * (rows + 1)];
                dots(&job, count, [2, rows + 1], &mut output);
                let (before, outputs) = output.split_at(2);
                assert_eq!(before, [-1.0; 2]);
                assert!(outputs.chunks(rows + 1).all(|sample| sample[rows] == -1.0));
                let outputs: Vec<f32> = outputs.chunks(rows + 1).flat_map(|sample| &sample[..rows]).copied().collect();
                assert_close(&outputs, &expected, 1e-5, &format!("{isa}, {rows} rows of {inputs}, {count} samples"));
            }
        });
    }
}
