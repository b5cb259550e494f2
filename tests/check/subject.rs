//! What a network is checked with: random parameters and samples.

use std::collections::BTreeMap;

use super::draw::Random;
use super::machine::Facts;
use super::slopes::{Place, Slopes};
use crate::reference::{Chain, Tensors, Values};

/// Parameters, samples and what the reference makes of them.
pub(super) struct Drawn {
    pub(super) chain: Chain,
    pub(super) tensors: BTreeMap<String, Vec<f32>>,
    pub(super) inputs: Vec<f32>,
    pub(super) targets: Vec<f32>,
    pub(super) batch: usize,
}

/// Values that may be on the other side of a kink in float32, where the slope is another.
const ROUNDING: f64 = 1e-6;

/// Draws everything that a check needs, again while all of the network is dead (its relus let nothing through), or a
/// value lies where float32 cannot tell on which side of a kink it is.
pub(super) fn draw(facts: &Facts, chain: Chain, seed: u64) -> Drawn {
    let mut random = Random::new(seed);
    // Batches of over 8 samples are cut into segments.
    let mut batch = [3, 3, 5, 3, 9, 3, 5, 17][(seed % 8) as usize];
    // A channel's statistics over few values amplify rounding errors.
    let normed = chain.layers.iter().filter(|(_, layer)| layer.is_batch_norm());
    if normed.map(|(_, layer)| layer.output[0] * layer.output[1]).any(|pixels| pixels * batch < 16) {
        batch = batch.max(11);
    }
    let (input_len, output_len) = (facts.input.iter().product::<usize>(), facts.output.iter().product::<usize>());
    for _ in 0..20 {
        let tensors = chain.tensors().into_iter().map(|(name, shape)| {
            let values = random.tensor(&name, &shape);
            (name, values)
        });
        let tensors = tensors.collect();
        let (mut inputs, targets) = (random.floats(batch * input_len), random.floats(batch * output_len));
        // Indices, not quite whole, and some beyond the table.
        let vocabulary = chain.layers.first().and_then(|(_, layer)| layer.vocabulary());
        if let Some(vocabulary) = vocabulary {
            inputs.fill_with(|| (random.below(vocabulary + 2) as f64 - 1.0 + 0.6 * (random.uniform() - 0.5)) as f32);
        }
        let drawn = Drawn { chain: chain.clone(), tensors, inputs, targets, batch };
        if drawn.chain.layers.iter().any(|(_, layer)| layer.is_random()) {
            return drawn;
        }
        let mut slopes = drawn.slopes(facts);
        let (slope, _) = slopes.along(Place::Inputs, &random.normals(batch * input_len), 0);
        // What depends on an index depends on its table alone.
        let is_alive = vocabulary.is_some() || slope.abs() > 1e-7 * slopes.loss();
        if is_alive && chain.nearest_kink(slopes.values()) > ROUNDING {
            return drawn;
        }
    }
    panic!("no parameters were found with which the output depends on the input and float32 knows how");
}

impl Drawn {
    pub(super) fn tensors(&self) -> Tensors {
        let doubles = |floats: &[f32]| floats.iter().map(|&x| f64::from(x)).collect();
        self.tensors.iter().map(|(name, floats)| (name.clone(), doubles(floats))).collect()
    }

    pub(super) fn inputs(&self, facts: &Facts) -> Values {
        Values::from_channels_last(self.batch, facts.input, &self.inputs)
    }

    pub(super) fn slopes(&self, facts: &Facts) -> Slopes<'_> {
        Slopes::new(&self.chain, self.tensors(), self.inputs(facts), &self.targets)
    }
}
