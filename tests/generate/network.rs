//! A random chain of layers.

use std::collections::BTreeMap;

use super::layers;
use crate::check::Random;
use crate::reference::{Layer, Shape};

/// Bounds that keep a check fast.
const MOST_PARAMS: usize = 20_000;
const MOST_MACS: usize = 150_000;
const MOST_FLOATS: usize = 5_000;
/// Layers of a network.
const LAYERS: [usize; 2] = [2, 7];

/// A network as it is written.
#[derive(Clone, Debug)]
pub struct Declaration {
    /// Height, width, channels.
    pub input: Shape,
    /// Written as a plain number.
    pub is_vector: bool,
    /// The words of the layers.
    pub layers: Vec<String>,
    /// The shapes behind the layers.
    pub shapes: Vec<Shape>,
    /// Numbers that it learns.
    pub params: usize,
}

/// Draws networks, words that were rare so far more often.
#[derive(Debug)]
pub struct Generator {
    random: Random,
    /// How often each word was written.
    pub written: BTreeMap<&'static str, usize>,
}

impl Generator {
    /// The generator that a seed selects.
    pub fn new(seed: u64) -> Self {
        let written = layers::WORDS.iter().map(|word| (word.name, 0)).collect();
        Self { random: Random::new(seed), written }
    }

    /// The next network.
    pub fn network(&mut self) -> Declaration {
        loop {
            if let Some(network) = self.attempt() {
                for word in network.layers.iter().filter_map(|layer| layers::word(layer)) {
                    *self.written.entry(word).or_default() += 1;
                }
                return network;
            }
        }
    }

    /// A network, unless it turned out too large or too small.
    fn attempt(&mut self) -> Option<Declaration> {
        let random = &mut self.random;
        let is_vector = random.chance(0.06);
        let input = if is_vector {
            [1, 1, 5 + random.below(40)]
        } else {
            let height = 5 + random.below(16);
            let width = if random.chance(0.5) { height } else { 5 + random.below(16) };
            [height, width, random.pick(&[1, 1, 2, 3, 3, 4, 5, 8, 12, 16, 17, 20])]
        };
        let mut network = Declaration { input, is_vector, layers: Vec::new(), shapes: Vec::new(), params: 0 };
        let mut work = Work { shape: input, is_vector, may_end: false, macs: 0, floats: input.iter().product() };

        // Long ones are likelier.
        let mut count = || LAYERS[0] + self.random.below(LAYERS[1] - LAYERS[0] + 1);
        let count = count().max(count());
        let ends_in_fc = self.random.chance(0.8);
        for position in 0..count {
            let last = position + 1 == count;
            if last && ends_in_fc {
                let words = format!("fc({})", 1 + self.random.below(12));
                self.push(&mut network, &mut work, words)?;
            } else {
                work.may_end = position + 3 >= count;
                self.layer(&mut network, &mut work)?;
            }
        }
        let [height, width, channels] = work.shape;
        let learns = network.params > 0;
        let depends = network.layers.iter().any(|layer| layers::word(layer) != Some("softmax"));
        let small = height * width * channels <= 200;
        (learns && depends && small && network.params <= MOST_PARAMS && work.macs <= MOST_MACS).then_some(network)
    }

    /// One more layer, of words that fit.
    fn layer(&mut self, network: &mut Declaration, work: &mut Work) -> Option<()> {
        for _ in 0..50 {
            let fits =
                |word: &&layers::Word| word.fits(work.shape, work.is_vector, work.may_end, network.layers.last());
            let words: Vec<&layers::Word> = layers::WORDS.iter().filter(fits).collect();
            let weight = |word: &layers::Word| word.share / (1.0 + self.written[word.name] as f64);
            let total: f64 = words.iter().map(|word| weight(word)).sum();
            let mut at = self.random.uniform() * total;
            let chosen = words.iter().find(|word| {
                at -= weight(word);
                at < 0.0
            });
            let text = (chosen?.write)(&mut self.random, work.shape);
            let mut trial = (network.clone(), work.clone());
            if self.push(&mut trial.0, &mut trial.1, text).is_some() {
                (*network, *work) = trial;
                return Some(());
            }
        }
        None
    }

    /// Adds a layer if it is valid and not too large.
    fn push(&mut self, network: &mut Declaration, work: &mut Work, words: String) -> Option<()> {
        let layer = Layer::new(&words, work.shape).ok()?;
        let word = layers::word(&words)?;
        work.macs += layer.macs;
        work.floats += layer.output.iter().product::<usize>();
        work.is_vector |= matches!(word, "fc" | "flatten" | "gap" | "gmax") || words.contains("last");
        work.shape = layer.output;
        network.params += layer.params();
        network.shapes.push(layer.output);
        network.layers.push(words);
        (work.macs <= MOST_MACS && network.params <= MOST_PARAMS && work.floats <= MOST_FLOATS).then_some(())
    }
}

/// What a network has come to.
#[derive(Clone)]
struct Work {
    shape: Shape,
    /// Behind the last convolution: nothing is left to slide over.
    is_vector: bool,
    /// The end is near: the volume may become a vector.
    may_end: bool,
    macs: usize,
    floats: usize,
}
