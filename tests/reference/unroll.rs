//! From a declaration to the graph of one network: blocks written out, rounds one behind the other, names given.

use std::collections::BTreeMap;

use super::declaration::{Block, Declaration, Step, Via, What};
use super::expression::{self, Numbers};
use super::graph::Graph;
use super::join::Join;
use super::layer::Layer;
use super::names::Names;
use super::tokens::Token;
use super::values::Shape;

type Result<T> = std::result::Result<T, String>;

pub(super) fn graph(declaration: &Declaration, name: &str) -> Result<Graph> {
    let found = declaration.networks.iter().find(|network| network.name == name);
    let network = found.ok_or_else(|| format!("no network is called `{name}`"))?;
    let mut unroll = Unroll {
        declaration,
        graph: Graph::default(),
        numbers: declaration.numbers.clone(),
        names: Names::new(),
        values: vec![BTreeMap::new()],
        at: None,
        first_uses: BTreeMap::new(),
        shared: None,
    };
    for (name, shape) in &network.inputs {
        let sizes = expression::shape(shape, &declaration.numbers)?;
        let shape = volume(&sizes)?;
        let node = unroll.graph.input(name.as_deref().unwrap_or("input"), shape, sizes.len() == 1);
        match name {
            Some(name) => {
                unroll.graph.named[0] = true;
                unroll.values[0].insert(name.clone(), node);
            }
            None => unroll.at = Some(node),
        }
    }
    unroll.chain(&network.steps)?;
    let trunk = unroll.at;
    unroll.graph.named[1] = !network.heads.is_empty();
    for (name, steps) in &network.heads {
        let name = unroll.names.written(name);
        unroll.names.enter(&name);
        let end = unroll.branch(trunk, steps)?;
        unroll.names.leave();
        unroll.graph.outputs.push(end);
    }
    if network.heads.is_empty() {
        unroll.graph.outputs.push(trunk.ok_or("nothing comes out")?);
    }
    Ok(unroll.graph)
}

fn volume(sizes: &[usize]) -> Result<Shape> {
    match *sizes {
        [channels] => Ok([1, 1, channels]),
        [height, width, channels] => Ok([height, width, channels]),
        _ => Err(format!("{sizes:?} is no shape")),
    }
}

struct Unroll<'a> {
    declaration: &'a Declaration,
    graph: Graph,
    numbers: Numbers,
    names: Names,
    /// Nodes that have names: those of the network, and of the blocks and shared chains around.
    values: Vec<BTreeMap<String, usize>>,
    at: Option<usize>,
    /// The nodes of the first use of each shared chain.
    first_uses: BTreeMap<String, Vec<usize>>,
    /// The shared chain that is being used, and where its nodes begin.
    shared: Option<(String, usize)>,
}

impl Unroll<'_> {
    fn here(&self) -> Result<usize> {
        self.at.ok_or_else(|| "nothing flows here".to_owned())
    }

    fn chain(&mut self, steps: &[Step]) -> Result<()> {
        steps.iter().try_for_each(|step| self.step(step))
    }

    fn branch(&mut self, fork: Option<usize>, steps: &[Step]) -> Result<usize> {
        self.at = fork;
        self.chain(steps)?;
        self.here()
    }

    fn step(&mut self, step: &Step) -> Result<()> {
        let label = step.label.as_ref();
        match &step.what {
            What::Call(word, arguments) => self.call(word, arguments, label)?,
            What::Repeat(count, body) => self.repeat(expression::value(count, &self.numbers)?, body, label)?,
            What::Join(word, branches) => {
                let fork = self.at;
                let ends = branches.iter().map(|branch| self.branch(fork, branch)).collect::<Result<Vec<_>>>()?;
                let name = self.names.next(word, label);
                self.at = Some(self.graph.join(&name, Join::new(word), ends)?);
            }
            What::Residual(body, via) => self.residual(body, via, label)?,
            What::TakeUp(name) => self.take_up(name)?,
            What::Statement(shape) => {
                let stated = volume(&expression::shape(shape, &self.numbers)?)?;
                let found = self.graph.nodes[self.here()?].shape;
                if stated != found {
                    return Err(format!("{found:?} is not {stated:?}"));
                }
            }
        }
        if let Some(tap) = &step.tap {
            let (node, name) = (self.here()?, self.names.written(tap));
            self.graph.taps.push((name, node));
            self.values.last_mut().expect("those of the network").insert(tap.clone(), node);
        }
        Ok(())
    }

    fn take_up(&mut self, name: &str) -> Result<()> {
        self.at = Some(self.value(name)?);
        Ok(())
    }

    fn value(&self, name: &str) -> Result<usize> {
        let known = self.values.last().and_then(|values| values.get(name));
        known.copied().ok_or_else(|| format!("no value is called `{name}`"))
    }

    fn call(&mut self, word: &str, arguments: &[Vec<Token>], label: Option<&String>) -> Result<()> {
        let declaration = self.declaration;
        if let Some(block) = declaration.blocks.get(word) {
            let name = self.names.next(word, label);
            return self.block(&name, block, arguments);
        }
        if let Some(steps) = declaration.shared.get(word) {
            return self.shared(word, steps, arguments, label);
        }
        let name = self.names.next(word, label);
        let text = expression::layer(word, arguments, &self.numbers)?;
        self.layer(&name, &text)
    }

    fn layer(&mut self, name: &str, text: &str) -> Result<()> {
        let from = &self.graph.nodes[self.here()?];
        let layer = Layer::new(text, from.shape).map_err(|why| format!("{name}, `{text}`: {why}"))?;
        if from.is_vector && layer.needs_volume() {
            return Err(format!("{name}, `{text}`: its input is a vector"));
        }
        let second = layer.from.clone().map(|from| self.value(&from)).transpose()?;
        let node = self.graph.layer(name, layer, self.here()?, second)?;
        if let Some((shared, start)) = &self.shared
            && let Some(first) = self.first_uses.get(shared)
        {
            self.graph.nodes[node].owner = self.graph.nodes[first[node - start]].owner.clone();
        }
        self.at = Some(node);
        Ok(())
    }

    /// A block's numbers are its arguments, then its defaults; it sees no others but those of the whole call.
    fn block(&mut self, name: &str, block: &Block, arguments: &[Vec<Token>]) -> Result<()> {
        let mut given = Numbers::new();
        for (place, argument) in arguments.iter().enumerate() {
            let (parameter, tokens) = match &argument[..] {
                [Token::Word(name), Token::Mark(equals), rest @ ..] if equals == "=" => (long(name), rest.to_vec()),
                [Token::Word(name)] if !self.numbers.contains_key(name) => {
                    let (letter, digits) = name.split_at(1);
                    (long(letter), vec![Token::Number(digits.to_owned())])
                }
                tokens => {
                    let (name, _) = block.numbers.get(place).ok_or("more numbers than the block has")?;
                    (name.clone(), tokens.to_vec())
                }
            };
            given.insert(parameter, expression::value(&tokens, &self.numbers)?);
        }
        let mut numbers = self.declaration.numbers.clone();
        for (name, default) in &block.numbers {
            let value = match (given.remove(name), default) {
                (Some(value), _) => value,
                (None, Some(default)) => expression::value(default, &numbers)?,
                (None, None) => return Err(format!("`{name}` is not given")),
            };
            numbers.insert(name.clone(), value);
        }
        if let Some((name, _)) = given.first_key_value() {
            return Err(format!("the block has no number `{name}`"));
        }
        self.within(name, numbers, &block.steps)
    }

    /// Steps under a name, with numbers and values of their own.
    fn within(&mut self, name: &str, numbers: Numbers, steps: &[Step]) -> Result<()> {
        let outer = std::mem::replace(&mut self.numbers, numbers);
        self.names.enter(name);
        self.values.push(BTreeMap::new());
        self.chain(steps)?;
        self.values.pop();
        self.names.leave();
        self.numbers = outer;
        Ok(())
    }

    fn shared(&mut self, word: &str, steps: &[Step], arguments: &[Vec<Token>], label: Option<&String>) -> Result<()> {
        match arguments {
            [] => {}
            [argument] => match &argument[..] {
                [Token::Word(name)] => self.take_up(name)?,
                _ => return Err(format!("{argument:?} is no value")),
            },
            _ => return Err(format!("`{word}` reads one value")),
        }
        let is_first = !self.first_uses.contains_key(word);
        let numbered = self.names.next(word, label);
        let name = if is_first && label.is_none() { self.names.written(word) } else { numbered };
        let start = self.graph.nodes.len();
        self.shared = Some((word.to_owned(), start));
        self.within(&name, self.declaration.numbers.clone(), steps)?;
        self.shared = None;
        self.first_uses.entry(word.to_owned()).or_insert_with(|| (start..self.graph.nodes.len()).collect());
        Ok(())
    }

    fn repeat(&mut self, count: i64, body: &[Step], label: Option<&String>) -> Result<()> {
        let label = label.map(|label| self.names.written(label));
        for round in 0..count as usize {
            let Some(label) = &label else {
                self.names.begin_round(round);
                self.chain(body)?;
                self.names.end_round();
                continue;
            };
            let name = format!("{label}.{round}");
            if let [Step { label: None, what: What::Call(word, arguments), tap }] = body
                && let Some(block) = self.declaration.blocks.get(word)
            {
                self.block(&name, block, arguments)?;
                if tap.is_some() {
                    return Err("a tap of a round".to_owned());
                }
                continue;
            }
            self.names.enter(&name);
            self.chain(body)?;
            self.names.leave();
        }
        Ok(())
    }

    fn residual(&mut self, body: &[Step], via: &Via, label: Option<&String>) -> Result<()> {
        let name = self.names.next("res", label);
        let (fork, start) = (self.here()?, self.graph.nodes.len());
        let end = self.branch(Some(fork), body)?;
        let short = match via {
            Via::Nothing => fork,
            Via::Steps(steps) => self.branch(Some(fork), steps)?,
            Via::Auto => self.projection(&name, fork, end, start)?,
        };
        self.at = Some(self.graph.join(&name, Join::Add, vec![short, end])?);
        Ok(())
    }

    /// A 1x1 convolution to another shape, and a batch norm if the layers beside it, from `start`, have one.
    fn projection(&mut self, name: &str, from: usize, to: usize, start: usize) -> Result<usize> {
        let [from_shape, to_shape] = [from, to].map(|node| self.graph.nodes[node].shape);
        if from_shape == to_shape {
            return Ok(from);
        }
        let has_norm = self.graph.nodes[start..].iter().any(|node| node.layer().is_some_and(Layer::is_batch_norm));
        let stride = |axis: usize| {
            let fits = |stride: &usize| from_shape[axis].div_ceil(*stride) == to_shape[axis];
            (1..=from_shape[axis]).find(fits).ok_or_else(|| format!("{name}: no stride makes {to_shape:?}"))
        };
        let bias = if has_norm { ", nobias" } else { "" };
        let words = format!("conv({}, 1, s{}x{}, floor{bias})", to_shape[2], stride(0)?, stride(1)?);
        self.names.enter(&format!("{name}.via"));
        self.at = Some(from);
        let conv = self.names.next("conv", None);
        self.layer(&conv, &words)?;
        if has_norm {
            let norm = self.names.next("bn", None);
            self.layer(&norm, "bn")?;
        }
        self.names.leave();
        self.here()
    }
}

/// A block's number that an option's letter stands for.
fn long(name: &str) -> String {
    match name {
        "s" => "stride",
        "p" => "padding",
        "d" => "dilation",
        "g" => "groups",
        name => name,
    }
    .to_owned()
}
