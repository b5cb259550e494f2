//! What a network would like to see, found by climbing the gradient for its input: a picture of each class (Simonyan,
//! Vedaldi, Zisserman, *Deep inside convolutional networks*, 2013), and DeepDream (Mordvintsev, Olah, Tyka,
//! *Inceptionism: going deeper into neural networks*, 2015).
//!
//!     cargo run --release --example dream

#[path = "../common/outcome.rs"]
mod outcome;
#[path = "../common/picture.rs"]
mod picture;
#[path = "../common/random.rs"]
mod random;
#[path = "../common/sheet.rs"]
mod sheet;
#[path = "../common/weights.rs"]
mod weights;

mod ascent;
mod class_models;
mod deep_dream;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::process::ExitCode;

use cnn::data::{self, Augment, Dataset, Normalize};
use cnn::{AdamW, Error, Fit, Sample, Schedule, SoftmaxCrossEntropy, Trainer, Volume, accuracy, network};

use ascent::Ascent;
use deep_dream::Dreamer;
use random::Random;

network! {
    let trunk = {
        conv(16, 3, same) relu pool(2)
        conv(32, 3, same) relu pool(2)
        conv(64, 3, same) relu
        conv(64, 3, same) relu
    };

    /// A classifier of clothes.
    pub struct Clothes: 28x28x1 => trunk fc(10);

    // Its layers up to the one that dreams, at the sizes of four octaves. They do not learn: only the gradient for the
    // input is computed.
    pub struct Octave40: 40x40x1 => #[frozen] trunk;
    pub struct Octave56: 56x56x1 => #[frozen] trunk;
    pub struct Octave80: 80x80x1 => #[frozen] trunk;
    pub struct Octave112: 112x112x1 => #[frozen] trunk;
}

const HELP: &str = "\
Trains a classifier of clothes, then changes pictures until it sees in them what it looks for: a picture of each class,
and dreams over clouds and over clothes.

cargo run --release --example dream -- [OPTIONS]

  --epochs N      passes over the training pictures (default 10)
  --steps N       steps of the climb for the classes; an octave of a dream takes a tenth of it (default 200)
  --seed N        where all random numbers come from (default 1)
  --weights FILE  read the network from a file that an earlier run wrote, instead of training it
  --save DIR      where to write class_models.png, dream.png and dream.safetensors (default: the system's temporary folder)
  --help          print this";

/// The gradient and nothing else, for comparison.
const PLAIN: Ascent = Ascent { rate: 0.05, jitter: 0, smoothing: 0.0, range: [0.0; 2] };
/// Of smoothings of 0.03 and 0.1, the second network recognised all pictures with either, and 0.03 kept more detail.
const SMOOTH: Ascent = Ascent { jitter: 1, smoothing: 0.03, ..PLAIN };
/// With smoothings of 0.02 and more, dreams washed out what they began with.
const DREAM: Ascent = Ascent { rate: 0.03, jitter: 8, smoothing: 0.005, ..PLAIN };

type Photo = Volume<28, 28, 1>;
type Photos = Dataset<Photo>;

fn main() -> ExitCode {
    outcome::finish(run())
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let Some(options) = Options::from_arguments()? else {
        println!("{HELP}");
        return Ok(());
    };
    let (mut train, mut test) = data::fashion();
    let normalize = train.statistics();
    normalize.apply(&mut train);
    normalize.apply(&mut test);
    let range = [0.0, 1.0].map(|grey| (grey - normalize.mean[0]) / normalize.std[0]);
    println!("{}", Clothes::summary());

    let mut net = match &options.weights {
        Some(file) => Clothes::load(file)?,
        None => classifier(&train, &test, options.epochs, options.seed)?,
    };
    net.save(options.save.join("dream.safetensors"))?;
    // A second opinion: what only the first network takes for a shoe is not one.
    let mut judge = classifier(&train, &test, options.epochs, options.seed.wrapping_add(1))?;
    let right = |net: &mut Clothes| 100.0 * share_right(net, test.inputs(), test.targets());
    println!(
        "right for {:.1} % of {} test pictures, a second network for {:.1} %\n",
        right(&mut net),
        test.len(),
        right(&mut judge)
    );

    let mut random = Random::new(options.seed);
    println!("climbing from the mean picture to the score of each class, ten classes in the mean:");
    let watch = |step, score| {
        if step % (options.steps / 5).max(1) == 0 || step == options.steps {
            println!("{step:>6} steps {score:>8.2}");
        }
    };
    let smooth = class_models::climb(&mut net, &Ascent { range, ..SMOOTH }, options.steps, &mut random, watch);
    let plain = class_models::climb(&mut net, &Ascent { range, ..PLAIN }, options.steps, &mut random, |_, _| ());
    let means = class_models::means(&train);
    class_models::report(&mut [&mut net, &mut judge], &test, [&means, &plain, &smooth]);
    let file = options.save.join("class_models.png");
    class_models::draw(&file, [&means, &plain, &smooth], &normalize)?;
    println!("mean pictures, plain climbs and smooth climbs are drawn in {}\n", file.display());

    let start = deep_dream::start(&test, range, &mut random)?;
    let mut dreamer = Dreamer::new(&net, Ascent { range, ..DREAM }, options.steps / 10)?;
    println!("dreaming over clouds and over clothes; the layer's mean activity in each octave:");
    let dreams = dreamer.dream(&start, &mut random, |size, [first, last]| {
        println!("{size:>6}x{size:<3} {first:>8.2} -> {last:.2}");
    });
    deep_dream::report(&mut dreamer, &mut net, [&start, &dreams], train.class_names(), &mut random);
    let file = options.save.join("dream.png");
    deep_dream::draw(&file, [&start, &dreams], &normalize)?;
    println!("both are drawn, before and after, in {}", file.display());
    Ok(())
}

/// Trains the classifier.
fn classifier(train: &Photos, test: &Photos, epochs: usize, seed: u64) -> Result<Clothes, Error> {
    let mut trainer = Trainer::new(Clothes::new(seed), SoftmaxCrossEntropy, AdamW::new(5e-4))
        .schedule(Schedule::OneCycle { peak: 5e-3, warm: 0.25 });
    trainer.fit(
        train,
        test,
        Fit::epochs(epochs).batch(64).seed(seed).augment(Augment::new().shift(2).flip()).quiet(),
    )?;
    Ok(trainer.into_net())
}

/// The share of pictures whose class gets the highest score.
fn share_right(net: &mut Clothes, pictures: &[Photo], classes: &[usize]) -> f32 {
    let mut scores = vec![[0.0; 10]; pictures.len()];
    net.forward_batch(pictures, &mut scores);
    accuracy(&scores, classes)
}

/// A picture as people see it: 0 is black, 1 is white.
fn shown<const H: usize, const W: usize>(picture: &Volume<H, W, 1>, normalize: &Normalize) -> Box<Volume<H, W, 1>> {
    let mut shown = <Volume<H, W, 1>>::zeroed_box();
    for (shown, x) in shown.flat_mut().iter_mut().zip(picture.flat()) {
        *shown = x * normalize.std[0] + normalize.mean[0];
    }
    shown
}

struct Options {
    epochs: usize,
    steps: usize,
    seed: u64,
    weights: Option<PathBuf>,
    save: PathBuf,
}

impl Options {
    /// What the command line asks for; `None` if it asks for help.
    fn from_arguments() -> Result<Option<Self>, lexopt::Error> {
        use lexopt::prelude::*;
        let mut options = Self { epochs: 10, steps: 200, seed: 1, weights: None, save: std::env::temp_dir() };
        let mut arguments = lexopt::Parser::from_env();
        while let Some(argument) = arguments.next()? {
            match argument {
                Long("epochs") => options.epochs = arguments.value()?.parse()?,
                Long("steps") => options.steps = arguments.value()?.parse()?,
                Long("seed") => options.seed = arguments.value()?.parse()?,
                Long("weights") => options.weights = Some(arguments.value()?.into()),
                Long("save") => options.save = arguments.value()?.into(),
                Short('h') | Long("help") => return Ok(None),
                _ => return Err(argument.unexpected()),
            }
        }
        Ok(Some(options))
    }
}
