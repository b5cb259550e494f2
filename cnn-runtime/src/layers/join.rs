//! Where branches meet: sums, channels side by side, products, and the gradients that go back into the branches.
//!
//! A value with several readers gets the sum of their gradients: the first to come overwrites, the others add.

#[cfg(test)]
mod tests;

use super::activation::{Activation, apply_to_all};
use super::runs::Elementwise;
use crate::map::{Map, Part};
use crate::pass::Pass;
use crate::simd::dispatch;
use fearless_simd::Simd;

/// A sum of branches.
#[derive(Clone, Copy, Debug)]
pub struct Sum {
    /// Applied to the sum.
    pub activation: Activation,
}

/// `output = activation(sum of inputs)`. One of the inputs may be the same map as the output, if it comes once only.
pub fn add(pass: &mut Pass<'_>, sum: &Sum, inputs: &[&Map], output: &Map) {
    let samples = pass.samples;
    // The one that is written over comes first: it is there already.
    let in_place = inputs.iter().position(|input| *input == output).unwrap_or(0);
    let mut left = inputs.len() - 1;
    let others = inputs.iter().enumerate().filter(|(index, _)| *index != in_place).map(|(_, other)| *other);
    let mut is_first = true;
    for other in others {
        left -= 1;
        let activation = if left == 0 { sum.activation } else { Activation::Identity };
        let source = if is_first { inputs[in_place] } else { output };
        if other == source {
            // Twice the same branch.
            let maps = Elementwise::new(pass.arena, samples, source, output);
            dispatch!(simd => twice(simd, maps, activation));
        } else {
            let maps = Elementwise::with(pass.arena, samples, source, output, other);
            dispatch!(simd => sum_of_two(simd, maps, activation));
        }
        is_first = false;
    }
}

#[inline(always)]
fn sum_of_two<S: Simd>(simd: S, maps: Elementwise<'_>, activation: Activation) {
    maps.for_each(
        #[inline(always)]
        |_, _, target, other| {
            target.iter_mut().zip(other).for_each(|(target, other)| *target += other);
            apply_to_all(simd, activation, target);
        },
    );
}

#[inline(always)]
fn twice<S: Simd>(simd: S, maps: Elementwise<'_>, activation: Activation) {
    maps.for_each(
        #[inline(always)]
        |_, _, target, _| {
            target.iter_mut().for_each(|target| *target += *target);
            apply_to_all(simd, activation, target);
        },
    );
}

/// `target = source`, or `target += source` if it `adds`: the gradient of a sum for one of its branches, or one
/// reader's part of the gradient for a value.
pub fn pass_on(pass: &mut Pass<'_>, source: &Map, target: &Map, adds: bool) {
    let [source_memory, target_memory] = pass.arena.views([source, target]);
    let samples = source_memory.chunks(source.stored()).zip(target_memory.chunks_mut(target.stored()));
    for (from, to) in samples.take(pass.samples) {
        for (from, to) in source.rows(from).zip(target.rows_mut(to)) {
            put_floats(from, to, adds);
        }
    }
}

/// Adds to floats, or overwrites them.
#[inline(always)]
fn put_floats(from: &[f32], to: &mut [f32], adds: bool) {
    if adds {
        dispatch!(_simd => to.iter_mut().zip(from).for_each(|(to, from)| *to += from));
    } else {
        to.copy_from_slice(from);
    }
}

/// Puts the channels of `input` into those of `output`, from channel `first` on.
pub fn put(pass: &mut Pass<'_>, input: &Part, output: &Part, first: usize) {
    let [from, to] = pass.arena.views([input, output]);
    for (from, to) in from.chunks(input.stored()).zip(to.chunks_mut(output.stored())).take(pass.samples) {
        let pixels = input.pixels(from).zip(output.pixels_mut(to));
        pixels.for_each(|(from, to)| to[first..first + from.len()].copy_from_slice(from));
    }
}

/// The gradient for a branch of channels side by side: those of `d_output` from channel `first` on.
pub fn take(pass: &mut Pass<'_>, d_output: &Map, first: usize, d_input: &Map, adds: bool) {
    let [from, to] = pass.arena.views([d_output, d_input]);
    for (from, to) in from.chunks(d_output.stored()).zip(to.chunks_mut(d_input.stored())).take(pass.samples) {
        for (from, to) in d_output.rows(from).zip(d_input.rows_mut(to)) {
            let pixels = from.chunks_exact(d_output.channels).zip(to.chunks_exact_mut(d_input.channels));
            for (from, to) in pixels {
                let from = &from[first..first + to.len()];
                if adds {
                    to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
                } else {
                    to.copy_from_slice(from);
                }
            }
        }
    }
}

/// `output = a * b`, number by number; `a` and `b` may be the same map.
pub fn multiply(pass: &mut Pass<'_>, a: &Map, b: &Map, output: &Map) {
    if a == b {
        let maps = Elementwise::new(pass.arena, pass.samples, a, output);
        return maps.for_each(|_, _, target, _| target.iter_mut().for_each(|x| *x *= *x));
    }
    let maps = Elementwise::with(pass.arena, pass.samples, a, output, b);
    dispatch!(_simd => maps.for_each(
        #[inline(always)]
        |_, _, target, other| target.iter_mut().zip(other).for_each(|(target, other)| *target *= other),
    ));
}

/// The gradient for one factor, given the other.
pub fn multiply_gradient(pass: &mut Pass<'_>, d_output: &Map, other: &Map, d_input: &Map, adds: bool) {
    let [d_memory, other_memory, to] = pass.arena.views([d_output, other, d_input]);
    let samples = d_memory.chunks(d_output.stored()).zip(other_memory.chunks(other.stored()));
    for ((d, other_sample), to) in samples.zip(to.chunks_mut(d_input.stored())).take(pass.samples) {
        let rows = d_output.rows(d).zip(other.rows(other_sample));
        for ((d, other), to) in rows.zip(d_input.rows_mut(to)) {
            dispatch!(_simd => product_of_floats(d, other, to, adds));
        }
    }
}

#[inline(always)]
fn product_of_floats(a: &[f32], b: &[f32], to: &mut [f32], adds: bool) {
    let products = to.iter_mut().zip(a.iter().zip(b));
    if adds {
        products.for_each(|(to, (a, b))| *to += a * b);
    } else {
        products.for_each(|(to, (a, b))| *to = a * b);
    }
}

/// `output = volume * factors`: one factor for each channel.
pub fn scale(pass: &mut Pass<'_>, volume: &Map, factors: &Map, output: &Map) {
    scaled_gradient(pass, volume, factors, output, false);
}

/// The gradient for the volume of [`scale`]: the output's by the factors.
pub fn scaled_gradient(pass: &mut Pass<'_>, d_output: &Map, factors: &Map, d_input: &Map, adds: bool) {
    let [from, factors_memory, to] = pass.arena.views([d_output, factors, d_input]);
    let samples = from.chunks(d_output.stored()).zip(factors_memory.chunks(factors.stored()));
    for ((from, scales), to) in samples.zip(to.chunks_mut(d_input.stored())).take(pass.samples) {
        let scales = &scales[factors.origin()..][..factors.channels];
        for (from, to) in d_output.rows(from).zip(d_input.rows_mut(to)) {
            dispatch!(_simd => scale_row(from, scales, to, adds));
        }
    }
}

#[inline(always)]
fn scale_row(from: &[f32], scales: &[f32], to: &mut [f32], adds: bool) {
    for (from, to) in from.chunks_exact(scales.len()).zip(to.chunks_exact_mut(scales.len())) {
        product_of_floats(from, scales, to, adds);
    }
}

/// The gradient for the factors of [`scale`]: for each channel, the sum over pixels of the output's by the volume.
pub fn scale_gradient(pass: &mut Pass<'_>, d_output: &Map, volume: &Map, d_factors: &Map, adds: bool) {
    let [from, volume_memory, to] = pass.arena.views([d_output, volume, d_factors]);
    let samples = from.chunks(d_output.stored()).zip(volume_memory.chunks(volume.stored()));
    for ((from, values), to) in samples.zip(to.chunks_mut(d_factors.stored())).take(pass.samples) {
        let sums = &mut to[d_factors.origin()..][..d_factors.channels];
        if !adds {
            sums.fill(0.0);
        }
        // Rows: one of the two may have a border.
        for (from, values) in d_output.rows(from).zip(volume.rows(values)) {
            dispatch!(_simd => sum_of_products(from, values, sums));
        }
    }
}

#[inline(always)]
fn sum_of_products(from: &[f32], values: &[f32], sums: &mut [f32]) {
    let pixels = from.chunks_exact(sums.len()).zip(values.chunks_exact(sums.len()));
    for (from, values) in pixels {
        product_of_floats(from, values, sums, true);
    }
}
