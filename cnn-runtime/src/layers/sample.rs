//! Between the caller's samples and the arena.

use crate::map::{Map, Part};
use crate::pass::Pass;

/// Where a layer reads its input: a map of the arena, or the caller's samples, where the layer needs nothing around
/// them.
#[derive(Clone, Copy, Debug)]
pub enum Source<'a> {
    /// A map.
    Map(&'a Map),
    /// The network's only input, or what has been handed on. There is nothing behind the last sample: a layer that
    /// loads whole vectors needs a multiple of 16 floats.
    Samples,
}

impl<'a> From<&'a Map> for Source<'a> {
    fn from(map: &'a Map) -> Self {
        Self::Map(map)
    }
}

/// Copies the group's inputs into the interior of `map`.
pub fn load(pass: &mut Pass<'_>, map: &Map) {
    load_part(pass, map, [0, map.volume()]);
}

/// The same for one of several inputs: where its floats begin in a sample, and how many a sample has.
pub fn load_part(pass: &mut Pass<'_>, map: &Map, part: [usize; 2]) {
    unpack(pass.inputs, pass.samples, map, part, pass.arena.view_mut(map));
}

/// Copies the interior of `map` to the group's outputs.
pub fn store(pass: &mut Pass<'_>, map: &Part) {
    store_part(pass, map, [0, map.volume()]);
}

/// The same for one of several outputs.
pub fn store_part(pass: &mut Pass<'_>, map: &Part, part: [usize; 2]) {
    pack(pass.arena.view(map), pass.samples, map, part, pass.outputs);
}

/// Copies the gradients for the group's outputs into the interior of `map`.
pub fn load_gradient(pass: &mut Pass<'_>, map: &Map) {
    load_gradient_part(pass, map, [0, map.volume()]);
}

/// The same for one of several outputs.
pub fn load_gradient_part(pass: &mut Pass<'_>, map: &Map, part: [usize; 2]) {
    unpack(pass.d_outputs, pass.samples, map, part, pass.arena.view_mut(map));
}

/// Copies the interior of `map` to the gradients for the group's inputs, if they are asked for.
pub fn store_gradient(pass: &mut Pass<'_>, map: &Map) {
    store_gradient_part(pass, map, [0, map.volume()]);
}

/// The same for one of several inputs.
pub fn store_gradient_part(pass: &mut Pass<'_>, map: &Map, part: [usize; 2]) {
    if let Some(d_inputs) = pass.d_inputs.as_deref_mut() {
        pack(pass.arena.view(map), pass.samples, map, part, d_inputs);
    }
}

fn unpack(flat: &[f32], samples: usize, map: &Map, [first, len]: [usize; 2], memory: &mut [f32]) {
    let volumes = flat.chunks_exact(len).take(samples).map(|sample| &sample[first..][..map.volume()]);
    for (sample, volume) in memory.chunks_mut(map.stored()).zip(volumes) {
        for (to, from) in map.rows_mut(sample).zip(volume.chunks_exact(map.width * map.channels)) {
            to.copy_from_slice(from);
        }
    }
}

fn pack(memory: &[f32], samples: usize, map: &Part, [first, len]: [usize; 2], flat: &mut [f32]) {
    let volumes = flat.chunks_exact_mut(len).take(samples).map(|sample| &mut sample[first..][..map.volume()]);
    for (sample, volume) in memory.chunks(map.stored()).zip(volumes) {
        let mut left = volume;
        for from in map.runs(sample) {
            let (to, behind) = std::mem::take(&mut left).split_at_mut(from.len());
            left = behind;
            to.copy_from_slice(from);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Bench, Places, Random};

    #[test]
    fn one_of_several_parts_goes_to_its_map_and_back() {
        let mut places = Places::default();
        let map = places.map([2, 3, 2], [1, 0, 2, 1]);
        let part = [5, 5 + map.volume() + 3];
        let flat = Random::new(1).vec(3 * part[1]);
        let expected: Vec<f32> = flat.chunks(part[1]).flat_map(|sample| &sample[5..][..12]).copied().collect();
        let mut bench = Bench::new(3, places.floats, &[]);
        bench.blank(&map);
        bench.inputs.clone_from(&flat);
        load_part(&mut bench.pass(), &map, part);
        assert_eq!(bench.read(&map), expected);

        bench.outputs = vec![7.0; flat.len()];
        bench.d_inputs = Some(vec![7.0; flat.len()]);
        store_part(&mut bench.pass(), &map, part);
        store_gradient_part(&mut bench.pass(), &map, part);
        let beside = |i: usize| !(5..5 + map.volume()).contains(&(i % part[1]));
        for (i, &x) in flat.iter().enumerate() {
            assert_eq!(bench.outputs[i], if beside(i) { 7.0 } else { x }, "float {i}");
        }
        assert_eq!(bench.d_inputs.as_ref(), Some(&bench.outputs));

        bench.blank(&map);
        bench.d_outputs = flat;
        load_gradient_part(&mut bench.pass(), &map, part);
        assert_eq!(bench.read(&map), expected);
        bench.assert_untouched_outside(&map);
    }

    #[test]
    fn channels_of_a_map_are_stored_by_themselves() {
        let mut places = Places::default();
        let map = places.map([1, 2, 3], [0, 0, 1, 0]);
        let mut bench = Bench::new(2, places.floats, &[]);
        bench.fill(&map, &[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0]);
        bench.outputs = vec![0.0; 8];
        store(&mut bench.pass(), &map.part(1, 2));
        assert_eq!(bench.outputs, [1.0, 2.0, 4.0, 5.0, 7.0, 8.0, 10.0, 11.0]);
    }

    #[test]
    fn gradients_that_nobody_asked_for_go_nowhere() {
        let mut places = Places::default();
        let map = places.map([1, 1, 2], [0; 4]);
        let mut bench = Bench::new(1, places.floats, &[]);
        bench.fill(&map, &[1.0, 2.0]);
        store_gradient(&mut bench.pass(), &map);
        assert!(bench.d_inputs.is_none());
    }
}
