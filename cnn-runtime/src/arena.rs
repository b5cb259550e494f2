//! One piece of memory for every activation and gradient of a group of samples.

use crate::buffer::{Buffer, LANES};
use crate::map::Part;

/// The memory of one pass over a group of up to `capacity` samples, laid out by the plan.
#[derive(Clone, Debug)]
pub(crate) struct Arena {
    memory: Buffer,
    scratch: Buffer,
    capacity: usize,
}

impl Arena {
    /// Zeroed memory for `capacity` samples of `floats` each, and `scratch` floats that a layer may use while it runs,
    /// up to a whole vector: that is what threads share it by.
    pub(crate) fn new(floats: usize, capacity: usize, scratch: usize) -> Self {
        Self {
            memory: Buffer::zeroed(floats * capacity),
            scratch: Buffer::zeroed(scratch.next_multiple_of(LANES)),
            capacity,
        }
    }

    /// The largest group of samples that fits.
    pub(crate) fn capacity(&self) -> usize {
        self.capacity
    }

    /// The memory of several maps at once, each `capacity` samples of `map.stored()` floats.
    ///
    /// # Panics
    /// If two of the maps share memory: the plan never lets two maps that are alive together overlap, nor a layer read
    /// one part of a map and write another.
    pub(crate) fn views<const K: usize>(&mut self, maps: [&Part; K]) -> [&mut [f32]; K] {
        self.views_and_scratch(maps).0
    }

    /// The memory of several maps at once, and the scratch memory, whose contents nobody relies on.
    ///
    /// # Panics
    /// As [`views`](Self::views).
    pub(crate) fn views_and_scratch<const K: usize>(&mut self, maps: [&Part; K]) -> ([&mut [f32]; K], &mut [f32]) {
        let ranges = maps.map(|map| {
            let start = map.offset * self.capacity;
            start..start + map.stored() * self.capacity
        });
        match self.memory.get_disjoint_mut(ranges) {
            Ok(views) => (views, &mut self.scratch),
            Err(error) => panic!("maps {maps:?} of one call: {error}"),
        }
    }

    /// The memory of one map, to write to.
    pub(crate) fn view_mut(&mut self, map: &Part) -> &mut [f32] {
        let [view] = self.views([map]);
        view
    }

    /// The memory of one map.
    pub(crate) fn view(&self, map: &Part) -> &[f32] {
        &self.memory[map.offset * self.capacity..][..map.stored() * self.capacity]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::Map;

    #[test]
    fn samples_of_a_map_lie_one_behind_the_other() {
        let (first, second) = (Map::dense(0, [1, 1, 20]), Map::dense(48, [1, 2, 5]));
        let mut arena = Arena::new(48 + second.stored(), 3, 20);
        assert_eq!((arena.capacity(), first.stored(), second.stored()), (3, 48, 32));
        let ([a, b], scratch) = arena.views_and_scratch([&first, &second]);
        assert_eq!((a.len(), b.len(), scratch.len()), (3 * 48, 3 * 32, 32));
        a.fill(1.0);
        b.fill(2.0);
        scratch.fill(3.0);
        assert!(arena.view(&first).iter().all(|&x| x == 1.0));
        assert!(arena.view_mut(&second).iter().all(|&x| x == 2.0));
    }

    #[test]
    #[should_panic(expected = "of one call")]
    fn maps_that_share_memory_are_refused() {
        let map = Map::dense(0, [1, 1, 20]);
        Arena::new(64, 1, 0).views([&map.part(0, 10), &map.part(10, 10)]);
    }
}
