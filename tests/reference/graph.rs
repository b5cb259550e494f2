//! A network as values and what they are made of.

use std::collections::BTreeMap;

use super::declaration::Declaration;
use super::join::Join;
use super::layer::Layer;
use super::unroll;
use super::values::Shape;

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

/// A network. Nodes stand in the order in which they can be computed.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// The first are the inputs.
    pub nodes: Vec<Node>,
    /// Nodes that come out, in the order in which a sample holds them.
    pub outputs: Vec<usize>,
    /// Names of values and the nodes that have them.
    pub taps: Vec<(String, usize)>,
    /// Whether inputs, and outputs, have names: a sample is one array then, even of a single one.
    pub named: [bool; 2],
}

/// One value and what makes it.
#[derive(Clone, Debug)]
pub struct Node {
    /// As the network's table of layers has it.
    pub name: String,
    /// Its shape.
    pub shape: Shape,
    pub(super) is_vector: bool,
    pub(super) work: Work,
    /// What it is made from.
    pub(super) inputs: Vec<usize>,
    /// The name that is before its tensors': its own, or that of the first use of a shared chain.
    pub(super) owner: String,
    /// Of a vector, the volumes that were flattened and the vectors that stand side by side in it: the library keeps
    /// their floats where they were.
    pub(super) volumes: Vec<Shape>,
}

#[derive(Clone, Debug)]
pub(super) enum Work {
    Input,
    Layer(Layer),
    Join(Join),
}

impl Graph {
    /// Reads a network of a macro call.
    ///
    /// # Errors
    /// If the reference does not understand it.
    pub fn declared(text: &str, name: &str) -> Result<Self, String> {
        unroll::graph(&Declaration::new(text)?, name)
    }

    /// The names of the networks of a macro call.
    ///
    /// # Errors
    /// If the reference does not understand it.
    pub fn names(text: &str) -> Result<Vec<String>, String> {
        Ok(Declaration::new(text)?.networks.into_iter().map(|network| network.name).collect())
    }

    /// Layers one behind the other: names and words as a network's table has them.
    ///
    /// # Errors
    /// If the reference does not know a layer, or a layer does not fit its input.
    pub fn chain<'a>(input: Shape, layers: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, String> {
        let mut graph = Self::default();
        let mut at = graph.input("input", input, false);
        for (name, words) in layers {
            let layer = Layer::new(words, graph.nodes[at].shape).map_err(|why| format!("{name}, `{words}`: {why}"))?;
            at = graph.layer(name, layer, at, None)?;
        }
        graph.outputs.push(at);
        Ok(graph)
    }

    pub(super) fn input(&mut self, name: &str, shape: Shape, is_vector: bool) -> usize {
        self.push(name, Work::Input, Vec::new(), shape, is_vector, vec![shape])
    }

    /// Adds a layer that reads a node, and perhaps a second one.
    ///
    /// # Errors
    /// If it would mix up the numbers of a flattened volume.
    pub(super) fn layer(
        &mut self,
        name: &str,
        layer: Layer,
        input: usize,
        second: Option<usize>,
    ) -> Result<usize, String> {
        let from = &self.nodes[input];
        let layer = if order(&from.volumes).is_sorted() || !from.is_vector {
            layer
        } else {
            layer.unflattening(&from.volumes)?
        };
        let (is_vector, shape) = (layer.makes_vector().unwrap_or(from.is_vector), layer.output);
        let volumes = if layer.keeps_order() { from.volumes.clone() } else { vec![shape] };
        let inputs = std::iter::once(input).chain(second).collect();
        Ok(self.push(name, Work::Layer(layer), inputs, shape, is_vector, volumes))
    }

    /// Joins some nodes.
    ///
    /// # Errors
    /// If they do not fit.
    pub(super) fn join(&mut self, name: &str, join: Join, inputs: Vec<usize>) -> Result<usize, String> {
        let branches: Vec<(Shape, bool)> =
            inputs.iter().map(|&input| (self.nodes[input].shape, self.nodes[input].is_vector)).collect();
        let (shape, is_vector) = join.shape(&branches).map_err(|why| format!("{name}: {why}"))?;
        let parts = || inputs.iter().map(|&input| &self.nodes[input].volumes);
        let volumes = if !is_vector {
            vec![shape]
        } else if join == Join::Cat {
            parts().flatten().copied().collect()
        } else {
            let first = parts().next().ok_or("no branches")?;
            if parts().any(|other| order(other) != order(first)) {
                return Err(format!("{name}: numbers in different orders"));
            }
            first.clone()
        };
        Ok(self.push(name, Work::Join(join), inputs, shape, is_vector, volumes))
    }

    fn push(
        &mut self,
        name: &str,
        work: Work,
        inputs: Vec<usize>,
        shape: Shape,
        is_vector: bool,
        volumes: Vec<Shape>,
    ) -> usize {
        let name = name.to_owned();
        self.nodes.push(Node { owner: name.clone(), name, shape, is_vector, work, inputs, volumes });
        self.nodes.len() - 1
    }

    /// The nodes that are layers, with their positions.
    pub fn layers(&self) -> impl Iterator<Item = (&Node, &Layer)> {
        self.nodes.iter().filter_map(|node| node.layer().map(|layer| (node, layer)))
    }

    /// The shapes of the inputs.
    pub fn input_shapes(&self) -> Vec<Shape> {
        self.nodes.iter().filter(|node| node.inputs.is_empty()).map(|node| node.shape).collect()
    }

    /// The shapes of what comes out.
    pub fn output_shapes(&self) -> Vec<Shape> {
        self.outputs.iter().map(|&output| self.nodes[output].shape).collect()
    }

    /// The names of all tensors and their shapes in files.
    pub fn tensors(&self) -> Vec<(String, Vec<usize>)> {
        let owners = self.layers().filter(|(node, _)| node.owner == node.name);
        let of_layer = |(node, layer): (&Node, &Layer)| {
            let name = node.name.clone();
            let named = layer.tensors.clone().into_iter().map(move |(own, shape)| (format!("{name}.{own}"), shape));
            named.collect::<Vec<_>>()
        };
        owners.flat_map(of_layer).collect()
    }
}

/// Where the library has the numbers of some volumes, one volume behind the other, in the order of files.
pub(super) fn order(volumes: &[Shape]) -> Vec<usize> {
    let mut places = Vec::new();
    for &[height, width, channels] in volumes {
        let start = places.len();
        let channel = |c| (0..height * width).map(move |pixel| start + pixel * channels + c);
        places.extend((0..channels).flat_map(channel));
    }
    places
}

impl Node {
    /// The layer that makes it, if one does.
    pub fn layer(&self) -> Option<&Layer> {
        match &self.work {
            Work::Layer(layer) => Some(layer),
            Work::Input | Work::Join(_) => None,
        }
    }

    /// Whether a network's table of layers has a line for it.
    pub fn is_listed(&self) -> bool {
        !matches!(self.work, Work::Input)
    }

    /// Numbers that it learns, and that no other has.
    pub fn params(&self) -> usize {
        self.layer().filter(|_| self.owner == self.name).map_or(0, Layer::params)
    }

    /// Multiply-adds for one sample.
    pub fn macs(&self) -> u64 {
        self.layer().map_or(0, |layer| layer.macs as u64)
    }

    /// Whether a tensor is one of its own or of those that it shares.
    pub(super) fn has(&self, tensor: &str) -> bool {
        tensor.rsplit_once('.').is_some_and(|(owner, _)| owner == self.owner)
    }
}
