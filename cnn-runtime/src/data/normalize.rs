//! Inputs of mean 0 and standard deviation 1.

use super::Dataset;
use crate::volume::Sample;

/// Brings every channel of an input to mean 0 and standard deviation 1: `(x - mean) / std`.
///
/// Take it from the training set with [`Dataset::statistics`] and apply it to every set, so that the network is tested
/// and used on inputs like those it was trained on. Of a vector `[f32; N]` every number is a channel.
#[derive(Clone, Debug, PartialEq)]
pub struct Normalize {
    /// What is subtracted, for each channel.
    pub mean: Vec<f32>,
    /// What it is divided by, for each channel.
    pub std: Vec<f32>,
}

impl Normalize {
    /// Normalises the inputs of a data set in place.
    ///
    /// # Panics
    /// If `mean` and `std` are not one number for each channel of the inputs.
    pub fn apply<I: Sample, T>(&self, dataset: &mut Dataset<I, T>) {
        dataset.inputs_mut().iter_mut().for_each(|input| self.apply_to(input));
    }

    /// Normalises one input in place.
    ///
    /// # Panics
    /// If `mean` and `std` are not one number for each channel of the input.
    pub fn apply_to<I: Sample>(&self, input: &mut I) {
        let channels = I::SHAPE[2];
        assert_eq!(
            [self.mean.len(), self.std.len()],
            [channels; 2],
            "normalising inputs of {channels} channels takes as many means and standard deviations"
        );
        for pixel in input.flat_mut().chunks_exact_mut(channels.max(1)) {
            for ((value, mean), std) in pixel.iter_mut().zip(&self.mean).zip(&self.std) {
                *value = (*value - mean) / std;
            }
        }
    }
}

impl<I: Sample, T> Dataset<I, T> {
    /// Mean and standard deviation of each channel over all pixels of all inputs.
    ///
    /// The deviation is that of the whole population (divided by n). A channel that is the same everywhere gets 1, so
    /// that normalising it gives 0; so does every channel of a data set without samples, with a mean of 0.
    pub fn statistics(&self) -> Normalize {
        // The sums are in f64 and the deviations taken from the mean, as the sum of squares minus the square of the sum
        // loses all digits where the mean is large.
        let channels = I::SHAPE[2].max(1);
        let pixels = || self.inputs().iter().flat_map(|input| input.flat().chunks_exact(channels));
        let count = pixels().count().max(1) as f64;
        let mut mean = vec![0.0_f64; channels];
        for pixel in pixels() {
            mean.iter_mut().zip(pixel).for_each(|(sum, &value)| *sum += f64::from(value));
        }
        mean.iter_mut().for_each(|sum| *sum /= count);
        let mut variance = vec![0.0_f64; channels];
        for pixel in pixels() {
            for ((sum, mean), &value) in variance.iter_mut().zip(&mean).zip(pixel) {
                *sum += (f64::from(value) - mean).powi(2);
            }
        }
        let std = variance.iter().map(|sum| match (sum / count).sqrt() as f32 {
            0.0 => 1.0,
            std => std,
        });
        Normalize { std: std.collect(), mean: mean.iter().map(|&mean| mean as f32).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Volume;

    fn images() -> Dataset<Volume<1, 2, 3>> {
        let inputs = vec![[[[1.0, 10.0, 7.0], [3.0, 20.0, 7.0]]], [[[1.0, 30.0, 7.0], [3.0, 40.0, 7.0]]]];
        Dataset::new(inputs, vec![0, 1]).unwrap()
    }

    #[test]
    fn by_hand() {
        let normalize = images().statistics();
        assert_eq!(normalize.mean, [2.0, 25.0, 7.0]);
        assert_eq!(normalize.std, [1.0, 125.0_f32.sqrt(), 1.0]);
        let mut other = images().take(1);
        normalize.apply(&mut other);
        assert_eq!(other.inputs()[0][0][1], [1.0, -5.0 / 125.0_f32.sqrt(), 0.0]);
    }

    #[test]
    fn a_normalised_set_is_normal() {
        let (mut digits, _) = crate::data::digits();
        digits.statistics().apply(&mut digits);
        let Normalize { mean, std } = digits.statistics();
        assert!(mean[0].abs() < 1e-6 && (std[0] - 1.0).abs() < 1e-6, "{mean:?} {std:?}");
    }

    #[test]
    fn every_number_of_a_vector_is_a_channel() {
        let vectors = Dataset::new(vec![[0.0, 5.0], [2.0, 5.0]], vec![(), ()]).unwrap();
        assert_eq!(vectors.statistics(), Normalize { mean: vec![1.0, 5.0], std: vec![1.0, 1.0] });
        assert_eq!(vectors.take(0).statistics(), Normalize { mean: vec![0.0, 0.0], std: vec![1.0, 1.0] });
    }

    #[test]
    fn a_large_mean_does_not_hide_a_small_deviation() {
        let values = Dataset::new(vec![[4096.0], [4096.5]], vec![(), ()]).unwrap();
        assert_eq!(values.statistics().std, [0.25]);
    }

    #[test]
    #[should_panic(expected = "inputs of 3 channels")]
    fn channels_must_agree() {
        Normalize { mean: vec![0.0], std: vec![1.0] }.apply(&mut images());
    }
}
