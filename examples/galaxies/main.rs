//! The shapes of galaxies (Dieleman, Willett, Dambre, 2015; winner of the Galaxy Challenge of 2014): a galaxy has no
//! up and down, so one network looks at it from several sides, and answers are averaged over turns.
//!
//!     cargo run --release --example galaxies
//!
//! "Rotation-invariant convolutional neural networks for galaxy morphology prediction" cuts rotated views from a
//! picture, with the centre of the galaxy in the same corner of each; runs the same convolutions over all views, and
//! joins what they find before the dense layers; trains on galaxies that are turned and mirrored at random, and
//! averages the answers over turned and mirrored pictures. The figure is the competition's: the root mean square
//! error of the shares of volunteers who give each answer. The galaxies here are drawn by formula, see `galaxy.rs`.

#[path = "../common/check.rs"]
mod check;
mod galaxy;
#[path = "../common/outcome.rs"]
mod outcome;
#[path = "../common/picture.rs"]
mod picture;
#[path = "../common/random.rs"]
mod random;
mod views;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use cnn::{Adam, MeanSquaredError, Network, Sample as _, Schedule, Trainer, Volume, data, network};

use galaxy::{ANSWERS, Answers, Galaxy, Plate, QUESTIONS};
use random::Random;
use views::{PICTURE, Picture, Pose};

network! {
    let answers = 13;
    let filters = 12;

    // Two stages of filters, that of the paper has four.
    let look = { conv(filters, 5) relu pool(2) conv(2 * filters, 3) relu pool(2) };

    /// Sees one picture.
    pub struct Plain: 32x32x1 => look fc(64) relu fc(answers) sigmoid;

    /// Sees a picture from eight sides, with the same filters; the dense layers see what all of them found.
    pub struct Views: (
        a: 20x20x1, b: 20x20x1, c: 20x20x1, d: 20x20x1, e: 20x20x1, f: 20x20x1, g: 20x20x1, h: 20x20x1
    ) =>
        cat[look(a) | look(b) | look(c) | look(d) | look(e) | look(f) | look(g) | look(h)]
        fc(64) relu fc(answers) sigmoid;
}

const HELP: &str = "\
Learns how volunteers describe galaxies: a plain network, and one that sees every galaxy from eight sides with the same
filters; both tested on one look at each galaxy, and on the mean of several.

cargo run --release --example galaxies -- [OPTIONS]

  --galaxies N  galaxies to learn from (default 1000)
  --test N      galaxies to test on (default 400)
  --epochs N    passes over them, every galaxy turned anew each time (default 20)
  --turns N     turns that answers are averaged over, each with its mirror image (default 5)
  --seed N      where all random numbers come from (default 1)
  --save FILE   where some galaxies are drawn (default: galaxies.png in the system's temporary folder)
  --help        print this";

/// Photographs, and the answers about each.
struct Zoo {
    plates: Vec<Plate>,
    answers: Vec<Answers>,
}

impl Zoo {
    fn new(galaxies: usize, random: &mut Random) -> Self {
        let galaxies: Vec<Galaxy> = (0..galaxies).map(|_| Galaxy::random(random)).collect();
        let plates = galaxies.iter().map(|galaxy| galaxy.photograph(random)).collect();
        Self { plates, answers: galaxies.iter().map(Galaxy::answers).collect() }
    }
}

/// A network of galaxies says what it wants to see of a plate.
trait Observer: Network<Output = Answers> {
    fn look(plate: &Plate, pose: Pose) -> Self::Input;
}

impl Observer for Plain {
    fn look(plate: &Plate, pose: Pose) -> Picture {
        views::picture(plate, pose)
    }
}

impl Observer for Views {
    fn look(plate: &Plate, pose: Pose) -> Self::Input {
        let [a, b, c, d, e, f, g, h] = &views::views(plate, pose);
        *ViewsInput { a, b, c, d, e, f, g, h }.join()
    }
}

fn main() -> ExitCode {
    outcome::finish(run())
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let Some(options) = Options::from_arguments()? else {
        println!("{HELP}");
        return Ok(());
    };
    let mut random = Random::new(options.seed);
    let (learn, test) = (Zoo::new(options.galaxies, &mut random), Zoo::new(options.test, &mut random));
    show(&test, &options)?;
    println!("{}", Plain::summary());
    println!("eight shared views: {} parameters, {} multiply-adds a galaxy\n", Views::PARAMS, Views::MACS);

    let guess = error(&vec![mean(&learn.answers); test.answers.len()], &test.answers);
    println!("root mean square error of {ANSWERS} shares for {} galaxies, after {}:\n", options.test, options.galaxies);
    println!("                     one look  {:>2} looks", 2 * options.turns);
    println!("always the mean      {guess:8.4}  {guess:8.4}");
    compare(Plain::new(options.seed), "one picture", &learn, &test, &options);
    compare(Views::new(options.seed), "eight shared views", &learn, &test, &options);
    Ok(())
}

/// Trains a network and prints a line of the table.
fn compare<N: Observer>(net: N, name: &str, learn: &Zoo, test: &Zoo, options: &Options) {
    let start = Instant::now();
    let mut net = train(net, learn, options.epochs, options.seed);
    let [once, mean] = errors(&mut net, test, options.turns);
    println!("{name:20} {once:8.4}  {mean:8.4}   ({:.1} s)", start.elapsed().as_secs_f32());
}

/// Trains on galaxies that are turned, and perhaps mirrored, anew in every epoch.
fn train<N: Observer>(net: N, zoo: &Zoo, epochs: usize, seed: u64) -> N {
    const BATCH: usize = 32;
    let mut random = Random::new(seed ^ 0x6a1a);
    let steps = zoo.plates.len().div_ceil(BATCH) * epochs;
    let mut trainer = Trainer::new(net, MeanSquaredError, Adam::new(2e-3))
        .schedule(Schedule::Cosine { min: 0.0 })
        .total_steps(steps as u64);
    let mut order: Vec<usize> = (0..zoo.plates.len()).collect();
    let (mut looks, mut answers) = (Vec::with_capacity(BATCH), Vec::with_capacity(BATCH));
    for _ in 0..epochs {
        for last in (1..order.len()).rev() {
            order.swap(last, random.below(last + 1));
        }
        for batch in order.chunks(BATCH) {
            looks.clear();
            answers.clear();
            for &galaxy in batch {
                let turn = random.between(0.0, std::f32::consts::TAU);
                looks.push(N::look(&zoo.plates[galaxy], Pose { turn, mirrored: random.below(2) == 1 }));
                answers.push(zoo.answers[galaxy]);
            }
            trainer.step(&looks, &answers);
        }
    }
    trainer.into_net()
}

/// The error of answers after one look at each galaxy, and of their mean over so many turns, each with its mirror
/// image.
fn errors<N: Observer>(net: &mut N, zoo: &Zoo, turns: usize) -> [f32; 2] {
    let mut single = vec![[0.0; ANSWERS]; zoo.plates.len()];
    let mut sums = single.clone();
    let poses = Pose::around(turns);
    for (i, pose) in poses.iter().enumerate() {
        let looks: Vec<N::Input> = zoo.plates.iter().map(|plate| N::look(plate, *pose)).collect();
        let mut found = vec![[0.0; ANSWERS]; looks.len()];
        net.model_mut().forward_batch(&looks, &mut found);
        let shares = sums.as_flattened_mut().iter_mut().zip(found.as_flattened());
        shares.for_each(|(sum, share)| *sum += share / poses.len() as f32);
        if i == 0 {
            single = found;
        }
    }
    [error(&single, &zoo.answers), error(&sums, &zoo.answers)]
}

/// Root mean square error over all answers about all galaxies.
fn error(found: &[Answers], expected: &[Answers]) -> f32 {
    let pairs = found.as_flattened().iter().zip(expected.as_flattened());
    let squares: f64 = pairs.map(|(found, expected)| f64::from(found - expected).powi(2)).sum();
    (squares / (ANSWERS * expected.len()) as f64).sqrt() as f32
}

/// What the answers are on average: the best that one can say without a look.
fn mean(answers: &[Answers]) -> Answers {
    std::array::from_fn(|i| answers.iter().map(|shares| shares[i]).sum::<f32>() / answers.len() as f32)
}

/// Draws the first galaxy with its answers, and the first of them on a sheet.
fn show(zoo: &Zoo, options: &Options) -> Result<(), Box<dyn std::error::Error>> {
    const ROWS: usize = 4;
    const COLUMNS: usize = 8;
    let upright = Pose { turn: 0.0, mirrored: false };
    println!("{}", data::to_text(&views::picture(&zoo.plates[0], upright)));
    let plain = QUESTIONS.iter().zip(zoo.answers[0]).filter(|(_, share)| *share > 0.005);
    let shares: Vec<String> = plain.map(|(question, share)| format!("{question} {:.0} %", 100.0 * share)).collect();
    println!("{}\n", shares.join(", "));

    let mut sheet = Volume::<{ ROWS * PICTURE }, { COLUMNS * PICTURE }, 1>::zeroed_box();
    for (i, plate) in zoo.plates.iter().take(ROWS * COLUMNS).enumerate() {
        let (top, left) = (i / COLUMNS * PICTURE, i % COLUMNS * PICTURE);
        for (row, shown) in sheet[top..].iter_mut().zip(views::picture(plate, upright)) {
            row[left..left + PICTURE].copy_from_slice(&shown);
        }
    }
    picture::save(&options.save, &sheet)?;
    println!("{} of the galaxies are drawn in {}\n", zoo.plates.len().min(ROWS * COLUMNS), options.save.display());
    Ok(())
}

struct Options {
    galaxies: usize,
    test: usize,
    epochs: usize,
    turns: usize,
    seed: u64,
    save: PathBuf,
}

impl Options {
    /// What the command line asks for; `None` if it asks for help.
    fn from_arguments() -> Result<Option<Self>, Box<dyn std::error::Error>> {
        use lexopt::prelude::*;
        let save = std::env::temp_dir().join("galaxies.png");
        let mut options = Self { galaxies: 1000, test: 400, epochs: 20, turns: 5, seed: 1, save };
        let mut arguments = lexopt::Parser::from_env();
        while let Some(argument) = arguments.next()? {
            match argument {
                Long("galaxies") => options.galaxies = arguments.value()?.parse()?,
                Long("test") => options.test = arguments.value()?.parse()?,
                Long("epochs") => options.epochs = arguments.value()?.parse()?,
                Long("turns") => options.turns = arguments.value()?.parse()?,
                Long("seed") => options.seed = arguments.value()?.parse()?,
                Long("save") => options.save = arguments.value()?.into(),
                Short('h') | Long("help") => return Ok(None),
                _ => return Err(argument.unexpected().into()),
            }
        }
        for (name, value, most) in [
            ("--galaxies", options.galaxies, 100_000),
            ("--test", options.test, 100_000),
            ("--epochs", options.epochs, 1_000),
            ("--turns", options.turns, 100),
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
    fn errors_by_hand() {
        let mut found = [[0.5; ANSWERS]; 2];
        assert_eq!(error(&found, &found), 0.0);
        found[1] = [0.0; ANSWERS];
        // Half of all answers are off by one half.
        assert!((error(&found, &[[0.5; ANSWERS]; 2]) - 0.125_f32.sqrt()).abs() < 1e-6);
        assert_eq!(mean(&found), [0.25; ANSWERS]);
    }

    #[test]
    fn learns_the_shapes_and_turns_help() {
        let seed = 1;
        let mut random = Random::new(seed);
        let (learn, test) = (Zoo::new(1000, &mut random), Zoo::new(200, &mut random));
        let guess = error(&vec![mean(&learn.answers); 200], &test.answers);
        let [once, averaged] = errors(&mut train(Plain::new(seed), &learn, 20, seed), &test, 4);
        let [shared, _] = errors(&mut train(Views::new(seed), &learn, 20, seed), &test, 4);
        assert!(once < 0.95 * guess, "mean {guess}, one look {once}");
        assert!(averaged < once && shared < once - 0.01, "{once}, averaged {averaged}, shared views {shared}");
    }
}
