//! The one place that talks to rayon.
//!
//! Work is cut by what it is, never by how many threads there are, so that results have the same bits on any machine.

use rayon::prelude::*;

/// Floats of a piece of element-wise work that is worth handing to a thread.
const PIECE: usize = 16 * 1024;

/// Runs `work` on every item, on as many threads as rayon has.
pub(crate) fn for_each<T: Send>(items: &mut [T], work: impl Fn(usize, &mut T) + Sync) {
    if items.len() < 2 || rayon::current_num_threads() == 1 {
        items.iter_mut().enumerate().for_each(|(i, item)| work(i, item));
    } else {
        items.par_iter_mut().enumerate().with_max_len(1).for_each(|(i, item)| work(i, item));
    }
}

/// Runs `work` on pieces of `floats`, with the position of each piece's first float.
pub(crate) fn for_each_piece(floats: &mut [f32], work: impl Fn(usize, &mut [f32]) + Sync) {
    if floats.len() <= PIECE || rayon::current_num_threads() == 1 {
        work(0, floats);
    } else {
        floats.par_chunks_mut(PIECE).enumerate().for_each(|(i, piece)| work(i * PIECE, piece));
    }
}
