//! Memory of groups of samples on their way through the layers.

use std::sync::{Mutex, PoisonError};

use crate::arena::Arena;
use crate::network::Network;
use crate::parallel;

/// Samples that pass through the layers together: at least so many that a fully connected layer reads its weights once
/// for a whole register tile of samples, and at most twice as many, if what they keep stays in the second level cache.
pub(super) const GROUP: [usize; 2] = [8, 16];

/// Bytes that a group may keep there, beside the gradients.
const NEAR: usize = 1 << 20;

/// Samples of a group of a segment of `share` samples, where there are no stages: even ones.
pub(super) fn group<N: Network>(share: usize) -> usize {
    let [least, most] = GROUP;
    let most = (NEAR / size_of::<f32>() / N::TRAIN_FLOATS.max(1)).clamp(least, most);
    share.div_ceil(share.div_ceil(most).max(1))
}

/// An arena for each thread, for segments that need one for a group at a time only: it stays in the thread's caches.
///
/// A loss that waits for other threads may run another segment meanwhile, inside the first. That takes a further arena
/// of its thread, made when it is needed and kept.
#[derive(Default)]
pub(super) struct Arenas {
    /// Those that no segment has.
    of_threads: Vec<Mutex<Vec<Arena>>>,
}

impl Arenas {
    pub(super) fn reserve<N: Network>(&mut self, threads: usize, group: usize) {
        if self.of_threads.len() < threads {
            self.of_threads.resize_with(threads, Mutex::default);
        }
        for arenas in &mut self.of_threads {
            let arenas = arenas.get_mut().unwrap_or_else(PoisonError::into_inner);
            arenas.retain(|arena| arena.capacity() >= group);
            // None is left of a pass that panicked either.
            if arenas.is_empty() {
                arenas.push(group_arena::<N>(group));
            }
        }
    }

    /// Runs `work`, on groups of at most `group` samples, with an arena of the calling thread that nothing else has.
    pub(super) fn with_mine<N: Network>(&self, group: usize, work: impl FnOnce(&mut Arena)) {
        let mine = &self.of_threads[parallel::thread() % self.of_threads.len()];
        let lock = || mine.lock().unwrap_or_else(PoisonError::into_inner);
        let free = lock().pop();
        let mut arena = free.unwrap_or_else(|| group_arena::<N>(group));
        work(&mut arena);
        lock().push(arena);
    }
}

pub(super) fn group_arena<N: Network>(samples: usize) -> Arena {
    Arena::new(N::TRAIN_FLOATS, samples, N::TRAIN_SCRATCH)
}
