//! Scene labelling with multi-scale features (Farabet, Couprie, Najman, LeCun, *Scene Parsing with Multiscale Feature
//! Learning*, 2012): which kind of clothes, or none, every pixel of a scene belongs to.
//!
//!     cargo run --release --example segmentation
//!
//! The same convolutions, with the same weights, look at the scene and at the scene made two and four times smaller,
//! where their windows see more of it (sections 3.1 and 3.2 of the paper). What they find is enlarged, joined, and
//! classified for each place; a transposed convolution draws the classes at full size. A network of one scale and as
//! many weights stands beside it. The paper's pyramid is Laplacian, its units are tanh, and it cleans the labels with
//! superpixels and a random field behind the network; here are means of pixels, relu, and the network's own answer.

#[path = "common/check.rs"]
mod check;
#[path = "common/outcome.rs"]
mod outcome;
#[path = "common/picture.rs"]
mod picture;
#[path = "common/random.rs"]
mod random;
#[path = "common/scene.rs"]
mod scene;

use std::ops::Range;
use std::path::PathBuf;
use std::process::ExitCode;

use cnn::data::{self, Dataset};
use cnn::{
    AdamW, ConfusionMatrix, Fit, Network, PixelCrossEntropy, Sample, Schedule, Trainer, Volume, argmax, network,
};
use rayon::prelude::*;

use random::Random;
use scene::{ground, stroke, value_at};

network! {
    let features = {
        conv(16, 5, same) relu pool(2)  conv(32, 3, same) relu pool(2)  conv(32, 3, same) relu
    };

    /// Three scales and shared weights.
    pub struct MultiScale: 64x64x1 =>
        cat[features | avg(2) features up(2) | avg(4) features up(4)]
        conv(48, 1) relu  deconv(6, 4, s4);
}

network! {
    /// One scale; the last features are more, so that there are as many weights as with three.
    pub struct SingleScale: 64x64x1 =>
        conv(16, 5, same) relu pool(2)  conv(32, 3, same) relu pool(2)  conv(41, 3, same) relu
        conv(48, 1) relu  deconv(6, 4, s4);
}

const _: () = assert!(MultiScale::PARAMS.abs_diff(SingleScale::PARAMS) < 50);

const HELP: &str = "\
Labels every pixel of scenes of clothes, by features at three scales and at one.

cargo run --release --example segmentation -- [OPTIONS]

  --scenes N   scenes to learn from (default 2000)
  --epochs N   passes over them (default 4)
  --seed N     where all random numbers come from (default 1)
  --save FILE  where to draw test scenes (default: segmentation.png in the system's temporary folder)
  --help       print this";

/// Rows and columns of a scene.
const SIDE: usize = 64;
/// Scenes to test on.
const TESTED: usize = 200;
/// The pixels' classes: ground, then kinds of clothes, of which Fashion-MNIST has more that look alike.
const CLASSES: [&str; 6] = ["ground", "t-shirt/top", "trouser", "dress", "bag", "ankle boot"];
/// Sets the test scenes' random numbers apart from the training scenes'.
const TEST: u64 = 1 << 63;

type Picture = Volume<SIDE, SIDE, 1>;
type Labels = [[u8; SIDE]; SIDE];
type Scenes = Dataset<Picture, Labels>;

fn main() -> ExitCode {
    outcome::finish(run())
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let Some(options) = Options::from_arguments()? else {
        println!("{HELP}");
        return Ok(());
    };
    let (train, test) = data::fashion();
    let train = scenes(&train, options.seed, 0..options.scenes)?;
    let test = scenes(&test, options.seed ^ TEST, 0..TESTED)?;
    println!("{}\n{}", MultiScale::summary(), SingleScale::summary());
    println!("{} scenes to learn from, {TESTED} of other clothes to test on", train.len());

    let multi = label(MultiScale::new(options.seed), &train, &test, &options)?;
    let single = label(SingleScale::new(options.seed), &train, &test, &options)?;
    let nothing = vec![[[0; SIDE]; SIDE]; TESTED];
    let columns = [&nothing, &single, &multi].map(|labels| intersection_over_union(labels, test.targets()));

    println!("\nintersection over union   ground everywhere   one scale   three scales");
    for (class, name) in CLASSES.iter().enumerate() {
        let [nothing, single, multi] = [0, 1, 2].map(|column| 100.0 * columns[column][class]);
        println!("{name:<23} {nothing:>17.1} % {single:>9.1} % {multi:>12.1} %");
    }
    let [nothing, single, multi_mean] = columns.map(|column| 100.0 * mean(&column));
    println!("{:<23} {nothing:>17.1} % {single:>9.1} % {multi_mean:>12.1} %", "mean");

    picture::save(&options.save, &drawn(&test, &multi))?;
    println!("\nscenes, their labels and the three-scale network's: {}", options.save.display());
    Ok(())
}

/// Trains a network, and labels the test scenes with it.
fn label<N>(net: N, train: &Scenes, test: &Scenes, options: &Options) -> cnn::Result<Vec<Labels>>
where
    N: Network<Input = Picture, Output = Volume<SIDE, SIDE, 6>>,
{
    let mut trainer = Trainer::new(net, PixelCrossEntropy::new(), AdamW::new(5e-4))
        .schedule(Schedule::OneCycle { peak: 8e-3, warm: 0.25 });
    trainer.fit(train, test, Fit::epochs(options.epochs).batch(8).seed(options.seed))?;
    let mut scores = <N::Output as Sample>::zeroed_vec(test.len());
    trainer.into_net().model_mut().forward_batch(test.inputs(), &mut scores);
    Ok(scores.iter().map(|scores| std::array::from_fn(|y| scores[y].map(|pixel| argmax(&pixel) as u8))).collect())
}

/// For each class, the pixels that have it and were given it, over those that have it or were given it; not a number
/// for a class that neither has.
fn intersection_over_union(found: &[Labels], truth: &[Labels]) -> [f32; CLASSES.len()] {
    let mut confusion = ConfusionMatrix::new(CLASSES.len());
    for (found, truth) in found.as_flattened().iter().zip(truth.as_flattened()) {
        found.iter().zip(truth).for_each(|(found, truth)| confusion.add(*truth, *found));
    }
    std::array::from_fn(|class| {
        let both = confusion.count(class, class);
        let either: u64 =
            (0..CLASSES.len()).map(|other| confusion.count(class, other) + confusion.count(other, class)).sum();
        both as f32 / (either - both) as f32
    })
}

/// The mean over the classes that there are.
fn mean(ious: &[f32]) -> f32 {
    let there: Vec<f32> = ious.iter().copied().filter(|iou| !iou.is_nan()).collect();
    there.iter().sum::<f32>() / there.len() as f32
}

/// The scenes of these numbers, of clothes from this data set.
fn scenes(clothes: &Dataset<Volume<28, 28, 1>>, seed: u64, numbers: Range<usize>) -> cnn::Result<Scenes> {
    let is_of = |name: &str, sample: &usize| clothes.class_names()[clothes.targets()[*sample]] == name;
    let kinds: Vec<Vec<usize>> =
        CLASSES[1..].iter().map(|name| (0..clothes.len()).filter(|sample| is_of(name, sample)).collect()).collect();
    let scene = |number| {
        let random = &mut Random::of(seed, number);
        let strokes = random.below(4);
        let (mut picture, mut labels) = (ground(random, strokes), [[0; SIDE]; SIDE]);
        for _ in 0..1 + random.below(3) {
            let kind = random.below(kinds.len());
            let garment = &clothes.inputs()[kinds[kind][random.below(kinds[kind].len())]];
            put(garment, kind as u8 + 1, &mut picture, &mut labels, random);
        }
        // A pole before all of it, whose pixels keep the label of what it hides.
        let ends = [(); 4].map(|()| random.between(0.0, SIDE as f32));
        stroke(&mut picture, [ends[0], 0.0], [ends[1], SIDE as f32], 1.5, ends[2] / SIDE as f32);
        (picture, labels)
    };
    let (pictures, labels) = numbers.into_par_iter().map(scene).unzip();
    Dataset::new(pictures, labels)
}

/// Puts a garment somewhere, 18 to 44 pixels large, before what is there. Its pixels are those that are not black.
fn put(garment: &Volume<28, 28, 1>, class: u8, picture: &mut Picture, labels: &mut Labels, random: &mut Random) {
    let size = random.between(18.0, 44.0);
    let [left, top] = [(); 2].map(|()| random.between(0.0, SIDE as f32 - size));
    let shade = random.between(0.6, 1.0);
    for y in top as usize..SIDE {
        for x in left as usize..SIDE {
            let share = [(x as f32 + 0.5 - left) / size, (y as f32 + 0.5 - top) / size];
            let is_there = share.iter().all(|share| (0.0..1.0).contains(share));
            let value = if is_there { value_at(garment, share.map(|share| 28.0 * share)) } else { 0.0 };
            if value > 0.1 {
                picture[y][x] = [shade * value];
                labels[y][x] = class;
            }
        }
    }
}

const SHOWN: usize = 4;
const COLOURS: [[f32; 3]; CLASSES.len()] =
    [[0.1, 0.1, 0.1], [0.9, 0.2, 0.2], [0.2, 0.8, 0.2], [0.3, 0.4, 1.0], [0.9, 0.8, 0.2], [0.8, 0.3, 0.9]];

/// The first test scenes, one a row: as they are, their labels, and the network's.
fn drawn(test: &Scenes, found: &[Labels]) -> Box<Volume<{ SHOWN * SIDE }, { 3 * SIDE }, 3>> {
    let mut drawing = Volume::<{ SHOWN * SIDE }, { 3 * SIDE }, 3>::zeroed_box();
    for (y, row) in drawing.iter_mut().enumerate() {
        let (scene, y) = (y / SIDE, y % SIDE);
        for x in 0..SIDE {
            row[x] = [test.inputs()[scene][y][x][0]; 3];
            row[SIDE + x] = COLOURS[usize::from(test.targets()[scene][y][x])];
            row[2 * SIDE + x] = COLOURS[usize::from(found[scene][y][x])];
        }
    }
    drawing
}

struct Options {
    scenes: usize,
    epochs: usize,
    seed: u64,
    save: PathBuf,
}

impl Options {
    /// What the command line asks for; `None` if it asks for help.
    fn from_arguments() -> Result<Option<Self>, Box<dyn std::error::Error>> {
        use lexopt::prelude::*;
        let save = std::env::temp_dir().join("segmentation.png");
        let mut options = Self { scenes: 2000, epochs: 4, seed: 1, save };
        let mut arguments = lexopt::Parser::from_env();
        while let Some(argument) = arguments.next()? {
            match argument {
                Long("scenes") => options.scenes = arguments.value()?.parse()?,
                Long("epochs") => options.epochs = arguments.value()?.parse()?,
                Long("seed") => options.seed = arguments.value()?.parse()?,
                Long("save") => options.save = arguments.value()?.into(),
                Short('h') | Long("help") => return Ok(None),
                _ => return Err(argument.unexpected().into()),
            }
        }
        // They are held in memory, 20 KB each.
        check::count("--scenes", options.scenes, 50_000)?;
        Ok(Some(options))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intersection_over_union_of_a_worked_case() {
        let (mut found, mut truth) = ([[0; SIDE]; SIDE], [[0; SIDE]; SIDE]);
        // Class 1 lies in columns 0 to 3 of a row and is found in 2 to 7: two of eight pixels.
        truth[5][..4].fill(1);
        found[5][2..8].fill(1);
        let ious = intersection_over_union(&[found], &[truth]);
        assert_eq!(ious[1], 0.25);
        assert_eq!(ious[0], (4096.0 - 8.0) / (4096.0 - 2.0));
        assert!(ious[2..].iter().all(|iou| iou.is_nan()));
        assert_eq!(mean(&ious), (ious[0] + ious[1]) / 2.0);
        assert_eq!(intersection_over_union(&[truth], &[truth])[..2], [1.0, 1.0]);
    }

    #[test]
    fn scenes_repeat_and_have_all_classes() {
        let clothes = data::fashion().0;
        let some = scenes(&clothes, 3, 0..40).unwrap();
        assert!(some == scenes(&clothes, 3, 0..40).unwrap() && some != scenes(&clothes, 4, 0..40).unwrap());
        let ious = intersection_over_union(some.targets(), some.targets());
        assert_eq!(ious, [1.0; CLASSES.len()]);
    }

    #[test]
    fn scales_share_their_weights() {
        let names: Vec<&str> = MultiScale::TENSORS.iter().map(|tensor| tensor.name).collect();
        assert_eq!(names.iter().filter(|name| name.ends_with(".weight")).count(), 5, "{names:?}");
    }

    #[test]
    fn a_short_run_labels_better_than_ground_everywhere() {
        let (train, test) = data::fashion();
        let options = Options { scenes: 600, epochs: 3, seed: 2, save: PathBuf::new() };
        let train = scenes(&train, options.seed, 0..options.scenes).unwrap();
        let test = scenes(&test, options.seed ^ TEST, 0..40).unwrap();
        let found = label(MultiScale::new(options.seed), &train, &test, &options).unwrap();
        let nothing = vec![[[0; SIDE]; SIDE]; 40];
        let [found, nothing] = [&found, &nothing].map(|labels| mean(&intersection_over_union(labels, test.targets())));
        assert!(found > nothing + 0.03, "{found} {nothing}");
    }
}
