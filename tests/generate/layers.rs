//! The words of layers, and random arguments for them.

use crate::check::Random;
use crate::reference::Shape;

/// A word of the language.
pub(super) struct Word {
    pub(super) name: &'static str,
    /// How much of the layers are to be of this kind, relative to others.
    pub(super) share: f64,
    place: Place,
    /// Writes the layer for an input; it need not fit.
    pub(super) write: fn(&mut Random, Shape) -> String,
}

/// What a word can stand behind.
enum Place {
    Volume,
    /// A volume that becomes a vector, or a sequence, which is nearly one.
    End,
    /// A vector, or a volume that becomes one.
    Rows,
    Anything,
    /// What has more than one channel.
    Channels,
}

pub(super) const WORDS: &[Word] = &[
    Word { name: "conv", share: 16.0, place: Place::Volume, write: conv },
    Word { name: "dw", share: 5.0, place: Place::Volume, write: dw },
    Word { name: "deconv", share: 3.0, place: Place::Volume, write: deconv },
    Word { name: "pool", share: 4.0, place: Place::Volume, write: |random, input| pool("pool", random, input) },
    Word { name: "avg", share: 3.0, place: Place::Volume, write: |random, input| pool("avg", random, input) },
    Word { name: "adaptive", share: 1.5, place: Place::Volume, write: |random, _| sized("adaptive", random, 4) },
    Word { name: "up", share: 2.0, place: Place::Volume, write: up },
    Word {
        name: "pixelshuffle",
        share: 4.0,
        place: Place::Volume,
        write: |random, input| {
            numbered("pixelshuffle", random, input, |factor, channels| channels.is_multiple_of(factor * factor))
        },
    },
    Word { name: "reshape", share: 1.5, place: Place::Volume, write: reshape },
    Word { name: "slice", share: 1.5, place: Place::Volume, write: slice },
    Word {
        name: "shuffle",
        share: 1.5,
        place: Place::Volume,
        write: |random, input| numbered("shuffle", random, input, |groups, channels| channels.is_multiple_of(groups)),
    },
    Word { name: "ln", share: 1.5, place: Place::Anything, write: ln },
    Word { name: "gn", share: 1.5, place: Place::Volume, write: gn },
    Word {
        name: "inorm",
        share: 1.5,
        place: Place::Volume,
        write: |_, input| enough("inorm".to_owned(), input[0] * input[1]),
    },
    Word { name: "lrn", share: 1.5, place: Place::Volume, write: lrn },
    Word {
        name: "l2norm",
        share: 1.0,
        place: Place::Anything,
        write: |_, input| enough("l2norm".to_owned(), input[2]),
    },
    Word { name: "gap", share: 1.0, place: Place::End, write: |_, _| "gap".to_owned() },
    Word { name: "gmax", share: 1.0, place: Place::End, write: |_, _| "gmax".to_owned() },
    Word { name: "flatten", share: 1.2, place: Place::End, write: |_, _| "flatten".to_owned() },
    Word { name: "fc", share: 4.0, place: Place::Rows, write: fc },
    Word { name: "rnn", share: 1.0, place: Place::End, write: |random, _| recurrent("rnn", random) },
    Word { name: "lstm", share: 1.0, place: Place::End, write: |random, _| recurrent("lstm", random) },
    Word { name: "gru", share: 1.0, place: Place::End, write: |random, _| recurrent("gru", random) },
    Word { name: "bn", share: 3.0, place: Place::Anything, write: |_, _| "bn".to_owned() },
    Word { name: "softmax", share: 1.0, place: Place::Channels, write: |_, _| "softmax".to_owned() },
    Word { name: "logsoftmax", share: 1.0, place: Place::Channels, write: |_, _| "logsoftmax".to_owned() },
    Word { name: "drop", share: 1.0, place: Place::Anything, write: drop },
    Word { name: "relu", share: 3.0, place: Place::Anything, write: |_, _| "relu".to_owned() },
    Word { name: "leaky", share: 1.0, place: Place::Anything, write: |random, _| slope("leaky", random) },
    Word { name: "elu", share: 1.0, place: Place::Anything, write: |random, _| slope("elu", random) },
    Word { name: "prelu", share: 1.5, place: Place::Anything, write: |_, _| "prelu".to_owned() },
    Word { name: "bias", share: 1.1, place: Place::Anything, write: |_, _| "bias".to_owned() },
    Word { name: "gelu", share: 1.0, place: Place::Anything, write: |_, _| "gelu".to_owned() },
    Word { name: "silu", share: 1.0, place: Place::Anything, write: |_, _| "silu".to_owned() },
    Word { name: "sigmoid", share: 1.0, place: Place::Anything, write: |_, _| "sigmoid".to_owned() },
    Word { name: "tanh", share: 1.0, place: Place::Anything, write: |_, _| "tanh".to_owned() },
    Word { name: "hardswish", share: 1.0, place: Place::Anything, write: |_, _| "hardswish".to_owned() },
    Word { name: "hardsigmoid", share: 1.0, place: Place::Anything, write: |_, _| "hardsigmoid".to_owned() },
    Word { name: "softplus", share: 1.0, place: Place::Anything, write: |_, _| "softplus".to_owned() },
    Word { name: "id", share: 0.7, place: Place::Anything, write: |_, _| "id".to_owned() },
];

impl Word {
    /// Whether it makes sense behind a value of this shape and the layer that made it.
    pub(super) fn fits(&self, shape: Shape, is_vector: bool, may_end: bool, before: Option<&String>) -> bool {
        // One norm behind another is badly conditioned, and so is one behind a softmax: what their gradients are made
        // of cancels.
        let before = before.and_then(|before| word(before));
        let is_norm = |word: &str| matches!(word, "bn" | "softmax" | "logsoftmax" | "ln" | "gn" | "inorm" | "l2norm");
        if is_norm(self.name) && before.is_some_and(is_norm) {
            return false;
        }
        // PyTorch's batch norm would number the channels of a flattened volume otherwise.
        let flat = before == Some("flatten");
        match self.place {
            Place::Volume => !is_vector,
            Place::End => !is_vector && may_end,
            Place::Rows => is_vector || may_end,
            Place::Anything => self.name != "bn" || !flat,
            Place::Channels => shape[2] > 1,
        }
    }
}

/// The word of a layer.
pub(super) fn word(layer: &str) -> Option<&'static str> {
    let written = layer.split('(').next()?;
    WORDS.iter().map(|word| word.name).find(|name| *name == written)
}

fn conv(random: &mut Random, input: Shape) -> String {
    let channels = input[2];
    let mut filters: usize = random.pick(&[1, 2, 3, 4, 5, 6, 8, 8, 10, 12, 16, 16, 17, 20]);
    let mut arguments = Vec::new();
    if channels > 1 && random.chance(0.25) {
        let divisors: Vec<usize> = (2..=channels).filter(|g| channels.is_multiple_of(*g)).collect();
        let groups = random.pick(&divisors);
        filters = groups * filters.div_ceil(groups);
        arguments.push(named(random, "g", "groups", &groups.to_string()));
    }
    if random.chance(0.15) {
        arguments.push("nobias".to_owned());
    }
    let size = size(random, &[1, 1, 2, 3, 3, 3, 3, 4, 5, 5, 7]);
    window(random, &mut arguments);
    write("conv", &[filters.to_string(), size], random, arguments)
}

fn dw(random: &mut Random, _: Shape) -> String {
    let mut arguments = Vec::new();
    if random.chance(0.2) {
        arguments.push("nobias".to_owned());
    }
    let size = size(random, &[1, 2, 3, 3, 3, 5, 5, 7]);
    window(random, &mut arguments);
    write("dw", &[size], random, arguments)
}

fn deconv(random: &mut Random, input: Shape) -> String {
    let channels = input[2];
    let mut filters: usize = random.pick(&[1, 2, 3, 4, 6, 8, 16, 17]);
    let mut arguments = Vec::new();
    if channels > 1 && random.chance(0.2) {
        let divisors: Vec<usize> = (2..=channels).filter(|g| channels.is_multiple_of(*g)).collect();
        let groups = random.pick(&divisors);
        filters = groups * filters.div_ceil(groups);
        arguments.push(named(random, "g", "groups", &groups.to_string()));
    }
    if random.chance(0.15) {
        arguments.push("nobias".to_owned());
    }
    if random.chance(0.6) {
        arguments.push(stride(random));
        if random.chance(0.4) {
            arguments.push(named(random, "o", "output_padding", "1"));
        }
    }
    if random.chance(0.15) {
        arguments.push("d2".to_owned());
    }
    match random.below(5) {
        0 | 1 => arguments.push(named(random, "p", "padding", "1")),
        2 => arguments.push(format!("p[{}, 1, {}, 0]", random.below(2), random.below(3))),
        _ => {}
    }
    let size = size(random, &[1, 2, 2, 3, 3, 4, 4, 5]);
    write("deconv", &[filters.to_string(), size], random, arguments)
}

fn pool(word: &str, random: &mut Random, _: Shape) -> String {
    let mut arguments = Vec::new();
    let kernel = random.pick(&[2, 2, 3, 3, 4]);
    let size = if random.chance(0.2) {
        format!("{}x{}", 1 + random.below(4), 2 + random.below(2))
    } else {
        kernel.to_string()
    };
    if random.chance(0.45) {
        arguments.push(stride(random));
    }
    // PyTorch knows no padding beyond half a window.
    match random.below(8) {
        0 | 1 if !size.contains('x') => arguments.push(named(random, "p", "padding", &(kernel / 2).to_string())),
        2 | 4..=6 if size == "3" => arguments.push(format!("p[{}, {}, 1, 0]", random.below(2), random.below(2))),
        3 => arguments.push("same".to_owned()),
        _ => {}
    }
    rounding(random, &mut arguments);
    write(word, &[size], random, arguments)
}

fn fc(random: &mut Random, _: Shape) -> String {
    let outputs = random.pick(&[1, 3, 5, 8, 12, 16, 17, 24, 33, 40]);
    let arguments = if random.chance(0.15) { vec!["nobias".to_owned()] } else { Vec::new() };
    write("fc", &[outputs.to_string()], random, arguments)
}

fn recurrent(word: &str, random: &mut Random) -> String {
    let hidden = random.pick(&[1, 2, 3, 5, 8, 12, 16, 17]);
    let arguments = if random.chance(0.4) { vec!["last".to_owned()] } else { Vec::new() };
    write(word, &[hidden.to_string()], random, arguments)
}

fn up(random: &mut Random, _: Shape) -> String {
    let factor = random.pick(&["2", "2", "3", "1x2", "2x1"]);
    format!("up({factor}{})", random.pick(&["", ", bilinear", ", bilinear", ", nearest"]))
}

/// A word and a size of at most so many rows and columns.
fn sized(word: &str, random: &mut Random, most: usize) -> String {
    let [height, width] = [(); 2].map(|()| 1 + random.below(most));
    if height == width { format!("{word}({height})") } else { format!("{word}({height}x{width})") }
}

/// A word and a number above 1 that suits the channels. Without one, a layer that fits nothing.
fn numbered(word: &str, random: &mut Random, input: Shape, suits: impl Fn(usize, usize) -> bool) -> String {
    let numbers: Vec<usize> = (2..=input[2]).filter(|&number| suits(number, input[2])).collect();
    if numbers.is_empty() { NOTHING.to_owned() } else { format!("{word}({})", random.pick(&numbers)) }
}

/// What fits no input.
const NOTHING: &str = "slice(0, 0)";

/// A norm of as many numbers, if they are enough: of a few, the gradient cancels.
fn enough(layer: String, numbers: usize) -> String {
    if numbers < 6 { NOTHING.to_owned() } else { layer }
}

fn ln(random: &mut Random, [height, width, channels]: Shape) -> String {
    match random.below(2) {
        0 => enough("ln(channels)".to_owned(), channels),
        _ => enough(random.pick(&["ln", "ln(eps = 1e-3)"]).to_owned(), height * width * channels),
    }
}

fn gn(random: &mut Random, [height, width, channels]: Shape) -> String {
    let groups: Vec<usize> = (1..=channels).filter(|groups| channels.is_multiple_of(*groups)).collect();
    let groups = random.pick(&groups);
    enough(format!("gn({groups})"), height * width * channels / groups)
}

fn lrn(random: &mut Random, _: Shape) -> String {
    let size = 1 + random.below(6);
    format!("lrn({size}{})", random.pick(&["", ", alpha = 0.5", ", k = 2.0, alpha = 1.0", ", beta = 0.6, alpha = 0.3"]))
}

fn slice(random: &mut Random, [_, _, channels]: Shape) -> String {
    let from = random.below(channels);
    format!("slice({from}, {})", from + 1 + random.below(channels - from))
}

fn reshape(random: &mut Random, input: Shape) -> String {
    let len: usize = input.iter().product();
    let divisors = |n: usize| (1..=n).filter(|d| n.is_multiple_of(*d)).collect::<Vec<_>>();
    let height = random.pick(&divisors(len));
    let width = random.pick(&divisors(len / height));
    let channels = len / height / width;
    let layer = random.pick(&["reshape(HxWxC)", "reshape([H, W, C])"]).to_owned();
    [("H", height), ("W", width), ("C", channels)]
        .into_iter()
        .fold(layer, |layer, (letter, size)| layer.replace(letter, &size.to_string()))
}

fn drop(random: &mut Random, _: Shape) -> String {
    random.pick(&["drop(0)", "drop(0.0)"]).to_owned()
}

fn slope(word: &str, random: &mut Random) -> String {
    word.to_owned() + random.pick(&["", "(0.1)", "(0.3)", "(0.75)"])
}

/// `3`, or `3x5`
fn size(random: &mut Random, sizes: &[usize]) -> String {
    let height = random.pick(sizes);
    if random.chance(0.2) { format!("{height}x{}", random.pick(sizes)) } else { height.to_string() }
}

/// Stride, padding, dilation and rounding.
fn window(random: &mut Random, arguments: &mut Vec<String>) {
    if random.chance(0.4) {
        arguments.push(stride(random));
    }
    if random.chance(0.15) {
        arguments.push(random.pick(&["d2", "d2", "d3", "d1x2", "d2x1", "dilation = 2"]).to_owned());
    }
    match random.below(14) {
        0..=2 => {
            let padding = random.pick(&["1", "1", "2", "3"]);
            arguments.push(named(random, "p", "padding", padding));
        }
        3 => arguments.push(format!("p{}x{}", random.below(3), random.below(3))),
        4 | 13 => {
            let mut side = || random.below(3);
            arguments.push(format!("p[{}, {}, {}, {}]", side(), side(), side(), side()));
        }
        5 | 6 => arguments.push("same".to_owned()),
        7 => arguments.push("p?".to_owned()),
        8 => arguments.push("valid".to_owned()),
        _ => {}
    }
    rounding(random, arguments);
}

fn stride(random: &mut Random) -> String {
    if random.chance(0.25) {
        return random.pick(&["s1x2", "s2x1", "s2x3", "s3x1"]).to_owned();
    }
    let stride = random.pick(&["1", "2", "2", "3"]);
    named(random, "s", "stride", stride)
}

fn rounding(random: &mut Random, arguments: &mut Vec<String>) {
    // What is rounded already takes no other word.
    let solved = arguments.iter().any(|argument| argument == "same" || argument == "p?");
    match random.below(5) {
        0 if !solved => arguments.push("floor".to_owned()),
        1 if !solved => arguments.push("ceil".to_owned()),
        _ => {}
    }
}

/// `s2`, or seldom `stride = 2`.
fn named(random: &mut Random, letter: &str, name: &str, value: &str) -> String {
    if random.chance(0.1) { format!("{name} = {value}") } else { format!("{letter}{value}") }
}

/// Positions, then options in any order.
fn write(word: &str, positions: &[String], random: &mut Random, mut options: Vec<String>) -> String {
    let mut arguments = positions.to_vec();
    while !options.is_empty() {
        arguments.push(options.remove(random.below(options.len())));
    }
    format!("{word}({})", arguments.join(", "))
}
