//! What a network makes of a batch.

use super::graph::{Graph, Mode, Node, Tensors, Work, order};
use super::layer::Layer;
use super::values::Values;

impl Graph {
    /// Runs a batch: the values of all nodes.
    pub fn run(&self, tensors: &Tensors, inputs: Vec<Values>, mode: Mode) -> Vec<Values> {
        let mut values: Vec<Values> = inputs;
        for node in &self.nodes[values.len()..] {
            let made = node.run(tensors, &node.inputs.iter().map(|&input| &values[input]).collect::<Vec<_>>(), mode);
            values.push(made);
        }
        values
    }

    /// What comes out after a tensor was changed; `values` are those before.
    pub fn with_tensor(&self, tensors: &Tensors, changed: &str, values: &[Values]) -> Vec<Values> {
        let has_changed = |node: &Node| node.layer().is_some() && node.has(changed);
        self.again(tensors, values, has_changed, vec![None; values.len()])
    }

    /// What comes out of another input; `values` are those before.
    pub fn with_input(&self, tensors: &Tensors, index: usize, input: Values, values: &[Values]) -> Vec<Values> {
        let mut made = vec![None; values.len()];
        made[index] = Some(input);
        self.again(tensors, values, |_| false, made)
    }

    /// Runs what has changed, or depends on it, in training.
    fn again(
        &self,
        tensors: &Tensors,
        values: &[Values],
        has_changed: impl Fn(&Node) -> bool,
        mut made: Vec<Option<Values>>,
    ) -> Vec<Values> {
        for (index, node) in self.nodes.iter().enumerate() {
            if has_changed(node) || node.inputs.iter().any(|&input| made[input].is_some()) {
                let inputs: Vec<&Values> =
                    node.inputs.iter().map(|&input| made[input].as_ref().unwrap_or(&values[input])).collect();
                let value = node.run(tensors, &inputs, Mode::Training);
                made[index] = Some(value);
            }
        }
        self.outputs.iter().map(|&output| made[output].clone().unwrap_or_else(|| values[output].clone())).collect()
    }

    /// How near some value comes to where the slope of its layer jumps, without being there.
    pub fn nearest_kink(&self, values: &[Values]) -> f64 {
        let layers = self.layers();
        layers.map(|(node, layer)| layer.nearest_kink(&values[node.inputs[0]])).fold(f64::INFINITY, f64::min)
    }

    /// The smallest deviation of numbers that a norm of a sample divides by it, relative to their mean.
    pub fn flattest(&self, values: &[Values]) -> f64 {
        let layers = self.layers();
        layers.map(|(node, layer)| layer.flattest(&values[node.inputs[0]])).fold(f64::INFINITY, f64::min)
    }

    /// The running statistics after a batch of training, by name; `values` is what [`run`](Self::run) gave. Where
    /// several uses share them, each goes on from the one before.
    pub fn state_after(&self, tensors: &Tensors, values: &[Values]) -> Tensors {
        let mut state = Tensors::new();
        for (node, layer) in self.layers() {
            let mut before = tensors.clone();
            before.extend(state.clone());
            for (own, values) in layer.state_after(&values[node.inputs[0]], &own(node, layer, &before)) {
                state.insert(format!("{}.{own}", node.owner), values);
            }
        }
        state
    }

    /// A batch's outputs in the order of the library's samples: channels last, one output behind the other. What was
    /// flattened lies as the volume before.
    pub fn channels_last(&self, outputs: &[Values]) -> Vec<f64> {
        let samples = outputs.first().map_or(0, |output| output.samples);
        let of_output = |n| move |(node, output): (&usize, &Values)| self.nodes[*node].channels_last(output, n);
        (0..samples).flat_map(|n| self.outputs.iter().zip(outputs).flat_map(of_output(n)).collect::<Vec<_>>()).collect()
    }
}

impl Node {
    fn run(&self, tensors: &Tensors, inputs: &[&Values], mode: Mode) -> Values {
        let output = match &self.work {
            Work::Input => unreachable!("an input is given"),
            Work::Layer(layer) => {
                let own = own(self, layer, tensors);
                layer.run(inputs[0], inputs.get(1).copied(), &own, mode == Mode::Training)
            }
            Work::Join(join) => join.run(inputs, self.shape),
        };
        assert_eq!(output.shape(), self.shape, "{}", self.name);
        output
    }

    /// One sample of its value as the library holds it.
    pub fn channels_last(&self, value: &Values, n: usize) -> Vec<f64> {
        let mut floats = vec![0.0; value.sample(n).len()];
        order(&self.volumes).into_iter().zip(value.sample(n)).for_each(|(place, x)| floats[place] = *x);
        floats
    }
}

/// The tensors of a layer, in its order.
fn own<'a>(node: &Node, layer: &Layer, tensors: &'a Tensors) -> Vec<&'a [f64]> {
    layer.tensors.iter().map(|(own, _)| &*tensors[&format!("{}.{own}", node.owner)]).collect()
}
