//! Gradients of biases: sums over pixels; gradients of segments: sums of buffers.

use super::grid::{Grid, Steps};
use super::unroll;
use crate::buffer::LANES;
use crate::simd::dispatch;
use crate::simd::lanes::{for_lanes, load, store};
use fearless_simd::{Simd, SimdBase, f32x16};

/// Overwrites `totals` with the sum of `parts` or, if it `adds`, adds the sum to them. The sum is made first, so that
/// adding twice is adding the sum of two gradients. All parts at once: a part at a time goes over the sums as often as
/// there are parts.
pub(crate) fn add_parts(parts: &[&[f32]], adds: bool, totals: &mut [f32]) {
    dispatch!(simd => parts_of(simd, parts, adds, totals));
}

#[inline(always)]
fn parts_of<S: Simd>(simd: S, parts: &[&[f32]], adds: bool, totals: &mut [f32]) {
    for_lanes(
        totals.len(),
        #[inline(always)]
        |at, lanes| {
            let mut sum = f32x16::splat(simd, 0.0);
            for part in parts {
                sum += load(simd, part, at, lanes);
            }
            if adds {
                sum += load(simd, totals, at, lanes);
            }
            store(sum, totals, at, lanes);
        },
    );
}

/// Adds the sum over all pixels of `values` (at the grid's `b`, with slack behind every sample) to `totals`.
pub(crate) fn add_pixels(values: &[f32], grid: Grid, totals: &mut [f32]) {
    if totals.len() < LANES && grid.b.steps[2] == totals.len() {
        return dispatch!(simd => floats(simd, values, grid.joined(), totals));
    }
    let mut at = 0;
    while at < totals.len() {
        // As many panels at once as registers allow: what lies side by side is read side by side.
        let panels = (totals.len() - at).div_ceil(LANES);
        let panels = [8, 4, 2].into_iter().find(|&at_once| at_once <= panels).unwrap_or(1);
        let end = totals.len().min(at + panels * LANES);
        let (grid, totals) = (grid.shifted(0, at), &mut totals[at..end]);
        match panels {
            8 => dispatch!(simd => vectors::<_, 8>(simd, values, grid, totals)),
            4 => dispatch!(simd => vectors::<_, 4>(simd, values, grid, totals)),
            2 => dispatch!(simd => vectors::<_, 2>(simd, values, grid, totals)),
            _ => dispatch!(simd => vector(simd, values, grid, totals)),
        }
        at = end;
    }
}

/// The sums of `P` panels.
#[inline(always)]
fn vectors<S: Simd, const P: usize>(simd: S, values: &[f32], grid: Grid, totals: &mut [f32]) {
    let mut sums = [f32x16::splat(simd, 0.0); P];
    let Steps { start, steps } = grid.b;
    for s in 0..grid.counts[0] {
        for y in 0..grid.counts[1] {
            let row = &values[start + s * steps[0] + y * steps[1]..];
            for x in 0..grid.counts[2] {
                let pixel = &row[x * steps[2]..][..P * LANES];
                unroll!(p < P, {
                    sums[p] += f32x16::from_slice(simd, &pixel[p * LANES..][..LANES]);
                });
            }
        }
    }
    for (sum, totals) in sums.into_iter().zip(totals.chunks_mut(LANES)) {
        let sum: [f32; LANES] = sum.into();
        totals.iter_mut().zip(sum).for_each(|(total, sum)| *total += sum);
    }
}

#[inline(always)]
fn vector<S: Simd>(simd: S, values: &[f32], grid: Grid, totals: &mut [f32]) {
    // Four sums, since an addition waits for the one before it.
    let mut sums = [f32x16::splat(simd, 0.0); 4];
    let Steps { start, steps } = grid.b;
    for s in 0..grid.counts[0] {
        for y in 0..grid.counts[1] {
            let row = &values[start + s * steps[0] + y * steps[1]..];
            let count = grid.counts[2];
            let mut at = 0;
            for _ in 0..count / 4 {
                unroll!(i < 4, {
                    sums[i] += f32x16::from_slice(simd, &row[at + i * steps[2]..][..LANES]);
                });
                at += 4 * steps[2];
            }
            for _ in 0..count % 4 {
                sums[0] += f32x16::from_slice(simd, &row[at..][..LANES]);
                at += steps[2];
            }
        }
    }
    let sum: [f32; LANES] = ((sums[0] + sums[1]) + (sums[2] + sums[3])).into();
    for (total, sum) in totals.iter_mut().zip(sum) {
        *total += sum;
    }
}

#[inline(never)]
fn add_blocks<S: Simd, const C: usize>(simd: S, blocks: &[f32], sums: &mut [[f32; LANES]]) {
    simd.vectorize(
        #[inline(always)]
        || blocks_of::<S, C>(simd, blocks, sums),
    );
}

/// The sums stay in registers: in memory, each block would wait for the one before it to be stored.
#[inline(always)]
fn blocks_of<S: Simd, const C: usize>(simd: S, blocks: &[f32], sums: &mut [[f32; LANES]]) {
    let sums = &mut sums[..C];
    let mut totals = [f32x16::splat(simd, 0.0); C];
    unroll!(16: c < C, {
        totals[c] = f32x16::from_slice(simd, &sums[c]);
    });
    for block in blocks.chunks_exact(C * LANES) {
        unroll!(16: c < C, {
            totals[c] += f32x16::from_slice(simd, &block[c * LANES..][..LANES]);
        });
    }
    unroll!(16: c < C, {
        totals[c].store_slice(&mut sums[c]);
    });
}

/// Few channels: 16 pixels are as many vectors as there are channels, and no lane is idle.
#[inline(always)]
fn floats<S: Simd>(simd: S, values: &[f32], grid: Grid, totals: &mut [f32]) {
    let channels = totals.len();
    let mut sums = [[0.0; LANES]; LANES];
    let sums = &mut sums[..channels];
    let Steps { start, steps } = grid.b;
    for s in 0..grid.counts[0] {
        for y in 0..grid.counts[1] {
            let row = &values[start + s * steps[0] + y * steps[1]..][..grid.counts[2] * channels];
            let (blocks, rest) = row.split_at(row.len() - row.len() % (LANES * channels));
            macro_rules! add {
                ($($channels:literal)*) => {
                    match channels {
                        $($channels => add_blocks::<S, $channels>(simd, blocks, sums),)*
                        _ => unreachable!("{channels} channels are not few"),
                    }
                };
            }
            add!(1 2 3 4 5 6 7 8 9 10 11 12 13 14 15);
            for (sum, value) in sums.as_flattened_mut().iter_mut().zip(rest) {
                *sum += value;
            }
        }
    }
    for pixel in sums.as_flattened().chunks_exact(channels) {
        for (total, sum) in totals.iter_mut().zip(pixel) {
            *total += sum;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Random, for_each_isa};

    #[test]
    fn parts_are_added_in_order_to_what_is_there() {
        for_each_isa(|isa| {
            for count in [0, 1, 4, 16] {
                for len in [0, 1, 15, 16, 17, 50] {
                    let mut random = Random::new(3);
                    let parts: Vec<Vec<f32>> = (0..count).map(|_| random.vec(len + 2)).collect();
                    let before = random.vec(len);
                    let expected: Vec<f32> = before
                        .iter()
                        .enumerate()
                        .map(|(i, before)| before + parts.iter().fold(0.0, |sum, part| sum + part[i]))
                        .collect();
                    let parts: Vec<&[f32]> = parts.iter().map(Vec::as_slice).collect();
                    let mut totals = before.clone();
                    add_parts(&parts, true, &mut totals);
                    assert_eq!(totals, expected, "{isa}: {count} parts of {len} floats");
                    let sums: Vec<f32> = (0..len).map(|i| parts.iter().fold(0.0, |sum, part| sum + part[i])).collect();
                    add_parts(&parts, false, &mut totals);
                    assert_eq!(totals, sums, "{isa}: {count} parts of {len} floats alone");
                }
            }
        });
    }
}
