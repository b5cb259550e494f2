//! Detection by Faster R-CNN (Ren, He, Girshick, Sun, *Faster R-CNN: Towards Real-Time Object Detection with Region
//! Proposal Networks*, 2015): where the handwritten digits of a scene are, and which.
//!
//!     cargo run --release --example detection
//!
//! A trunk of convolutions looks at the scene once. Behind it a small network says for each of nine anchors at each
//! place whether it shows an object, and how to move it onto the object: the region proposal network. What the trunk
//! has found in the best of these regions is pooled to one size, and a second head (Fast R-CNN's) says which digit
//! stands there, and moves the box once more. Both learn at the same time, and their gradients meet in the trunk.
//!
//! `boxes` and `anchors` are the paper's geometry, `losses` its loss, `roi` the pooling, `detector` how all is put
//! together, `precision` how it is measured, `scenes` what it looks at. Training scenes are made of training digits,
//! test scenes of digits by other writers.

mod anchors;
mod boxes;
#[path = "../common/check.rs"]
mod check;
mod detector;
mod losses;
mod networks;
#[path = "../common/outcome.rs"]
mod outcome;
#[path = "../common/picture.rs"]
mod picture;
mod precision;
#[path = "../common/random.rs"]
mod random;
mod roi;
#[path = "../common/scene.rs"]
mod scene;
mod scenes;
#[path = "../common/softmax.rs"]
mod softmax;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use cnn::data::{self, Dataset};
use cnn::{Sample, Volume};

use boxes::{Rect, Scored};
use detector::{Detector, Found, PROPOSALS};
use precision::{average_precision, judge, precision_and_recall};
use scenes::{Picture, SIDE, Truth, scenes};

const HELP: &str = "\
Trains Faster R-CNN on scenes of handwritten digits, and measures how well it finds digits by other writers.

cargo run --release --example detection -- [OPTIONS]

  --steps N    steps of training, on 16 new scenes each (default 300)
  --scenes N   scenes to test on (default 300)
  --seed N     where all random numbers come from (default 1)
  --save FILE  where to draw a test scene (default: detection.png in the system's temporary folder)
  --help       print this";

/// Scenes of a step.
const BATCH: usize = 16;

fn main() -> ExitCode {
    outcome::finish(run())
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let Some(options) = Options::from_arguments()? else {
        println!("{HELP}");
        return Ok(());
    };
    let (train_digits, test_digits) = data::digits();
    let (pictures, truths) = scenes(&test_digits, options.seed ^ TEST, 0..options.scenes);
    println!("{}\n{}", networks::Proposer::summary(), networks::Reader::summary());
    println!("{} test scenes with {} digits\n", truths.len(), truths.iter().map(Vec::len).sum::<usize>());

    let mut detector = Detector::new(options.seed, options.steps);
    let untrained = Quality::of(&detector.detect(&pictures), &truths);
    let start = Instant::now();
    train(&mut detector, &train_digits, &options);
    println!("trained in {:.1} s\n", start.elapsed().as_secs_f32());
    let found = detector.detect(&pictures);
    let trained = Quality::of(&found, &truths);

    println!("                                       untrained   trained");
    let row = |what: &str, number: fn(&Quality) -> f32| {
        println!("{what:38} {:>7.1} % {:>7.1} %", 100.0 * number(&untrained), 100.0 * number(&trained));
    };
    println!("{PROPOSALS} proposals a scene, at an IoU of 0.5");
    row("  recall of the anchors, not moved", |quality| quality.unmoved);
    row("  recall of the proposals", |quality| quality.proposed);
    println!("digits, at an IoU of 0.5");
    row("  mean average precision of the ten", |quality| quality.mean_average_precision);
    row("  precision where the score is >= 0.5", |quality| quality.precision);
    row("  recall where the score is >= 0.5", |quality| quality.recall);

    println!("\nthe first test scene:\n\n{}", data::to_text(&pictures[0]));
    for (rect, class) in &truths[0] {
        println!("there is a {class} at {}", place(rect));
    }
    for (class, digit) in shown(&found[0]) {
        println!("found    a {class} at {}, score {:.2}", place(&digit.rect), digit.score);
    }
    picture::save(&options.save, &drawn(&pictures[0], &truths[0], &found[0]))?;
    println!("\nits digits framed green and what was found red: {}", options.save.display());
    Ok(())
}

/// Sets the test scenes' random numbers apart from the training scenes'.
const TEST: u64 = 1 << 63;

fn train(detector: &mut Detector, digits: &Dataset<Volume<8, 8, 1>>, options: &Options) {
    let mut means = [0.0; 2];
    let report = (options.steps as usize).div_ceil(6);
    println!("scenes  loss: proposals  digits");
    for step in 0..options.steps as usize {
        let (pictures, truths) = scenes(digits, options.seed, step * BATCH..(step + 1) * BATCH);
        let losses = detector.step(&pictures, &truths, options.seed.wrapping_add(step as u64));
        means.iter_mut().zip(losses).for_each(|(mean, loss)| *mean += loss / report as f32);
        if (step + 1) % report == 0 {
            println!("{:>6}  {:>15.3}  {:>6.3}", (step + 1) * BATCH, means[0], means[1]);
            means = [0.0; 2];
        }
    }
}

/// How well a detector does on test scenes.
struct Quality {
    unmoved: f32,
    proposed: f32,
    mean_average_precision: f32,
    precision: f32,
    recall: f32,
}

impl Quality {
    fn of(found: &[Found], truths: &[Truth]) -> Self {
        let rects = |class: Option<usize>| -> Vec<Vec<Rect>> {
            let is_meant = |(_, other): &&(Rect, usize)| class.is_none_or(|class| class == *other);
            truths.iter().map(|truth| truth.iter().filter(is_meant).map(|(rect, _)| *rect).collect()).collect()
        };
        let all = rects(None);
        let objects = all.iter().map(Vec::len).sum();
        let recall = |boxes: fn(&Found) -> &Vec<Scored>| {
            let is_found = |(found, rect): (&Found, &Rect)| boxes(found).iter().any(|b| b.rect.iou(rect) >= 0.5);
            let pairs = found.iter().zip(&all).flat_map(|(found, all)| all.iter().map(move |rect| (found, rect)));
            pairs.filter(|pair| is_found(*pair)).count() as f32 / (objects as f32).max(1.0)
        };
        let (mut sum, mut judged) = (0.0, Vec::new());
        for class in 0..10 {
            let truth = rects(Some(class));
            let found: Vec<Vec<Scored>> = found.iter().map(|found| found.digits[class].clone()).collect();
            let of_class = judge(&found, &truth);
            sum += average_precision(&of_class, truth.iter().map(Vec::len).sum());
            judged.extend(of_class);
        }
        let [precision, recall_of_digits] = precision_and_recall(&judged, objects, 0.5);
        Self {
            unmoved: recall(|found| &found.unmoved),
            proposed: recall(|found| &found.proposals),
            mean_average_precision: sum / 10.0,
            precision,
            recall: recall_of_digits,
        }
    }
}

/// The digits that the detector is sure of.
fn shown(found: &Found) -> impl Iterator<Item = (usize, &Scored)> {
    let digits = found.digits.iter().enumerate();
    digits
        .flat_map(|(class, digits)| digits.iter().map(move |digit| (class, digit)))
        .filter(|(_, digit)| digit.score >= 0.5)
}

fn place(rect: &Rect) -> String {
    let [left, top, right, bottom] = rect.sides();
    format!("({left:.0}, {top:.0}) to ({right:.0}, {bottom:.0})")
}

/// Pixels of the drawing for each of the scene.
const ZOOM: usize = 6;

/// The scene, its digits framed green and what was found framed red.
fn drawn(picture: &Picture, truth: &Truth, found: &Found) -> Box<Volume<{ ZOOM * SIDE }, { ZOOM * SIDE }, 3>> {
    let mut drawing = Volume::<{ ZOOM * SIDE }, { ZOOM * SIDE }, 3>::zeroed_box();
    for (y, row) in drawing.iter_mut().enumerate() {
        for (x, pixel) in row.iter_mut().enumerate() {
            *pixel = [picture[y / ZOOM][x / ZOOM][0]; 3];
        }
    }
    let mut frame = |rect: &Rect, colour: [f32; 3]| {
        let [left, top, right, bottom] = rect.sides().map(|at| (at * ZOOM as f32) as usize);
        for (y, row) in drawing.iter_mut().enumerate().take(bottom + 1).skip(top) {
            for (x, pixel) in row.iter_mut().enumerate().take(right + 1).skip(left) {
                if y < top + 2 || y + 2 > bottom || x < left + 2 || x + 2 > right {
                    *pixel = colour;
                }
            }
        }
    };
    truth.iter().for_each(|(rect, _)| frame(rect, [0.2, 0.9, 0.2]));
    shown(found).for_each(|(_, digit)| frame(&digit.rect, [1.0, 0.2, 0.2]));
    drawing
}

struct Options {
    steps: u64,
    scenes: usize,
    seed: u64,
    save: PathBuf,
}

impl Options {
    /// What the command line asks for; `None` if it asks for help.
    fn from_arguments() -> Result<Option<Self>, Box<dyn std::error::Error>> {
        use lexopt::prelude::*;
        let save = std::env::temp_dir().join("detection.png");
        let mut options = Self { steps: 300, scenes: 300, seed: 1, save };
        let mut arguments = lexopt::Parser::from_env();
        while let Some(argument) = arguments.next()? {
            match argument {
                Long("steps") => options.steps = arguments.value()?.parse()?,
                Long("scenes") => options.scenes = arguments.value()?.parse()?,
                Long("seed") => options.seed = arguments.value()?.parse()?,
                Long("save") => options.save = arguments.value()?.into(),
                Short('h') | Long("help") => return Ok(None),
                _ => return Err(argument.unexpected().into()),
            }
        }
        // All random numbers of a scene come from its number, and scenes are held in memory while they are tested.
        check::count("--steps", options.steps as usize, 1_000_000)?;
        check::count("--scenes", options.scenes, 10_000)?;
        Ok(Some(options))
    }
}
