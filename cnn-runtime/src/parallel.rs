//! The one place that talks to rayon.
//!
//! Work is cut by what it is, never by how many threads there are, so that results have the same bits on any machine.

use std::cell::Cell;

use crate::simd;

thread_local! {
    /// Whether this thread keeps its work for itself.
    static ALONE: Cell<bool> = const { Cell::new(false) };
}

/// How many threads work is shared by.
pub(crate) fn threads() -> usize {
    rayon::current_num_threads()
}

/// The number of the calling thread among them; 0 on a thread that is none of rayon's.
pub(crate) fn thread() -> usize {
    rayon::current_thread_index().unwrap_or(0)
}

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

/// Runs work that will use several threads, one part after another, on one of rayon's: of a thread that is none, every
/// part would wait anew until others have woken up.
pub(crate) fn enter<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    let is_inside = rayon::current_thread_index().is_some();
    if is_inside || is_alone() { work() } else { rayon::scope(|_| work()) }
}

/// Runs work that is not worth another thread on this one.
pub(crate) fn alone<R>(work: impl FnOnce() -> R) -> R {
    struct Restore(bool);
    impl Drop for Restore {
        fn drop(&mut self) {
            ALONE.set(self.0);
        }
    }
    let _restore = Restore(ALONE.replace(true));
    work()
}

/// Whether no other thread takes a part of this one's work.
fn is_alone() -> bool {
    ALONE.get() || threads() == 1 || simd::is_forced()
}

/// Runs both, perhaps at the same time.
pub(crate) fn both(left: &mut (dyn FnMut() + Send), right: &mut (dyn FnMut() + Send)) {
    if is_alone() {
        left();
        right();
    } else {
        rayon::join(left, right);
    }
}

/// What can be cut in two: slices of the same length, cut at the same place.
pub(crate) trait Cut: Send + Sized {
    /// What comes before a position, and what comes from there on.
    fn cut(self, at: usize) -> (Self, Self);
}

impl Cut for &mut [f32] {
    fn cut(self, at: usize) -> (Self, Self) {
        self.split_at_mut(at)
    }
}

impl<C: Cut> Cut for Option<C> {
    fn cut(self, at: usize) -> (Self, Self) {
        self.map(|all| all.cut(at)).unzip()
    }
}

impl<A: Cut, B: Cut> Cut for (A, B) {
    fn cut(self, at: usize) -> (Self, Self) {
        let ((a, a_behind), (b, b_behind)) = (self.0.cut(at), self.1.cut(at));
        ((a, b), (a_behind, b_behind))
    }
}

/// Runs `work` on chunks of `len` floats, the last of which may be shorter, with the number of each.
pub(crate) fn for_each_chunk(floats: &mut [f32], len: usize, work: &(dyn Fn(usize, &mut [f32]) + Sync)) {
    let count = floats.len();
    for_each_cut(floats, count, len, &|i, chunk| work(i, chunk));
}

/// Runs `work` on chunks of `len` of all that is `count` long, the last of which may be shorter, with the number of
/// each.
pub(crate) fn for_each_cut<C: Cut>(all: C, count: usize, len: usize, work: &(dyn Fn(usize, C) + Sync)) {
    chunks(all, count, len, 0, work);
}

fn chunks<C: Cut>(all: C, count: usize, len: usize, first: usize, work: &(dyn Fn(usize, C) + Sync)) {
    if count <= len {
        if count > 0 {
            work(first, all);
        }
        return;
    }
    let middle = count.div_ceil(len) / 2;
    let at = middle * len;
    let (left, right) = all.cut(at);
    let (mut left, mut right) = (Some(left), Some(right));
    let run = |part: &mut Option<C>, count, first| {
        if let Some(part) = part.take() {
            chunks(part, count, len, first, work);
        }
    };
    both(&mut || run(&mut left, at, first), &mut || run(&mut right, count - at, first + middle));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simd::Isa;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// In pools of several sizes, and on a thread that keeps its work.
    fn everywhere(work: impl Fn() + Sync) {
        for count in [1, 2, 5] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(count).build().expect("a pool of threads");
            pool.install(|| {
                assert!(threads() == count && thread() < count);
                work();
            });
        }
        simd::on(Isa::Portable, work);
    }

    #[test]
    fn every_item_meets_its_own_shares() {
        everywhere(|| {
            for count in [0, 1, 2, 7, 16] {
                // The last share of the one slice is short, and there is nothing at all of the other.
                let mut items = vec![0; count];
                let mut others: Vec<usize> = (0..(3 * count).saturating_sub(2)).collect();
                let none = Shares { items: &mut [(); 0], share: 0 };
                let left = Shares { items: &mut others, share: 3 };
                for_each_with_shares(&mut items, left, none, |i, item, others, none| {
                    *item = i + 1;
                    assert!(none.is_empty() && (others.len() == 3 || i + 1 == count));
                    others.iter_mut().enumerate().for_each(|(j, other)| {
                        assert_eq!(*other, 3 * i + j);
                        *other += 1000;
                    });
                });
                assert!(items.iter().enumerate().all(|(i, &item)| item == i + 1), "{items:?}");
                assert!(others.iter().enumerate().all(|(i, &other)| other == i + 1000), "{others:?}");
            }
        });
    }

    #[test]
    fn chunks_are_cut_by_their_length_alone() {
        everywhere(|| {
            for (count, len) in [(0, 4), (1, 4), (4, 4), (5, 4), (30, 4), (33, 1)] {
                let mut floats = vec![0.0; count];
                let chunks = AtomicUsize::new(0);
                for_each_chunk(&mut floats, len, &|i, chunk| {
                    assert_eq!(chunk.len(), len.min(count - i * len));
                    chunks.fetch_add(1, Ordering::Relaxed);
                    chunk.iter_mut().enumerate().for_each(|(j, x)| *x += (i * len + j) as f32);
                });
                assert_eq!(chunks.into_inner(), count.div_ceil(len));
                assert!(floats.iter().enumerate().all(|(i, &x)| x == i as f32), "{floats:?}");
            }
        });
    }

    #[test]
    fn what_is_cut_together_is_cut_at_the_same_place() {
        let (mut a, mut b) = ([0.0, 1.0, 2.0], [3.0, 4.0, 5.0]);
        let (front, back) = (&mut a[..], Some(&mut b[..])).cut(1);
        assert_eq!((front.0.len(), front.1.map(|b| b.to_vec())), (1, Some(vec![3.0])));
        assert_eq!((back.0.len(), back.1.map(|b| b.to_vec())), (2, Some(vec![4.0, 5.0])));
        let (front, back) = None::<&mut [f32]>.cut(2);
        assert!(front.is_none() && back.is_none());
    }

    #[test]
    fn work_that_is_kept_stays_on_its_thread() {
        everywhere(|| {
            let mine = std::thread::current().id();
            let is_here = || assert_eq!(std::thread::current().id(), mine);
            alone(|| enter(|| both(&mut || is_here(), &mut || alone(is_here))));
        });
        assert!(std::panic::catch_unwind(|| alone(|| panic!("inside"))).is_err() && !ALONE.get());
    }

    #[test]
    fn entering_changes_no_result() {
        everywhere(|| assert_eq!(enter(|| enter(|| 3)), 3));
        assert_eq!(enter(|| 4), 4, "on a thread that is none of rayon's");
    }
}
