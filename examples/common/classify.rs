//! What the classifiers of pictures share: their data, their command line, their training.

use std::path::PathBuf;

use cnn::data::{self, Dataset};
use cnn::{ConfusionMatrix, Error, Fit, Loss, Network, Sgd, Trainer, Volume};

/// Where the pictures come from.
pub(crate) enum Pictures {
    /// 28x28 pixels of grey: Fashion-MNIST, the embedded part or the files in a folder.
    Grey(Dataset<Volume<28, 28, 1>>, Dataset<Volume<28, 28, 1>>),
    /// 32x32 pixels of colour: CIFAR-10.
    Colour(Dataset<Volume<32, 32, 3>>, Dataset<Volume<32, 32, 3>>),
}

/// What the command line asks for.
pub(crate) struct Options {
    pub(crate) epochs: usize,
    pub(crate) rate: f32,
    pub(crate) seed: u64,
    pub(crate) fashion: Option<PathBuf>,
    pub(crate) cifar: Option<PathBuf>,
}

impl Options {
    /// Reads the command line; prints `help` and gives `None` if it asks for help.
    pub(crate) fn from_arguments(help: &str, epochs: usize, rate: f32) -> Result<Option<Self>, lexopt::Error> {
        use lexopt::prelude::*;
        let mut options = Self { epochs, rate, seed: 1, fashion: None, cifar: None };
        let mut arguments = lexopt::Parser::from_env();
        while let Some(argument) = arguments.next()? {
            match argument {
                Long("epochs") => options.epochs = arguments.value()?.parse()?,
                Long("rate") => options.rate = arguments.value()?.parse()?,
                Long("seed") => options.seed = arguments.value()?.parse()?,
                Long("fashion") => options.fashion = Some(arguments.value()?.into()),
                Long("cifar") => options.cifar = Some(arguments.value()?.into()),
                Short('h') | Long("help") => {
                    println!("{help}\n{OPTIONS}");
                    return Ok(None);
                }
                _ => return Err(argument.unexpected()),
            }
        }
        Ok(Some(options))
    }

    /// The pictures that the options name, their pixels centred on zero.
    pub(crate) fn pictures(&self) -> Result<Pictures, Error> {
        if let Some(dir) = &self.cifar {
            let (mut train, mut test) = data::cifar10(dir)?;
            let normalize = train.statistics();
            normalize.apply(&mut train);
            normalize.apply(&mut test);
            return Ok(Pictures::Colour(train, test));
        }
        let (mut train, mut test) = match &self.fashion {
            Some(dir) => data::fashion_mnist(dir)?,
            None => data::fashion(),
        };
        let normalize = train.statistics();
        normalize.apply(&mut train);
        normalize.apply(&mut test);
        Ok(Pictures::Grey(train, test))
    }
}

const OPTIONS: &str = "
  --epochs N     passes over the training pictures
  --rate R       learning rate
  --seed N       where all random numbers come from (default 1)
  --fashion DIR  train on the whole of Fashion-MNIST (IDX files, plain or gzip) in DIR
  --cifar DIR    train on CIFAR-10 (binary files) in DIR: 32x32x3 stretched to 3072, as on the slides
  --help         print this";

/// Trains a classifier of ten kinds of pictures with plain SGD and prints how well it does.
pub(crate) fn train<N, L>(
    net: N,
    loss: L,
    train: &Dataset<N::Input>,
    test: &Dataset<N::Input>,
    options: &Options,
) -> Result<N, Error>
where
    N: Network<Output = [f32; 10]>,
    L: Loss<[f32; 10], usize>,
{
    let optimizer = Sgd::new(options.rate).momentum(0.9).weight_decay(1e-2);
    let mut trainer = Trainer::new(net, loss, optimizer);
    trainer.fit(train, test, Fit::epochs(options.epochs).batch(64).seed(options.seed))?;
    let mut net = trainer.into_net();
    let mut scores = vec![[0.0; 10]; test.len()];
    net.model_mut().forward_batch(test.inputs(), &mut scores);
    let accuracy = ConfusionMatrix::of(&scores, test.targets()).accuracy();
    println!("{}: {:.2} % of {} test pictures right\n", N::NAME, 100.0 * accuracy, test.len());
    Ok(net)
}
