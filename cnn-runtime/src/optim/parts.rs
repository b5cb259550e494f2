//! Long slices in parts that threads share.

use crate::parallel;

/// Floats from which work is shared: here a step takes 25 us (plain SGD) to 110 us (Adam) on one Zen 5 core with
/// AVX-512, enough to be worth waking another thread.
pub(super) const SHARED_FROM: usize = 1 << 18;
/// Floats of the pieces that are not divided further: with gradients and two slices of state, a megabyte.
pub(super) const PIECE: usize = 1 << 16;

/// The sum of `piece` over pieces of the slice. How it is cut depends on its length alone, so the bits are the same for
/// any number of threads.
pub(super) fn sum_of_parts(x: &[f32], piece: &(impl Fn(&[f32]) -> f64 + Sync)) -> f64 {
    if x.len() <= PIECE {
        return piece(x);
    }
    let (x_1, x_2) = x.split_at(middle(x.len()));
    let (mut sum_1, mut sum_2) = (0.0, 0.0);
    let (left, right) = (&mut || sum_1 = sum_of_parts(x_1, piece), &mut || sum_2 = sum_of_parts(x_2, piece));
    if x.len() < SHARED_FROM {
        left();
        right();
    } else {
        parallel::both(left, right);
    }
    sum_1 + sum_2
}

/// The middle of a slice, at a whole number of vectors.
fn middle(len: usize) -> usize {
    (len / 2).next_multiple_of(crate::buffer::LANES)
}
