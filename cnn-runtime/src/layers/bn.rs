//! Batch normalisation (Ioffe, Szegedy, 2015), with statistics of the whole batch in training.
//!
//! Training crosses two barriers: `measure` (each segment) -> `combine` (once) -> `forward` (each segment), and
//! `measure_gradient` -> `combine_gradient` -> `backward`.

pub(super) mod fold;
mod vectors;

use super::activation::{Activation, apply};
use super::channels::{SHARE, Share, Sums, TABLE, Table, entry};
use super::runs::{Elementwise, runs};
use crate::arena::Arena;
use crate::buffer::LANES;
use crate::map::{Map, Part};
use crate::pass::{Exchange, Pass};
use crate::simd::dispatch;
use crate::simd::lanes::load;
use fearless_simd::prelude::*;
use std::ops::Range;

pub use fold::{Folded, folded};

/// The constants of a batch norm.
#[derive(Clone, Copy, Debug)]
pub struct BatchNorm {
    /// Channels, each normalised over the batch and all pixels.
    pub channels: usize,
    /// Pixels of a sample.
    pub pixels: usize,
    /// Offset of the scales (gamma) in the parameters.
    pub weight: usize,
    /// Offset of the shifts (beta) in the parameters.
    pub bias: usize,
    /// Offset of the running means in the state.
    pub running_mean: usize,
    /// Offset of the running variances (unbiased) in the state.
    pub running_var: usize,
    /// Offset of this layer's 4 * `channels` floats of exchanged statistics: mean and 1 / sqrt(var + eps), then the
    /// sums of d_output and of d_output * normalised input.
    pub exchange: usize,
    /// Added to the variance.
    pub epsilon: f32,
    /// Weight of the newest batch in the running statistics.
    pub momentum: f32,
    /// Applied to the output.
    pub activation: Activation,
}

impl BatchNorm {
    /// Where the batch's mean and 1 / sqrt(var + eps) lie in the exchanged statistics, and a segment's mean and sum of
    /// squared deviations in its contribution to them.
    fn moments(&self) -> [Range<usize>; 2] {
        self.statistics(0)
    }

    /// Where the sums of d_output and of d_output * normalised input lie.
    fn sums(&self) -> [Range<usize>; 2] {
        self.statistics(2)
    }

    fn statistics(&self, first: usize) -> [Range<usize>; 2] {
        [first, first + 1].map(|i| {
            let start = self.exchange + i * self.channels;
            start..start + self.channels
        })
    }
}

/// Inference: normalises with the running statistics. `input` and `output` may be the same map.
pub fn infer(pass: &mut Pass<'_>, bn: &BatchNorm, input: &Part, output: &Part) {
    let means = &pass.state[bn.running_mean..][..bn.channels];
    let variances = &pass.state[bn.running_var..][..bn.channels];
    let statistics = Statistics { means, spread: Spread::Variances(variances) };
    normalise(pass.arena, pass.samples, pass.parameters, bn, statistics, [input, output]);
}

/// Training: normalises with the batch's statistics. `input` and `output` differ.
pub fn forward(pass: &mut Pass<'_>, bn: &BatchNorm, input: &Part, output: &Part) {
    let [means, inverses] = bn.moments().map(|range| &pass.exchange[range]);
    let statistics = Statistics { means, spread: Spread::Inverses(inverses) };
    normalise(pass.arena, pass.samples, pass.parameters, bn, statistics, [input, output]);
}

/// What is known of every channel.
#[derive(Clone, Copy)]
struct Statistics<'a> {
    means: &'a [f32],
    spread: Spread<'a>,
}

/// How far a channel's values lie from their mean: the variances, or 1 / sqrt(var + eps).
#[derive(Clone, Copy)]
enum Spread<'a> {
    Variances(&'a [f32]),
    Inverses(&'a [f32]),
}

impl Statistics<'_> {
    /// 1 / sqrt(var + eps)
    fn inverse(&self, bn: &BatchNorm, channel: usize) -> f32 {
        match self.spread {
            Spread::Variances(variances) => 1.0 / (variances[channel] + bn.epsilon).sqrt(),
            Spread::Inverses(inverses) => inverses[channel],
        }
    }
}

/// `output = activation((input - mean) * inverse * weight + bias)`
fn normalise(
    arena: &mut Arena,
    samples: usize,
    parameters: &[f32],
    bn: &BatchNorm,
    statistics: Statistics<'_>,
    [input, output]: [&Part; 2],
) {
    let (weights, biases) = (&parameters[bn.weight..], &parameters[bn.bias..]);
    if vectors::fits(bn) {
        return vectors::normalise(arena, samples, [weights, biases], bn, statistics, [input, output]);
    }
    let mut maps = Elementwise::new(arena, samples, input, output);
    let mut tables = [[0.0; TABLE]; 3];
    for share in Share::all(bn.channels) {
        share.fill(&mut tables[0], |channel| statistics.means[channel]);
        share.fill(&mut tables[1], |channel| statistics.inverse(bn, channel) * weights[channel]);
        share.fill(&mut tables[2], |channel| biases[channel]);
        let tables = tables.each_ref();
        match bn.activation {
            // Worth loops of their own.
            Activation::Identity => {
                dispatch!(simd => normalise_kernel(simd, Activation::Identity, share, tables, &mut maps));
            }
            Activation::Relu => dispatch!(simd => normalise_kernel(simd, Activation::Relu, share, tables, &mut maps)),
            other => dispatch!(simd => normalise_kernel(simd, other, share, tables, &mut maps)),
        }
    }
}

#[inline(always)]
fn normalise_kernel<S: Simd>(
    simd: S,
    activation: Activation,
    share: Share,
    [mean, scale, bias]: [&Table; 3],
    maps: &mut Elementwise<'_>,
) {
    maps.for_each_of(
        simd,
        share,
        #[inline(always)]
        |value, _, slot| {
            // The mean first: a large one would drown the rest in rounding.
            let centred = value - entry(simd, mean, slot);
            apply(simd, activation, centred.mul_add(entry(simd, scale, slot), entry(simd, bias, slot)))
        },
    );
}

/// Training: leaves this segment's mean and sum of squared deviations of each channel in `pass.partial`. A segment of a
/// network with batch norm is always one group.
pub fn measure(pass: &mut Pass<'_>, bn: &BatchNorm, input: &Part) {
    let moments = bn.moments();
    let memory = pass.arena.view(input);
    if vectors::fits(bn) {
        return vectors::measure(memory, pass.samples, moments.map(|range| range.start), input, pass.partial);
    }
    for share in Share::of(input) {
        let measured = dispatch!(simd => measure_kernel(simd, share, pass.samples, input, memory));
        for (range, values) in moments.iter().zip(measured) {
            let partial = &mut pass.partial[range.clone()][share.first..][..share.len];
            partial.iter_mut().zip(values).for_each(|(to, from)| *to = from as f32);
        }
    }
}

/// Means and sums of squared deviations of a share of the channels.
///
/// Memory is read once, a block at a time, and the block twice while it is in the first-level cache: for its mean, and
/// for what deviates from that. Blocks join by Chan's formula: no large numbers cancel, whatever the mean.
#[inline(always)]
fn measure_kernel<S: Simd>(simd: S, share: Share, samples: usize, input: &Part, memory: &[f32]) -> [[f64; SHARE]; 2] {
    let mut moments = [Moments::default(); SHARE];
    let (mut sums, mut deviations) = (Sums::<1>::new(share), Sums::<2>::new(share));
    let mut centre = [0.0; TABLE];
    for sample in memory.chunks(input.stored()).take(samples) {
        for block in runs(input, sample).flat_map(|run| run.chunks(share.block())) {
            sums.add(
                simd,
                block.len(),
                #[inline(always)]
                |at, _, lanes| [load(simd, block, at, lanes)],
            );
            let [totals] = sums.take();
            let count = block.len().div_ceil(input.pitch) as f64;
            share.fill(&mut centre, |channel| (totals[channel - share.first] / count) as f32);
            deviations.add(
                simd,
                block.len(),
                #[inline(always)]
                |at, slot, lanes| {
                    let deviation = load(simd, block, at, lanes) - entry(simd, &centre, slot);
                    [deviation, deviation * deviation]
                },
            );
            let [sum, square] = deviations.take();
            for channel in 0..share.len {
                // What the rounding of the centre left over.
                let excess = sum[channel] / count;
                let (mean, square) = (f64::from(centre[channel]) + excess, square[channel] - sum[channel] * excess);
                moments[channel] = moments[channel].join(Moments { count, mean, square });
            }
        }
    }
    [moments.map(|moments| moments.mean), moments.map(|moments| moments.square)]
}

/// What is known of some numbers: how many, their mean, and the sum of their squared deviations from it.
#[derive(Clone, Copy, Debug, Default)]
struct Moments {
    count: f64,
    mean: f64,
    square: f64,
}

impl Moments {
    /// Those of both together (Chan, Golub, LeVeque, 1979).
    #[inline(always)]
    fn join(self, other: Self) -> Self {
        let count = self.count + other.count;
        if other.count == 0.0 {
            return self;
        }
        let (delta, part) = (other.mean - self.mean, other.count / count);
        Self {
            count,
            mean: self.mean + delta * part,
            square: self.square + other.square + delta * delta * self.count * part,
        }
    }
}

/// Combines the segments' statistics and updates the running ones.
///
/// The running variance is the unbiased one; of a batch with a single value per channel, which has none, it is taken to
/// be 0.
pub fn combine(exchange: &mut Exchange<'_>, bn: &BatchNorm) {
    for first in (0..bn.channels).step_by(LANES) {
        dispatch!(_simd => combine_channels(exchange, bn, first));
    }
}

/// As [`combine`], for the 16 channels from `first` on.
#[inline(always)]
fn combine_channels(exchange: &mut Exchange<'_>, bn: &BatchNorm, first: usize) {
    let width = LANES.min(bn.channels - first);
    let places = bn.moments().map(|range| range.start + first);
    // As `Moments::join`, channel beside channel.
    let (mut total, mut means, mut squares) = (0.0, [0.0; LANES], [0.0; LANES]);
    for (samples, partial) in exchange.partials.iter().filter(|(samples, _)| *samples > 0) {
        let count = (samples * bn.pixels) as f64;
        let part = count / (total + count);
        let mut of_segment = [[0.0_f32; LANES]; 2];
        for (values, place) in of_segment.iter_mut().zip(places) {
            values[..width].copy_from_slice(&partial[place..][..width]);
        }
        for i in 0..LANES {
            let [mean, square] = of_segment.map(|values| f64::from(values[i]));
            let delta = mean - means[i];
            means[i] += delta * part;
            squares[i] = squares[i] + square + delta * delta * total * part;
        }
        total += count;
    }
    let inverses = squares.map(|square| (1.0 / (square / total.max(1.0) + f64::from(bn.epsilon)).sqrt()) as f32);
    let unbiased = squares.map(|square| square / (total - 1.0).max(1.0));
    exchange.exchange[places[0]..][..width].iter_mut().zip(means).for_each(|(to, mean)| *to = mean as f32);
    exchange.exchange[places[1]..][..width].copy_from_slice(&inverses[..width]);
    let momentum = f64::from(bn.momentum);
    for (running, newest) in [(bn.running_mean, means), (bn.running_var, unbiased)] {
        let running = &mut exchange.state[running + first..][..width];
        for (running, newest) in running.iter_mut().zip(newest) {
            *running = (f64::from(*running) * (1.0 - momentum) + newest * momentum) as f32;
        }
    }
}

/// Adds to the gradients of scales and shifts and leaves this segment's sums in `pass.partial`. `d_output` is the
/// gradient before the activation.
pub fn measure_gradient(pass: &mut Pass<'_>, bn: &BatchNorm, input: &Part, d_output: &Map) {
    let [means, inverses] = bn.moments().map(|range| &pass.exchange[range]);
    let views: [(&Part, &[f32]); 2] = [(input, pass.arena.view(input)), (d_output, pass.arena.view(d_output))];
    let sums = bn.sums().map(|range| range.start);
    let (partial, gradients) = (&mut *pass.partial, &mut *pass.gradients);
    let mut settle = |channel: usize, [d_sum, product]: [f64; 2]| {
        let product = (product * f64::from(inverses[channel])) as f32;
        partial[sums[0] + channel] = d_sum as f32;
        partial[sums[1] + channel] = product;
        gradients[bn.bias + channel] += d_sum as f32;
        gradients[bn.weight + channel] += product;
    };
    if vectors::fits(bn) {
        return vectors::measure_gradient(pass.samples, means, views, settle);
    }
    let mut mean = [0.0; TABLE];
    for share in Share::of(input) {
        share.fill(&mut mean, |channel| means[channel]);
        let [d_sums, products] = dispatch!(simd => measure_gradient_kernel(simd, share, &mean, pass.samples, views));
        let sums = d_sums.into_iter().zip(products).take(share.len);
        (share.first..).zip(sums).for_each(|(channel, (d_sum, product))| settle(channel, [d_sum, product]));
    }
}

/// The sums of d_output and of d_output * (input - mean) of a share of the channels.
#[inline(always)]
fn measure_gradient_kernel<S: Simd>(
    simd: S,
    share: Share,
    mean: &Table,
    samples: usize,
    [(input, x), (d_output, dy)]: [(&Part, &[f32]); 2],
) -> [[f64; SHARE]; 2] {
    let mut sums = Sums::<2>::new(share);
    let dense = input.is_dense() && d_output.is_dense();
    let row = |map: &Part| map.width.saturating_sub(1) * map.pitch + map.channels;
    let (count, lens) = match dense {
        true => (1, [input.volume(); 2]),
        false => (input.height, [row(input), row(d_output)]),
    };
    let d_step = if input.is_whole() { share.step } else { d_output.pitch };
    for (x, dy) in x.chunks(input.stored()).zip(dy.chunks(d_output.stored())).take(samples) {
        for run in 0..count {
            let x = &x[input.origin() + run * input.row()..][..lens[0]];
            let dy = &dy[d_output.origin() + run * d_output.row()..][..lens[1]];
            sums.add_beside(
                simd,
                x.len(),
                d_step,
                #[inline(always)]
                |[at, d_at], slot, lanes| {
                    let d = load(simd, dy, d_at, lanes);
                    [d, d * (load(simd, x, at, lanes) - entry(simd, mean, slot))]
                },
            );
        }
    }
    sums.take()
}

/// Adds up the segments' sums.
pub fn combine_gradient(exchange: &mut Exchange<'_>, bn: &BatchNorm) {
    for i in bn.sums().into_iter().flatten() {
        let sum: f64 = exchange.partials.iter().map(|(_, partial)| f64::from(partial[i])).sum();
        exchange.exchange[i] = sum as f32;
    }
}

/// Overwrites `d_input`, which may be the same map as `d_output`. The batch has `pass.batch` samples.
pub fn backward(pass: &mut Pass<'_>, bn: &BatchNorm, input: &Part, d_output: &Map, d_input: &Map) {
    // d_input = weight * inverse * (d_output - sum(d_output) / n - normalised * sum(d_output * normalised) / n)
    let count = (pass.batch * bn.pixels) as f32;
    let [means, inverses] = bn.moments().map(|range| &pass.exchange[range]);
    let [d_sums, products] = bn.sums().map(|range| &pass.exchange[range]);
    let weights = &pass.parameters[bn.weight..];
    if vectors::fits(bn) {
        let channels = vectors::Slopes { means, inverses, weights, d_sums, products, count };
        return vectors::backward(pass.arena, pass.samples, channels, [input, d_output, d_input]);
    }
    let mut maps = Elementwise::with(pass.arena, pass.samples, d_output, d_input, input);
    let [mut mean, mut scale] = [[0.0; TABLE]; 2];
    let [mut constant, mut slope] = [[0.0; TABLE]; 2];
    for share in Share::all(bn.channels) {
        share.fill(&mut mean, |channel| means[channel]);
        share.fill(&mut scale, |channel| weights[channel] * inverses[channel]);
        share.fill(&mut constant, |channel| d_sums[channel] / count);
        share.fill(&mut slope, |channel| products[channel] * inverses[channel] / count);
        let tables = [&mean, &scale, &constant, &slope];
        dispatch!(simd => backward_kernel(simd, share, tables, &mut maps));
    }
}

/// The gradient of [`infer`], for a batch norm that does not learn: overwrites `d_input`, which may be the same map as
/// `d_output`, the gradient before the activation.
pub fn backward_data(pass: &mut Pass<'_>, bn: &BatchNorm, d_output: &Map, d_input: &Map) {
    let weights = &pass.parameters[bn.weight..];
    let variances = &pass.state[bn.running_var..][..bn.channels];
    let statistics = Statistics { means: &[], spread: Spread::Variances(variances) };
    let mut maps = Elementwise::new(pass.arena, pass.samples, d_output, d_input);
    let mut scale = [0.0; TABLE];
    for share in Share::all(bn.channels) {
        share.fill(&mut scale, |channel| statistics.inverse(bn, channel) * weights[channel]);
        dispatch!(simd => scale_kernel(simd, share, &scale, &mut maps));
    }
}

#[inline(always)]
fn scale_kernel<S: Simd>(simd: S, share: Share, scale: &Table, maps: &mut Elementwise<'_>) {
    maps.for_each_of(
        simd,
        share,
        #[inline(always)]
        |d, _, slot| d * entry(simd, scale, slot),
    );
}

#[inline(always)]
fn backward_kernel<S: Simd>(
    simd: S,
    share: Share,
    [mean, scale, constant, slope]: [&Table; 4],
    maps: &mut Elementwise<'_>,
) {
    maps.for_each_of(
        simd,
        share,
        #[inline(always)]
        |d, input, slot| {
            let centred = input - entry(simd, mean, slot);
            let d = d - entry(simd, constant, slot) - centred * entry(simd, slope, slot);
            d * entry(simd, scale, slot)
        },
    );
}

#[cfg(test)]
mod tests;
