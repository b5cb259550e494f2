//! The microkernels: loops over vectors in registers, generic over the instruction set and the register tile only.
//!
//! A kernel knows slices, strides and panels; it does not know layers, maps or passes. Sizes come at run time in small
//! `Copy` structs: from 16 channels up, code that is specialised to a geometry is no faster.
//!
//! Accumulators stay in registers only where every index into them is a literal, hence [`unroll`]; and every register
//! tile is a function of its own (`#[inline(never)]` around `vectorize`), since several in one body lose their
//! register allocation. Both cost a factor of 2 to 8, silently.

pub(crate) mod activate;
pub(crate) mod column;
pub(crate) mod depthwise;
pub(crate) mod dots;
pub(crate) mod grid;
pub(crate) mod largest;
pub(crate) mod output_lane;
pub(crate) mod pair_lane;
pub(crate) mod panels;
pub(crate) mod pixel_lane;
pub(crate) mod planes;
pub(crate) mod rank1;
pub(crate) mod rolling;
pub(crate) mod row_fma;
pub(crate) mod run_lane;
pub(crate) mod scatter;
pub(crate) mod short_runs;
pub(crate) mod sums;
pub(crate) mod touch;
pub(crate) mod transpose;
pub(crate) mod winograd;

/// Repeats a block for `$i` = 0, 1, .. below a constant of at most 8 (with `16:` or `28:`, of at most as many), as
/// literal code.
macro_rules! unroll {
    ($i:ident < $n:expr, $body:block) => {
        $crate::kernels::unroll!(@ $i $n, $body, 0 1 2 3 4 5 6 7)
    };
    (16: $i:ident < $n:expr, $body:block) => {
        $crate::kernels::unroll!(@ $i $n, $body, 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15)
    };
    (28: $i:ident < $n:expr, $body:block) => {
        $crate::kernels::unroll!(@ $i $n, $body, 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27)
    };
    (@ $i:ident $n:expr, $body:block, $($index:literal)*) => {
        // For the tests alone, which run every kernel: a branch for each round makes others' builds longer.
        #[cfg(test)]
        assert!($n <= [$($index),*].len(), "{} rounds are more than are written out", $n);
        $(if $index < $n {
            let $i: usize = $index;
            $body
        })*
    };
}
pub(crate) use unroll;
