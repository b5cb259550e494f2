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
        halve(items, &mut [(); 0], 0, 0, &|i, item, _| work(i, item));
    }
}

/// Runs `work` on every item and its share of the others: the first item has the first `share` of them, and so on.
pub(crate) fn for_each_with_share<T: Send, U: Send>(
    items: &mut [T],
    others: &mut [U],
    share: usize,
    work: impl Fn(usize, &mut T, &mut [U]) + Sync,
) {
    halve(items, others, 0, share, &work);
}

/// Cuts the items in halves until each is alone. Rayon's own iterators would be compiled for every network anew, a
/// thousand functions each time; this is compiled once but for a few lines.
fn halve<T: Send, U: Send>(
    items: &mut [T],
    others: &mut [U],
    first: usize,
    share: usize,
    work: &(dyn Fn(usize, &mut T, &mut [U]) + Sync),
) {
    match items {
        [] => {}
        [item] => work(first, item, others),
        _ => {
            let middle = items.len() / 2;
            let (left, right) = items.split_at_mut(middle);
            let (left_others, right_others) = others.split_at_mut((middle * share).min(others.len()));
            join(&mut || halve(left, left_others, first, share, work), &mut || {
                halve(right, right_others, first + middle, share, work);
            });
        }
    }
}

/// Runs both, perhaps at the same time.
fn join(left: &mut (dyn FnMut() + Send), right: &mut (dyn FnMut() + Send)) {
    if rayon::current_num_threads() == 1 {
        left();
        right();
    } else {
        rayon::join(left, right);
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
