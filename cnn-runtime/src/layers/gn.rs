//! Group normalisation (Wu, He, 2018): of every sample's groups of channels. With as many groups as channels it is
//! instance normalisation (Ulyanov et al., 2016).

use super::channels::{SHARE, Share, Sums, TABLE, Table, entry};
use crate::map::Map;
use crate::pass::Pass;
use crate::simd::dispatch;
use crate::simd::lanes::{for_lanes, load, store};
use fearless_simd::{f32x16, prelude::*};

/// The constants of a group normalisation.
#[derive(Clone, Copy, Debug)]
pub struct GroupNorm {
    /// Groups of channels; they divide them.
    pub groups: usize,
    /// Offset of the scales, one for each channel.
    pub weight: usize,
    /// Offset of the shifts, one for each channel.
    pub bias: usize,
    /// Added to the variance.
    pub epsilon: f32,
}

/// A sample of a map.
#[derive(Clone, Copy)]
struct Sample<'a> {
    map: &'a Map,
    floats: &'a [f32],
}

/// Numbers of every channel, of one sample: four of them lie in the scratch memory, as the macro crate states.
struct Numbers<'a> {
    mean: &'a mut [f32],
    /// One over the standard deviation.
    scale: &'a mut [f32],
    /// Of the sums that the gradient goes through, those of the channel and then their means over its group.
    straight: &'a mut [f32],
    along: &'a mut [f32],
}

impl<'a> Numbers<'a> {
    fn new(scratch: &'a mut [f32], channels: usize) -> Self {
        let (mean, rest) = scratch.split_at_mut(channels);
        let (scale, rest) = rest.split_at_mut(channels);
        let (straight, rest) = rest.split_at_mut(channels);
        Self { mean, scale, straight, along: &mut rest[..channels] }
    }
}

/// `output = (input - mean) / sqrt(variance + epsilon) * weight + bias`, with mean and variance of the channel's group.
/// `input` and `output` differ.
pub fn forward(pass: &mut Pass<'_>, norm: &GroupNorm, input: &Map, output: &Map) {
    let parameters = pass.parameters;
    let ([x, y], scratch) = pass.arena.views_and_scratch([input, output]);
    let mut numbers = Numbers::new(scratch, input.channels);
    let mut tables = [[0.0; TABLE]; 3];
    for (x, y) in x.chunks(input.stored()).zip(y.chunks_mut(output.stored())).take(pass.samples) {
        let x = Sample { map: input, floats: x };
        moments(norm, x, &mut numbers, &mut tables[0]);
        for share in Share::all(input.channels) {
            let [mean, scale, shift] = &mut tables;
            share.fill(mean, |c| numbers.mean[c]);
            share.fill(scale, |c| numbers.scale[c] * parameters[norm.weight + c]);
            share.fill(shift, |c| parameters[norm.bias + c]);
            dispatch!(simd => forward_kernel(simd, share, x, &tables, output, y));
        }
    }
}

/// Mean and scale of every channel: those of its group. In two passes: the squares of what lies around the mean do not
/// cancel.
fn moments(norm: &GroupNorm, x: Sample<'_>, numbers: &mut Numbers<'_>, table: &mut Table) {
    let channels = x.map.channels;
    let count = (x.map.height * x.map.width * (channels / norm.groups)) as f64;
    for share in Share::all(channels) {
        let sums = dispatch!(simd => sum_kernel(simd, share, x));
        numbers.mean[share.first..][..share.len].iter_mut().zip(sums).for_each(|(sum, s)| *sum = s as f32);
    }
    over_groups(numbers.mean, norm.groups, |sum| sum / count);
    for share in Share::all(channels) {
        share.fill(table, |c| numbers.mean[c]);
        let squares = dispatch!(simd => square_kernel(simd, share, x, table));
        numbers.scale[share.first..][..share.len].iter_mut().zip(squares).for_each(|(sum, s)| *sum = s as f32);
    }
    over_groups(numbers.scale, norm.groups, |sum| 1.0 / (sum / count + f64::from(norm.epsilon)).sqrt());
}

/// Replaces numbers of channels by what `value` makes of their sum over the channel's group.
fn over_groups(numbers: &mut [f32], groups: usize, value: impl Fn(f64) -> f64) {
    let each = numbers.len() / groups;
    for group in numbers.chunks_exact_mut(each) {
        let sum: f64 = group.iter().map(|&number| f64::from(number)).sum();
        group.fill(value(sum) as f32);
    }
}

#[inline(always)]
fn sum_kernel<S: Simd>(simd: S, share: Share, x: Sample<'_>) -> [f64; SHARE] {
    let mut sums = Sums::<1>::new(share);
    for row in x.map.rows(x.floats) {
        sums.add(
            simd,
            row.len(),
            #[inline(always)]
            |at, _, lanes| [load(simd, row, at, lanes)],
        );
    }
    let [sums] = sums.take();
    sums
}

#[inline(always)]
fn square_kernel<S: Simd>(simd: S, share: Share, x: Sample<'_>, mean: &Table) -> [f64; SHARE] {
    let mut sums = Sums::<1>::new(share);
    for row in x.map.rows(x.floats) {
        sums.add(
            simd,
            row.len(),
            #[inline(always)]
            |at, slot, lanes| {
                let x = load(simd, row, at, lanes) - entry(simd, mean, slot);
                [x * x]
            },
        );
    }
    let [sums] = sums.take();
    sums
}

/// Calls `work(at, slot, lanes)` for every vector of a share's channels in a row of `len` floats.
#[inline(always)]
fn for_each_vector(share: Share, len: usize, mut work: impl FnMut(usize, usize, usize)) {
    for start in (share.first..len).step_by(share.step) {
        for_lanes(
            share.period.min(len - start),
            #[inline(always)]
            |slot, lanes| work(start + slot, slot, lanes),
        );
    }
}

#[inline(always)]
fn forward_kernel<S: Simd>(
    simd: S,
    share: Share,
    x: Sample<'_>,
    [mean, scale, shift]: &[Table; 3],
    output: &Map,
    y: &mut [f32],
) {
    for (x, y) in x.map.rows(x.floats).zip(output.rows_mut(y)) {
        for_each_vector(
            share,
            x.len(),
            #[inline(always)]
            |at, slot, lanes| {
                let x = load(simd, x, at, lanes) - entry(simd, mean, slot);
                store(x.mul_add(entry(simd, scale, slot), entry(simd, shift, slot)), y, at, lanes);
            },
        );
    }
}

/// Adds to the gradients of weights and biases and overwrites `d_input`, which is another map than `d_output`.
pub fn backward(pass: &mut Pass<'_>, norm: &GroupNorm, input: &Map, d_output: &Map, d_input: &Map) {
    let (parameters, gradients) = (pass.parameters, &mut *pass.gradients);
    let ([x, dy, dx], scratch) = pass.arena.views_and_scratch([input, d_output, d_input]);
    let channels = input.channels;
    let count = (input.height * input.width * (channels / norm.groups)) as f64;
    let mut numbers = Numbers::new(scratch, channels);
    let (mut tables, mut slope) = ([[0.0; TABLE]; 3], [0.0; TABLE]);
    let d = dy.chunks(d_output.stored()).zip(dx.chunks_mut(d_input.stored()));
    for (x, (dy, dx)) in x.chunks(input.stored()).zip(d).take(pass.samples) {
        let (x, dy) = (Sample { map: input, floats: x }, Sample { map: d_output, floats: dy });
        moments(norm, x, &mut numbers, &mut tables[0]);
        for share in Share::all(channels) {
            share.fill(&mut tables[0], |c| numbers.mean[c]);
            let [straight, along] = dispatch!(simd => gradient_kernel(simd, share, x, dy, &tables[0]));
            for (c, (straight, along)) in (share.first..share.first + share.len).zip(straight.into_iter().zip(along)) {
                let along = along as f32 * numbers.scale[c];
                gradients[norm.weight + c] += along;
                gradients[norm.bias + c] += straight as f32;
                numbers.straight[c] = straight as f32 * parameters[norm.weight + c];
                numbers.along[c] = along * parameters[norm.weight + c];
            }
        }
        over_groups(numbers.straight, norm.groups, |sum| sum / count);
        over_groups(numbers.along, norm.groups, |sum| sum / count);
        // (g - mean(g) - normal mean(g normal)) * scale, where g is the output's gradient times the weight.
        for share in Share::all(channels) {
            let [mean, scale, shift] = &mut tables;
            share.fill(mean, |c| numbers.mean[c]);
            share.fill(scale, |c| numbers.scale[c] * parameters[norm.weight + c]);
            share.fill(shift, |c| -numbers.scale[c] * numbers.straight[c]);
            share.fill(&mut slope, |c| -numbers.scale[c] * numbers.scale[c] * numbers.along[c]);
            dispatch!(simd => input_kernel(simd, share, [x, dy], (&tables, &slope), d_input, dx));
        }
    }
}

/// The sums of the gradient, and of the gradient times what lies around the mean.
#[inline(always)]
fn gradient_kernel<S: Simd>(simd: S, share: Share, x: Sample<'_>, dy: Sample<'_>, mean: &Table) -> [[f64; SHARE]; 2] {
    let mut sums = Sums::<2>::new(share);
    for (x, dy) in x.map.rows(x.floats).zip(dy.map.rows(dy.floats)) {
        sums.add(
            simd,
            x.len(),
            #[inline(always)]
            |at, slot, lanes| {
                let d = load(simd, dy, at, lanes);
                [d, (load(simd, x, at, lanes) - entry(simd, mean, slot)) * d]
            },
        );
    }
    sums.take()
}

#[inline(always)]
fn input_kernel<S: Simd>(
    simd: S,
    share: Share,
    [x, dy]: [Sample<'_>; 2],
    ([mean, scale, shift], slope): (&[Table; 3], &Table),
    d_input: &Map,
    dx: &mut [f32],
) {
    let rows = x.map.rows(x.floats).zip(dy.map.rows(dy.floats));
    for ((x, dy), dx) in rows.zip(d_input.rows_mut(dx)) {
        for_each_vector(
            share,
            x.len(),
            #[inline(always)]
            |at, slot, lanes| {
                let x: f32x16<S> = load(simd, x, at, lanes) - entry(simd, mean, slot);
                let d = load(simd, dy, at, lanes).mul_add(entry(simd, scale, slot), entry(simd, shift, slot));
                store(x.mul_add(entry(simd, slope, slot), d), dx, at, lanes);
            },
        );
    }
}

#[cfg(test)]
mod tests;
