//! Retrieval (Krizhevsky, Sutskever, Hinton, *ImageNet classification with deep convolutional neural networks*, 2012,
//! section 6.1 and figure 4): the training pictures whose features, what the last hidden layer makes of them, lie
//! nearest to those of a test picture.
//!
//!     cargo run --release --example retrieval

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

mod rank;
#[cfg(test)]
mod tests;
mod triplets;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use cnn::data::{self, Augment, Dataset};
use cnn::{AdamW, Error, Fit, Sample, Schedule, SoftmaxCrossEntropy, Trainer, Volume, network};

use random::Random;
use rank::{Features, Quality, nearest};

/// Numbers of a picture's features.
const SIZE: usize = 64;

network! {
    let size = 64;
    let trunk = {
        conv(16, 3, same) relu pool(2)
        conv(32, 3, same) relu pool(2)
        fc(size)
    };

    /// A classifier of clothes; its last hidden layer is what pictures are compared by.
    pub struct Clothes: 28x28x1 => trunk relu @features fc(10);

    /// The same layers as an embedding: a place on the unit sphere for every picture, and no classes.
    pub struct Embedding: 28x28x1 => trunk l2norm;

    /// What trains the embedding: three pictures under the same weights.
    pub struct Triplets: (anchor: 28x28x1, alike: 28x28x1, other: 28x28x1) =>
        cat[trunk(anchor) l2norm | trunk(alike) l2norm | trunk(other) l2norm];
}

const HELP: &str = "\
Finds the nearest of 2,000 pictures of clothes for each of 500 others: by their pixels, and by the features that a
network has learnt for classification, and from triplets.

cargo run --release --example retrieval -- [OPTIONS]

  --epochs N   passes over the training pictures, for either network (default 10)
  --seed N     where all random numbers come from (default 1)
  --save FILE  where to draw a query of each class with its nearest pictures (default: retrieval.png in the system's
               temporary folder)
  --help       print this";

type Pictures = Dataset<Volume<28, 28, 1>>;

fn main() -> ExitCode {
    outcome::finish(run())
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let Some(options) = Options::from_arguments()? else {
        println!("{HELP}");
        return Ok(());
    };
    let (train, test) = data::fashion();
    let normalize = train.statistics();
    let [mut pictures, mut queries] = [train.clone(), test.clone()];
    normalize.apply(&mut pictures);
    normalize.apply(&mut queries);
    println!("{}", Clothes::summary());

    let mut untrained = Clothes::new(options.seed);
    let mut clothes = classifier(&pictures, &queries, options.epochs, options.seed)?;
    let mut embedding = triplets::train(&pictures, options.epochs, options.seed)?;

    println!("{} queries among {} pictures; a picture of the query's class is right\n", queries.len(), pictures.len());
    println!("{:>24}  {:>11}  {:>12}  {:>22}", "nearest by", "right of 5", "right of 10", "mean average precision");
    let mut random = Random::new(options.seed);
    let sets = [&pictures, &queries];
    compare("chance", sets, |_| vec![random.unit()]);
    compare("pixels", sets, |picture| picture.flat().to_vec());
    compare("an untrained network", sets, |picture| features(&mut untrained, picture));
    let [all, asked] = compare("a classifier's features", sets, |picture| features(&mut clothes, picture));
    compare("a triplet embedding", sets, |picture| embedding.forward(picture).to_vec());

    // The first query of each class, not the prettiest.
    let shown: Vec<usize> =
        (0..10).filter_map(|class| test.targets().iter().position(|&target| target == class)).collect();
    let orders: Vec<Vec<usize>> = shown.iter().map(|&query| nearest(&asked.vectors[query], &all.vectors)).collect();
    println!("\nqueries, and the classes of the nearest pictures by the classifier's features:");
    let name = |class: usize| &train.class_names()[class];
    for (&query, order) in shown.iter().zip(&orders) {
        let answers: Vec<&str> = order[..SHOWN].iter().map(|&answer| &name(train.targets()[answer])[..]).collect();
        println!("{:>12}: {}", name(test.targets()[query]), answers.join(", "));
    }
    let mut row: Volume<28, 112, 1> = [[[0.0]; 112]; 28];
    sheet::draw(&mut row, &test.inputs()[shown[0]], [0, 0], 1);
    for (i, &answer) in orders[0][..3].iter().enumerate() {
        sheet::draw(&mut row, &train.inputs()[answer], [0, 28 * (i + 1)], 1);
    }
    println!("\nthe first query and its three nearest pictures\n{}", data::to_text(&row));
    draw(&options.save, [&train, &test], &shown, &orders)?;
    println!("all of them are drawn in {}", options.save.display());
    Ok(())
}

/// Nearest pictures that are shown: as many as in the paper's figure.
const SHOWN: usize = 6;

/// Trains the classifier.
fn classifier(pictures: &Pictures, queries: &Pictures, epochs: usize, seed: u64) -> Result<Clothes, Error> {
    let mut trainer = Trainer::new(Clothes::new(seed), SoftmaxCrossEntropy, AdamW::new(3e-4))
        .schedule(Schedule::OneCycle { peak: 3e-3, warm: 0.25 });
    let fit = Fit::epochs(epochs).batch(64).seed(seed).augment(Augment::new().shift(1).flip()).quiet();
    trainer.fit(pictures, queries, fit)?;
    let accuracy = trainer.evaluate(queries).accuracy.unwrap_or(f32::NAN);
    println!("as a classifier it is right for {:.1} % of the queries", 100.0 * accuracy);
    Ok(trainer.into_net())
}

/// What the last hidden layer makes of a picture.
fn features(net: &mut Clothes, picture: &Volume<28, 28, 1>) -> Vec<f32> {
    net.forward(picture);
    net.tap("features").expect("`@features` is a tap of the network, which has just run")
}

/// Prints how good the rankings by some features are, and returns these.
fn compare<'a>(
    name: &str,
    sets: [&'a Pictures; 2],
    mut features: impl FnMut(&Volume<28, 28, 1>) -> Vec<f32>,
) -> [Features<'a>; 2] {
    let [pictures, queries] = sets.map(|set| Features::of(set, &mut features));
    let Quality { at_5, at_10, mean_average_precision } = Quality::of(&queries, &pictures);
    let [at_5, at_10, mean] = [at_5, at_10, mean_average_precision].map(|share| 100.0 * share);
    println!("{name:>24}  {at_5:>9.1} %  {at_10:>10.1} %  {mean:>20.1} %");
    [pictures, queries]
}

/// Draws each query at the left of its nearest pictures, which stand in the order of their distance. Right ones are
/// framed in green, others in red.
fn draw(path: &Path, [train, test]: [&Pictures; 2], queries: &[usize], orders: &[Vec<usize>]) -> std::io::Result<()> {
    const SCALE: usize = 2;
    const CELL: usize = 28 * SCALE + 8;
    let mut drawing = <Volume<{ 10 * CELL }, { (1 + SHOWN) * CELL + 8 }, 3>>::zeroed_box();
    drawing.as_flattened_mut().fill([1.0; 3]);
    let colour = |picture: &Volume<28, 28, 1>| picture.map(|row| row.map(|[grey]| [grey; 3]));
    for (row, (&query, order)) in queries.iter().zip(orders).enumerate() {
        sheet::draw(&mut drawing, &colour(&test.inputs()[query]), [row * CELL + 4, 4], SCALE);
        for (column, &answer) in order[..SHOWN].iter().enumerate() {
            let [top, left] = [row * CELL + 4, (column + 1) * CELL + 12];
            let is_right = train.targets()[answer] == test.targets()[query];
            let frame = if is_right { [0.2, 0.7, 0.2] } else { [0.8, 0.1, 0.1] };
            sheet::draw(&mut drawing, &[[frame; 30]; 30], [top - SCALE, left - SCALE], SCALE);
            sheet::draw(&mut drawing, &colour(&train.inputs()[answer]), [top, left], SCALE);
        }
    }
    picture::save(path, &drawing)
}

struct Options {
    epochs: usize,
    seed: u64,
    save: PathBuf,
}

impl Options {
    /// What the command line asks for; `None` if it asks for help.
    fn from_arguments() -> Result<Option<Self>, lexopt::Error> {
        use lexopt::prelude::*;
        let mut options = Self { epochs: 10, seed: 1, save: std::env::temp_dir().join("retrieval.png") };
        let mut arguments = lexopt::Parser::from_env();
        while let Some(argument) = arguments.next()? {
            match argument {
                Long("epochs") => options.epochs = arguments.value()?.parse()?,
                Long("seed") => options.seed = arguments.value()?.parse()?,
                Long("save") => options.save = arguments.value()?.into(),
                Short('h') | Long("help") => return Ok(None),
                _ => return Err(argument.unexpected()),
            }
        }
        Ok(Some(options))
    }
}
