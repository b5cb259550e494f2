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
    /// Zeroed memory for `capacity` samples of `floats` each, and `scratch` floats that a layer may use while it runs, up to a
    /// whole vector: that is what threads share it by.
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
    /// If two of the maps share memory: the plan never lets two maps that are alive together overlap, nor a layer read one
    /// part of a map and write another.
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
