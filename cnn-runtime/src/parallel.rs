//! The one place that talks to rayon.
//!
//! Work is cut by what it is, never by how many threads there are, so that results have the same bits on any machine.

use crate::simd;

/// Floats of a piece of element-wise work that is worth handing to a thread.
const PIECE: usize = 16 * 1024;

/// Items, of which each item of another slice has so many: the first the first `share`, and so on.
pub(crate) struct Shares<'a, T> {
    pub(crate) items: &'a mut [T],
    pub(crate) share: usize,
}

impl<'a, T> Shares<'a, T> {
    /// Those of the first `owners`, and those of the others.
    fn split(self, owners: usize) -> (Self, Self) {
        let share = self.share;
        let (left, right) = self.items.split_at_mut((owners * share).min(self.items.len()));
        (Self { items: left, share }, Self { items: right, share })
    }
}

/// Runs `work` on every item, on as many threads as rayon has.
pub(crate) fn for_each<T: Send>(items: &mut [T], work: impl Fn(usize, &mut T) + Sync) {
    for_each_with_share(items, &mut [(); 0], 0, |i, item, _| work(i, item));
}

/// Runs `work` on every item and its share of the others: the first item has the first `share` of them, and so on.
pub(crate) fn for_each_with_share<T: Send, U: Send>(
    items: &mut [T],
    others: &mut [U],
    share: usize,
    work: impl Fn(usize, &mut T, &mut [U]) + Sync,
) {
    let none = Shares { items: &mut [(); 0], share: 0 };
    for_each_with_shares(items, Shares { items: others, share }, none, |i, item, others, _| work(i, item, others));
}

/// Runs `work` on every item, with its number and its shares of two other slices, on as many threads as rayon has.
pub(crate) fn for_each_with_shares<T: Send, U: Send, V: Send>(
    items: &mut [T],
    left: Shares<'_, U>,
    right: Shares<'_, V>,
    work: impl Fn(usize, &mut T, &mut [U], &mut [V]) + Sync,
) {
    halve(items, left, right, 0, &work);
}

/// What is done with an item: its number, itself, its shares.
type Work<'a, T, U, V> = dyn Fn(usize, &mut T, &mut [U], &mut [V]) + Sync + 'a;

/// Cuts the items in halves until each is alone. Rayon's own iterators would be compiled for every network anew, a
/// thousand functions each time; this is compiled once but for a few lines.
fn halve<T: Send, U: Send, V: Send>(
    items: &mut [T],
    others: Shares<'_, U>,
    more: Shares<'_, V>,
    first: usize,
    work: &Work<'_, T, U, V>,
) {
    match items {
        [] => {}
        [item] => work(first, item, others.items, more.items),
        _ => {
            let middle = items.len() / 2;
            let (left, right) = items.split_at_mut(middle);
            let ((left_others, right_others), (left_more, right_more)) = (others.split(middle), more.split(middle));
            let (mut left, mut right) = (Some((left, left_others, left_more)), Some((right, right_others, right_more)));
            let run = |part: &mut Option<(&mut [T], _, _)>, first| {
                if let Some((items, others, more)) = part.take() {
                    halve(items, others, more, first, work);
                }
            };
            both(&mut || run(&mut left, first), &mut || run(&mut right, first + middle));
        }
    }
}

/// Runs both, perhaps at the same time.
pub(crate) fn both(left: &mut (dyn FnMut() + Send), right: &mut (dyn FnMut() + Send)) {
    if rayon::current_num_threads() == 1 || simd::is_forced() {
        left();
        right();
    } else {
        rayon::join(left, right);
    }
}

/// Runs `work` on chunks of `len` floats, the last of which may be shorter, with the number of each.
pub(crate) fn for_each_chunk(floats: &mut [f32], len: usize, work: &(dyn Fn(usize, &mut [f32]) + Sync)) {
    chunks(floats, len, 0, work);
}

fn chunks(floats: &mut [f32], len: usize, first: usize, work: &(dyn Fn(usize, &mut [f32]) + Sync)) {
    let count = floats.len().div_ceil(len);
    match count {
        0 => {}
        1 => work(first, floats),
        _ => {
            let middle = count / 2;
            let (left, right) = floats.split_at_mut(middle * len);
            both(&mut || chunks(left, len, first, work), &mut || chunks(right, len, first + middle, work));
        }
    }
}

/// Runs `work` on pieces of `floats`, with the position of each piece's first float.
pub(crate) fn for_each_piece(floats: &mut [f32], work: impl Fn(usize, &mut [f32]) + Sync) {
    for_each_chunk(floats, PIECE, &|i, piece| work(i * PIECE, piece));
}
