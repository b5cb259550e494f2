//! Interval colouring: buffers that are alive together get memory apart.

use std::cmp::Reverse;

use super::{Place, Within};
use crate::net::LANES;
use crate::shape::Shape;

/// Times that an order is changed.
const ROUNDS: usize = 64;

/// Memory for one value or several that follow one another in it.
#[derive(Clone, Debug)]
pub(super) struct Buffer {
    shape: Shape,
    border: [usize; 4],
    /// First and last moment at which it is written or read.
    birth: usize,
    death: usize,
    /// The value lies elsewhere and takes no memory.
    is_elsewhere: bool,
}

/// Names a buffer until it has a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BufferId(usize);

/// The buffers of a pass.
#[derive(Clone, Debug, Default)]
pub(super) struct Buffers(Vec<Buffer>);

impl Buffers {
    /// A buffer that is first written at `birth`.
    pub(super) fn add(&mut self, shape: Shape, birth: usize) -> BufferId {
        self.0.push(Buffer { shape, border: [0; 4], birth, death: birth, is_elsewhere: false });
        BufferId(self.0.len() - 1)
    }

    /// States that a buffer is written or read at a moment.
    pub(super) fn touch(&mut self, id: BufferId, moment: usize) {
        let buffer = &mut self.0[id.0];
        buffer.birth = buffer.birth.min(moment);
        buffer.death = buffer.death.max(moment);
    }

    /// States that the value lies elsewhere.
    pub(super) fn leave_out(&mut self, id: BufferId) {
        self.0[id.0].is_elsewhere = true;
    }

    /// States that a reader needs zeros around a buffer.
    pub(super) fn widen(&mut self, id: BufferId, border: [usize; 4]) {
        for (have, need) in self.0[id.0].border.iter_mut().zip(border) {
            *have = need.max(*have);
        }
    }

    /// Gives every buffer a place. Returns the places, in order, and the floats of the whole.
    ///
    /// Buffers are packed one after the other; the order decides how much is wasted. The largest first wastes nothing
    /// on chains. On graphs other orders are tried, and then whatever reaches highest comes first, until nothing is
    /// wasted or the rounds are over.
    pub(super) fn place(&self) -> (Places, usize) {
        let buffers = &self.0;
        let peak = self.peak();
        let by = |key: &dyn Fn(&Buffer) -> usize| {
            let mut order: Vec<usize> = (0..buffers.len()).collect();
            order.sort_by_key(|&i| (Reverse(key(&buffers[i])), buffers[i].birth, i));
            order
        };
        let life = |buffer: &Buffer| buffer.death - buffer.birth + 1;
        let orders = [
            by(&Buffer::stored),
            by(&life),
            by(&|buffer| buffer.stored() * life(buffer)),
            by(&|buffer| usize::MAX - buffer.birth),
        ];
        let mut best: Option<(Vec<usize>, usize)> = None;
        for mut order in orders {
            for _ in 0..ROUNDS {
                let offsets = self.pack(&order);
                let end = |i: &usize| offsets[*i] + buffers[*i].stored();
                let Some(highest) = order.iter().copied().max_by_key(end) else { break };
                let floats = end(&highest);
                if best.as_ref().is_none_or(|(_, least)| floats < *least) {
                    best = Some((offsets, floats));
                }
                if floats == peak || order[0] == highest {
                    break;
                }
                order.retain(|&i| i != highest);
                order.insert(0, highest);
            }
            if best.as_ref().is_some_and(|(_, floats)| *floats == peak) {
                break;
            }
        }
        let (offsets, floats) = best.unwrap_or_default();
        let range = |i: usize| offsets[i]..offsets[i] + buffers[i].stored();
        let overlap = |i: usize, j: usize| range(i).start < range(j).end && range(j).start < range(i).end;
        for i in 0..buffers.len() {
            for j in 0..i {
                assert!(
                    !(overlap(i, j) && buffers[i].is_alive_with(&buffers[j])),
                    "bug in the planner, please report it: buffers {i} and {j} overlap while both are alive"
                );
            }
        }
        let places = (0..buffers.len()).map(|i| Place {
            offset: offsets[i],
            shape: buffers[i].shape,
            border: buffers[i].border,
            within: None,
            clear: buffers[i].border != [0; 4] && (0..buffers.len()).any(|j| j != i && overlap(i, j)),
        });
        (Places(places.collect()), floats)
    }
}

impl Buffers {
    /// Offsets of buffers that come in some order: each at the lowest where nothing that is alive with it lies.
    fn pack(&self, order: &[usize]) -> Vec<usize> {
        let buffers = &self.0;
        let mut offsets = vec![0; buffers.len()];
        for (count, &i) in order.iter().enumerate() {
            let mut taken: Vec<(usize, usize)> = order[..count]
                .iter()
                .filter(|&&j| buffers[j].is_alive_with(&buffers[i]))
                .map(|&j| (offsets[j], offsets[j] + buffers[j].stored()))
                .collect();
            taken.sort_unstable();
            for (start, end) in taken {
                if offsets[i] + buffers[i].stored() <= start {
                    break;
                }
                offsets[i] = end.max(offsets[i]);
            }
        }
        offsets
    }

    /// The most floats that are alive together: less memory cannot do.
    pub(super) fn peak(&self) -> usize {
        let alive = |moment: usize| {
            self.0.iter().filter(|buffer| buffer.birth <= moment && moment <= buffer.death).map(Buffer::stored).sum()
        };
        self.0.iter().map(|buffer| alive(buffer.birth)).max().unwrap_or(0)
    }
}

/// Where every buffer lies.
#[derive(Debug)]
pub(super) struct Places(Vec<Place>);

impl Places {
    /// Where a value of some shape lies that is kept in a buffer.
    pub(super) fn of(&self, id: BufferId, shape: Shape) -> Place {
        let place = self.0[id.0];
        assert!(
            shape == place.shape || (place.border == [0; 4] && shape.len() == place.shape.len()),
            "bug in the planner, please report it: {shape} in the memory of {place}"
        );
        Place { shape, ..place }
    }

    /// Where a value of some shape lies that is kept in a buffer beside others, from some channel on.
    pub(super) fn part(&self, id: BufferId, shape: Shape, first: usize) -> Place {
        let place = self.0[id.0];
        assert!(
            [shape.height, shape.width] == [place.shape.height, place.shape.width]
                && first + shape.channels <= place.shape.channels,
            "bug in the planner, please report it: {shape} from channel {first} on in the memory of {place}"
        );
        Place { shape, within: Some(Within { channels: place.shape.channels, first }), ..place }
    }
}

impl Buffer {
    fn is_alive_with(&self, other: &Self) -> bool {
        self.birth <= other.death && other.birth <= self.death
    }

    /// Floats of one sample in the arena: mirrors the runtime's `Map::stored`.
    fn stored(&self) -> usize {
        if self.is_elsewhere {
            return 0;
        }
        let [top, bottom, left, right] = self.border;
        let size = (top + self.shape.height + bottom) * (left + self.shape.width + right) * self.shape.channels;
        size.next_multiple_of(LANES) + LANES
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn buffers(lives: &[(usize, usize, usize)]) -> Buffers {
        let mut buffers = Buffers::default();
        for &(len, birth, death) in lives {
            let id = buffers.add(Shape::vector(len), birth);
            buffers.touch(id, death);
        }
        buffers
    }

    #[test]
    fn a_chain_takes_its_two_largest_neighbours() {
        let (_, floats) = buffers(&[(784, 0, 1), (4704, 1, 2), (1176, 2, 3), (1600, 3, 4), (400, 4, 5)]).place();
        assert_eq!(floats, 4704 + LANES + 1184 + LANES);
    }

    #[test]
    fn random_buffers_never_overlap_while_alive_and_stay_near_the_peak() {
        let mut state = 7_u64;
        let mut random = |n: u64| {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            ((state >> 33) % n) as usize
        };
        for _ in 0..200 {
            let lives: Vec<_> = (0..20)
                .map(|_| (random(500), random(30)))
                .map(|(len, birth)| (len + 1, birth, birth + len % 9))
                .collect();
            let buffers = buffers(&lives);
            let (_, floats) = buffers.place();
            let peak = buffers.peak();
            assert!(floats >= peak && floats <= peak * 5 / 4, "{floats} floats for a peak of {peak}");
        }
    }

    #[test]
    fn a_border_is_cleared_only_where_memory_is_shared() {
        let mut alone = buffers(&[(10, 0, 5), (10, 1, 6)]);
        alone.widen(BufferId(0), [1, 1, 1, 1]);
        assert!(!alone.place().0.0[0].clear);
        let mut shared = buffers(&[(10, 0, 1), (10, 2, 3)]);
        shared.widen(BufferId(1), [1, 0, 0, 0]);
        assert!(shared.place().0.0[1].clear);
    }
}
