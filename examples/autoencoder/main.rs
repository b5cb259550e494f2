//! The deep autoencoder (Hinton, Salakhutdinov, *Reducing the dimensionality of data with neural networks*, Science
//! 313, 2006): pictures as thirty numbers each, beside thirty principal components.
//!
//!     cargo run --release --example autoencoder
//!
//! As in the paper, each layer is pretrained as a restricted Boltzmann machine on what the layer before it makes of the
//! pictures (`rbm`); then the stack is unrolled, the decoder's weights being the encoder's turned round, and the whole
//! is fine-tuned by back-propagation on the cross-entropy between pictures and reconstructions. The paper fine-tunes
//! with conjugate gradients, this example with Adam.

#[path = "../common/check.rs"]
mod check;
#[path = "../common/outcome.rs"]
mod outcome;
mod pca;
#[path = "../common/picture.rs"]
mod picture;
#[path = "../common/random.rs"]
mod random;
mod rbm;
mod show;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use cnn::data::{self, Dataset};
use cnn::{Adam, BinaryCrossEntropyWithLogits, Fit, Network, Result, Sample, Schedule, Trainer, Volume, network};

use pca::Pca;
use rbm::{Hidden, Machine, Pretraining, sigmoid};

network! {
    /// 784-1000-500-250-30 and back. The code is linear, as in the paper; the last layer's sigmoid is in the loss.
    #[allow(deprecated)]
    pub struct Autoencoder: 784 =>
        fc(1000) sigmoid  fc(500) sigmoid  fc(250) sigmoid  fc(30) @code
        fc(250) sigmoid  fc(500) sigmoid  fc(1000) sigmoid  fc(784);

    /// The ways up of the machines that it starts from, from small random weights.
    pub struct Up1: 784 => #[init = 0.1] fc(1000);
    pub struct Up2: 1000 => #[init = 0.1] fc(500);
    pub struct Up3: 500 => #[init = 0.1] fc(250);
    pub struct Up4: 250 => #[init = 0.1] fc(30);
}

const HELP: &str = "\
Trains the deep autoencoder 784-1000-500-250-30 on pictures of clothes: a stack of restricted Boltzmann machines,
unrolled and fine-tuned. Compares what it makes of unseen pictures with thirty principal components. Without options: on
2,000 pictures of Fashion-MNIST for ten seconds, which is too little of both to overtake PCA. Longer runs overtake it on
the pictures that they learn from (--pretrain 30 --epochs 60 --rate 0.002), and on unseen ones need more pictures.

cargo run --release --example autoencoder -- [OPTIONS]

  --pretrain N   passes over the pictures for each machine (default 15; 0 starts from random weights)
  --epochs N     passes over the pictures of fine-tuning (default 10)
  --rate R       highest learning rate of fine-tuning (default 0.003)
  --seed N       where all random numbers come from (default 1)
  --fashion DIR  learn from the whole of Fashion-MNIST (IDX files, plain or gzip) in DIR
  --save FILE    where to write the picture (default: autoencoder.png in the system's temporary folder)
  --help         print this";

/// A picture row by row.
type Picture = [f32; 784];

fn main() -> ExitCode {
    outcome::finish(run())
}

fn run() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let Some(options) = Options::from_arguments()? else {
        println!("{HELP}");
        return Ok(());
    };
    let (train, test) = match &options.fashion {
        Some(dir) => data::fashion_mnist(dir)?,
        None => data::fashion(),
    };
    let (train, test) = (flat(&train), flat(&test));
    println!("{}\n", Autoencoder::summary());
    println!("{} pictures to learn from, {} to test on\n", train.len(), test.len());
    println!("squared error of a picture, all pixels, mean     learnt from      unseen   seconds");

    let row = |name: &str, train_error: f64, test_error: f64, start: Instant| {
        println!("{name:<46} {train_error:>13.2} {test_error:>11.2} {:>9.1}", start.elapsed().as_secs_f64());
    };
    let start = Instant::now();
    let mean = Pca::new(&train, 0);
    let errors = |reconstruct: &dyn Fn(&Picture) -> Picture| {
        [&train, &test].map(|set| squared_error(set, &set.iter().map(reconstruct).collect::<Vec<_>>()))
    };
    let [train_error, test_error] = errors(&|x| mean.reconstruct(x));
    row("the mean picture", train_error, test_error, start);

    let start = Instant::now();
    let pca = Pca::new(&train, 30);
    let [train_error, test_error] = errors(&|x| pca.reconstruct(x));
    row("30 principal components", train_error, test_error, start);

    let mut net = Autoencoder::new(options.seed);
    if options.pretrain > 0 {
        let start = Instant::now();
        net = pretrain(&train, &options)?;
        let [train_error, test_error] = [&train, &test].map(|set| squared_error(set, &reconstruct(&mut net, set)));
        row("autoencoder, pretrained alone", train_error, test_error, start);
    }
    let start = Instant::now();
    let mut net = fine_tune(net, &train, &test, &options)?;
    let [train_error, test_error] = [&train, &test].map(|set| squared_error(set, &reconstruct(&mut net, set)));
    let from = if options.pretrain > 0 { "autoencoder, then fine-tuned" } else { "autoencoder from random weights" };
    row(from, train_error, test_error, start);

    let shown: Vec<Picture> = test.iter().step_by((test.len() / 10).max(1)).take(10).copied().collect();
    let deep = reconstruct(&mut net, &shown);
    let linear: Vec<Picture> = shown.iter().map(|x| pca.reconstruct(x)).collect();
    println!(
        "\nunseen pictures, what the autoencoder makes of their thirty numbers, and what PCA makes of its thirty:"
    );
    for i in [0, 1] {
        println!("{}", data::to_text(&show::side_by_side([&shown[i], &deep[i], &linear[i]])));
    }
    picture::save(&options.save, &show::sheet([&shown, &deep, &linear]))?;
    println!("ten of them, in rows as in the paper's figure 2: {}", options.save.display());
    Ok(())
}

/// Trains a stack of machines, each on what the one below makes of the pictures, and unrolls it.
fn pretrain(pictures: &[Picture], options: &Options) -> Result<Autoencoder> {
    let how = |layer: u64| Pretraining { epochs: options.pretrain, batch: 50, seed: options.seed.wrapping_add(layer) };
    let seed = options.seed;
    let (first, features) = Machine::train(Up1::new(seed), Hidden::Binary, pictures.to_vec(), how(1))?;
    let (second, features) = Machine::train(Up2::new(seed), Hidden::Binary, features, how(2))?;
    let (third, features) = Machine::train(Up3::new(seed), Hidden::Binary, features, how(3))?;
    let (fourth, _) = Machine::train(Up4::new(seed), Hidden::Linear, features, how(4))?;

    let mut net = Autoencoder::zeroed();
    unroll(&mut net, &first, ["fc1", "fc8"])?;
    unroll(&mut net, &second, ["fc2", "fc7"])?;
    unroll(&mut net, &third, ["fc3", "fc6"])?;
    unroll(&mut net, &fourth, ["fc4", "fc5"])?;
    Ok(net)
}

/// Gives a machine's way up to one layer of the network, and its way down to another.
fn unroll<Up: Network>(net: &mut Autoencoder, machine: &Machine<Up>, [up, down]: [&str; 2]) -> Result<()> {
    let model = machine.up.model();
    let (weight, bias) = (model.tensor("fc1.weight")?, model.tensor("fc1.bias")?);
    let [hidden, visible] = [weight.shape[0], weight.shape[1]];
    let turned: Vec<f32> = (0..visible)
        .flat_map(|v| (0..hidden).map(move |h| (h, v)))
        .map(|(h, v)| weight.values[h * visible + v])
        .collect();
    net.set_tensor(&format!("{up}.weight"), &weight.values)?;
    net.set_tensor(&format!("{up}.bias"), &bias.values)?;
    net.set_tensor(&format!("{down}.weight"), &turned)?;
    net.set_tensor(&format!("{down}.bias"), &machine.visible_bias)
}

/// Back-propagation through the whole: every picture is its own target.
fn fine_tune(net: Autoencoder, train: &[Picture], test: &[Picture], options: &Options) -> Result<Autoencoder> {
    let [train, test] = [train, test].map(|set| Dataset::new(set.to_vec(), set.to_vec()));
    let mut trainer = Trainer::new(net, BinaryCrossEntropyWithLogits, Adam::new(options.rate))
        .schedule(Schedule::Cosine { min: 0.0 });
    trainer.fit(&train?, &test?, Fit::epochs(options.epochs).batch(50).seed(options.seed).quiet())?;
    Ok(trainer.into_net())
}

/// What the autoencoder makes of pictures.
fn reconstruct(net: &mut Autoencoder, pictures: &[Picture]) -> Vec<Picture> {
    let mut outputs = Picture::zeroed_vec(pictures.len());
    net.forward_batch(pictures, &mut outputs);
    outputs.as_flattened_mut().iter_mut().for_each(|x| *x = sigmoid(*x));
    outputs
}

/// The squared differences of all pixels of a picture, added up, and the mean of that over the pictures, as in the
/// paper.
fn squared_error(pictures: &[Picture], reconstructions: &[Picture]) -> f64 {
    let pixels = pictures.as_flattened().iter().zip(reconstructions.as_flattened());
    pixels.map(|(a, b)| f64::from(a - b).powi(2)).sum::<f64>() / pictures.len() as f64
}

/// Pictures row by row.
fn flat(pictures: &Dataset<Volume<28, 28, 1>>) -> Vec<Picture> {
    let mut rows = Picture::zeroed_vec(pictures.len());
    for (row, picture) in rows.iter_mut().zip(pictures.inputs()) {
        row.copy_from_slice(picture.flat());
    }
    rows
}

struct Options {
    pretrain: usize,
    epochs: usize,
    rate: f32,
    seed: u64,
    fashion: Option<PathBuf>,
    save: PathBuf,
}

impl Options {
    /// What the command line asks for; `None` if it asks for help.
    fn from_arguments() -> std::result::Result<Option<Self>, Box<dyn std::error::Error>> {
        use lexopt::prelude::*;
        let save = std::env::temp_dir().join("autoencoder.png");
        let mut options = Self { pretrain: 15, epochs: 10, rate: 0.003, seed: 1, fashion: None, save };
        let mut arguments = lexopt::Parser::from_env();
        while let Some(argument) = arguments.next()? {
            match argument {
                Long("pretrain") => options.pretrain = arguments.value()?.parse()?,
                Long("epochs") => options.epochs = arguments.value()?.parse()?,
                Long("rate") => options.rate = arguments.value()?.parse()?,
                Long("seed") => options.seed = arguments.value()?.parse()?,
                Long("fashion") => options.fashion = Some(arguments.value()?.into()),
                Long("save") => options.save = arguments.value()?.into(),
                Short('h') | Long("help") => return Ok(None),
                _ => return Err(argument.unexpected().into()),
            }
        }
        if options.epochs == 0 {
            return Err("--epochs is 0, expected at least 1".into());
        }
        check::above_zero("--rate", options.rate)?;
        Ok(Some(options))
    }
}
