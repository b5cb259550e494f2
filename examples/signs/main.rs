//! Traffic signs: features of two scales (Sermanet and LeCun, 2011), and a committee (Ciresan et al., 2012).
//!
//!     cargo run --release --example signs
//!
//! "Traffic sign recognition with multi-scale convolutional networks" lets the classifier see the first stage's
//! features, pooled once more, beside those of the second stage. "Multi-column deep neural network for traffic sign
//! classification" trains networks on the same pictures, prepared in different ways, and averages what they answer.
//! The signs here are drawn by `sign.rs`.

#[path = "../common/check.rs"]
mod check;
#[path = "../common/outcome.rs"]
mod outcome;
#[path = "../common/picture.rs"]
mod picture;
mod prepare;
#[path = "../common/random.rs"]
mod random;
mod sign;
#[path = "../common/softmax.rs"]
mod softmax;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use cnn::data::Dataset;
use cnn::{Adam, Network, Sample as _, Schedule, SoftmaxCrossEntropy, Trainer, Volume, network};

use prepare::{PREPARATIONS, Preparation};
use random::Random;
use sign::{Picture, SIGNS, SIZE};
use softmax::softmax;

network! {
    let signs = 16;
    block stage(filters) { conv(filters, 5) relu pool(2) }

    /// The classifier sees what the second stage finds.
    pub struct SingleScale: 32x32x3 => stage(12) stage(24) fc(64) relu fc(signs);

    /// The classifier sees what both stages find.
    pub struct MultiScale: 32x32x3 => stage(12) cat[pool(2) flatten | stage(24) flatten] fc(64) relu fc(signs);
}

const HELP: &str = "\
Learns to tell 16 traffic signs: with features of one scale and of two, and as a committee of networks that see the
pictures prepared in different ways.

cargo run --release --example signs -- [OPTIONS]

  --signs N    photographs to learn from (default 1600)
  --test N     photographs to test on (default 1600)
  --epochs N   passes over them (default 10)
  --seed N     where all random numbers come from (default 1)
  --save FILE  where some photographs are shown as each member sees them (default: signs.png in the system's temporary
               folder)
  --help       print this";

type Photographs = Dataset<Picture>;
type Scores = [f32; SIGNS.len()];

fn main() -> ExitCode {
    outcome::finish(run())
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let Some(options) = Options::from_arguments()? else {
        println!("{HELP}");
        return Ok(());
    };
    let mut random = Random::new(options.seed);
    let (learn, test) = (photographs(options.signs, &mut random)?, photographs(options.test, &mut random)?);
    show(&test, &options)?;
    println!("{}", MultiScale::summary());
    println!("errors on {} photographs, after {} others:\n", test.len(), learn.len());
    println!("chance                              {:5.2} %", 100.0 - 100.0 / SIGNS.len() as f32);

    let report = |name: &str, prepared: &str, votes: &[Scores], start: Instant| {
        let error = 100.0 * (1.0 - cnn::accuracy(votes, test.targets()));
        println!("{name:12}  {prepared:20}  {error:5.2} %   ({:.1} s)", start.elapsed().as_secs_f32());
    };
    let start = Instant::now();
    let votes = vote(SingleScale::new(options.seed), &learn, &test, PREPARATIONS[0].1, &options);
    report("single scale", PREPARATIONS[0].0, &votes, start);
    let all = Instant::now();
    let mut members = Vec::new();
    for (i, (name, prepare)) in PREPARATIONS.iter().enumerate() {
        let start = Instant::now();
        let votes = vote(MultiScale::new(options.seed.wrapping_add(i as u64)), &learn, &test, *prepare, &options);
        report("two scales", name, &votes, start);
        members.push(votes);
    }
    report("committee", "all five", &committee(&members), all);
    Ok(())
}

/// Photographs of all signs in turn.
fn photographs(count: usize, random: &mut Random) -> cnn::Result<Photographs> {
    let classes: Vec<usize> = (0..count).map(|i| i % SIGNS.len()).collect();
    let pictures = classes.iter().map(|&class| SIGNS[class].photograph(random)).collect();
    Dataset::new(pictures, classes)?.with_class_names(SIGNS.iter().map(|sign| sign.name))
}

/// Trains a member on pictures that are prepared its way; how probable it finds each class for each test picture.
fn vote<N: Network<Input = Picture, Output = Scores>>(
    net: N,
    learn: &Photographs,
    test: &Photographs,
    prepare: Preparation,
    options: &Options,
) -> Vec<Scores> {
    const BATCH: usize = 32;
    let (mut learn, mut test) = (learn.clone().map(prepare), test.clone().map(prepare));
    let normalize = learn.statistics();
    normalize.apply(&mut learn);
    normalize.apply(&mut test);

    let steps = learn.len().div_ceil(BATCH) * options.epochs;
    let mut trainer = Trainer::new(net, SoftmaxCrossEntropy, Adam::new(1e-3))
        .schedule(Schedule::Cosine { min: 0.0 })
        .total_steps(steps as u64);
    let mut batches = learn.batches(options.seed, BATCH);
    for epoch in 0..options.epochs {
        batches.begin(epoch);
        while let Some((pictures, classes)) = batches.next_batch() {
            trainer.step(pictures, classes);
        }
    }
    let mut scores = vec![[0.0; SIGNS.len()]; test.len()];
    trainer.net_mut().model_mut().forward_batch(test.inputs(), &mut scores);
    scores.iter().map(softmax).collect()
}

/// The mean of what the members find probable.
fn committee(members: &[Vec<Scores>]) -> Vec<Scores> {
    let mean = |i: usize| -> Scores {
        std::array::from_fn(|class| members.iter().map(|votes| votes[i][class]).sum::<f32>() / members.len() as f32)
    };
    (0..members[0].len()).map(mean).collect()
}

/// Draws the first photograph of each sign, one row for each way in which the members see it.
fn show(test: &Photographs, options: &Options) -> Result<(), Box<dyn std::error::Error>> {
    let mut sheet = Volume::<{ SIZE * PREPARATIONS.len() }, { SIZE * SIGNS.len() }, 3>::zeroed_box();
    for (row, (_, prepare)) in PREPARATIONS.iter().enumerate() {
        for (column, picture) in test.inputs().iter().take(SIGNS.len()).enumerate() {
            let mut prepared = prepare(picture);
            if row + 1 == PREPARATIONS.len() {
                // Contrast lies around zero.
                prepared.as_flattened_mut().as_flattened_mut().iter_mut().for_each(|value| *value = 0.5 + 0.2 * *value);
            }
            for (to, from) in sheet[row * SIZE..].iter_mut().zip(prepared) {
                to[column * SIZE..][..SIZE].copy_from_slice(&from);
            }
        }
    }
    picture::save(&options.save, &sheet)?;
    println!("photographs of every sign, as each member sees them, are shown in {}\n", options.save.display());
    Ok(())
}

struct Options {
    signs: usize,
    test: usize,
    epochs: usize,
    seed: u64,
    save: PathBuf,
}

impl Options {
    /// What the command line asks for; `None` if it asks for help.
    fn from_arguments() -> Result<Option<Self>, Box<dyn std::error::Error>> {
        use lexopt::prelude::*;
        let save = std::env::temp_dir().join("signs.png");
        let mut options = Self { signs: 1600, test: 1600, epochs: 10, seed: 1, save };
        let mut arguments = lexopt::Parser::from_env();
        while let Some(argument) = arguments.next()? {
            match argument {
                Long("signs") => options.signs = arguments.value()?.parse()?,
                Long("test") => options.test = arguments.value()?.parse()?,
                Long("epochs") => options.epochs = arguments.value()?.parse()?,
                Long("seed") => options.seed = arguments.value()?.parse()?,
                Long("save") => options.save = arguments.value()?.into(),
                Short('h') | Long("help") => return Ok(None),
                _ => return Err(argument.unexpected().into()),
            }
        }
        for (name, value, most) in [
            ("--signs", options.signs, 100_000),
            ("--test", options.test, 100_000),
            ("--epochs", options.epochs, 1_000),
        ] {
            check::count(name, value, most)?;
        }
        Ok(Some(options))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_committee_is_the_mean() {
        let one = |class: usize, probability: f32| {
            let mut votes = [(1.0 - probability) / 15.0; SIGNS.len()];
            votes[class] = probability;
            vec![votes]
        };
        let votes = committee(&[one(2, 0.85), one(5, 0.4), one(5, 0.55)]);
        assert_eq!(cnn::argmax(&votes[0]), 5);
        assert!((votes[0][5] - (0.01 + 0.4 + 0.55) / 3.0).abs() < 1e-6);
        assert!((votes[0].iter().sum::<f32>() - 1.0).abs() < 1e-6);
    }

    #[test]
    fn softmax_by_hand() {
        let mut scores = [f32::NEG_INFINITY; SIGNS.len()];
        scores[1] = 100.0;
        scores[4] = 100.0 + 3.0_f32.ln();
        let found = softmax(&scores);
        assert!((found[1] - 0.25).abs() < 1e-5 && (found[4] - 0.75).abs() < 1e-5 && found[0] == 0.0);
    }

    #[test]
    fn a_committee_errs_less_than_its_members() {
        let seed = 1;
        let mut random = Random::new(seed);
        let (learn, test) = (photographs(960, &mut random).unwrap(), photographs(480, &mut random).unwrap());
        let options = Options { signs: 960, test: 480, epochs: 10, seed, save: PathBuf::new() };
        let members: Vec<_> = (PREPARATIONS.iter().skip(1).step_by(2).enumerate())
            .map(|(i, (_, prepare))| vote(MultiScale::new(seed + i as u64), &learn, &test, *prepare, &options))
            .chain([vote(MultiScale::new(seed + 7), &learn, &test, PREPARATIONS[4].1, &options)])
            .collect();
        let right = |votes: &[Scores]| cnn::accuracy(votes, test.targets());
        let mean = members.iter().map(|votes| right(votes)).sum::<f32>() / members.len() as f32;
        let together = right(&committee(&members));
        assert!(mean > 0.35 && together > mean + 0.03, "members {mean}, committee {together}, chance 0.0625");
    }
}
