//! Between the caller's samples and the arena.

use crate::map::Map;
use crate::pass::Pass;

/// Copies the group's inputs into the interior of `map`.
pub fn load(pass: &mut Pass<'_>, map: &Map) {
    unpack(pass.inputs, pass.samples, map, pass.arena.view_mut(map));
}

/// Copies the interior of `map` to the group's outputs.
pub fn store(pass: &mut Pass<'_>, map: &Map) {
    pack(pass.arena.view(map), pass.samples, map, pass.outputs);
}

/// Copies the gradients for the group's outputs into the interior of `map`.
pub fn load_gradient(pass: &mut Pass<'_>, map: &Map) {
    unpack(pass.d_outputs, pass.samples, map, pass.arena.view_mut(map));
}

/// Copies the interior of `map` to the gradients for the group's inputs, if they are asked for.
pub fn store_gradient(pass: &mut Pass<'_>, map: &Map) {
    if let Some(d_inputs) = pass.d_inputs.as_deref_mut() {
        pack(pass.arena.view(map), pass.samples, map, d_inputs);
    }
}

fn unpack(flat: &[f32], samples: usize, map: &Map, memory: &mut [f32]) {
    let volumes = flat.chunks_exact(map.volume()).take(samples);
    for (sample, volume) in memory.chunks_mut(map.stored()).zip(volumes) {
        for (to, from) in map.rows_mut(sample).zip(volume.chunks_exact(map.width * map.channels)) {
            to.copy_from_slice(from);
        }
    }
}

fn pack(memory: &[f32], samples: usize, map: &Map, flat: &mut [f32]) {
    let volumes = flat.chunks_exact_mut(map.volume()).take(samples);
    for (sample, volume) in memory.chunks(map.stored()).zip(volumes) {
        for (from, to) in map.rows(sample).zip(volume.chunks_exact_mut(map.width * map.channels)) {
            to.copy_from_slice(from);
        }
    }
}
