//! The transforms along one axis (Winograd, "Arithmetic Complexity of Computations", 1980; Lavin and Gray, 2016).
//!
//! `m` outputs of a filter with `r` taps are products of polynomials, evaluated at `m + r - 1` points: the filter's and
//! the input's values at each point are multiplied, and the outputs are read off the products. What is done to inputs
//! depends on the points alone, not on `m` and `r`. The scale of a point stands with the filters, whose transform is
//! the rarest.

mod eight;
mod four;
pub(crate) mod rows;
mod six;

pub(crate) use eight::FourOfFive;
use fearless_simd::{Simd, SimdBase, f32x16};
pub(crate) use four::Two;
pub(crate) use six::Four;

/// As many as `unroll!` counts to.
pub(crate) const MOST: usize = 8;

/// A line of vectors, of which a transform uses the first few.
pub(crate) type Line<S> = [f32x16<S>; MOST];

#[inline(always)]
fn line<S: Simd, const N: usize>(simd: S, vectors: [f32x16<S>; N]) -> Line<S> {
    let mut line = [f32x16::splat(simd, 0.0); MOST];
    line[..N].copy_from_slice(&vectors);
    line
}

/// Runs `$run` with `$F` as the form of a size.
macro_rules! with_form {
    ($size:expr, $F:ident => $run:expr) => {
        match $size {
            $crate::kernels::winograd::Size::Four => {
                type $F = $crate::kernels::winograd::form::Four;
                $run
            }
            $crate::kernels::winograd::Size::Two => {
                type $F = $crate::kernels::winograd::form::Two;
                $run
            }
            $crate::kernels::winograd::Size::FourOfFive => {
                type $F = $crate::kernels::winograd::form::FourOfFive;
                $run
            }
        }
    };
}
pub(super) use with_form;

/// The five matrices of a form, each applied to a line of vectors. Capital letters are Lavin and Gray's.
pub(crate) trait Form {
    /// Points: inputs of a tile along an axis, and products.
    const POINTS: usize;
    /// Outputs of a tile along an axis.
    const OUTPUTS: usize;
    /// Taps of a filter along an axis.
    const TAPS: usize;

    /// B^T: inputs to points.
    fn input<S: Simd>(simd: S, d: Line<S>) -> Line<S>;
    /// G: taps to points.
    fn filter<S: Simd>(simd: S, g: Line<S>) -> Line<S>;
    /// A^T: points to outputs.
    fn output<S: Simd>(simd: S, m: Line<S>) -> Line<S>;
    /// A: gradients of outputs to points.
    fn d_output<S: Simd>(simd: S, y: Line<S>) -> Line<S>;
    /// G^T: points to gradients of taps.
    fn d_filter<S: Simd>(simd: S, u: Line<S>) -> Line<S>;
}
