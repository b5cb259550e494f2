//! Activations that are too long for a register tile's epilogue: a second pass over what was just written.

use crate::layers::activation::{self, Activation};
use crate::simd::{dispatch, math};
use fearless_simd::{f32x16, prelude::*};

/// Whether the epilogue of a register tile applies this activation by itself.
pub(crate) fn is_fused(activation: Activation) -> bool {
    matches!(activation, Activation::Identity | Activation::Relu)
}

/// Negative lanes become zero. NaN stays NaN, which `max` alone does not promise: a network that diverges must show it.
#[inline(always)]
pub(crate) fn relu<S: Simd>(simd: S, x: f32x16<S>) -> f32x16<S> {
    math::at_least(simd, x, 0.0)
}

/// Applies an activation to a row of floats in place.
pub(crate) fn row(activation: Activation, row: &mut [f32]) {
    dispatch!(simd => activation::apply_to_all(simd, activation, row));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::buffer::LANES;
    use crate::testing::{Random, for_each_isa};
    use fearless_simd::SimdFrom;

    #[inline(always)]
    fn relu_of<S: Simd>(simd: S, x: [f32; LANES]) -> [f32; LANES] {
        relu(simd, f32x16::simd_from(simd, x)).into()
    }

    #[test]
    fn relu_hides_no_nan() {
        for_each_isa(|isa| {
            let mut x = [-1.0; LANES];
            [x[1], x[2], x[5]] = [2.0, f32::NAN, f32::INFINITY];
            let y = dispatch!(simd => relu_of(simd, x));
            assert_eq!([y[0], y[1], y[5], y[15]], [0.0, 2.0, f32::INFINITY, 0.0], "{isa}");
            assert!(y[2].is_nan(), "{isa}");
        });
    }

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
