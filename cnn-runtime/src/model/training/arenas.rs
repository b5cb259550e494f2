//! Memory of groups of samples on their way through the layers.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::arena::Arena;
use crate::network::Network;

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
#[derive(Default)]
pub(super) struct Arenas {
    of_threads: Vec<Mutex<Arena>>,
}

impl Arenas {
    pub(super) fn reserve<N: Network>(&mut self, threads: usize, group: usize) {
        for arena in &mut self.of_threads {
            let arena = arena.get_mut().unwrap_or_else(PoisonError::into_inner);
            if arena.capacity() < group {
                *arena = group_arena::<N>(group);
            }
        }
        while self.of_threads.len() < threads {
            self.of_threads.push(Mutex::new(group_arena::<N>(group)));
        }
    }

    /// The calling thread's.
    pub(super) fn mine(&self) -> MutexGuard<'_, Arena> {
        let thread = rayon::current_thread_index().unwrap_or(0) % self.of_threads.len();
        // What a pass that panicked has left behind is overwritten like anything else.
        self.of_threads[thread].lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(super) fn group_arena<N: Network>(samples: usize) -> Arena {
    Arena::new(N::TRAIN_FLOATS, samples, N::TRAIN_SCRATCH)
}
