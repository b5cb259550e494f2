//! Adaline and Madaline (Widrow, Hoff, *Adaptive switching circuits*, 1960): the delta rule on one linear unit, beside
//! the solution that it looks for, and many such units for what one cannot do.
//!
//!     cargo run --release --example adaline
//!
//! The library has the linear unit (`fc(1)`), its squared error (`MeanSquaredError`) and the step against the gradient
//! (`Sgd`): one sample at a time, these three are the delta rule. The example adds the closed form (`least_squares`)
//! and the rule by which a Madaline learns (`madaline`).

#[path = "../common/check.rs"]
mod check;
mod least_squares;
mod madaline;
#[path = "../common/outcome.rs"]
mod outcome;
#[cfg(test)]
mod tests;

use std::process::ExitCode;

use cnn::data::{self, Dataset};
use cnn::{MeanSquaredError, Sgd, Trainer, Volume, network};

use madaline::{majority, sign};

network! {
    /// One adaptive linear neuron over the pixels of a digit.
    pub struct Adaline: 8x8x1 => fc(1);

    /// Many of them. The majority of their signs, which is fixed, is not part of the network.
    pub struct Madaline: 8x8x1 => fc(15);

    /// Three over two switches.
    pub struct SmallMadaline: 2 => fc(3);
}

const HELP: &str = "\
Trains an Adaline by the delta rule to tell two handwritten digits apart, beside the solution by least squares, and
Madalines by Madaline Rule I to do what one Adaline cannot: exclusive or, and odd digits against even ones.

cargo run --release --example adaline -- [OPTIONS]

  --digits A,B  the digits to tell apart (default 8,9)
  --epochs N    presentations of all training digits (default 100)
  --rate R      mu, the rate of the delta rule (default 0.001)
  --seed N      where all random numbers come from (default 1)
  --help        print this";

/// The rate at which an Adaline of the Madaline does its job. A digit has |x|^2 = 65 on average with the bias, so that
/// a step takes 2 * 0.005 * 65 = 65 % of the error away; of the rates 0.0003, 0.001 and 0.003, the larger was always
/// the better (89, 92, 96 % right of the test digits, two seeds).
const JOB_RATE: f32 = 0.005;

/// Digits with a target of +1 or -1.
type Digits = Dataset<Volume<8, 8, 1>, [f32; 1]>;

fn main() -> ExitCode {
    outcome::finish(run())
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let Some(options) = Options::from_arguments()? else {
        println!("{HELP}");
        return Ok(());
    };
    tell_two_apart(&options)?;
    exclusive_or(options.seed)?;
    odd_or_even(&options)?;
    Ok(())
}

/// The delta rule on two digits, its learning curve, and what it has learned.
fn tell_two_apart(options: &Options) -> Result<(), cnn::Error> {
    let [plus, minus] = options.digits;
    let (train, test) = two_digits(plus, minus);
    println!("{}\n", Adaline::summary());
    println!(
        "{plus} (+1) against {minus} (-1): {} digits to learn from, {} by other writers to test on",
        train.len(),
        test.len()
    );

    let best = least_squares::solve(&train);
    let least = least_squares::mean_squared_error(&best, &train);
    let (correlations, _) = least_squares::normal_equations(&train);
    let power: f64 = (0..correlations.len()).map(|i| correlations[i][i]).sum();
    let mut trainer = Trainer::new(Adaline::zeroed(), MeanSquaredError, Sgd::new(options.rate));
    let mut late_errors = Vec::new();
    println!("\nepochs  mean squared error  above the least  right of the test digits");
    for epoch in 0..=options.epochs {
        if epoch > 0 {
            delta_rule(&mut trainer, &train, options.seed, epoch);
        }
        let error = f64::from(trainer.evaluate(&train).loss);
        if 2 * epoch > options.epochs {
            late_errors.push(error);
        }
        if is_shown(epoch) || epoch == options.epochs {
            let right = accuracy(&test, |digit| trainer.net_mut().forward(digit)[0]);
            println!("{epoch:>6}  {error:>18.4}  {:>14.1}%  {right:>23.1}%", 100.0 * (error / least - 1.0));
        }
    }
    let right = accuracy(&test, |digit| least_squares::output(&best, digit) as f32);
    println!(" least  {least:>18.4}  {:>15}  {right:>23.1}%   (normal equations)", "");
    println!("chance  {:>18}  {:>15}  {:>23.1}%   (always the commoner digit)", "", "", commoner(&test));
    let late = late_errors.iter().sum::<f64>() / late_errors.len() as f64;
    println!("\nabove the least in the second half of the epochs, mean: {:.1} %", 100.0 * (late / least - 1.0));
    println!(
        "misadjustment by Widrow and Hoff's estimate, mu tr(R):  {:.1} %",
        100.0 * f64::from(options.rate) * power
    );

    println!(
        "\na digit {plus}, what each pixel adds to the sum (weight times deviation), a digit {minus}:\n{}",
        side_by_side(&train, trainer.net())?
    );
    Ok(())
}

/// One presentation of all samples in random order: w += 2 mu (t - w x) x after each, which is Widrow and Hoff's rule.
/// [`MeanSquaredError`] has the gradient -2 (t - w x) x, and [`Sgd`] moves by mu against it.
fn delta_rule(trainer: &mut Trainer<Adaline, MeanSquaredError, Sgd>, samples: &Digits, seed: u64, epoch: usize) {
    let mut batches = samples.batches(seed, 1);
    batches.begin(epoch);
    while let Some((input, target)) = batches.next_batch() {
        trainer.step(input, target);
    }
}

/// Exclusive or of two switches: the best weights of one Adaline are zero; a Madaline of three learns it.
fn exclusive_or(seed: u64) -> Result<(), cnn::Error> {
    let switches = switches();
    let best = least_squares::solve(&switches);
    let error = least_squares::mean_squared_error(&best, &switches);
    println!("exclusive or\n  one Adaline: the least squares are {error:.2}, as good as no answer at all");
    let mut trainer = madaline::learn(SmallMadaline::new(seed), &switches, 200, 0.05, seed);
    for (input, target) in switches.inputs().iter().zip(switches.targets()) {
        let sums = trainer.net_mut().forward(input);
        let [a, b, c] = sums.map(sign);
        println!(
            "  {:+} {:+}: Adalines say {a:+} {b:+} {c:+}, the majority {:+}, wanted {:+}",
            input[0],
            input[1],
            majority(sums),
            target[0]
        );
    }
    println!();
    Ok(())
}

/// Odd digits against even ones: classes that no plane divides.
fn odd_or_even(options: &Options) -> Result<(), cnn::Error> {
    let (train, test) = parities();
    let best = least_squares::solve(&train);
    let single = accuracy(&test, |digit| least_squares::output(&best, digit) as f32);
    let mut trainer = madaline::learn(Madaline::new(options.seed), &train, options.epochs, JOB_RATE, options.seed);
    let many = accuracy(&test, |digit| majority(trainer.net_mut().forward(digit)));
    println!("odd digits against even ones: {} to learn from, {} by other writers to test on", train.len(), test.len());
    println!("  always the commoner        {:.1} % right", commoner(&test));
    println!("  one Adaline, least squares {single:.1} %");
    println!("  a Madaline of 15, Rule I   {many:.1} %");
    Ok(())
}

/// The digits `plus` and `minus` among those to learn from and those to test on.
fn two_digits(plus: usize, minus: usize) -> (Digits, Digits) {
    embedded(|digit| match digit {
        _ if digit == plus => Some(1.0),
        _ if digit == minus => Some(-1.0),
        _ => None,
    })
}

/// All digits: the odd ones +1, the even ones -1.
fn parities() -> (Digits, Digits) {
    embedded(|digit| Some(if digit % 2 == 1 { 1.0 } else { -1.0 }))
}

/// The embedded digits that have a target, their pixels centred on zero: far from it, all inputs say much the same.
fn embedded(target: impl Fn(usize) -> Option<f32>) -> (Digits, Digits) {
    let (mut train, mut test) = data::digits();
    let normalize = train.statistics();
    normalize.apply(&mut train);
    normalize.apply(&mut test);
    let chosen = |digits: &Dataset<Volume<8, 8, 1>>| {
        let pairs = digits.inputs().iter().zip(digits.targets());
        let (inputs, targets) = pairs.filter_map(|(input, &digit)| Some((*input, [target(digit)?]))).unzip();
        Dataset::new(inputs, targets).expect("as many inputs as targets")
    };
    (chosen(&train), chosen(&test))
}

/// Two switches, down (-1) or up (+1), and whether they differ.
fn switches() -> Dataset<[f32; 2], [f32; 1]> {
    let inputs = vec![[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]];
    Dataset::new(inputs, vec![[-1.0], [1.0], [1.0], [-1.0]]).expect("as many inputs as targets")
}

/// How many of a hundred samples get the sign of their target.
fn accuracy(samples: &Digits, mut answer: impl FnMut(&Volume<8, 8, 1>) -> f32) -> f64 {
    let pairs = samples.inputs().iter().zip(samples.targets());
    let right = pairs.filter(|(input, target)| sign(answer(input)) == target[0]).count();
    100.0 * right as f64 / samples.len() as f64
}

/// How many of a hundred samples belong to the larger class.
fn commoner(samples: &Digits) -> f64 {
    let plus = accuracy(samples, |_| 1.0);
    plus.max(100.0 - plus)
}

/// Whether the learning curve has a line for an epoch: 0, 1, 2, 5, 10, 20, 50, ..
fn is_shown(epoch: usize) -> bool {
    let mut leading = epoch;
    while leading >= 10 && leading.is_multiple_of(10) {
        leading /= 10;
    }
    matches!(leading, 0 | 1 | 2 | 5)
}

/// A digit of each class as text, and between them what each pixel contributes: its weight times its deviation, bright
/// where ink speaks for the first digit.
fn side_by_side(samples: &Digits, net: &Adaline) -> Result<String, cnn::Error> {
    let weight = net.tensor("fc1.weight")?.values;
    let contributions: Volume<8, 8, 1> = std::array::from_fn(|y| {
        std::array::from_fn(|x| {
            let pixel = || samples.inputs().iter().map(|digit| digit[y][x][0]);
            let mean = pixel().sum::<f32>() / samples.len() as f32;
            let variance = pixel().map(|p| (p - mean).powi(2)).sum::<f32>() / samples.len() as f32;
            [weight[8 * y + x] * variance.sqrt()]
        })
    });
    let first = |target: f32| {
        let mut pairs = samples.inputs().iter().zip(samples.targets());
        pairs.find(|(_, t)| t[0] == target).map(|(digit, _)| digit)
    };
    let pictures = [first(1.0), Some(&contributions), first(-1.0)];
    let texts: Vec<String> = pictures.into_iter().flatten().map(|picture| data::to_text(&twice(picture))).collect();
    let lines = (0..8).map(|line| {
        texts.iter().map(|text| text.lines().nth(line).unwrap_or_default()).collect::<Vec<_>>().join("   ") + "\n"
    });
    Ok(lines.collect())
}

/// Every pixel as four: text has two rows of pixels in a line, so that each is seen by itself.
fn twice(picture: &Volume<8, 8, 1>) -> Volume<16, 16, 1> {
    std::array::from_fn(|y| std::array::from_fn(|x| picture[y / 2][x / 2]))
}

struct Options {
    digits: [usize; 2],
    epochs: usize,
    rate: f32,
    seed: u64,
}

impl Options {
    /// What the command line asks for; `None` if it asks for help.
    fn from_arguments() -> Result<Option<Self>, Box<dyn std::error::Error>> {
        use lexopt::prelude::*;
        let mut options = Self { digits: [8, 9], epochs: 100, rate: 0.001, seed: 1 };
        let mut arguments = lexopt::Parser::from_env();
        while let Some(argument) = arguments.next()? {
            match argument {
                Long("digits") => options.digits = pair(&arguments.value()?.string()?)?,
                Long("epochs") => options.epochs = arguments.value()?.parse()?,
                Long("rate") => options.rate = arguments.value()?.parse()?,
                Long("seed") => options.seed = arguments.value()?.parse()?,
                Short('h') | Long("help") => return Ok(None),
                _ => return Err(argument.unexpected().into()),
            }
        }
        if options.epochs == 0 {
            return Err("--epochs is 0, expected at least 1".into());
        }
        check::above_zero("--rate", options.rate)?;
        Ok(Some(options))
    }
}

/// Two different digits out of "8,9".
fn pair(text: &str) -> Result<[usize; 2], String> {
    let digits: Option<Vec<usize>> = text.split(',').map(|digit| digit.parse().ok().filter(|&d| d < 10)).collect();
    match digits.as_deref() {
        Some(&[plus, minus]) if plus != minus => Ok([plus, minus]),
        _ => Err(format!("--digits is `{text}`, expected two different digits such as 8,9")),
    }
}
