//! What a network is checked with: random parameters and samples.

use std::collections::BTreeMap;

use super::draw::Random;
use super::machine::Facts;
use super::slopes::{Place, Slopes};
use crate::reference::{Graph, Shape, Tensors, Values};

/// Parameters, samples and what the reference makes of them.
pub(super) struct Drawn {
    pub(super) graph: Graph,
    pub(super) tensors: BTreeMap<String, Vec<f32>>,
    pub(super) inputs: Vec<f32>,
    pub(super) targets: Vec<f32>,
    pub(super) batch: usize,
}

/// Values that may be on the other side of a kink in float32, where the slope is another.
const ROUNDING: f64 = 1e-6;

/// Deviation of numbers that a norm divides by it, relative to their mean: of less, float32 knows few digits.
const FLAT: f64 = 0.05;

/// Draws everything that a check needs, again while all of the network is dead (its relus let nothing through), or a
/// value lies where float32 cannot tell on which side of a kink it is.
pub(super) fn draw(facts: &Facts, graph: Graph, seed: u64) -> Option<Drawn> {
    let mut random = Random::new(seed);
    // Batches of over 8 samples are cut into segments.
    let mut batch = [3, 3, 5, 3, 9, 3, 5, 17][(seed % 8) as usize];
    // A channel's statistics over few values amplify rounding errors.
    let normed = graph.layers().filter(|(_, layer)| layer.is_batch_norm());
    if normed.map(|(_, layer)| layer.output[0] * layer.output[1]).any(|pixels| pixels * batch < 16) {
        batch = batch.max(11);
    }
    let (input_len, output_len) = (facts.input.iter().product::<usize>(), facts.output.iter().product::<usize>());
    for _ in 0..20 {
        let tensors = graph.tensors().into_iter().map(|(name, shape)| {
            let values = random.tensor(&name, &shape);
            (name, values)
        });
        let tensors = tensors.collect();
        let (mut inputs, targets) = (random.floats(batch * input_len), random.floats(batch * output_len));
        // Indices, not quite whole, and some beyond the table.
        let vocabulary = graph.layers().next().and_then(|(_, layer)| layer.vocabulary());
        if let Some(vocabulary) = vocabulary {
            inputs.fill_with(|| (random.below(vocabulary + 2) as f64 - 1.0 + 0.6 * (random.uniform() - 0.5)) as f32);
        }
        let drawn = Drawn { graph: graph.clone(), tensors, inputs, targets, batch };
        if drawn.graph.layers().any(|(_, layer)| layer.is_random()) {
            return Some(drawn);
        }
        let mut slopes = drawn.slopes();
        // What depends on an index depends on its table alone.
        let is_alive = vocabulary.is_some()
            || graph.input_shapes().iter().enumerate().all(|(index, shape)| {
                let direction = random.normals(batch * shape.iter().product::<usize>());
                slopes.along(Place::Input(index), &direction, 0).0.abs() > 1e-7 * slopes.loss()
            });
        let is_clear = graph.nearest_kink(slopes.values()) > ROUNDING && graph.flattest(slopes.values()) > FLAT;
        if is_alive && is_clear {
            return Some(drawn);
        }
    }
    None
}

impl Drawn {
    pub(super) fn tensors(&self) -> Tensors {
        let doubles = |floats: &[f32]| floats.iter().map(|&x| f64::from(x)).collect();
        self.tensors.iter().map(|(name, floats)| (name.clone(), doubles(floats))).collect()
    }

    /// The batch that flows into each input: a sample holds one behind the other.
    pub(super) fn inputs(&self) -> Vec<Values> {
        split(&self.inputs, self.batch, &self.graph.input_shapes())
    }

    pub(super) fn slopes(&self) -> Slopes<'_> {
        Slopes::new(&self.graph, self.tensors(), self.inputs(), &self.targets)
    }
}

/// Samples that hold several volumes, channels last: the batch of each volume.
pub(super) fn split(floats: &[f32], batch: usize, shapes: &[Shape]) -> Vec<Values> {
    let lens: Vec<usize> = shapes.iter().map(|shape| shape.iter().product()).collect();
    let sample: usize = lens.iter().sum();
    assert_eq!(floats.len(), batch * sample);
    let part = |index: usize| -> Vec<f32> {
        let start: usize = lens[..index].iter().sum();
        floats.chunks(sample).flat_map(|sample| &sample[start..][..lens[index]]).copied().collect()
    };
    let parts = shapes.iter().enumerate();
    parts.map(|(index, shape)| Values::from_channels_last(batch, *shape, &part(index))).collect()
}
