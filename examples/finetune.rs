//! Fine-tuning (Levy et al., 2016): what a network learnt from many pictures helps where labelled ones are few.
//!
//!     cargo run --release --example finetune
//!
//! The paper ("Breast mass classification from mammograms using deep convolutional neural networks") takes networks
//! that were trained on photographs of everyday things, gives them a new last layer, and goes on training at a lower
//! rate on the few mammograms that doctors have labelled. Here the everyday things are the handwritten digits 0 to 4,
//! anywhere on a sheet among crumbs of others, and the rare ones 5 to 9. From a few of these alone, no network learns
//! that it does not matter where a digit lies; one that has seen many of other classes knows.

#[path = "common/check.rs"]
mod check;
#[path = "common/outcome.rs"]
mod outcome;
#[path = "common/random.rs"]
mod random;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use cnn::data::{self, Dataset};
use cnn::{Adam, Fit, Network, Schedule, SoftmaxCrossEntropy, Trainer, Volume, network};

use random::Random;

/// The layers that move from one task to the other.
mod features {
    cnn::network! {
        pub(crate) struct Features: 28x28x1 =>
            conv(16, 5) relu pool(2) conv(32, 3) relu pool(2) conv(64, 3) relu gmax;
    }
}

network! {
    use crate::features::Features;

    /// Learns from nothing: the digits of which there are many, and then those of which there are few.
    pub struct Scratch: 28x28x1 => trunk: Features fc(5);

    /// Uses features as they are: only the new head learns.
    pub struct Fixed: 28x28x1 => #[frozen] trunk: Features fc(5);

    /// Lets features follow the new head at a tenth of its rate.
    pub struct Tuned: 28x28x1 => #[lr = 0.1] trunk: Features fc(5);
}

/// Highest learning rates of the three: of four tried for each, up to 0.008, 0.06 and 0.02, the best with 20 labelled
/// digits of each class.
const RATES: [f32; 3] = [4e-3, 3e-2, 2e-2];

const HELP: &str = "\
Trains a network on many handwritten digits from 0 to 4, and makes what it learnt the start of one that tells digits
from 5 to 9, of which very few are labelled: beside a network that starts from nothing, and the nearest labelled
picture.

cargo run --release --example finetune -- [OPTIONS]

  --shots N    labelled digits of each class (default: a table of 2, 5 and 20)
  --draws N    how often these are drawn anew (default 4)
  --epochs N   passes over the many digits (default 6)
  --steps N    training steps on the few (default 150)
  --seed N     where all random numbers come from (default 1)
  --save FILE  where the network of the many is kept (default: many.safetensors in the system's temporary folder)
  --help       print this";

const SIDE: usize = 28;
type Picture = Volume<SIDE, SIDE, 1>;
type Pictures = Dataset<Picture>;

fn main() -> ExitCode {
    outcome::finish(run())
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let Some(options) = Options::from_arguments()? else {
        println!("{HELP}");
        return Ok(());
    };
    let mut random = Random::new(options.seed);
    let (many, many_test) = sheets(0, 3, &mut random)?;
    let (rare, test) = sheets(5, 1, &mut random)?;
    println!("{}", Tuned::summary());

    let right = learn_many(&many, &many_test, options.epochs, options.seed, &options.save)?;
    let (learnt, tested) = (many.len(), many_test.len());
    println!("0 to 4: {learnt} sheets learnt, {:.1} % of {tested} by other writers read right", 100.0 * right);
    println!("saved to {}\n", options.save.display());

    println!("{}", data::to_text(&rare.inputs()[0]));
    println!("5 to 9: share of {} by other writers that is read right, over {} draws\n", test.len(), options.draws);
    let titles = ["nearest one", "from nothing", "frozen trunk", "fine-tuned"].map(|title| format!("{title:>14}"));
    println!("labelled of each  {}", titles.join("  "));
    for &shots in &options.shots {
        let mut scores = [const { Vec::new() }; 4];
        for draw in 0..options.draws {
            let seed = options.seed.wrapping_add(draw as u64);
            let found = compare(&few(&rare, shots, seed)?, &test, &options.save, options.steps, seed)?;
            scores.iter_mut().zip(found).for_each(|(scores, found)| scores.push(100.0 * found));
        }
        let columns = scores.map(|scores| {
            let (mean, deviation) = spread(&scores);
            format!("{mean:5.1} +- {deviation:3.1} %")
        });
        println!("{shots:16}  {}", columns.join("  "));
    }
    Ok(())
}

/// The five digits from `first` on, each of those to learn from on so many sheets, and each of those to test on one.
fn sheets(first: usize, copies: usize, random: &mut Random) -> cnn::Result<(Pictures, Pictures)> {
    let (learn, test) = data::digits();
    let mut lay = |digits: Dataset<Volume<8, 8, 1>>, copies: usize| {
        let digits: Dataset<Digit> = digits.resize();
        let (mut sheets, mut classes) = (Vec::new(), Vec::new());
        for _ in 0..copies {
            for (digit, class) in digits.inputs().iter().zip(digits.targets()) {
                if (first..first + 5).contains(class) {
                    sheets.push(sheet(digit, digits.inputs(), random));
                    classes.push(class - first);
                }
            }
        }
        Dataset::new(sheets, classes)
    };
    Ok((lay(learn, copies)?, lay(test, 1)?))
}

/// Rows and columns of a digit, half of the sheet's.
const SIZE: usize = 14;
type Digit = Volume<SIZE, SIZE, 1>;

/// A digit anywhere on a sheet, among four crumbs of other digits, on paper that is not quite even.
fn sheet(digit: &Digit, others: &[Digit], random: &mut Random) -> Picture {
    const CRUMB: usize = 4;
    let mut sheet = [[[0.0_f32]; SIDE]; SIDE];
    let mut lay = |from: &Digit, size: usize, random: &mut Random| {
        let [top, left] = [(); 2].map(|()| random.below(SIZE - size + 1));
        let [to_y, to_x] = [(); 2].map(|()| random.below(SIDE - size + 1));
        for (row, from) in sheet[to_y..].iter_mut().zip(&from[top..top + size]) {
            for ([ink], [from]) in row[to_x..].iter_mut().zip(&from[left..left + size]) {
                *ink = ink.max(*from);
            }
        }
    };
    for _ in 0..4 {
        lay(&others[random.below(others.len())], CRUMB, random);
    }
    lay(digit, SIZE, random);
    // The mean of sheets becomes about 0.
    let paper = random.between(-0.2, -0.1);
    sheet.map(|row| row.map(|[ink]| [ink + paper + 0.1 * random.normal()]))
}

/// Trains on the many and writes the network to a file; the share of test pictures that it gets right.
fn learn_many(learn: &Pictures, test: &Pictures, epochs: usize, seed: u64, file: &Path) -> cnn::Result<f32> {
    let mut trainer =
        Trainer::new(Scratch::new(seed), SoftmaxCrossEntropy, Adam::new(2e-3)).schedule(Schedule::Cosine { min: 0.0 });
    trainer.fit(learn, test, Fit::epochs(epochs).batch(32).seed(seed))?;
    trainer.net().save(file)?;
    Ok(share_right(trainer.net_mut(), test))
}

/// The first `shots` pictures of each class in an order that the seed decides.
fn few(from: &Pictures, shots: usize, seed: u64) -> cnn::Result<Pictures> {
    let shuffled = from.shuffled(seed);
    let mut left = [shots; 5];
    let (mut inputs, mut targets) = (Vec::new(), Vec::new());
    for (input, &class) in shuffled.inputs().iter().zip(shuffled.targets()) {
        if left[class] > 0 {
            left[class] -= 1;
            inputs.push(*input);
            targets.push(class);
        }
    }
    Dataset::new(inputs, targets)
}

/// What share of the test pictures is read right by each of the four: the nearest labelled picture, a network that
/// starts from nothing, a new head on frozen features, and a new head on features that follow.
fn compare(few: &Pictures, test: &Pictures, file: &Path, steps: usize, seed: u64) -> cnn::Result<[f32; 4]> {
    let many = Scratch::load(file)?;
    let (mut fixed, mut tuned) = (Fixed::new(seed), Tuned::new(seed));
    take_over(&many, &mut fixed)?;
    take_over(&many, &mut tuned)?;
    let [scratch_rate, fixed_rate, tuned_rate] = RATES;
    Ok([
        nearest(few, test),
        learn(Scratch::new(seed), few, test, steps, scratch_rate, seed),
        learn(fixed, few, test, steps, fixed_rate, seed),
        learn(tuned, few, test, steps, tuned_rate, seed),
    ])
}

/// Copies the trunk, tensor by tensor; the head stays as it is.
fn take_over<N: Network>(many: &Scratch, net: &mut N) -> cnn::Result<()> {
    for info in N::TENSORS.iter().filter(|info| info.name.starts_with("trunk.")) {
        net.model_mut().set_tensor(info.name, &many.tensor(info.name)?.values)?;
    }
    Ok(())
}

/// Trains on the few and tests. Only then, and not after every pass, as there are many more pictures to test on.
fn learn<N: Network<Input = Picture, Output = [f32; 5]>>(
    net: N,
    few: &Pictures,
    test: &Pictures,
    steps: usize,
    rate: f32,
    seed: u64,
) -> f32 {
    let mut trainer = Trainer::new(net, SoftmaxCrossEntropy, Adam::new(rate))
        .schedule(Schedule::Cosine { min: 0.0 })
        .total_steps(steps as u64);
    let mut batches = few.batches(seed, 32);
    let (mut epoch, mut taken) = (0, 0);
    while taken < steps {
        match batches.next_batch() {
            Some((inputs, targets)) => {
                trainer.step(inputs, targets);
                taken += 1;
            }
            None => {
                epoch += 1;
                batches.begin(epoch);
            }
        }
    }
    share_right(trainer.net_mut(), test)
}

fn share_right<N: Network<Input = Picture, Output = [f32; 5]>>(net: &mut N, test: &Pictures) -> f32 {
    let mut scores = vec![[0.0; 5]; test.len()];
    net.model_mut().forward_batch(test.inputs(), &mut scores);
    cnn::accuracy(&scores, test.targets())
}

/// The share of test pictures whose nearest labelled picture, by the distance of pixels, is of their class.
fn nearest(few: &Pictures, test: &Pictures) -> f32 {
    let distance = |a: &Picture, b: &Picture| -> f32 {
        let pixels = a.as_flattened().as_flattened().iter().zip(b.as_flattened().as_flattened());
        pixels.map(|(a, b)| (a - b).powi(2)).sum()
    };
    let hits = test.inputs().iter().zip(test.targets()).filter(|(picture, class)| {
        let labelled = few.inputs().iter().map(|known| distance(known, picture)).zip(few.targets());
        labelled.min_by(|a, b| a.0.total_cmp(&b.0)).is_some_and(|(_, found)| found == *class)
    });
    hits.count() as f32 / test.len() as f32
}

/// Mean and (sample) standard deviation.
fn spread(numbers: &[f32]) -> (f32, f32) {
    let count = numbers.len() as f32;
    let mean = numbers.iter().sum::<f32>() / count;
    let squares: f32 = numbers.iter().map(|x| (x - mean).powi(2)).sum();
    (mean, (squares / (count - 1.0).max(1.0)).sqrt())
}

struct Options {
    shots: Vec<usize>,
    draws: usize,
    epochs: usize,
    steps: usize,
    seed: u64,
    save: PathBuf,
}

impl Options {
    /// What the command line asks for; `None` if it asks for help.
    fn from_arguments() -> Result<Option<Self>, Box<dyn std::error::Error>> {
        use lexopt::prelude::*;
        let save = std::env::temp_dir().join("many.safetensors");
        let mut options = Self { shots: vec![2, 5, 20], draws: 4, epochs: 6, steps: 150, seed: 1, save };
        let mut arguments = lexopt::Parser::from_env();
        while let Some(argument) = arguments.next()? {
            match argument {
                Long("shots") => options.shots = vec![arguments.value()?.parse()?],
                Long("draws") => options.draws = arguments.value()?.parse()?,
                Long("epochs") => options.epochs = arguments.value()?.parse()?,
                Long("steps") => options.steps = arguments.value()?.parse()?,
                Long("seed") => options.seed = arguments.value()?.parse()?,
                Long("save") => options.save = arguments.value()?.into(),
                Short('h') | Long("help") => return Ok(None),
                _ => return Err(argument.unexpected().into()),
            }
        }
        // The rarest of the digits 5 to 9 is there 376 times.
        for (name, value, most) in [
            ("--shots", options.shots[0], 376),
            ("--draws", options.draws, 1_000),
            ("--epochs", options.epochs, 1_000),
            ("--steps", options.steps, 100_000),
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
    fn spread_by_hand() {
        assert_eq!(spread(&[2.0, 4.0, 6.0]), (4.0, 2.0));
        assert_eq!(spread(&[5.0]), (5.0, 0.0));
    }

    #[test]
    fn a_digit_lies_whole_on_its_sheet() {
        let mut random = Random::new(1);
        let digit: Digit = std::array::from_fn(|y| std::array::from_fn(|x| [2.0 + (y * SIZE + x) as f32]));
        for _ in 0..20 {
            let sheet = sheet(&digit, &[[[[0.0]; SIZE]; SIZE]], &mut random);
            let columns = |row: &[[f32; 1]; SIDE]| row.iter().filter(|[ink]| *ink > 1.0).count();
            assert!(sheet.iter().all(|row| [0, SIZE].contains(&columns(row))));
            assert_eq!(sheet.iter().map(columns).sum::<usize>(), SIZE * SIZE);
        }
    }

    #[test]
    fn a_draw_has_as_many_of_each_and_repeats() {
        let (rare, _) = sheets(5, 1, &mut Random::new(1)).unwrap();
        let three = few(&rare, 3, 7).unwrap();
        for class in 0..5 {
            assert_eq!(three.targets().iter().filter(|&&target| target == class).count(), 3);
        }
        assert_eq!(three, few(&rare, 3, 7).unwrap());
        assert_ne!(three, few(&rare, 3, 8).unwrap());
        // What is drawn first does not depend on how much is drawn.
        assert!(few(&rare, 1, 7).unwrap().inputs().iter().all(|picture| three.inputs().contains(picture)));
    }

    #[test]
    fn the_nearest_picture_decides() {
        let grey = |shade: f32| [[[shade]; SIDE]; SIDE];
        let few = Dataset::new(vec![grey(0.0), grey(1.0)], vec![3, 4]).unwrap();
        let test = Dataset::new(vec![grey(0.1), grey(0.4), grey(0.6), grey(0.9)], vec![3, 4, 4, 4]).unwrap();
        assert_eq!(nearest(&few, &test), 0.75);
    }

    #[test]
    fn a_frozen_trunk_stays_and_a_tuned_one_moves_a_tenth_as_far() {
        let many = Scratch::new(1);
        let (mut fixed, mut tuned) = (Fixed::new(2), Tuned::new(2));
        take_over(&many, &mut fixed).unwrap();
        take_over(&many, &mut tuned).unwrap();
        let (rare, _) = sheets(5, 1, &mut Random::new(1)).unwrap();
        let few = few(&rare, 1, 1).unwrap();
        let mut fixed = Trainer::new(fixed, SoftmaxCrossEntropy, Adam::new(1e-2));
        fixed.step(few.inputs(), few.targets());
        let mut tuned = Trainer::new(tuned, SoftmaxCrossEntropy, Adam::new(1e-2));
        tuned.step(few.inputs(), few.targets());
        let values = |tensor: cnn::Result<cnn::Tensor>| tensor.unwrap().values;
        for name in ["trunk.conv1.weight", "trunk.conv3.weight"] {
            let before = values(many.tensor(name));
            assert_eq!(values(fixed.net().tensor(name)), before, "{name}");
            // The first step of Adam is as long as its rate, whatever the gradient: a tenth of 0.01.
            let after = values(tuned.net().tensor(name));
            let longest = before.iter().zip(&after).fold(0.0_f32, |most, (a, b)| most.max((a - b).abs()));
            assert!((longest - 1e-3).abs() < 1e-5, "{name}: {longest}");
        }
    }

    #[test]
    fn features_of_other_digits_help() {
        let seed = 1;
        let mut random = Random::new(seed);
        let (many, many_test) = sheets(0, 2, &mut random).unwrap();
        let (rare, test) = sheets(5, 1, &mut random).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("many.safetensors");
        let right = learn_many(&many, &many_test, 5, seed, &file).unwrap();
        assert!(right > 0.8, "{right} of 0 to 4 right");
        let mut means = [0.0; 4];
        for seed in 1..=3 {
            let found = compare(&few(&rare, 5, seed).unwrap(), &test, &file, 100, seed).unwrap();
            means.iter_mut().zip(found).for_each(|(mean, found)| *mean += found / 3.0);
        }
        let [_, scratch, fixed, tuned] = means;
        assert!(fixed > scratch + 0.03 && tuned > scratch + 0.03, "{means:?}");
    }
}
