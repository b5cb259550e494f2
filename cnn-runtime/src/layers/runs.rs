//! Walking maps of one shape, or parts of maps, side by side, for what is done to every element alone.

use super::channels::Share;
use crate::arena::Arena;
use crate::buffer::LANES;
use crate::kernels::unroll;
use crate::map::Part;
use crate::simd::lanes::{load, store};
use fearless_simd::{f32x16, prelude::*};
use std::ops::Range;

/// Floats that are copied, then worked on while they are in the first-level cache.
const PIECE: usize = 2048;

/// The memory of a map, to read.
#[derive(Clone, Copy)]
struct Side<'a> {
    map: &'a Part,
    memory: &'a [f32],
}

/// An operation on every element of a map: what is read, what is written (perhaps in place), and what else is read.
pub(super) struct Elementwise<'a> {
    samples: usize,
    target: &'a Part,
    memory: &'a mut [f32],
    source: Option<Side<'a>>,
    other: Option<Side<'a>>,
}

impl<'a> Elementwise<'a> {
    /// From the interior of `source` to that of `target`, which may be the same map.
    pub(super) fn new(arena: &'a mut Arena, samples: usize, source: &'a Part, target: &'a Part) -> Self {
        if source == target {
            let memory = arena.view_mut(target);
            return Self { samples, target, memory, source: None, other: None };
        }
        let [from, memory] = arena.views([source, target]);
        Self { samples, target, memory, source: Some(Side { map: source, memory: from }), other: None }
    }

    /// The same, with a third map, which is neither of the two, to look at.
    pub(super) fn with(
        arena: &'a mut Arena,
        samples: usize,
        source: &'a Part,
        target: &'a Part,
        other: &'a Part,
    ) -> Self {
        if source == target {
            let [memory, seen] = arena.views([target, other]);
            return Self { samples, target, memory, source: None, other: Some(Side { map: other, memory: seen }) };
        }
        let [from, memory, seen] = arena.views([source, target, other]);
        let [source, other] = [(source, from), (other, seen)].map(|(map, memory)| Some(Side { map, memory: &*memory }));
        Self { samples, target, memory, source, other }
    }

    /// Calls `work(sample, element, target, other)` for one piece after the other: `target` holds the source's values
    /// and is to be overwritten, `element` is the position of its first in the volume. Without a third map `other` is
    /// empty.
    #[inline(always)]
    pub(super) fn for_each(mut self, work: impl FnMut(usize, usize, &mut [f32], &[f32])) {
        self.walk(0, PIECE, PIECE, work);
    }

    /// Replaces every vector of a share of the channels by `work(source, other, slot)`, `slot` being its place in a
    /// table. Without a third map `other` is zeros.
    #[inline(always)]
    pub(super) fn for_each_of<S: Simd>(
        &mut self,
        simd: S,
        share: Share,
        work: impl Fn(f32x16<S>, f32x16<S>, usize) -> f32x16<S>,
    ) {
        let Runs { rows, columns, len: end } = self.runs();
        let zero = f32x16::splat(simd, 0.0);
        for sample in 0..self.samples {
            for at in (0..rows * columns).map(|run| [run / columns, run % columns]) {
                let target = &mut self.memory[place(self.target, sample, at, &(0..end))];
                let source = self.source.map(|side| &side.memory[place(side.map, sample, at, &(0..end))]);
                let other = self.other.map(|side| &side.memory[place(side.map, sample, at, &(0..end))]);
                for start in (share.first..end).step_by(share.step) {
                    let len = share.period.min(end - start);
                    let whole = len - len % (4 * LANES);
                    for slot in (0..whole).step_by(4 * LANES) {
                        let (at, len) = (start + slot, 4 * LANES);
                        let other = other.map(|other| &other[at..][..len]);
                        let source = source.map(|source| &source[at..][..len]);
                        let target = &mut target[at..][..len];
                        unroll!(i < 4, {
                            let from = load(simd, source.unwrap_or(target), i * LANES, LANES);
                            let other = match other {
                                Some(other) => load(simd, other, i * LANES, LANES),
                                None => zero,
                            };
                            store(work(from, other, slot + i * LANES), target, i * LANES, LANES);
                        });
                    }
                    for slot in (whole..len).step_by(LANES) {
                        let (at, lanes) = (start + slot, LANES.min(len - slot));
                        let from = load(simd, source.unwrap_or(target), at, lanes);
                        let other = other.map_or(
                            zero,
                            #[inline(always)]
                            |other| load(simd, other, at, lanes),
                        );
                        store(work(from, other, slot), target, at, lanes);
                    }
                }
            }
        }
    }

    /// The runs of floats that a sample's interior is in all of the maps.
    fn runs(&self) -> Runs {
        let maps = || [Some(self.target), self.source.map(|s| s.map), self.other.map(|s| s.map)].into_iter().flatten();
        let &Part { height, width, channels, .. } = self.target;
        if maps().all(Part::is_dense) {
            Runs { rows: 1, columns: 1, len: self.target.volume() }
        } else if maps().all(Part::is_whole) {
            Runs { rows: height, columns: 1, len: width * channels }
        } else {
            Runs { rows: height, columns: width, len: channels }
        }
    }

    /// Calls `work(target, other)` for the channels of `count` pixels after the other: fewer at the end of a run.
    #[inline(always)]
    pub(super) fn for_each_pixels(&mut self, count: usize, mut work: impl FnMut(&mut [f32], &[f32])) {
        let step = count * self.target.channels;
        self.walk(
            0,
            step,
            step,
            #[inline(always)]
            |_, _, target, other| work(target, other),
        );
    }

    /// Channels of the maps.
    pub(super) fn channels(&self) -> usize {
        self.target.channels
    }

    /// Goes along every run in steps of `step` floats; of each step, `len` floats from `first` on are worked on.
    #[inline(always)]
    fn walk(&mut self, first: usize, len: usize, step: usize, mut work: impl FnMut(usize, usize, &mut [f32], &[f32])) {
        let Runs { rows, columns, len: end } = self.runs();
        for sample in 0..self.samples {
            for run in 0..rows * columns {
                let in_map = [run / columns, run % columns];
                for at in (first..end).step_by(step) {
                    let part = at..end.min(at + len);
                    let target = &mut self.memory[place(self.target, sample, in_map, &part)];
                    if let Some(Side { map, memory }) = self.source {
                        target.copy_from_slice(&memory[place(map, sample, in_map, &part)]);
                    }
                    let other = match self.other {
                        Some(Side { map, memory }) => &memory[place(map, sample, in_map, &part)],
                        None => &[],
                    };
                    work(sample, run * end + at, target, other);
                }
            }
        }
    }
}

/// The interior of one sample of a map as runs of floats: rows, or the whole volume if there is no border. Those of a
/// part begin with its first pixel, end with its last, and hold what lies between them.
#[inline(always)]
pub(super) fn runs<'a>(map: &Part, sample: &'a [f32]) -> impl Iterator<Item = &'a [f32]> {
    let row = map.width.saturating_sub(1) * map.pitch + map.channels;
    let (runs, len) = if map.is_dense() { (1, map.volume()) } else { (map.height, row) };
    sample[map.origin()..].chunks(map.row().max(len)).take(runs).map(move |run| &run[..len])
}

/// The runs of a sample's interior: rows and columns of them, and how long they are.
struct Runs {
    rows: usize,
    columns: usize,
    len: usize,
}

/// Where a piece of a run lies in a map's memory.
#[inline(always)]
fn place(map: &Part, sample: usize, [y, x]: [usize; 2], piece: &Range<usize>) -> Range<usize> {
    let start = sample * map.stored() + map.origin() + y * map.row() + x * map.pitch;
    start + piece.start..start + piece.end
}
