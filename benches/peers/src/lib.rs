//! What the peers written in Rust share: the networks as data and as ONNX, the request on the command line, the clock.
//!
//!     PEER NET infer|train BATCH THREADS SECONDS
//!
//! prints one line of JSON: the median of microseconds a sample, or the reason why there is none.

pub mod onnx;

use cpu_time::ProcessTime;
use std::fmt::Display;
use std::time::Instant;

/// A layer. Images are NCHW; the first `Fc` stretches its input.
#[derive(Clone, Copy, Debug)]
pub enum Layer {
    Conv { filters: usize, size: usize, stride: usize, pad: usize },
    Relu,
    Pool { size: usize, stride: usize },
    Norm,
    Fc { outputs: usize, bias: bool },
}

/// A chain of layers.
#[derive(Clone, Debug)]
pub struct Net {
    /// Channels, height, width.
    pub input: [usize; 3],
    /// Each layer with the channels, height and width of its input.
    pub layers: Vec<(Layer, [usize; 3])>,
    pub outputs: usize,
    /// Learns to repeat its input (mean squared error) instead of classes (cross-entropy).
    pub repeats_input: bool,
}

impl Net {
    /// Reads a network's line in `networks.txt`.
    fn named(name: &str) -> Option<Self> {
        let lines = include_str!("../networks.txt").lines().filter_map(|line| line.split_once(':'));
        let (head, chain) = lines
            .filter(|(head, _)| !head.starts_with('#'))
            .find(|(head, _)| head.split_whitespace().next() == Some(name))?;
        let sizes: Vec<usize> = head.split_whitespace().skip(1).map(|size| size.parse().ok()).collect::<Option<_>>()?;
        let input: [usize; 3] = sizes.try_into().ok()?;
        let mut shape = input;
        let layers = chain.split(',').map(|layer| {
            let layer = Layer::parse(layer)?;
            let before = shape;
            shape = layer.after(shape);
            Some((layer, before))
        });
        let layers = layers.collect::<Option<_>>()?;
        Some(Self { input, layers, outputs: shape[0], repeats_input: name == "autoencoder" })
    }
}

impl Layer {
    fn parse(words: &str) -> Option<Self> {
        let (name, sizes) = words.trim().split_once(' ').unwrap_or((words.trim(), ""));
        let sizes: Vec<usize> = sizes.split_whitespace().map(|size| size.parse().ok()).collect::<Option<_>>()?;
        Some(match (name, sizes.as_slice()) {
            ("conv", &[filters, size, stride, pad]) => Self::Conv { filters, size, stride, pad },
            ("pool", &[size, stride]) => Self::Pool { size, stride },
            ("fc", &[outputs]) => Self::Fc { outputs, bias: true },
            ("fc_nobias", &[outputs]) => Self::Fc { outputs, bias: false },
            ("norm", []) => Self::Norm,
            ("relu", []) => Self::Relu,
            _ => return None,
        })
    }

    /// The shape that the layer makes of another. Windows that do not tile are rounded down, as everywhere but here.
    fn after(self, [channels, height, width]: [usize; 3]) -> [usize; 3] {
        match self {
            Self::Conv { filters, size, stride, pad } => {
                let out = |len: usize| (len + 2 * pad - size) / stride + 1;
                [filters, out(height), out(width)]
            }
            Self::Pool { size, stride } => [channels, (height - size) / stride + 1, (width - size) / stride + 1],
            Self::Fc { outputs, .. } => [outputs, 1, 1],
            Self::Relu | Self::Norm => [channels, height, width],
        }
    }
}

/// What the command line asks for.
pub struct Request {
    pub net: Net,
    pub train: bool,
    pub batch: usize,
    pub threads: usize,
    pub seconds: f64,
}

/// Step of the gradient descent: small, so that nothing diverges while it is timed.
pub const RATE: f64 = 1e-4;
pub const MOMENTUM: f64 = 0.9;

/// Reads the command line.
pub fn request() -> Request {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let parse = || -> Option<Request> {
        let [net, task, batch, threads, seconds] = words.as_slice() else { return None };
        Some(Request {
            net: Net::named(net)?,
            train: match task.as_str() {
                "infer" => false,
                "train" => true,
                _ => return None,
            },
            batch: batch.parse().ok()?,
            threads: threads.parse().ok()?,
            seconds: seconds.parse().ok()?,
        })
    };
    parse().unwrap_or_else(|| no("takes NET infer|train BATCH THREADS SECONDS"))
}

/// The whole program of a library that only infers: `infer` reports the figure.
pub fn infer_only<E: Display>(infer: impl FnOnce(&Request) -> Result<(), E>) {
    let request = request();
    if request.train {
        no("only infers");
    }
    if let Err(error) = infer(&request) {
        no(&format!("{error:#}"));
    }
}

/// Says why there is no figure, and ends.
pub fn no(reason: &str) -> ! {
    println!("{{\"error\": {reason:?}}}");
    std::process::exit(1)
}

impl Request {
    /// A fixed batch of inputs.
    pub fn inputs(&self) -> Vec<f32> {
        (0..self.batch * self.net.input.iter().product::<usize>()).map(|i| noise(i as u64)).collect()
    }

    /// A class for each sample.
    pub fn classes(&self) -> impl Iterator<Item = usize> {
        (0..self.batch).map(|i| i * 7 % self.net.outputs)
    }

    /// Times `work`, one batch, and prints the figure. On one thread that is processor time.
    pub fn report(&self, mut work: impl FnMut()) {
        let (begun, mut calls) = (Instant::now(), 0);
        while calls < 2 || begun.elapsed().as_secs_f64() < self.seconds / 4.0 {
            work();
            calls += 1;
        }
        // A timing long enough for the clock.
        let each = begun.elapsed().as_secs_f64() / f64::from(calls);
        let inner = (200e-6 / each).ceil() as usize;
        let (begun, mut times) = (Instant::now(), Vec::new());
        let now = || if self.threads == 1 { ProcessTime::now().as_duration() } else { begun.elapsed() };
        while times.len() < 5 || begun.elapsed().as_secs_f64() < self.seconds {
            let start = now();
            (0..inner).for_each(|_| work());
            times.push((now() - start).as_secs_f64() / inner as f64);
        }
        times.sort_by(f64::total_cmp);
        println!("{{\"us\": {}}}", times[times.len() / 2] * 1e6 / self.batch as f64);
    }
}

/// A number in -1..1 (SplitMix64: Steele, Lea, Flood, 2014).
pub fn noise(i: u64) -> f32 {
    let z = i.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    ((z ^ (z >> 27)) >> 40) as f32 / (1 << 23) as f32 - 1.0
}
