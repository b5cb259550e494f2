//! LeNet-5 learns handwritten digits: declare, train, evaluate, save, load, classify.
//!
//!     cargo run --release --example lenet

#[path = "common/outcome.rs"]
mod outcome;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use cnn::data::{self, Augment, Dataset};
use cnn::{AdamW, ConfusionMatrix, Error, Fit, Schedule, SoftmaxCrossEntropy, Trainer, Volume, network};

network! {
    /// LeNet-5 (LeCun et al., 1998), with max pooling, at the paper's input size.
    pub struct LeNet5: 32x32x1 =>
        conv(6, 5)  tanh  pool(2)
        conv(16, 5) tanh  pool(2)
        fc(120) tanh  fc(84) tanh  fc(10);
}

const HELP: &str = "\
Trains LeNet-5 on handwritten digits and shows what it has learnt.

cargo run --release --example lenet -- [OPTIONS]

  --epochs N   passes over the training digits (default 20; 10 with --data)
  --batch N    samples of a step (default 64)
  --rate R     highest learning rate (default 0.003)
  --seed N     where all random numbers come from (default 1)
  --data DIR   train on the MNIST files (IDX, plain or gzip) in DIR instead of the embedded digits
  --save FILE  where to write the weights (default: lenet5.safetensors in the system's temporary folder)
  --help       print this";

type Digits = Dataset<Volume<32, 32, 1>>;

fn main() -> ExitCode {
    outcome::finish(run())
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let Some(options) = Options::from_arguments()? else {
        println!("{HELP}");
        return Ok(());
    };
    let (train, test) = match &options.data {
        Some(dir) => mnist(dir)?,
        None => {
            let (train, test) = data::digits();
            (train.enlarge(), test.enlarge())
        }
    };
    let epochs = options.epochs.unwrap_or(if options.data.is_some() { 10 } else { 20 });
    println!("{}", LeNet5::summary());
    println!("{} digits to learn from, {} by other writers to test on", train.len(), test.len());

    let start = Instant::now();
    let mut trainer = Trainer::new(LeNet5::new(options.seed), SoftmaxCrossEntropy, AdamW::new(options.rate / 10.0))
        .schedule(Schedule::OneCycle { peak: options.rate, warm: 0.25 });
    let fit = Fit::epochs(epochs).batch(options.batch).seed(options.seed).augment(Augment::new().shift(3));
    trainer.fit(&train, &test, fit)?;
    println!("trained in {:.1} s\n", start.elapsed().as_secs_f32());

    let mut net = trainer.into_net();
    let mut scores = vec![[0.0; 10]; test.len()];
    net.forward_batch(test.inputs(), &mut scores);
    let confusion = ConfusionMatrix::of(&scores, test.targets());
    println!("{confusion}");
    println!("accuracy on {} test digits: {:.2} %\n", test.len(), 100.0 * confusion.accuracy());

    net.save(&options.save)?;
    println!("weights saved to {}; read back and shown a few digits:\n", options.save.display());
    let mut net = LeNet5::load(&options.save)?;
    for digit in test.inputs().iter().step_by(test.len() / 4).take(3) {
        let scores = net.forward(digit);
        println!("{}this is a {}\n", data::to_text(digit), cnn::argmax(scores));
    }
    Ok(())
}

/// MNIST as the paper used it: 28x28 pixels in the middle of 32x32.
fn mnist(dir: &PathBuf) -> Result<(Digits, Digits), Error> {
    let (train, test) = data::mnist(dir)?;
    let centre = |image: &Volume<28, 28, 1>| {
        let mut wide = [[[0.0]; 32]; 32];
        for (row, pixels) in wide[2..].iter_mut().zip(image) {
            row[2..30].copy_from_slice(pixels);
        }
        wide
    };
    Ok((train.map(centre), test.map(centre)))
}

struct Options {
    epochs: Option<usize>,
    batch: usize,
    rate: f32,
    seed: u64,
    data: Option<PathBuf>,
    save: PathBuf,
}

impl Options {
    /// What the command line asks for; `None` if it asks for help.
    fn from_arguments() -> Result<Option<Self>, lexopt::Error> {
        use lexopt::prelude::*;
        let save = std::env::temp_dir().join("lenet5.safetensors");
        let mut options = Self { epochs: None, batch: 64, rate: 0.003, seed: 1, data: None, save };
        let mut arguments = lexopt::Parser::from_env();
        while let Some(argument) = arguments.next()? {
            match argument {
                Long("epochs") => options.epochs = Some(arguments.value()?.parse()?),
                Long("batch") => options.batch = arguments.value()?.parse()?,
                Long("rate") => options.rate = arguments.value()?.parse()?,
                Long("seed") => options.seed = arguments.value()?.parse()?,
                Long("data") => options.data = Some(arguments.value()?.into()),
                Long("save") => options.save = arguments.value()?.into(),
                Short('h') | Long("help") => return Ok(None),
                _ => return Err(argument.unexpected()),
            }
        }
        Ok(Some(options))
    }
}
