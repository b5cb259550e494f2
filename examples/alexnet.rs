//! AlexNet (Krizhevsky, Sutskever, Hinton, *ImageNet classification with deep convolutional neural networks*, 2012):
//! the whole network at its full size, its numbers beside the published ones, and steps of its training.
//!
//!     cargo run --release --example alexnet
//!
//! The paper learnt from 1.2 million pictures for five to six days. This example has no ImageNet: it learns eight The
//! paper learnt from 1.2 million pictures for five to six days. There is no ImageNet here: the network learns pictures
//! of stripes, which the example makes itself, by heart, to show that forward pass, backward pass and update are whole.

#[path = "common/check.rs"]
mod check;
#[path = "common/outcome.rs"]
mod outcome;
#[path = "common/random.rs"]
mod random;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use cnn::data::Dataset;
use cnn::{Error, Sample, Sgd, SoftmaxCrossEntropy, Trainer, Volume, network};

use random::Random;

network! {
    /// AlexNet: the halves that the paper's two GPUs computed are groups here, and the numbers of the normalisation are
    /// the paper's, k = 2, n = 5, alpha = 1e-4, beta = 0.75 (its alpha is a factor of the sum of five squares, not of
    /// the mean).
    pub struct AlexNet: 227x227x3 =>
        conv(96, 11, s4)     relu lrn(5, alpha = 5e-4, k = 2.0) pool(3, s2)
        conv(256, 5, p2, g2) relu lrn(5, alpha = 5e-4, k = 2.0) pool(3, s2)
        conv(384, 3, p1)     relu
        conv(384, 3, p1, g2) relu
        conv(256, 3, p1, g2) relu pool(3, s2)
        fc(4096) relu drop(0.5)  fc(4096) relu drop(0.5)  fc(1000);
}

const _: () = assert!(AlexNet::PARAMS == 60_965_224);

const HELP: &str = "\
The whole AlexNet: its table, a forward pass, and steps of training on patterns that are made here.

cargo run --release --example alexnet -- [OPTIONS]

  --batch N  pictures of a step (default 16)
  --steps N  steps, all on the same pictures (default 10)
  --rate R   learning rate (default 0.002; the paper's 0.01 is for batches of 128)
  --seed N   where all random numbers come from (default 1)
  --help     print this";

/// What is known of each layer with weights. Neurons: the paper, section 3.5. It counts 55 rows of 48 + 48 filters and
/// 48 columns in the first layer; 55x55x96, of a picture of 227x227 (with 224, as it says, the filters do not fit), are
/// 290,400, and only with these there are the 650,000 neurons in all that it states. Parameters: Caffe's copy of the
/// network, `bvlc_alexnet` (Jia et al., 2014).
const PUBLISHED: [(&str, usize, usize); 8] = [
    ("conv1", 253_440, 34_944),
    ("conv2", 186_624, 307_456),
    ("conv3", 64_896, 885_120),
    ("conv4", 64_896, 663_936),
    ("conv5", 43_264, 442_624),
    ("fc1", 4_096, 37_752_832),
    ("fc2", 4_096, 16_781_312),
    ("fc3", 1_000, 4_097_000),
];

fn main() -> ExitCode {
    outcome::finish(run())
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let Some(options) = Options::from_arguments()? else {
        println!("{HELP}");
        return Ok(());
    };
    println!("{}", AlexNet::summary());
    compare();

    let batch = patterns(options.batch, options.seed)?;
    let start = Instant::now();
    let mut net = AlexNet::new(options.seed);
    println!("\n{} weights drawn in {:.1?}", AlexNet::PARAMS, start.elapsed());
    let (one, mut outputs) = (&batch.inputs()[0], vec![[0.0; 1000]; batch.len()]);
    // The first pass of either kind makes memory for those that follow.
    net.forward(one);
    time("forward, one picture", 1, AlexNet::MACS, || _ = net.forward(one));
    net.forward_batch(batch.inputs(), &mut outputs);
    time("forward, a batch", batch.len(), AlexNet::MACS, || net.forward_batch(batch.inputs(), &mut outputs));

    let mut trainer = trainer(net, options.rate);
    let before = trainer.evaluate(&batch);
    // Gradients of weights and of inputs take as many multiply-adds as the layer itself; nobody needs the pictures'
    // gradient.
    let macs = 3 * AlexNet::MACS - AlexNet::LAYERS[0].macs;
    println!("\n{} pictures of {PATTERNS} patterns; ln 1000 = {:.2}", batch.len(), 1000.0_f32.ln());
    for step in 1..=options.steps {
        let start = Instant::now();
        let loss = trainer.step(batch.inputs(), batch.targets());
        println!("step {step}: loss {loss:.3}   {}", speed(start.elapsed(), batch.len(), macs));
    }
    let after = trainer.evaluate(&batch);
    println!("\nwithout dropout, on the same pictures:");
    for (when, evaluation) in [("before", before), ("after", after)] {
        let right = 100.0 * evaluation.accuracy.unwrap_or(0.0);
        println!("  {when:6}  loss {:.3}, {right:.0} % right", evaluation.loss);
    }
    Ok(())
}

/// The paper's optimiser (section 5); its batches have 128 pictures.
fn trainer(net: AlexNet, rate: f32) -> Trainer<AlexNet, SoftmaxCrossEntropy, Sgd> {
    Trainer::new(net, SoftmaxCrossEntropy, Sgd::new(rate).momentum(0.9).weight_decay(5e-4))
}

/// The network's table beside what is published.
fn compare() {
    println!("layer    neurons  in the paper   parameters  in Caffe's");
    let (mut sums, mut published_sums) = ([0; 2], [0; 2]);
    for (name, neurons, params) in PUBLISHED {
        let Some(layer) = AlexNet::LAYERS.iter().find(|layer| layer.name == name) else { continue };
        let found = [layer.output.iter().product::<usize>(), layer.params];
        println!("{name:6} {:9} {neurons:13} {:12} {params:11}", found[0], found[1]);
        for i in 0..2 {
            sums[i] += found[i];
            published_sums[i] += [neurons, params][i];
        }
    }
    println!("all    {:9} {:13} {:12} {:11}", sums[0], published_sums[0], sums[1], published_sums[1]);
    println!("the paper's text says 650,000 neurons and 60 million parameters");
}

/// Runs something a few times and prints how fast it was at best.
fn time(name: &str, pictures: usize, macs: u64, mut run: impl FnMut()) {
    let times = [(); 3].map(|()| {
        let start = Instant::now();
        run();
        start.elapsed()
    });
    let least = times.into_iter().min().unwrap_or_default();
    println!("{name:22} {}", speed(least, pictures, macs));
}

/// `macs` are the multiply-adds for a picture.
fn speed(time: Duration, pictures: usize, macs: u64) -> String {
    let each = time.as_secs_f64() / pictures as f64;
    format!("{:6.1} ms a picture, {:4.0} billion multiply-adds a second", 1e3 * each, macs as f64 / each / 1e9)
}

/// How many kinds of patterns there are: the first of the thousand classes.
const PATTERNS: usize = 8;

/// Pictures of stripes, whose direction is their class; how wide they are, where they begin and their two colours are
/// drawn, and there is noise. Pixels are about zero, as the paper's without their mean.
fn patterns(n: usize, seed: u64) -> Result<Dataset<Volume<227, 227, 3>>, Error> {
    let mut random = Random::new(seed);
    let mut pictures = Volume::<227, 227, 3>::zeroed_vec(n);
    let classes: Vec<usize> = (0..n).map(|i| i % PATTERNS).collect();
    for (picture, &class) in pictures.iter_mut().zip(&classes) {
        let mut uniform = |low: f32, high: f32| low + (high - low) * random.below(1 << 20) as f32 / (1 << 20) as f32;
        let (sin, cos) = (std::f32::consts::PI * class as f32 / PATTERNS as f32).sin_cos();
        let (wave, phase) = (std::f32::consts::TAU / uniform(8.0, 32.0), uniform(0.0, std::f32::consts::TAU));
        let colour = [(); 3].map(|()| uniform(-1.0, 1.0));
        for (y, row) in picture.iter_mut().enumerate() {
            for (x, pixel) in row.iter_mut().enumerate() {
                let light = (wave * (x as f32 * cos + y as f32 * sin) + phase).sin();
                *pixel = colour.map(|c| c * light + uniform(-0.2, 0.2));
            }
        }
    }
    Dataset::new(pictures, classes)
}

struct Options {
    batch: usize,
    steps: usize,
    rate: f32,
    seed: u64,
}

impl Options {
    /// What the command line asks for; `None` if it asks for help.
    fn from_arguments() -> Result<Option<Self>, Box<dyn std::error::Error>> {
        use lexopt::prelude::*;
        let mut options = Self { batch: 16, steps: 10, rate: 0.002, seed: 1 };
        let mut arguments = lexopt::Parser::from_env();
        while let Some(argument) = arguments.next()? {
            let (name, number, most) = match argument {
                Long("batch") => ("--batch", &mut options.batch, 256),
                Long("steps") => ("--steps", &mut options.steps, 100_000),
                Long("rate") => {
                    options.rate = arguments.value()?.parse()?;
                    check::above_zero("--rate", options.rate)?;
                    continue;
                }
                Long("seed") => {
                    options.seed = arguments.value()?.parse()?;
                    continue;
                }
                Short('h') | Long("help") => return Ok(None),
                _ => return Err(argument.unexpected().into()),
            };
            *number = arguments.value()?.parse()?;
            check::count(name, *number, most)?;
        }
        Ok(Some(options))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_have_the_published_parameters_and_multiply_adds() {
        let of = |name: &str| AlexNet::LAYERS.iter().find(|layer| layer.name == name).expect("a layer");
        for (name, _, params) in PUBLISHED {
            assert_eq!(of(name).params, params, "{name}");
        }
        // Filters over half of the channels: 27 * 27 places, 256 filters of 5 * 5 * 48.
        assert_eq!(of("conv2").macs, 27 * 27 * 256 * 5 * 5 * 48);
        assert_eq!(of("conv2").output, [27, 27, 256]);
        assert_eq!(of("pool3").output, [6, 6, 256]);
        // 724 million (Sze, Chen, Yang, Emer, *Efficient processing of deep neural networks*, 2017, table II).
        assert_eq!(AlexNet::MACS / 1_000_000, 724);
    }

    #[test]
    fn a_few_steps_lower_the_loss_of_their_batch() {
        let batch = patterns(8, 1).expect("as many classes as pictures");
        let mut trainer = trainer(AlexNet::new(1), 0.002);
        let before = trainer.evaluate(&batch).loss;
        (0..6).for_each(|_| _ = trainer.step(batch.inputs(), batch.targets()));
        let after = trainer.evaluate(&batch).loss;
        assert!(after < 0.7 * before, "{after} after {before}");
    }
}
