//! Between pixels, whose channels lie side by side, and planes, in which a channel's pixels do.

use super::row_fma::store_lanes;
use super::unroll;
use crate::buffer::LANES;
use crate::simd::dispatch;
use fearless_simd::{Simd, SimdBase, f32x16};

/// Rows of groups of floats, each group a float of every plane.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layout {
    pub(crate) planes: usize,
    /// Floats from a plane to the next; behind the planes of a row those of the next follow.
    pub(crate) pitch: usize,
    /// Floats from a row to the next in the source.
    pub(crate) row: usize,
}

/// Puts `rows` rows of `floats` floats apart. The last group of a row may be incomplete.
pub(crate) fn deinterleave(source: &[f32], layout: Layout, size: [usize; 2], target: &mut [f32]) {
    dispatch!(simd => rows(simd, source, layout, size, target));
}

#[inline(always)]
fn rows<S: Simd>(_: S, source: &[f32], layout: Layout, [rows, floats]: [usize; 2], target: &mut [f32]) {
    let Layout { planes, pitch, row } = layout;
    let lines = target.chunks_exact_mut(planes * pitch).take(rows).enumerate();
    let lines = lines.map(|(i, line)| (&source[i * row..][..floats], line));
    match planes {
        1 => lines.for_each(|(row, line)| line[..row.len()].copy_from_slice(row)),
        2 => lines.for_each(|(row, line)| split::<2>(row, pitch, line)),
        3 => lines.for_each(|(row, line)| split::<3>(row, pitch, line)),
        4 => lines.for_each(|(row, line)| split::<4>(row, pitch, line)),
        6 => lines.for_each(|(row, line)| split::<6>(row, pitch, line)),
        8 => lines.for_each(|(row, line)| split::<8>(row, pitch, line)),
        _ => lines.for_each(|(row, line)| {
            for (i, group) in row.chunks(planes).enumerate() {
                for (j, &x) in group.iter().enumerate() {
                    line[j * pitch + i] = x;
                }
            }
        }),
    }
}

#[inline(always)]
fn split<const N: usize>(row: &[f32], pitch: usize, target: &mut [f32]) {
    let (groups, rest) = row.as_chunks::<N>();
    let (blocks, last) = groups.as_chunks::<LANES>();
    for (i, block) in blocks.iter().enumerate() {
        for j in 0..N {
            let to: &mut [f32; LANES] = (&mut target[j * pitch + i * LANES..][..LANES]).try_into().expect("16 floats");
            *to = std::array::from_fn(|i| block[i][j]);
        }
    }
    for (i, group) in (blocks.len() * LANES..).zip(last.iter().map(|group| &group[..]).chain([rest])) {
        for (j, &x) in group.iter().enumerate() {
            target[j * pitch + i] = x;
        }
    }
}

/// Writes 16 pixels, one lane of each plane (at most 16) after the other, to the front of `row`, or as many as it
/// holds.
#[inline(always)]
pub(crate) fn interleave<S: Simd>(simd: S, planes: &[[f32; LANES]], row: &mut [f32]) {
    if planes.len() <= 8 { pixels::<S, 1>(simd, planes, row) } else { pixels::<S, 2>(simd, planes, row) }
}

#[inline(never)]
fn pixels<S: Simd, const N: usize>(simd: S, planes: &[[f32; LANES]], row: &mut [f32]) {
    simd.vectorize(
        #[inline(always)]
        || {
            let channels = planes.len();
            let mut turned = [[f32x16::splat(simd, 0.0); 8]; N];
            unroll!(n < N, {
                turned[n] = turn(simd, &planes[8 * n..]);
            });
            // The 8 lanes of a pixel that are too much fall on what is written next, unless that is behind the row.
            if row.len() >= (LANES - 1) * channels + 8 * N {
                unroll!(i < 8, {
                    let pair = &mut row[2 * i * channels..][..channels + 8 * N];
                    let mut halves = [simd.split_f32x16(turned[0][i]); N];
                    unroll!(n < N, {
                        halves[n] = simd.split_f32x16(turned[n][i]);
                        halves[n].0.store_slice(&mut pair[8 * n..][..8]);
                    });
                    unroll!(n < N, {
                        halves[n].1.store_slice(&mut pair[channels + 8 * n..][..8]);
                    });
                });
            } else {
                let mut lanes = [[0.0; LANES]; LANES];
                unroll!(n < N, {
                    unroll!(i < 8, {
                        let (low, high) = simd.split_f32x16(turned[n][i]);
                        low.store_slice(&mut lanes[2 * i][8 * n..][..8]);
                        high.store_slice(&mut lanes[2 * i + 1][8 * n..][..8]);
                    });
                });
                for (pixel, lanes) in row.chunks_exact_mut(channels).zip(lanes) {
                    store_lanes(lanes, pixel);
                }
            }
        },
    );
}

/// Up to 8 rows of 16 lanes to 16 rows of 8 lanes, two in a vector: see `transpose` for why this works.
#[inline(always)]
fn turn<S: Simd>(simd: S, planes: &[[f32; LANES]]) -> [f32x16<S>; 8] {
    let mut rows = [f32x16::splat(simd, 0.0); 8];
    unroll!(i < 8, {
        if i < planes.len() {
            rows[i] = f32x16::from_slice(simd, &planes[i]);
        }
    });
    unroll!(_round < 3, {
        let before = rows;
        unroll!(i < 4, {
            rows[2 * i] = simd.zip_low_f32x16(before[i], before[i + 4]);
            rows[2 * i + 1] = simd.zip_high_f32x16(before[i], before[i + 4]);
        });
    });
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Random, for_each_isa};

    #[inline(always)]
    fn interleaved<S: Simd>(simd: S, planes: &[[f32; LANES]], row: &mut [f32]) {
        interleave(simd, planes, row);
    }

    #[test]
    fn pixels_to_planes_and_back() {
        for_each_isa(|isa| {
            for planes in 1..=9 {
                for floats in [1_usize, planes, 16 * planes + 1, 37 * planes] {
                    let [rows, row, pitch] = [3, floats + 2, floats.div_ceil(planes) + 1];
                    let source = Random::new(1).vec(rows * row);
                    let mut target = vec![7.0; rows * planes * pitch];
                    deinterleave(&source, Layout { planes, pitch, row }, [rows, floats], &mut target);
                    for (i, &actual) in target.iter().enumerate() {
                        let (y, plane, x) = (i / pitch / planes, i / pitch % planes, i % pitch);
                        let at = x * planes + plane;
                        let expected = if at < floats { source[y * row + at] } else { 7.0 };
                        assert_eq!(actual, expected, "{isa}: row {y}, plane {plane} of {planes}, column {x}");
                    }
                }
            }
        });
    }

    #[test]
    fn planes_to_pixels_and_nothing_behind_the_row() {
        for_each_isa(|isa| {
            let planes: [[f32; LANES]; LANES] =
                std::array::from_fn(|plane| std::array::from_fn(|pixel| (pixel * 100 + plane) as f32));
            for channels in 1..=16 {
                for pixels in [1, 2, 15, 16, 17, 40] {
                    let mut row = vec![-1.0; pixels * channels + 1];
                    let (front, behind) = row.split_at_mut(pixels * channels);
                    dispatch!(simd => interleaved(simd, &planes[..channels], front));
                    for (i, &x) in front.iter().take(16 * channels).enumerate() {
                        assert_eq!(
                            x,
                            (i / channels * 100 + i % channels) as f32,
                            "{isa}: {channels} channels, float {i}"
                        );
                    }
                    assert_eq!(behind, [-1.0]);
                }
            }
        });
    }
}
