//! The register tile: all taps of a block for `MR` rows and `NR` panels, and what becomes of the sums.

use super::{Job, Product};
use crate::buffer::LANES;
use crate::kernels::grid::Cursor;
use crate::kernels::{activate, unroll};
use fearless_simd::{Simd, SimdBase, SimdFloat, f32x16};

/// Taps that go by between two loads of a row's address: eight rows do not leave registers for all of them, and
/// processors with as many multiply-adds as loads a cycle would wait.
const GROUP: usize = 4;

/// Adds the products of a run, but for the taps behind the last whole group; gives how many it did. All panels are
/// whole, but for the last one if it `IS_NARROW`: its rows are `step` floats apart.
#[inline(always)]
fn groups<S: Simd, const MR: usize, const NR: usize, const IS_NARROW: bool>(
    simd: S,
    rows: [&[f32]; MR],
    panels: [&[f32]; NR],
    step: usize,
    sums: &mut [[f32x16<S>; NR]; MR],
) -> usize {
    let groups = rows[0].len() / GROUP;
    let mut taps = [&[[0.0; GROUP]][..]; MR];
    unroll!(m < MR, {
        taps[m] = &rows[m].as_chunks::<GROUP>().0[..groups];
    });
    let mut weights = [&[[[0.0; LANES]; GROUP]][..]; NR];
    unroll!(n < NR, {
        if n + 1 < NR || !IS_NARROW {
            weights[n] = &panels[n].as_chunks::<LANES>().0.as_chunks::<GROUP>().0[..groups];
        }
    });
    for i in 0..groups {
        unroll!(k < GROUP, {
            let mut w = [f32x16::splat(simd, 0.0); NR];
            unroll!(n < NR, {
                let row = if n + 1 < NR || !IS_NARROW {
                    &weights[n][i][k][..]
                } else {
                    &panels[n][(i * GROUP + k) * step..][..LANES]
                };
                w[n] = f32x16::from_slice(simd, row);
            });
            unroll!(m < MR, {
                let x = f32x16::splat(simd, taps[m][i][k]);
                unroll!(n < NR, {
                    sums[m][n] = x.mul_add(w[n], sums[m][n]);
                });
            });
        });
    }
    groups * GROUP
}

/// Computes a tile of a block and stores it.
#[inline(always)]
pub(super) fn tile<S: Simd, const MR: usize, const NR: usize>(
    simd: S,
    job: Job<'_>,
    cursor: &mut Cursor,
    output: &mut [f32],
) {
    let Job { product: &Product { input, weights, bias, relu, panels, .. }, block, .. } = job;
    let (mut from, mut to) = cursor.take::<MR>();
    unroll!(m < MR, {
        from[m] += block.shift;
        to[m] += block.panel * LANES;
    });
    let (mut width, mut step) = ([LANES; NR], [LANES; NR]);
    let mut start = [0; NR];
    unroll!(n < NR, {
        width[n] = panels.width(block.panel + n);
        step[n] = panels.step(block.panel + n);
        start[n] = panels.at(block.panel + n, block.row);
    });

    let mut sums = [[f32x16::splat(simd, 0.0); NR]; MR];
    let taps = block.taps;
    for y in 0..taps.rows {
        for x in 0..taps.runs {
            let shift = y * taps.row_step + x * taps.run_step;
            let mut rows = [&input[..0]; MR];
            unroll!(m < MR, {
                rows[m] = &input[from[m] + shift..][..taps.run];
            });
            let mut panel = [weights; NR];
            unroll!(n < NR, {
                panel[n] = &weights[start[n]..][..(taps.run - 1) * step[n] + LANES];
                start[n] += taps.run * step[n];
            });
            let done = if step == [LANES; NR] {
                groups::<S, MR, NR, false>(simd, rows, panel, LANES, &mut sums)
            } else if step[..NR - 1] == [LANES; NR][1..] {
                groups::<S, MR, NR, true>(simd, rows, panel, step[NR - 1], &mut sums)
            } else {
                0
            };
            for i in done..taps.run {
                let mut w = [f32x16::splat(simd, 0.0); NR];
                unroll!(n < NR, {
                    w[n] = f32x16::from_slice(simd, &panel[n][i * step[n]..][..LANES]);
                });
                unroll!(m < MR, {
                    let x = f32x16::splat(simd, rows[m][i]);
                    unroll!(n < NR, {
                        sums[m][n] = x.mul_add(w[n], sums[m][n]);
                    });
                });
            }
        }
    }

    if block.continues {
        unroll!(m < MR, {
            let so_far = &output[to[m]..][..NR * LANES];
            unroll!(n < NR, {
                sums[m][n] += f32x16::from_slice(simd, &so_far[n * LANES..][..LANES]);
            });
        });
    }
    if block.finishes {
        if let Some(bias) = bias {
            let bias = &bias[block.panel * LANES..][..NR * LANES];
            unroll!(n < NR, {
                let b = f32x16::from_slice(simd, &bias[n * LANES..][..LANES]);
                unroll!(m < MR, {
                    sums[m][n] += b;
                });
            });
        }
        if relu {
            unroll!(m < MR, {
                unroll!(n < NR, {
                    sums[m][n] = activate::relu(simd, sums[m][n]);
                });
            });
        }
    }
    if width[NR - 1] == LANES {
        unroll!(m < MR, {
            let out = &mut output[to[m]..][..NR * LANES];
            unroll!(n < NR, {
                sums[m][n].store_slice(&mut out[n * LANES..][..LANES]);
            });
        });
    } else {
        unroll!(m < MR, {
            let out = &mut output[to[m]..][..(NR - 1) * LANES + width[NR - 1]];
            unroll!(n < NR, {
                if n + 1 < NR {
                    sums[m][n].store_slice(&mut out[n * LANES..][..LANES]);
                } else {
                    store_lanes(sums[m][n].into(), &mut out[n * LANES..]);
                }
            });
        });
    }
}

/// Copies the first `out.len()` < 16 lanes, in two overlapping pieces of a fixed length: a copy of a length that is not
/// known to the compiler is a function call, which costs more than the rest of a narrow tile.
#[inline(always)]
pub(in crate::kernels) fn store_lanes(lanes: [f32; LANES], out: &mut [f32]) {
    #[inline(always)]
    fn pieces<const N: usize>(lanes: &[f32; LANES], out: &mut [f32]) {
        let last = out.len() - N;
        out[..N].copy_from_slice(&lanes[..N]);
        out[last..][..N].copy_from_slice(&lanes[last..][..N]);
    }
    match out.len() {
        0 => {}
        1 => out[0] = lanes[0],
        2..4 => pieces::<2>(&lanes, out),
        4..8 => pieces::<4>(&lanes, out),
        _ => pieces::<8>(&lanes, out),
    }
}
