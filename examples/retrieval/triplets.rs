//! An embedding learnt from triplets (Schroff, Kalenichenko, Philbin, *FaceNet*, 2015): an anchor is to lie nearer to a
//! picture of its class than to one of another class, by a margin.

use cnn::data::Dataset;
use cnn::{AdamW, Error, Loss, Schedule, Trainer, Triplet, Volume};

use crate::random::Random;
use crate::weights;
use crate::{Embedding, SIZE, Triplets, TripletsInput};

/// The margin of the paper, whose embeddings have a length of 1 as well.
const MARGIN: f32 = 0.2;
const BATCH: usize = 64;

/// The triplet loss of three embeddings, one behind the other.
struct OfThree(Triplet);

impl Loss<[f32; 3 * SIZE], ()> for OfThree {
    fn evaluate(&self, output: &[f32; 3 * SIZE], (): &(), d_output: &mut [f32; 3 * SIZE]) -> f32 {
        let [anchor, alike, other] = [0, 1, 2].map(|i| &output[i * SIZE..][..SIZE]);
        let (d_anchor, d_others) = d_output.split_at_mut(SIZE);
        let (d_alike, d_other) = d_others.split_at_mut(SIZE);
        self.0.evaluate([anchor, alike, other], [d_anchor, d_alike, d_other])
    }
}

/// Trains an embedding: every epoch takes each picture as an anchor, unless no triplet is found in which it could
/// learn.
pub(crate) fn train(pictures: &Dataset<Volume<28, 28, 1>>, epochs: usize, seed: u64) -> Result<Embedding, Error> {
    let mut random = Random::new(seed);
    let mut embedding = Embedding::new(seed);
    let steps = epochs * pictures.len().div_ceil(BATCH);
    let mut trainer = Trainer::new(Triplets::new(seed), OfThree(Triplet::new(MARGIN)), AdamW::new(3e-4))
        .schedule(Schedule::OneCycle { peak: 3e-3, warm: 0.25 })
        .total_steps(steps as u64);
    for _ in 0..epochs {
        weights::copy(trainer.net(), &mut embedding)?;
        let triplets = mine(&mut embedding, pictures, &mut random);
        for batch in triplets.chunks(BATCH) {
            let inputs: Vec<_> = batch.iter().map(|&triplet| sample(pictures, triplet, &mut random)).collect();
            trainer.step(&inputs, &vec![(); inputs.len()]);
        }
    }
    weights::copy(trainer.net(), &mut embedding)?;
    Ok(embedding)
}

/// One triplet (anchor, alike, other) for each anchor: a picture of its class at random, and one of another class that
/// is "semi-hard" (section 3.2 of the paper): farther away, but by less than the margin. The nearest ones of all would
/// be mislabelled or odd pictures, and the far ones teach nothing.
fn mine(embedding: &mut Embedding, pictures: &Dataset<Volume<28, 28, 1>>, random: &mut Random) -> Vec<[usize; 3]> {
    let mut places = vec![[0.0; SIZE]; pictures.len()];
    embedding.forward_batch(pictures.inputs(), &mut places);
    let classes = pictures.targets();
    let distance =
        |a: usize, b: usize| places[a].iter().zip(&places[b]).map(|(a, b)| (a - b) * (a - b)).sum::<f32>().sqrt();
    let mut triplets = Vec::new();
    for anchor in shuffled(pictures.len(), random) {
        let start = random.below(pictures.len());
        let from_start = || (0..pictures.len()).map(|i| (start + i) % pictures.len());
        let Some(alike) = from_start().find(|&i| classes[i] == classes[anchor] && i != anchor) else { continue };
        let near = distance(anchor, alike);
        let is_semi_hard = |i: usize| (near..near + MARGIN).contains(&distance(anchor, i));
        if let Some(other) = from_start().find(|&i| classes[i] != classes[anchor] && is_semi_hard(i)) {
            triplets.push([anchor, alike, other]);
        }
    }
    triplets
}

/// The numbers below `n` in a random order (Fisher, Yates).
fn shuffled(n: usize, random: &mut Random) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    for i in (1..n).rev() {
        order.swap(i, random.below(i + 1));
    }
    order
}

/// The pictures of a triplet as one sample, each mirrored or not.
fn sample(pictures: &Dataset<Volume<28, 28, 1>>, triplet: [usize; 3], random: &mut Random) -> [f32; 3 * 28 * 28] {
    let [anchor, alike, other] = triplet.map(|i| {
        let mut picture = pictures.inputs()[i];
        if random.below(2) == 1 {
            picture.iter_mut().for_each(|row| row.reverse());
        }
        picture
    });
    *TripletsInput { anchor: &anchor, alike: &alike, other: &other }.join()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mined_triplets_are_semi_hard() -> Result<(), Error> {
        let pictures = cnn::data::fashion().0.take(300);
        let mut embedding = Embedding::new(3);
        let triplets = mine(&mut embedding, &pictures, &mut Random::new(5));
        assert!(triplets.len() > 100, "{} triplets", triplets.len());
        for [anchor, alike, other] in triplets {
            let classes = [anchor, alike, other].map(|i| pictures.targets()[i]);
            assert!(anchor != alike && classes[0] == classes[1] && classes[0] != classes[2]);
            let [a, p, n] = [anchor, alike, other].map(|i| *embedding.forward(&pictures.inputs()[i]));
            let length = |b: [f32; SIZE]| a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f32>().sqrt();
            let room = length(n) - length(p);
            assert!((-1e-5..MARGIN + 1e-5).contains(&room), "{room}");
        }
        Ok(())
    }

    #[test]
    fn shared_weights_make_one_embedding() -> Result<(), Error> {
        let pictures = cnn::data::fashion().1.take(3);
        let mut triplets = Triplets::new(7);
        let mut embedding = Embedding::zeroed();
        weights::copy(&triplets, &mut embedding)?;
        let [anchor, alike, other] = [0, 1, 2].map(|i| &pictures.inputs()[i]);
        let output = *triplets.forward(&TripletsInput { anchor, alike, other }.join());
        for (picture, found) in pictures.inputs().iter().zip(output.chunks(SIZE)) {
            for (expected, found) in embedding.forward(picture).iter().zip(found) {
                assert!((expected - found).abs() < 1e-5, "{found}, expected {expected}");
            }
        }
        Ok(())
    }

    #[test]
    fn a_shuffle_is_a_permutation() {
        let mut order = shuffled(100, &mut Random::new(1));
        assert_ne!(order, (0..100).collect::<Vec<_>>());
        order.sort_unstable();
        assert!(order.into_iter().eq(0..100));
    }
}
