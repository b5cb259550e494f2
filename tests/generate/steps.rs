//! Random steps of a network that is no chain.

use super::layers;
use crate::check::Random;
use crate::reference::{Layer, Shape};

/// What flows into a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct At {
    pub(super) shape: Shape,
    pub(super) is_vector: bool,
}

/// Draws steps; remembers what they may refer to.
pub(super) struct Steps<'a> {
    pub(super) random: &'a mut Random,
    /// Blocks and shared chains that were declared.
    pub(super) items: Vec<String>,
    number: usize,
    taps: Vec<(String, At)>,
    labels: usize,
    depth: usize,
}

const ACTIVATIONS: [&str; 10] =
    ["relu", "relu", "tanh", "silu", "gelu", "sigmoid", "hardswish", "prelu", "leaky(0.1)", "elu"];

impl<'a> Steps<'a> {
    pub(super) fn new(random: &'a mut Random, number: usize) -> Self {
        Self { random, items: Vec::new(), number, taps: Vec::new(), labels: 0, depth: 0 }
    }

    /// The shape of an input.
    pub(super) fn input(&mut self) -> Shape {
        let height = 4 + self.random.below(6);
        let width = if self.random.chance(0.6) { height } else { 4 + self.random.below(6) };
        [height, width, self.random.pick(&[1, 2, 3, 3, 4, 5, 8, 16])]
    }

    fn activation(&mut self) -> &'static str {
        self.random.pick(&ACTIVATIONS)
    }

    fn filters(&mut self) -> usize {
        self.random.pick(&[1, 2, 3, 4, 5, 6, 8, 8, 12, 16, 17])
    }

    /// Some steps, whatever they make.
    pub(super) fn chain(&mut self, mut at: At, count: usize) -> Option<(String, At)> {
        let mut texts = Vec::new();
        for _ in 0..count {
            let (text, next) = self.step(at)?;
            texts.push(text);
            at = next;
        }
        Some((texts.join(" "), at))
    }

    fn step(&mut self, at: At) -> Option<(String, At)> {
        if self.depth > 2 {
            return Some((self.keeping_layer(at), at));
        }
        self.depth += 1;
        let step = match self.random.below(13) {
            0 | 1 => Some((format!("add[{}]", self.alternatives(at)?), at)),
            2 | 3 => self.cat(at),
            4 => Some((self.mul(at)?, at)),
            5 | 6 => self.residual(at),
            7 => self.repeat(at),
            8 | 9 if !at.is_vector => self.block(at),
            10 if !at.is_vector => self.shared(at),
            11 if !at.is_vector => self.strided(at),
            _ => self.layer(at),
        };
        self.depth -= 1;
        let (text, at) = step?;
        Some((self.tapped(text, at), at))
    }

    /// Gives a step's value a name, sometimes.
    fn tapped(&mut self, text: String, at: At) -> String {
        // A repeat has no value of its own, and names in it are not seen behind it.
        if self.depth > 0 || text.contains(" * ") || !self.random.chance(0.35) {
            return text;
        }
        let name = format!("t{}", self.taps.len());
        let text = format!("{text} @{name}");
        self.taps.push((name, at));
        text
    }

    /// Any value that has a name.
    pub(super) fn taken_up(&mut self) -> Option<String> {
        let taps = self.taps.len();
        (taps > 0).then(|| format!("@{}", self.taps[self.random.below(taps)].0))
    }

    /// Steps that work on each element where it lies.
    pub(super) fn over_elements(&mut self) -> String {
        let (one, other) = (self.activation(), self.activation());
        self.random
            .pick(&[
                "",
                one,
                &format!("add[id | {one}]"),
                &format!("res {{ {one} }}"),
                &format!("mul[{one} | {other}]"),
            ])
            .to_owned()
    }

    /// A layer of the kinds that chains are made of.
    fn layer(&mut self, at: At) -> Option<(String, At)> {
        for _ in 0..50 {
            let fits: Vec<&layers::Word> =
                layers::WORDS.iter().filter(|word| word.fits(at.shape, at.is_vector, false, None)).collect();
            let word = fits[self.random.below(fits.len())];
            if ["bn", "softmax"].contains(&word.name) {
                continue;
            }
            let text = (word.write)(self.random, at.shape);
            if let Ok(layer) = Layer::new(&text, at.shape)
                && layer.output.iter().product::<usize>() > 1
            {
                return Some((text, At { shape: layer.output, is_vector: at.is_vector }));
            }
        }
        None
    }

    /// A layer that keeps the shape.
    fn keeping_layer(&mut self, at: At) -> String {
        let channels = at.shape[2];
        let layer = match (self.random.below(9), at.is_vector) {
            (0 | 1, false) => format!("conv({channels}, 3, same)"),
            (2, false) => format!("conv({channels}, 1, nobias)"),
            (3, false) => format!("conv({channels}, 5, p2)"),
            (4, false) => "dw(3, p1)".to_owned(),
            (5, false) => self.random.pick(&["pool(3, s1, p1)", "avg(3, s1, p1)"]).to_owned(),
            (0..=3, true) => format!("fc({channels})"),
            (6, _) => self.random.pick(&["id", "drop(0)"]).to_owned(),
            _ => self.activation().to_owned(),
        };
        let is_normed = layer.starts_with("conv") && self.random.chance(0.2);
        if is_normed { layer + " bn" } else { layer }
    }

    /// Steps that keep the shape.
    pub(super) fn keeping(&mut self, at: At, count: usize) -> Option<String> {
        let mut texts = Vec::new();
        for _ in 0..count {
            let text = match self.random.below(8) {
                0 if self.depth < 2 => {
                    self.depth += 1;
                    let text = self.mul(at);
                    self.depth -= 1;
                    text?
                }
                1 if self.depth < 2 => {
                    self.depth += 1;
                    let body = self.keeping(at, 2);
                    self.depth -= 1;
                    format!("res {{ {} }}", body?)
                }
                _ => self.keeping_layer(at),
            };
            texts.push(text);
        }
        Some(texts.join(" "))
    }

    /// Branches that keep the shape; one of them may begin elsewhere.
    fn alternatives(&mut self, at: At) -> Option<String> {
        let mut branches = Vec::new();
        for _ in 0..2 + self.random.below(2) {
            let same: Vec<String> =
                self.taps.iter().filter(|(_, other)| *other == at).map(|(name, _)| name.clone()).collect();
            let branch = match self.random.below(5) {
                0 => "id".to_owned(),
                1 if !same.is_empty() => format!("@{}", same[self.random.below(same.len())]),
                _ => {
                    let count = 1 + self.random.below(2);
                    self.keeping(at, count)?
                }
            };
            branches.push(branch);
        }
        Some(branches.join(" | "))
    }

    /// A chain that keeps height and width.
    pub(super) fn with_pixels(&mut self, at: At) -> Option<(String, At)> {
        let filters = self.filters();
        let [height, width, _] = at.shape;
        let made = At { shape: [height, width, filters], ..at };
        let layer = match (at.is_vector, self.random.below(3)) {
            (true, _) => format!("fc({filters})"),
            (_, 0) => format!("conv({filters}, 1)"),
            (_, 1) => format!("conv({filters}, 3, p1)"),
            _ => return Some((self.keeping(at, 1)?, at)),
        };
        Some((format!("{layer} {}", self.keeping(made, 1)?), made))
    }

    /// A chain that ends in a vector.
    pub(super) fn vector_of(&mut self, at: At) -> Option<(String, At)> {
        let (outputs, activation) = (self.filters(), self.activation());
        let made = |channels| At { shape: [1, 1, channels], is_vector: true };
        Some(match self.random.below(4) {
            0 if !at.is_vector => {
                let (chain, end) = self.with_pixels(at)?;
                (format!("{chain} {}", self.random.pick(&["gap", "gmax"])), made(end.shape[2]))
            }
            1 => (format!("{} fc({outputs})", self.keeping(at, 1)?), made(outputs)),
            _ => (format!("fc({outputs}) {activation}"), made(outputs)),
        })
    }

    fn cat(&mut self, at: At) -> Option<(String, At)> {
        let [height, width, _] = at.shape;
        let (mut branches, mut channels) = (Vec::new(), 0);
        for _ in 0..2 + self.random.below(2) {
            let fits =
                |(_, other): &&(String, At)| other.is_vector == at.is_vector && other.shape[..2] == [height, width];
            let taps: Vec<(String, At)> = self.taps.iter().filter(fits).cloned().collect();
            let (branch, end) = match self.random.below(5) {
                0 => ("id".to_owned(), at),
                1 if !taps.is_empty() => {
                    let (name, at) = &taps[self.random.below(taps.len())];
                    (format!("@{name}"), *at)
                }
                _ => self.with_pixels(at)?,
            };
            branches.push(branch);
            channels += end.shape[2];
        }
        Some((format!("cat[{}]", branches.join(" | ")), At { shape: [height, width, channels], ..at }))
    }

    fn mul(&mut self, at: At) -> Option<String> {
        let channels = at.shape[2];
        let gate = self.random.pick(&["sigmoid", "tanh", "hardsigmoid"]);
        Some(match self.random.below(4) {
            0 if !at.is_vector => format!("mul[id | gap fc({channels}) {gate}]"),
            1 if !at.is_vector => format!("mul[gmax fc({channels}) {gate} | {}]", self.keeping_layer(at)),
            2 => format!("mul[{} | {}]", self.keeping_layer(at), self.keeping_layer(at)),
            _ => format!("mul[id | {} {gate}]", self.keeping_layer(at)),
        })
    }

    fn residual(&mut self, at: At) -> Option<(String, At)> {
        let activation = self.activation();
        if at.is_vector || self.random.chance(0.4) {
            return Some((format!("res {{ {} }} {activation}", self.keeping(at, 2)?), at));
        }
        let [height, width, _] = at.shape;
        let (filters, stride) = (self.filters(), 1 + self.random.below(2));
        let norm = self.random.pick(&["", "", " bn"]);
        let end = At { shape: [height.div_ceil(stride), width.div_ceil(stride), filters], ..at };
        let body = format!("conv({filters}, 3, s{stride}, p1, floor){norm} {}", self.keeping(end, 1)?);
        let via = if self.random.chance(0.6) {
            "auto".to_owned()
        } else {
            format!("{{ {} conv({filters}, 1, s{stride}, floor) }}", self.keeping_layer(at))
        };
        Some((format!("res {{ {body} }} via {via} {activation}"), end))
    }

    fn repeat(&mut self, at: At) -> Option<(String, At)> {
        let rounds = 1 + self.random.below(3);
        let label = if self.random.chance(0.3) {
            {
                self.labels += 1;
                format!("stage{}: ", self.labels)
            }
        } else {
            String::new()
        };
        if self.random.chance(0.5) {
            return Some((format!("{label}{rounds} * {{ {} }}", self.keeping(at, 2)?), at));
        }
        let ([height, width, channels], grow) = (at.shape, 1 + self.random.below(4));
        let layer = if at.is_vector { format!("fc({grow})") } else { format!("conv({grow}, 3, same)") };
        let text = format!("{label}{rounds} * {{ cat[id | {} {layer}] }}", self.activation());
        let shape = [height, width, channels + rounds * grow];
        Some((text, At { shape, ..at }))
    }

    fn block(&mut self, at: At) -> Option<(String, At)> {
        let name = format!("b{}_{}", self.number, self.items.len());
        let (activation, norm) = (self.activation(), self.random.pick(&["", "", " bn"]));
        let body = match self.random.below(3) {
            0 => format!("conv(k, 3, s = stride, p1, floor){norm} {activation}"),
            1 => format!(
                "res {{ conv(k, 3, s = stride, p1, floor){norm} {activation} conv(k, 1) }} via auto {activation}"
            ),
            _ => format!(
                "cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor){norm} {activation}] conv(k, 1)"
            ),
        };
        self.items.push(format!("block {name}(k, stride = 1) {{ {body} }}"));
        let ([height, width, _], filters, again) = (at.shape, 2 + self.random.below(7), self.filters());
        let stride = 1 + self.random.below(2);
        let (h, w) = (height.div_ceil(stride), width.div_ceil(stride));
        let (text, filters) = match self.random.below(3) {
            0 => (format!("{name}({filters}, s{stride})"), filters),
            1 => (format!("{name}({filters}, stride = {stride}) {name}({again})"), again),
            _ => (format!("{name}(k = {filters}, s{stride}) 2 * {name}({again})"), again),
        };
        Some((text, At { shape: [h, w, filters], ..at }))
    }

    /// A chain whose weights are used twice or more.
    fn shared(&mut self, at: At) -> Option<(String, At)> {
        let name = format!("e{}_{}", self.number, self.items.len());
        let ([height, width, _], filters) = (at.shape, self.filters());
        let made = At { shape: [height, width, filters], ..at };
        let (norm, activation) = (self.random.pick(&["", "", " bn"]), self.activation());
        self.items.push(format!("let {name} = {{ conv({filters}, 3, same){norm} {activation} }};"));
        let before = self.keeping_layer(at);
        Some(match self.random.below(3) {
            0 => (format!("add[{name} | {before} {name}]"), made),
            1 => (format!("cat[{before} {name} | {name}]"), At { shape: [height, width, 2 * filters], ..made }),
            _ => (format!("mul[{name} | {before} {name}] add[id | tanh]"), made),
        })
    }

    /// Branches that all take large steps.
    fn strided(&mut self, at: At) -> Option<(String, At)> {
        let [height, width, channels] = at.shape;
        let (filters, more) = (self.filters(), self.filters());
        let third = self.random.pick(&["", " | avg(3, s2, p1, floor)"]);
        let text = format!("cat[conv({filters}, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv({more}, 1){third}]");
        let all = filters + more + if third.is_empty() { 0 } else { channels };
        Some((text, At { shape: [height.div_ceil(2), width.div_ceil(2), all], ..at }))
    }
}
