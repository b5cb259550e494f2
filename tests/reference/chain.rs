//! Layers one behind the other.

use std::collections::BTreeMap;

use super::layer::Layer;
use super::values::{Shape, Values};

/// Tensors by name, in the order of files.
pub type Tensors = BTreeMap<String, Vec<f64>>;

/// What a pass is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Batch norms use the batch's statistics.
    Training,
    /// Batch norms use the running statistics.
    Inference,
}

/// A network whose layers each read the one before.
#[derive(Clone, Debug)]
pub struct Chain {
    /// The layers with their names.
    pub layers: Vec<(String, Layer)>,
    input: Shape,
}

impl Chain {
    /// Reads the names and words of a network's layers.
    ///
    /// # Errors
    /// If the reference does not know a layer, or a layer does not fit its input.
    pub fn new<'a>(input: Shape, layers: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, String> {
        let mut chain = Self { layers: Vec::new(), input };
        for (name, words) in layers {
            let layer = Layer::new(words, chain.output()).map_err(|why| format!("{name}, `{words}`: {why}"))?;
            chain.layers.push((name.to_owned(), layer));
        }
        Ok(chain)
    }

    /// The shape of what comes out.
    pub fn output(&self) -> Shape {
        self.layers.last().map_or(self.input, |(_, layer)| layer.output)
    }

    /// The names of all tensors and their shapes in files.
    pub fn tensors(&self) -> Vec<(String, Vec<usize>)> {
        let of_layer = |(name, layer): &(String, Layer)| {
            let name = name.clone();
            let named = layer.tensors.clone().into_iter().map(move |(own, shape)| (format!("{name}.{own}"), shape));
            named.collect::<Vec<_>>()
        };
        self.layers.iter().flat_map(of_layer).collect()
    }

    /// The layer that a tensor belongs to.
    pub fn owner(&self, tensor: &str) -> Option<usize> {
        let name = tensor.rsplit_once('.')?.0;
        self.layers.iter().position(|(known, _)| known == name)
    }

    /// Runs a batch: what flows into each layer, and last what comes out.
    pub fn run(&self, tensors: &Tensors, input: Values, mode: Mode) -> Vec<Values> {
        let mut values = vec![input];
        for (name, layer) in &self.layers {
            let next = run(name, layer, tensors, &values[values.len() - 1], mode);
            values.push(next);
        }
        values
    }

    /// What comes out of the layers from the one numbered `first`.
    pub fn run_from(&self, first: usize, tensors: &Tensors, input: &Values, mode: Mode) -> Values {
        let mut value = input.clone();
        for (name, layer) in &self.layers[first..] {
            value = run(name, layer, tensors, &value, mode);
        }
        value
    }

    /// How near some value comes to where the slope of its layer jumps, without being there.
    pub fn nearest_kink(&self, values: &[Values]) -> f64 {
        let layers = self.layers.iter().zip(values);
        layers.map(|((_, layer), input)| layer.nearest_kink(input)).fold(f64::INFINITY, f64::min)
    }

    /// The running statistics after a batch of training, by name; `values` is what [`run`](Self::run) gave.
    pub fn state_after(&self, tensors: &Tensors, values: &[Values]) -> Tensors {
        let mut state = Tensors::new();
        for ((name, layer), input) in self.layers.iter().zip(values) {
            for (own, values) in layer.state_after(input, &own(name, layer, tensors)) {
                state.insert(format!("{name}.{own}"), values);
            }
        }
        state
    }

    /// A batch's outputs in the order of the library's samples, channels last. What was flattened lies as the volume
    /// before.
    pub fn channels_last(&self, output: &Values) -> Vec<f64> {
        let [height, width, channels] = self.volume();
        let pixels = height * width;
        let sample = |n| {
            let sample = output.sample(n);
            (0..pixels).flat_map(move |pixel| (0..channels).map(move |c| sample[c * pixels + pixel]))
        };
        (0..output.samples).flat_map(sample).collect()
    }

    /// The shape of what comes out, or the volume that it was before it was flattened.
    fn volume(&self) -> Shape {
        let mut shape = self.input;
        let mut flat = None;
        for (_, layer) in &self.layers {
            if layer.is_flatten() {
                flat = flat.or(Some(shape));
            } else if !layer.keeps_order() {
                flat = None;
            }
            shape = layer.output;
        }
        flat.unwrap_or(shape)
    }
}

fn run(name: &str, layer: &Layer, tensors: &Tensors, input: &Values, mode: Mode) -> Values {
    let output = layer.run(input, &own(name, layer, tensors), mode == Mode::Training);
    assert_eq!(output.shape(), layer.output, "{name}");
    output
}

/// The tensors of a layer, in its order.
fn own<'a>(name: &str, layer: &Layer, tensors: &'a Tensors) -> Vec<&'a [f64]> {
    layer.tensors.iter().map(|(own, _)| &*tensors[&format!("{name}.{own}")]).collect()
}
