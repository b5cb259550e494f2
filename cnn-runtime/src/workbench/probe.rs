//! What the machine can do at best: the yardsticks beside which kernels are timed.

use crate::buffer::LANES;
use crate::kernels::unroll;
use crate::simd::{Tile, dispatch};
use fearless_simd::{f32x16, prelude::*};
use std::hint::black_box;

/// Runs `rounds` rounds of multiply-adds in registers; gives how many floating point operations that were.
pub fn fma(rounds: usize) -> u64 {
    let chains = dispatch!(simd => fma_kernel(simd, rounds));
    (2 * LANES * chains * rounds) as u64
}

/// Gives the number of vectors that accumulate side by side: as many as the kernels have, or what it takes to hide the
/// latency of an addition behind a multiplication.
#[inline(always)]
fn fma_kernel<S: Tile>(simd: S, rounds: usize) -> usize {
    let chains = (S::ROWS * S::PANELS).clamp(3, 16);
    let [factor, addend] = [0.999, 0.001].map(|x| f32x16::splat(simd, black_box(x)));
    let mut sums = [addend; 16];
    for _ in 0..rounds {
        unroll!(16: i < chains, { sums[i] = sums[i].mul_add(factor, addend); });
    }
    let mut total = addend;
    unroll!(16: i < 16, { total += sums[i]; });
    black_box(total.to_array());
    chains
}

/// Adds up all floats: reading with nothing else to do.
pub fn read(floats: &[f32]) -> f32 {
    dispatch!(simd => read_kernel(simd, floats))
}

#[inline(always)]
fn read_kernel<S: Tile>(simd: S, floats: &[f32]) -> f32 {
    let mut sums = [f32x16::splat(simd, 0.0); 4];
    let (blocks, rest) = floats.as_chunks::<{ 4 * LANES }>();
    for block in blocks {
        unroll!(i < 4, {
            sums[i] += f32x16::from_slice(simd, &block[i * LANES..][..LANES]);
        });
    }
    let total = (sums[0] + sums[1]) + (sums[2] + sums[3]);
    total.to_array().iter().chain(rest).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::for_each_isa;

    #[test]
    fn all_floats_are_read() {
        let floats: Vec<f32> = (0..1000).map(|i| i as f32).collect();
        for_each_isa(|isa| assert_eq!(read(&floats), 499_500.0, "{isa}"));
    }
}
