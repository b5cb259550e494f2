//! A layer: what its words mean on an input of known shape.

use super::activation::{self, Activation};
use super::bn::{self, Statistics};
use super::deconv::{self, Spread};
use super::norm::{self, Over};
use super::recurrent::{self, Cell, Which};
use super::values::{Shape, Values};
use super::window::Window;
use super::words::{self, Words};
use super::{arrange, conv, fc, pool};

/// A layer that was understood.
#[derive(Clone, Debug)]
pub struct Layer {
    kind: Kind,
    /// Its output.
    pub output: Shape,
    /// Its tensors behind the layer's name and a dot, with their shapes in files.
    pub tensors: Vec<(&'static str, Vec<usize>)>,
    /// Multiply-adds for one sample.
    pub macs: usize,
    /// The name of another value that it reads.
    pub from: Option<String>,
}

#[derive(Clone, Debug)]
enum Kind {
    Conv {
        window: Window,
        groups: usize,
        has_bias: bool,
    },
    Deconv {
        spread: Spread,
        groups: usize,
        has_bias: bool,
    },
    Pool(Window),
    Average(Window),
    GlobalAverage,
    GlobalMax,
    Fc {
        has_bias: bool,
    },
    Flatten,
    BatchNorm,
    Activation(Activation),
    Prelu,
    Softmax,
    LogSoftmax,
    Dropout(f64),
    Up {
        factor: [usize; 2],
        bilinear: bool,
    },
    Adaptive,
    PixelShuffle(usize),
    Reshape,
    Slice(usize),
    Shuffle(usize),
    Norm {
        over: Over,
        epsilon: f64,
    },
    Length(f64),
    LocalResponse {
        size: usize,
        numbers: [f64; 3],
    },
    Recurrent {
        cell: Cell,
        which: Which,
    },
    Bias,
    /// Back to the volume that was flattened.
    Unflatten,
    Embedding {
        vocabulary: usize,
        size: usize,
    },
}

/// The tensors of one layer, in the order of [`Layer::tensors`].
pub(super) type Own<'a> = &'a [&'a [f64]];

impl Layer {
    /// Reads a layer's words. `input` is the shape of what flows in.
    ///
    /// # Errors
    /// If the reference does not know them, or the layer does not fit its input.
    pub fn new(text: &str, input: Shape) -> Result<Self, String> {
        let mut words = Words::new(text)?;
        let layer = Self::read(&mut words, input)?;
        words.finish()?;
        Ok(layer)
    }

    fn read(words: &mut Words, input: Shape) -> Result<Self, String> {
        let [height, width, channels] = input;
        let like = |kind| Self { kind, output: input, tensors: Vec::new(), macs: 0, from: None };
        if let Some(activation) = Activation::new(words)? {
            return Ok(like(Kind::Activation(activation)));
        }
        Ok(match &*words.word {
            word @ ("conv" | "dw") => {
                let depthwise = word == "dw";
                let filters = if depthwise { channels } else { words.count()? };
                let kernel = words::pair(&words.position().ok_or("no window")?)?;
                let window = Window::new(words, kernel, [1; 2], input)?;
                let written = words.option("g").map_or(Ok(1), |g| words::whole(&g))?;
                let groups = if depthwise { channels } else { written };
                if channels % groups != 0 || filters % groups != 0 {
                    return Err(format!("{groups} groups of {channels} channels and {filters} filters"));
                }
                let has_bias = !words.flag("nobias");
                // How it is computed makes no difference here.
                words.flag("direct");
                let weight = vec![filters, channels / groups, kernel[0], kernel[1]];
                let [out_h, out_w] = window.out;
                let macs = out_h * out_w * weight.iter().product::<usize>();
                let output = [out_h, out_w, filters];
                let tensors = weight_and_bias(weight, filters, has_bias);
                Self { output, tensors, macs, ..like(Kind::Conv { window, groups, has_bias }) }
            }
            "deconv" => {
                let filters = words.count()?;
                let kernel = words::pair(&words.position().ok_or("no window")?)?;
                let spread = Spread::new(words, kernel, input)?;
                let groups = words.option("g").map_or(Ok(1), |g| words::whole(&g))?;
                if channels % groups != 0 || filters % groups != 0 {
                    return Err(format!("{groups} groups of {channels} channels and {filters} filters"));
                }
                let has_bias = !words.flag("nobias");
                let weight = vec![channels, filters / groups, kernel[0], kernel[1]];
                let macs = height * width * weight.iter().product::<usize>();
                let tensors = weight_and_bias(weight, filters, has_bias);
                let output = [spread.out[0], spread.out[1], filters];
                Self { output, tensors, macs, ..like(Kind::Deconv { spread, groups, has_bias }) }
            }
            word @ ("pool" | "avg") => {
                let max = word == "pool";
                let kernel = words::pair(&words.position().ok_or("no window")?)?;
                let window = Window::new(words, kernel, kernel, input)?;
                let output = [window.out[0], window.out[1], channels];
                Self { output, ..like(if max { Kind::Pool(window) } else { Kind::Average(window) }) }
            }
            "gap" => Self { output: [1, 1, channels], ..like(Kind::GlobalAverage) },
            "gmax" => Self { output: [1, 1, channels], ..like(Kind::GlobalMax) },
            "fc" => {
                let (outputs, inputs) = (words.count()?, height * width * channels);
                let has_bias = !words.flag("nobias");
                let tensors = weight_and_bias(vec![outputs, inputs], outputs, has_bias);
                Self { output: [1, 1, outputs], tensors, macs: inputs * outputs, ..like(Kind::Fc { has_bias }) }
            }
            word @ ("rnn" | "lstm" | "gru") => {
                let cell = match word {
                    "rnn" => Cell::Rnn,
                    "lstm" => Cell::Lstm,
                    _ => Cell::Gru,
                };
                let hidden = words.count()?;
                let which = match (words.flag("last"), words.flag("state")) {
                    (false, false) => Which::All,
                    (false, true) if cell == Cell::Lstm => Which::LastAndMemory,
                    _ => Which::Last,
                };
                let from = words.option("from").and_then(|from| from.strip_prefix('@').map(str::to_owned));
                let (inputs, gates) = (width * channels, cell.gates() * hidden);
                let tensors = vec![
                    ("weight_ih_l0", vec![gates, inputs]),
                    ("weight_hh_l0", vec![gates, hidden]),
                    ("bias_ih_l0", vec![gates]),
                    ("bias_hh_l0", vec![gates]),
                ];
                let macs = height * gates * (inputs + hidden);
                let output = match which {
                    Which::All => [height, 1, hidden],
                    Which::Last => [1, 1, hidden],
                    Which::LastAndMemory => [1, 1, 2 * hidden],
                };
                Self { output, tensors, macs, from, ..like(Kind::Recurrent { cell, which }) }
            }
            "embed" => {
                let (vocabulary, size) = (words.count()?, words.count()?);
                let tensors = vec![("weight", vec![vocabulary, size])];
                let output = [height * width * channels, 1, size];
                Self { output, tensors, ..like(Kind::Embedding { vocabulary, size }) }
            }
            "flatten" => Self { output: [1, 1, height * width * channels], ..like(Kind::Flatten) },
            "bias" => {
                let shape = if height * width == 1 { vec![channels] } else { vec![channels, height, width] };
                Self { tensors: vec![("bias", shape)], ..like(Kind::Bias) }
            }
            "bn" => {
                let names = ["weight", "bias", "running_mean", "running_var"];
                Self { tensors: names.map(|name| (name, vec![channels])).to_vec(), ..like(Kind::BatchNorm) }
            }
            "prelu" => Self { tensors: vec![("weight", vec![1])], ..like(Kind::Prelu) },
            "softmax" => like(Kind::Softmax),
            "logsoftmax" => like(Kind::LogSoftmax),
            "drop" => {
                // What inference and a probability of 0 make of it does not depend on what is dropped.
                words.flag("channels");
                like(Kind::Dropout(words.real_or(0.5)?))
            }
            "up" => {
                let factor = words::pair(&words.position().ok_or("no factor")?)?;
                words.flag("nearest");
                let bilinear = words.flag("bilinear");
                Self {
                    output: [height * factor[0], width * factor[1], channels],
                    ..like(Kind::Up { factor, bilinear })
                }
            }
            "adaptive" => {
                let [out_h, out_w] = words::pair(&words.position().ok_or("no size")?)?;
                Self { output: [out_h, out_w, channels], ..like(Kind::Adaptive) }
            }
            "pixelshuffle" => {
                let factor = words.count()?;
                if !channels.is_multiple_of(factor * factor) {
                    return Err(format!("{channels} channels are no squares of {factor}"));
                }
                let output = [height * factor, width * factor, channels / (factor * factor)];
                Self { output, ..like(Kind::PixelShuffle(factor)) }
            }
            "reshape" => {
                let sizes = words.position().ok_or("no shape")?;
                let sizes: Vec<usize> = words::sizes(&sizes)?;
                if sizes.iter().product::<usize>() != input.iter().product::<usize>() {
                    return Err(format!("{sizes:?} of {input:?}"));
                }
                match sizes[..] {
                    // Which is how `flatten` does it.
                    [len] => Self { output: [1, 1, len], ..like(Kind::Flatten) },
                    [height, width, channels] => Self { output: [height, width, channels], ..like(Kind::Reshape) },
                    _ => return Err(format!("{sizes:?} is no shape")),
                }
            }
            "slice" => {
                let [from, to] = [words.count()?, words.count()?];
                if from >= to || to > channels {
                    return Err(format!("{from} to {to} of {channels}"));
                }
                Self { output: [height, width, to - from], ..like(Kind::Slice(from)) }
            }
            "shuffle" => like(Kind::Shuffle(divisor(words, channels)?)),
            word @ ("ln" | "gn" | "inorm") => {
                let (is_layer, is_group) = (word == "ln", word == "gn");
                let over = if is_layer && (words.flag("channels") || height * width == 1) {
                    Over::Pixel
                } else if is_layer {
                    Over::Sample
                } else {
                    Over::Group(if is_group { divisor(words, channels)? } else { channels })
                };
                let shape = if over == Over::Sample { vec![channels, height, width] } else { vec![channels] };
                let epsilon = words.real_of("eps", norm::EPSILON)?;
                let tensors = ["weight", "bias"].map(|name| (name, shape.clone())).to_vec();
                Self { tensors, ..like(Kind::Norm { over, epsilon }) }
            }
            "l2norm" => like(Kind::Length(words.real_of("eps", 1e-12)?)),
            "lrn" => {
                let size = words.count()?;
                let numbers = [words.real_of("alpha", 1e-4)?, words.real_of("beta", 0.75)?, words.real_of("k", 1.0)?];
                like(Kind::LocalResponse { size, numbers })
            }
            word => return Err(format!("the reference does not know `{word}`")),
        })
    }

    /// Numbers that it learns.
    pub fn params(&self) -> usize {
        let learnt = self.tensors.iter().filter(|(name, _)| !name.starts_with("running"));
        learnt.map(|(_, shape)| shape.iter().product::<usize>()).sum()
    }

    /// Whether training draws random numbers, which the reference does not know.
    pub fn is_random(&self) -> bool {
        matches!(self.kind, Kind::Dropout(probability) if probability > 0.0)
    }

    /// The same for a `reshape` that undoes a `flatten`; of a flattened volume it may make nothing else.
    ///
    /// # Errors
    /// If it would.
    pub(super) fn unflattening(self, volumes: &[Shape]) -> Result<Self, String> {
        match self.kind {
            Kind::Reshape if volumes == [self.output] => Ok(Self { kind: Kind::Unflatten, ..self }),
            Kind::Reshape => Err(format!("{:?} of flattened {volumes:?}", self.output)),
            _ => Ok(self),
        }
    }

    /// Whether its output is a vector of whatever comes in; `None` if it is one where its input is.
    pub(super) fn makes_vector(&self) -> Option<bool> {
        use Kind::{Embedding, Fc, Flatten, GlobalAverage, GlobalMax, Recurrent, Reshape, Unflatten};
        match self.kind {
            GlobalAverage | GlobalMax | Fc { .. } | Flatten => Some(true),
            Recurrent { which, .. } => Some(which != Which::All),
            Embedding { .. } | Reshape | Unflatten => Some(false),
            _ => None,
        }
    }

    /// Whether it reads a volume and nothing else.
    pub(super) fn needs_volume(&self) -> bool {
        use Kind::{Average, Conv, GlobalAverage, GlobalMax, Pool};
        matches!(self.kind, Conv { .. } | Pool(_) | Average(_) | GlobalAverage | GlobalMax)
    }

    /// Whether it works on each float where it lies.
    pub(super) fn keeps_order(&self) -> bool {
        use Kind::{Activation, BatchNorm, Bias, Dropout, Flatten, Length, LogSoftmax, Norm, Prelu, Softmax};
        match self.kind {
            Activation(_) | Prelu | Bias | Softmax | LogSoftmax | Dropout(_) | BatchNorm | Length(_) | Flatten => true,
            Norm { over, .. } => over == Over::Pixel,
            _ => false,
        }
    }

    /// Whether it is a batch norm.
    pub fn is_batch_norm(&self) -> bool {
        matches!(self.kind, Kind::BatchNorm)
    }

    /// How many indices it knows, if it reads indices.
    pub fn vocabulary(&self) -> Option<usize> {
        match self.kind {
            Kind::Embedding { vocabulary, .. } => Some(vocabulary),
            _ => None,
        }
    }

    /// What it makes of a batch: of what flows in, and of the other value that it reads.
    pub(super) fn run(&self, input: &Values, from: Option<&Values>, own: Own<'_>, training: bool) -> Values {
        match &self.kind {
            Kind::Conv { window, groups, has_bias } => {
                conv::conv(input, window, *groups, own[0], has_bias.then(|| own[1]))
            }
            Kind::Deconv { spread, groups, has_bias } => {
                deconv::deconv(input, spread, *groups, own[0], has_bias.then(|| own[1]))
            }
            Kind::Pool(window) => pool::max(input, window),
            Kind::Average(window) => pool::average(input, window),
            Kind::GlobalAverage => pool::global_average(input),
            Kind::GlobalMax => pool::global_max(input),
            Kind::Fc { has_bias } => fc::fc(input, own[0], has_bias.then(|| own[1])),
            Kind::Flatten => Values { channels: input.sample(0).len(), height: 1, width: 1, ..input.clone() },
            Kind::BatchNorm if training => bn::normalize(input, &Statistics::of(input), own[0], own[1]),
            Kind::BatchNorm => bn::normalize(input, &running(own), own[0], own[1]),
            Kind::Activation(activation) => input.map(|x| activation.apply(x)),
            Kind::Prelu => input.map(|x| activation::leaky(x, own[0][0])),
            Kind::Softmax => activation::softmax(input),
            Kind::LogSoftmax => activation::log_softmax(input),
            Kind::Up { factor, bilinear } => arrange::up(input, *factor, *bilinear),
            Kind::Adaptive => arrange::adaptive(input, [self.output[0], self.output[1]]),
            Kind::PixelShuffle(factor) => arrange::pixel_shuffle(input, *factor, self.output),
            Kind::Reshape => arrange::reshape(input, self.output),
            Kind::Slice(from) => arrange::slice(input, *from, self.output),
            Kind::Shuffle(groups) => arrange::shuffle(input, *groups),
            Kind::Norm { over, epsilon } => norm::normalize(input, *over, *epsilon, own[0], own[1]),
            Kind::Length(epsilon) => norm::length(input, *epsilon),
            Kind::LocalResponse { size, numbers: [alpha, beta, k] } => {
                norm::local_response(input, *size, *alpha, *beta, *k)
            }
            Kind::Recurrent { cell, which } => recurrent::run(*cell, input, from, own, *which),
            Kind::Bias => {
                let sums = input.data.iter().enumerate().map(|(i, x)| x + own[0][i % own[0].len()]);
                Values { data: sums.collect(), ..*input }
            }
            Kind::Unflatten => {
                let [height, width, channels] = self.output;
                Values { height, width, channels, ..input.clone() }
            }
            Kind::Embedding { size, .. } => recurrent::embed(input, own[0], *size),
            Kind::Dropout(_) => {
                assert!(!training || !self.is_random(), "the reference draws no random numbers");
                input.clone()
            }
        }
    }

    /// How near some element comes to where the slope jumps without being there: to zero for a relu, to another element
    /// for a maximum. Arithmetic of fewer digits may be on the other side.
    pub(super) fn nearest_kink(&self, input: &Values) -> f64 {
        let kinks: &[f64] = match &self.kind {
            Kind::Pool(window) => return nearest(&pool::leads(input, Some(window))),
            Kind::GlobalMax => return nearest(&pool::leads(input, None)),
            // From one index to the next.
            Kind::Embedding { .. } => return nearest(&input.map(|x| x - x.floor() - 0.5).data),
            Kind::Activation(Activation::Relu | Activation::Leaky(_) | Activation::Elu(_)) | Kind::Prelu => &[0.0],
            Kind::Activation(Activation::Relu6) => &[0.0, 6.0],
            Kind::Activation(Activation::HardSwish | Activation::HardSigmoid) => &[-3.0, 3.0],
            _ => return f64::INFINITY,
        };
        let distances: Vec<f64> = kinks.iter().flat_map(|kink| input.data.iter().map(move |x| x - kink)).collect();
        nearest(&distances)
    }

    /// The smallest deviation of the numbers that it normalises together, relative to their mean, if it is a norm of a
    /// sample.
    pub(super) fn flattest(&self, input: &Values) -> f64 {
        match &self.kind {
            Kind::Norm { over, .. } => norm::flattest(input, *over),
            _ => f64::INFINITY,
        }
    }

    /// The running statistics after a batch of training, with their names, if it keeps any.
    pub(super) fn state_after(&self, input: &Values, own: Own<'_>) -> Vec<(&'static str, Vec<f64>)> {
        if !self.is_batch_norm() {
            return Vec::new();
        }
        let Statistics { mean, var } = running(own).after(input);
        vec![("running_mean", mean), ("running_var", var)]
    }
}

/// The smallest of some distances, those left out that are zero.
fn nearest(distances: &[f64]) -> f64 {
    distances.iter().map(|d| d.abs()).filter(|&d| d > 0.0).fold(f64::INFINITY, f64::min)
}

/// Groups by position, which divide the channels.
fn divisor(words: &mut Words, channels: usize) -> Result<usize, String> {
    let groups = words.count()?;
    if channels.is_multiple_of(groups) { Ok(groups) } else { Err(format!("{groups} groups of {channels} channels")) }
}

fn running(own: Own<'_>) -> Statistics {
    Statistics { mean: own[2].to_vec(), var: own[3].to_vec() }
}

fn weight_and_bias(weight: Vec<usize>, outputs: usize, has_bias: bool) -> Vec<(&'static str, Vec<usize>)> {
    let mut tensors = vec![("weight", weight)];
    if has_bias {
        tensors.push(("bias", vec![outputs]));
    }
    tensors
}
