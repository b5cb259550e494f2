//! Pose estimation by a cascade of regressors (Toshev, Szegedy, *DeepPose: Human Pose Estimation via Deep Neural
//! Networks*, 2014): where the joints of a stick figure are.
//!
//!     cargo run --release --example pose
//!
//! A first network sees the whole picture and says where all joints are, as numbers (section 3.1 of the paper). A
//! second one looks at a smaller window around each of them, at a higher resolution, and says how far from its middle
//! the joint really is (section 3.2): it learns on windows that miss the true joint as the first network does, by
//! displacements drawn from a normal distribution with the mean and covariance of that network's errors.

#[path = "../common/check.rs"]
mod check;
mod figure;
#[path = "../common/outcome.rs"]
mod outcome;
#[path = "../common/picture.rs"]
mod picture;
#[path = "../common/random.rs"]
mod random;
mod refine;
#[path = "../common/scene.rs"]
mod scene;
mod score;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::process::ExitCode;

use cnn::data::{self, Dataset};
use cnn::{AdamW, Fit, MeanSquaredError, Sample, Schedule, Trainer, Volume, network};

use figure::{JOINTS, LIMBS, Pose, SIDE, figures};
use refine::{Displacement, OneJoint, Refiner, crops, refined};
use score::{GROUPS, correct_parts, detected_joints};

network! {
    /// All joints from the whole picture: x and y of each, in lengths of the picture from its middle.
    pub struct Regressor: 64x64x1 =>
        conv(12, 5, same) relu pool(2)  conv(24, 3, same) relu pool(2)  conv(32, 3, same) relu pool(2)
        conv(48, 3, same) relu  fc(128) relu  fc(26);
}

const HELP: &str = "\
Finds the joints of stick figures, by one regression and by a second one that refines it.

cargo run --release --example pose -- [OPTIONS]

  --figures N  figures to learn from (default 3000)
  --epochs N   passes over them of the first network; the second makes half as many, over 13 windows each (default 4)
  --seed N     where all random numbers come from (default 1)
  --save FILE  where to draw test figures (default: pose.png in the system's temporary folder)
  --help       print this";

/// Figures to test on.
const TESTED: usize = 400;
/// Sets the test figures' random numbers apart from the training figures'.
const TEST: u64 = 1 << 63;

fn main() -> ExitCode {
    outcome::finish(run())
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let Some(options) = Options::from_arguments()? else {
        println!("{HELP}");
        return Ok(());
    };
    println!("{}\n{}", Regressor::summary(), Refiner::summary());
    let train = figures(options.seed, 0..options.figures)?;
    let test = figures(options.seed ^ TEST, 0..TESTED)?;
    println!("a figure to learn from:\n\n{}", data::to_text(&train.inputs()[0]));

    let Cascade { mean, first, second } = Cascade::learnt(&train, &test, &options)?;
    let rows = [("mean pose", &mean), ("stage 1", &first), ("stage 2", &second)];
    println!("\ndetected joints: at most 0.2 torsos from the true one (PDJ), of {TESTED} test figures");
    print!("         ");
    GROUPS.iter().for_each(|(name, _)| print!("{name:>10}"));
    println!("{:>10}", "all");
    for (name, poses) in rows {
        let shares = detected_joints(poses, test.targets(), 0.2);
        print!("{name:<9}");
        for joints in GROUPS.iter().map(|(_, joints)| *joints) {
            print!("{:>8.1} %", 100.0 * joints.iter().map(|&joint| shares[joint]).sum::<f32>() / joints.len() as f32);
        }
        println!("{:>8.1} %", 100.0 * shares.iter().sum::<f32>() / JOINTS as f32);
    }
    println!("\ncorrect parts: both ends at most half the part's length from the true ones (PCP)");
    for (name, poses) in rows {
        println!("{name:<9}{:>8.1} %", 100.0 * correct_parts(poses, test.targets()));
    }
    picture::save(&options.save, &drawn(&test, &second))?;
    println!("\ntest figures with their true joints green and stage 2's red: {}", options.save.display());
    Ok(())
}

/// What the stages say about the test figures.
struct Cascade {
    mean: Vec<Pose>,
    first: Vec<Pose>,
    second: Vec<Pose>,
}

impl Cascade {
    /// Trains both stages.
    fn learnt(
        train: &Dataset<Volume<SIDE, SIDE, 1>, Pose>,
        test: &Dataset<Volume<SIDE, SIDE, 1>, Pose>,
        options: &Options,
    ) -> cnn::Result<Self> {
        let mean =
            std::array::from_fn(|i| train.targets().iter().map(|pose| pose[i]).sum::<f32>() / train.len() as f32);
        let schedule = || Schedule::OneCycle { peak: 3e-3, warm: 0.25 };
        let fit = |epochs| Fit::epochs(epochs).batch(16).seed(options.seed);

        let mut trainer =
            Trainer::new(Regressor::new(options.seed), MeanSquaredError, AdamW::new(3e-4)).schedule(schedule());
        trainer.fit(train, test, fit(options.epochs))?;
        let mut net = trainer.into_net();
        let mut says = |pictures: &[Volume<SIDE, SIDE, 1>]| {
            let mut poses: Vec<Pose> = Sample::zeroed_vec(pictures.len());
            net.forward_batch(pictures, &mut poses);
            poses
        };
        let (on_train, first) = (says(train.inputs()), says(test.inputs()));

        // Errors on the training figures, as in the paper.
        let displacement = Displacement::between(&on_train, train.targets());
        let windows = crops(train, &displacement, !options.seed)?;
        let test_windows = crops(test, &displacement, !options.seed ^ TEST)?.take(1000);
        let mut trainer = Trainer::new(Refiner::new(options.seed), OneJoint, AdamW::new(3e-4)).schedule(schedule());
        trainer.fit(&windows, &test_windows, fit(options.epochs.div_ceil(2)))?;
        let second = refined(&mut trainer.into_net(), test.inputs(), &first);
        Ok(Self { mean: vec![mean; test.len()], first, second })
    }
}

/// Figures of the drawing, and pixels of it for each of theirs.
const SHOWN: usize = 4;
const ZOOM: usize = 4;
const HIGH: usize = ZOOM * SIDE;

/// The first test figures side by side, with the limbs between true joints green and between found ones red.
fn drawn(test: &Dataset<Volume<SIDE, SIDE, 1>, Pose>, found: &[Pose]) -> Box<Volume<HIGH, { SHOWN * HIGH }, 3>> {
    let mut drawing = Volume::<HIGH, { SHOWN * HIGH }, 3>::zeroed_box();
    for (number, ((picture, truth), found)) in
        test.inputs().iter().zip(test.targets()).zip(found).take(SHOWN).enumerate()
    {
        for (y, row) in drawing.iter_mut().enumerate() {
            for (x, pixel) in row[number * HIGH..(number + 1) * HIGH].iter_mut().enumerate() {
                *pixel = [picture[y / ZOOM][x / ZOOM][0]; 3];
            }
        }
        for (pose, colour) in [(truth, [0.2, 0.9, 0.2]), (found, [1.0, 0.2, 0.2])] {
            for [from, to] in LIMBS.map(|limb| limb.map(|joint| figure::joint(pose, joint))) {
                // As many points as make a line without gaps.
                for share in (0..=HIGH).map(|i| i as f32 / HIGH as f32) {
                    let at = [0, 1].map(|axis| ZOOM as f32 * (from[axis] + share * (to[axis] - from[axis])));
                    let [x, y] = at.map(|at| at.clamp(0.0, (HIGH - 1) as f32) as usize);
                    drawing[y][number * HIGH + x] = colour;
                }
            }
        }
    }
    drawing
}

struct Options {
    figures: usize,
    epochs: usize,
    seed: u64,
    save: PathBuf,
}

impl Options {
    /// What the command line asks for; `None` if it asks for help.
    fn from_arguments() -> Result<Option<Self>, Box<dyn std::error::Error>> {
        use lexopt::prelude::*;
        let save = std::env::temp_dir().join("pose.png");
        let mut options = Self { figures: 3000, epochs: 4, seed: 1, save };
        let mut arguments = lexopt::Parser::from_env();
        while let Some(argument) = arguments.next()? {
            match argument {
                Long("figures") => options.figures = arguments.value()?.parse()?,
                Long("epochs") => options.epochs = arguments.value()?.parse()?,
                Long("seed") => options.seed = arguments.value()?.parse()?,
                Long("save") => options.save = arguments.value()?.into(),
                Short('h') | Long("help") => return Ok(None),
                _ => return Err(argument.unexpected().into()),
            }
        }
        // They are held in memory with windows around their joints: 24 KB each.
        check::count("--figures", options.figures, 50_000)?;
        Ok(Some(options))
    }
}
