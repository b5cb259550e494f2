//! Random networks that are no chains: branches, residuals, taps, repeats, blocks, shared chains, inputs, heads.

use super::steps::{At, Steps};
use crate::check::Random;
use crate::reference::{Graph, Shape};

/// Bounds that keep a check fast.
const MOST_PARAMS: usize = 15_000;
const MOST_MACS: u64 = 150_000;
const MOST_FLOATS: usize = 8_000;
const MOST_NODES: usize = 40;

/// The declaration of one network, with the blocks and shared chains that are its own.
#[derive(Clone, Debug)]
pub struct GraphText {
    /// `block ..`, `let ..`
    pub items: Vec<String>,
    /// `struct Name: ..;`
    pub network: String,
}

impl GraphText {
    /// All of it.
    pub fn text(&self) -> String {
        format!("{}\n{}", self.items.join("\n"), self.network)
    }
}

/// Draws a network of some number, whose name is `Graph` and the number.
pub fn graph(random: &mut Random, number: usize) -> GraphText {
    let name = format!("Graph{number:03}");
    loop {
        if let Some(text) = attempt(random, number, &name)
            && Graph::declared(&text.text(), &name).is_ok_and(|graph| is_moderate(&graph))
        {
            return text;
        }
    }
}

fn is_moderate(graph: &Graph) -> bool {
    let params: usize = graph.nodes.iter().map(|node| node.params()).sum();
    let macs: u64 = graph.nodes.iter().map(|node| node.macs()).sum();
    let len = |shape: &Shape| shape.iter().product::<usize>();
    let floats: usize = graph.nodes.iter().map(|node| len(&node.shape)).sum();
    let outputs: usize = graph.output_shapes().iter().map(len).sum();
    (1..=MOST_PARAMS).contains(&params)
        && macs <= MOST_MACS
        && floats <= MOST_FLOATS
        && outputs <= 200
        && graph.nodes.len() <= MOST_NODES
}

fn attempt(random: &mut Random, number: usize, name: &str) -> Option<GraphText> {
    let mut steps = Steps::new(random, number);
    let (inputs, begin, at) =
        if steps.random.chance(0.2) { several_inputs(&mut steps)? } else { one_input(&mut steps) };
    let count = 2 + steps.random.below(3);
    let (trunk, at) = steps.chain(at, count)?;
    let (end, heads) = if steps.random.chance(0.25) {
        (String::new(), format!("\n        => {{ {} }}", heads(&mut steps, at)?))
    } else if !at.is_vector && steps.random.chance(0.15) {
        (format!(" flatten {} fc({})", steps.over_elements(), 1 + steps.random.below(4)), String::new())
    } else if steps.random.chance(0.85) {
        (format!(" fc({})", 1 + steps.random.below(6)), String::new())
    } else {
        (String::new(), String::new())
    };
    let items = std::mem::take(&mut steps.items);
    Some(GraphText { items, network: format!("struct {name}: {inputs} =>\n        {begin}{trunk}{end}{heads};") })
}

fn one_input(steps: &mut Steps<'_>) -> (String, String, At) {
    let shape = steps.input();
    let [height, width, channels] = shape;
    (format!("{height}x{width}x{channels}"), String::new(), At { shape, is_vector: false })
}

/// Several inputs that meet: as vectors, or as volumes of the same height and width.
fn several_inputs(steps: &mut Steps<'_>) -> Option<(String, String, At)> {
    let count = 2 + steps.random.below(2);
    let as_volumes = steps.random.chance(0.4);
    let [height, width, _] = steps.input();
    let (mut inputs, mut branches, mut channels) = (Vec::new(), Vec::new(), 0);
    for index in 0..count {
        let name = ["left", "right", "numbers"][index];
        let shape = if as_volumes { [height, width, 1 + steps.random.below(4)] } else { steps.input() };
        let is_vector = !as_volumes && steps.random.chance(0.3);
        let at = At { shape: if is_vector { [1, 1, 2 + shape[2]] } else { shape }, is_vector };
        let [h, w, c] = at.shape;
        inputs.push(if is_vector { format!("{name}: {c}") } else { format!("{name}: {h}x{w}x{c}") });
        let (chain, end) = if as_volumes { steps.with_pixels(at)? } else { steps.vector_of(at)? };
        branches.push(format!("@{name} {chain}"));
        channels += end.shape[2];
    }
    let shape = if as_volumes { [height, width, channels] } else { [1, 1, channels] };
    let begin = format!("cat[{}] ", branches.join(" | "));
    Some((format!("({})", inputs.join(", ")), begin, At { shape, is_vector: !as_volumes }))
}

fn heads(steps: &mut Steps<'_>, at: At) -> Option<String> {
    let count = 1 + steps.random.below(3);
    let mut heads = Vec::new();
    for name in &["class", "place", "more"][..count] {
        let chain = match steps.random.below(6) {
            0 => "id".to_owned(),
            1 => steps.keeping(at, 1)?,
            2 => steps.taken_up().unwrap_or_else(|| "tanh".to_owned()),
            _ => {
                let (chain, _) = steps.chain(at, 1)?;
                format!("{chain} fc({})", 1 + steps.random.below(4))
            }
        };
        heads.push(format!("{name}: {chain}"));
    }
    Some(heads.join(", "))
}
