//! Restricted Boltzmann machines: what a layer starts from.
//!
//! A machine has visible units v and hidden units h, weights W between them, and biases a of the visible and b of the
//! hidden ones. Hidden units are on with probability sigmoid(b + W v), visible ones with sigmoid(a + W' h). One step of
//! contrastive divergence (Hinton, *Training products of experts by minimizing contrastive divergence*, 2002) shows the
//! machine data v0, lets it draw hidden states h0, confabulate v1 from them and see it as h1, and moves W by
//! rate (h0 v0' - h1 v1'): equation (1) of the paper of 2006.
//!
//! The network of a machine is its way up alone, `fc(hidden)`. Its backward pass does the rest: for the output's
//! gradient -h0 it gives the weights' gradient -h0 v0' and the input's gradient -W' h0, which is the way down.

use cnn::data::Dataset;
use cnn::{Loss, Network, Optimizer, Result, Sample, Sgd};

use crate::random::Random;

/// What hidden units are.
#[derive(Clone, Copy)]
pub(crate) enum Hidden {
    /// On or off, with probability sigmoid(b + W v).
    Binary,
    /// Normal about b + W v with variance 1: the units of the code, "linear" in the paper.
    Linear,
}

/// How machines are trained.
#[derive(Clone, Copy)]
pub(crate) struct Pretraining {
    pub(crate) epochs: usize,
    pub(crate) batch: usize,
    pub(crate) seed: u64,
}

/// A machine: the way up, and the visible units' biases.
pub(crate) struct Machine<Up> {
    pub(crate) up: Up,
    pub(crate) visible_bias: Vec<f32>,
}

impl Hidden {
    /// The mean of a unit that receives `sum`.
    fn mean(self, sum: f32) -> f32 {
        match self {
            Self::Binary => sigmoid(sum),
            Self::Linear => sum,
        }
    }

    /// A state of a unit that receives `sum`, given random numbers of the kind that [`Hidden::noise`] draws.
    fn state(self, sum: f32, noise: f32) -> f32 {
        match self {
            Self::Binary => f32::from(u8::from(noise < sigmoid(sum))),
            Self::Linear => sum + noise,
        }
    }

    /// Uniform in 0..1 for units that are on or off, normal for linear ones.
    fn noise(self, random: &mut Random) -> f32 {
        match self {
            Self::Binary => random.unit(),
            Self::Linear => random.normal(),
        }
    }

    /// Linear units have no bound, and diverge at the rate of the others (both rates are the paper's).
    fn rate(self) -> f32 {
        match self {
            Self::Binary => 0.1,
            Self::Linear => 0.001,
        }
    }
}

/// Shows the machine data: its target is noise, its gradient -h0.
struct Data(Hidden);

impl<const H: usize> Loss<[f32; H], [f32; H]> for Data {
    fn evaluate(&self, sums: &[f32; H], noise: &[f32; H], d_sums: &mut [f32; H]) -> f32 {
        d_sums.iter_mut().zip(sums).zip(noise).for_each(|((d, &sum), &noise)| *d = -self.0.state(sum, noise));
        0.0
    }
}

/// Shows the machine its own confabulations: its gradient is h1.
struct Confabulation(Hidden);

impl<const H: usize> Loss<[f32; H], ()> for Confabulation {
    fn evaluate(&self, sums: &[f32; H], (): &(), d_sums: &mut [f32; H]) -> f32 {
        d_sums.iter_mut().zip(sums).for_each(|(d, &sum)| *d = self.0.mean(sum));
        0.0
    }
}

impl<Up, const V: usize, const H: usize> Machine<Up>
where
    Up: Network<Input = [f32; V], Output = [f32; H]>,
{
    /// Trains a machine on data, and gives it with what it makes of them: the data of the next machine.
    pub(crate) fn train(
        up: Up,
        hidden: Hidden,
        data: Vec<[f32; V]>,
        how: Pretraining,
    ) -> Result<(Self, Vec<[f32; H]>)> {
        let unlabelled = vec![(); data.len()];
        let data = Dataset::new(data, unlabelled)?;
        let mut machine = Self { up, visible_bias: vec![0.0; V] };
        let mut random = Random::new(how.seed);
        // The paper subtracts 0.00002 of each weight: 0.0002 times the rate of 0.1. Here biases decay as well.
        let mut optimizer = Sgd::new(hidden.rate()).momentum(0.9).weight_decay(2e-4);
        let mut visible_optimizer = Sgd::new(hidden.rate()).momentum(0.9);
        optimizer.reserve(Up::PARAMS);
        visible_optimizer.reserve(V);
        let mut gradients = vec![0.0; Up::PARAMS];
        let mut d_visible_bias = vec![0.0; V];
        let mut batches = data.batches(how.seed, how.batch);
        for epoch in 0..how.epochs {
            batches.begin(epoch);
            while let Some((batch, _)) = batches.next_batch() {
                gradients.fill(0.0);
                machine.contrast(batch, hidden, &mut random, &mut gradients, &mut d_visible_bias);
                optimizer.step(machine.up.model_mut().parameters_mut(), &gradients, hidden.rate());
                visible_optimizer.step(&mut machine.visible_bias, &d_visible_bias, hidden.rate());
            }
        }
        let mut features = <[f32; H]>::zeroed_vec(data.len());
        machine.up.model_mut().forward_batch(data.inputs(), &mut features);
        features.as_flattened_mut().iter_mut().for_each(|x| *x = hidden.mean(*x));
        Ok((machine, features))
    }

    /// Adds to `gradients` the mean of h1 v1' - h0 v0' over the data, and writes that of v1 - v0 to `d_visible_bias`.
    pub(crate) fn contrast(
        &mut self,
        data: &[[f32; V]],
        hidden: Hidden,
        random: &mut Random,
        gradients: &mut [f32],
        d_visible_bias: &mut [f32],
    ) {
        let mut noise = <[f32; H]>::zeroed_vec(data.len());
        noise.as_flattened_mut().iter_mut().for_each(|x| *x = hidden.noise(random));
        let mut confabulated = <[f32; V]>::zeroed_vec(data.len());
        let model = self.up.model_mut();
        model.gradients_with_inputs(data, &noise, &Data(hidden), gradients, &mut confabulated);
        // What came back is the gradient of a mean over the batch: -W' h0 / samples.
        let samples = data.len() as f32;
        for v in &mut confabulated {
            v.iter_mut().zip(&self.visible_bias).for_each(|(v, a)| *v = sigmoid(a - samples * *v));
        }
        model.gradients(&confabulated, &vec![(); data.len()], &Confabulation(hidden), gradients);
        d_visible_bias.fill(0.0);
        for (v0, v1) in data.iter().zip(&confabulated) {
            d_visible_bias.iter_mut().zip(v0.iter().zip(v1)).for_each(|(d, (v0, v1))| *d += (v1 - v0) / samples);
        }
    }
}

pub(crate) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use cnn::network;

    network! {
        struct Small: 5 => #[init = 1.0] fc(3);
    }

    /// The rule as the paper has it, with loops, in f64.
    #[test]
    fn a_step_is_contrastive_divergence() -> Result<()> {
        for hidden in [Hidden::Binary, Hidden::Linear] {
            let mut random = Random::new(7);
            let data: Vec<[f32; 5]> = (0..20).map(|_| std::array::from_fn(|_| random.unit())).collect();
            let visible_bias: Vec<f32> = (0..5).map(|_| random.normal()).collect();
            let mut machine = Machine { up: Small::new(1), visible_bias: visible_bias.clone() };
            machine.up.set_tensor("fc1.bias", &[0.3, -0.2, 0.1])?;
            let (w, b) = (machine.up.tensor("fc1.weight")?.values, machine.up.tensor("fc1.bias")?.values);

            let mut noise = Random::new(9);
            let (mut d_w, mut d_b, mut d_a) = ([0.0; 15], [0.0; 3], [0.0; 5]);
            for v0 in &data {
                let up = |v: &[f64; 5]| {
                    [0, 1, 2].map(|h| f64::from(b[h]) + (0..5).map(|i| f64::from(w[5 * h + i]) * v[i]).sum::<f64>())
                };
                let v0 = v0.map(f64::from);
                let h0 = up(&v0).map(|sum| f64::from(hidden.state(sum as f32, hidden.noise(&mut noise))));
                let v1: [f64; 5] = std::array::from_fn(|i| {
                    let sum = f64::from(visible_bias[i]) + (0..3).map(|h| f64::from(w[5 * h + i]) * h0[h]).sum::<f64>();
                    1.0 / (1.0 + (-sum).exp())
                });
                let h1 = up(&v1).map(|sum| f64::from(hidden.mean(sum as f32)));
                for h in 0..3 {
                    d_b[h] += (h1[h] - h0[h]) / 20.0;
                    (0..5).for_each(|i| d_w[5 * h + i] += (h1[h] * v1[i] - h0[h] * v0[i]) / 20.0);
                }
                (0..5).for_each(|i| d_a[i] += (v1[i] - v0[i]) / 20.0);
            }

            let (mut gradients, mut d_visible_bias) = (vec![0.0; Small::PARAMS], vec![0.0; 5]);
            machine.contrast(&data, hidden, &mut Random::new(9), &mut gradients, &mut d_visible_bias);
            let close = |found: &[f32], expected: &[f64]| {
                for (found, expected) in found.iter().zip(expected) {
                    assert!((f64::from(*found) - expected).abs() < 1e-5, "{found}, by hand {expected}");
                }
            };
            close(&Small::unpack("fc1.weight", &gradients)?.values, &d_w);
            close(&Small::unpack("fc1.bias", &gradients)?.values, &d_b);
            close(&d_visible_bias, &d_a);
        }
        Ok(())
    }

    #[test]
    fn noise_is_uniform_or_normal() {
        let mut random = Random::new(3);
        for (hidden, mean, variance) in [(Hidden::Binary, 0.5, 1.0 / 12.0), (Hidden::Linear, 0.0, 1.0)] {
            let draws: Vec<f64> = (0..20_000).map(|_| f64::from(hidden.noise(&mut random))).collect();
            let found = draws.iter().sum::<f64>() / 20_000.0;
            let spread = draws.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 20_000.0;
            assert!((found - mean).abs() < 0.03 && (spread / variance - 1.0).abs() < 0.05, "{found} {spread}");
        }
    }
}
