//! Activations that are too long for a register tile's epilogue: a second pass over what was just written.

use crate::buffer::LANES;
use crate::layers::activation::{self, Activation};
use crate::simd::dispatch;
use fearless_simd::{Simd, SimdBase, SimdFrom, f32x16};

/// Whether the epilogue of a register tile applies this activation by itself.
pub(crate) fn is_fused(activation: Activation) -> bool {
    matches!(activation, Activation::Identity | Activation::Relu)
}

/// Applies an activation to a row of floats in place.
pub(crate) fn row(activation: Activation, row: &mut [f32]) {
    dispatch!(simd => vectors(simd, activation, row));
}

#[inline(always)]
fn vectors<S: Simd>(simd: S, activation: Activation, row: &mut [f32]) {
    let (chunks, rest) = row.as_chunks_mut::<LANES>();
    for chunk in chunks {
        activation::apply(simd, activation, f32x16::simd_from(simd, *chunk)).store_slice(chunk);
    }
    if !rest.is_empty() {
        let mut lanes = [0.0; LANES];
        lanes[..rest.len()].copy_from_slice(rest);
        let result: [f32; LANES] = activation::apply(simd, activation, f32x16::simd_from(simd, lanes)).into();
        rest.copy_from_slice(&result[..rest.len()]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Random, for_each_isa};

    #[test]
    fn a_row_of_any_length_is_done_to_its_end_and_no_further() {
        for_each_isa(|isa| {
            for len in [0, 1, 15, 16, 17, 40] {
                let before = Random::new(2).vec(50);
                let mut after = before.clone();
                row(Activation::Relu, &mut after[3..][..len]);
                for (i, (&after, &before)) in after.iter().zip(&before).enumerate() {
                    let expected = if (3..3 + len).contains(&i) { before.max(0.0) } else { before };
                    assert_eq!(after, expected, "{isa}, element {i} of a row of {len} from 3 on");
                }
            }
        });
    }
}
