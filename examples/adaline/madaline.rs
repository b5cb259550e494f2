//! Madaline: many Adalines that see the same input, and a majority of whose signs is the answer.

use cnn::data::Dataset;
use cnn::{Loss, Network, Sgd, Trainer};

/// Madaline Rule I (Hoff, Ridgway, 1962), as Widrow and Lehr tell it (*30 years of adaptive neural networks*,
/// Proceedings of the IEEE 78, 1990): the layer of Adalines learns, the majority behind it is fixed logic.
///
/// Where the majority is right, nothing changes. Where it is wrong, as few Adalines as can turn it are given the job,
/// and of those that voted wrongly the ones whose sums are closest to zero: they disturb least of what they know
/// already. They take one step of the delta rule towards the right sign; the others do not move.
///
/// As a loss: the sum of (sum - target)^2 over the Adalines that have the job, whose gradient for all others is zero.
pub(crate) struct MajorityRule;

impl<const ADALINES: usize> Loss<[f32; ADALINES], [f32; 1]> for MajorityRule {
    fn evaluate(&self, sums: &[f32; ADALINES], target: &[f32; 1], d_sums: &mut [f32; ADALINES]) -> f32 {
        const { assert!(ADALINES % 2 == 1, "an even number of votes can be a tie") };
        let target = target[0];
        let mut wrong: Vec<usize> = (0..ADALINES).filter(|&i| sign(sums[i]) != target).collect();
        let jobs = wrong.len().saturating_sub(ADALINES / 2);
        wrong.sort_by(|&i, &j| sums[i].abs().total_cmp(&sums[j].abs()));

        d_sums.fill(0.0);
        wrong.truncate(jobs);
        wrong.iter().for_each(|&i| d_sums[i] = 2.0 * (sums[i] - target));
        wrong.iter().map(|&i| (sums[i] - target).powi(2)).sum()
    }

    fn is_hit(&self, sums: &[f32; ADALINES], target: &[f32; 1]) -> Option<bool> {
        Some(majority(sums) == target[0])
    }
}

/// What the Madaline answers: +1 or -1.
pub(crate) fn majority(sums: &[f32]) -> f32 {
    sign(sums.iter().map(|&sum| sign(sum)).sum())
}

/// +1 or -1: an Adaline's quantiser.
pub(crate) fn sign(sum: f32) -> f32 {
    if sum >= 0.0 { 1.0 } else { -1.0 }
}

/// Presents all samples so many times, in an order that the seed decides, and adapts after each.
pub(crate) fn learn<N, const ADALINES: usize>(
    net: N,
    samples: &Dataset<N::Input, [f32; 1]>,
    epochs: usize,
    rate: f32,
    seed: u64,
) -> Trainer<N, MajorityRule, Sgd>
where
    N: Network<Output = [f32; ADALINES]>,
{
    let mut trainer = Trainer::new(net, MajorityRule, Sgd::new(rate));
    let mut batches = samples.batches(seed, 1);
    for epoch in 0..epochs {
        batches.begin(epoch);
        while let Some((input, target)) = batches.next_batch() {
            trainer.step(input, target);
        }
    }
    trainer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule<const ADALINES: usize>(sums: [f32; ADALINES], target: f32) -> (f32, [f32; ADALINES]) {
        let mut d_sums = [f32::NAN; ADALINES];
        let loss = MajorityRule.evaluate(&sums, &[target], &mut d_sums);
        (loss, d_sums)
    }

    #[test]
    fn a_majority_that_is_right_disturbs_nobody() {
        assert_eq!(rule([3.0, -0.1, 0.2], 1.0), (0.0, [0.0; 3]));
        assert_eq!(rule([-3.0, -0.1, 9.0], -1.0), (0.0, [0.0; 3]));
    }

    #[test]
    fn the_fewest_and_least_certain_get_the_job() {
        // Two of three are wrong: one has to turn, the one at -0.5, by an error of 1.5.
        assert_eq!(rule([3.0, -0.5, -2.0], 1.0), (2.25, [0.0, -3.0, 0.0]));
        // All of five are wrong: three have to turn.
        let (loss, d_sums) = rule([0.5, 4.0, 1.0, 3.0, 2.0], -1.0);
        assert_eq!((loss, d_sums), (2.25 + 4.0 + 9.0, [3.0, 0.0, 4.0, 0.0, 6.0]));
    }

    #[test]
    fn the_majority_counts_signs_and_not_sums() {
        assert_eq!(majority(&[9.0, -0.1, -0.1]), -1.0);
        assert_eq!(MajorityRule.is_hit(&[9.0, -0.1, -0.1], &[-1.0]), Some(true));
        assert_eq!([sign(0.0), sign(-1e-9)], [1.0, -1.0]);
    }
}
