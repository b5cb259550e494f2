//! Back-propagation (Rumelhart, Hinton, Williams, *Learning representations by back-propagating errors*, Nature 323,
//! 1986): hidden units learn exclusive or, and what makes a pattern symmetric, as in the paper's figure 1.
//!
//!     cargo run --release --example backprop

#[path = "../common/check.rs"]
mod check;
mod learning;
#[path = "../common/outcome.rs"]
mod outcome;
#[path = "../common/random.rs"]
mod random;
#[cfg(test)]
mod tests;

use std::process::ExitCode;

use cnn::{Network, Result, network};

use learning::{Descent, Outcome, Task, learn};

network! {
    /// Exclusive or.
    pub struct Xor: 2 => fc(2) sigmoid fc(1) sigmoid;

    /// Exclusive or, without hidden units.
    pub struct FlatXor: 2 => fc(1) sigmoid;

    /// The paper's figure 1: six inputs, two hidden units, one output that is on for symmetric patterns.
    pub struct Symmetry: 6 => fc(2) sigmoid fc(1) sigmoid;

    /// Symmetry, without hidden units.
    pub struct FlatSymmetry: 6 => fc(1) sigmoid;
}

const HELP: &str = "\
Trains networks of sigmoid units by back-propagation with momentum, from several random starts: exclusive or, and the
symmetry problem of the paper of 1986. Shows the weights that the hidden units have learned.

cargo run --release --example backprop -- [OPTIONS]

  --starts N    random starts of each problem (default 20)
  --sweeps N    sweeps through all patterns after which a start counts as failed (default 5000)
  --epsilon X   learning rate, for the gradient added up over all patterns (default 0.1, as in the paper)
  --alpha X     momentum (default 0.9, as in the paper)
  --seed N      where all random numbers come from (default 1)
  --help        print this";

fn main() -> ExitCode {
    outcome::finish(run())
}

fn run() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let Some(options) = Options::from_arguments()? else {
        println!("{HELP}");
        return Ok(());
    };
    let exclusive_or = Task::new(|[a, b]| a != b);
    compare("exclusive or", &exclusive_or, &options, Xor::zeroed, FlatXor::zeroed)?;

    println!("{}\n", Symmetry::summary());
    let symmetry = Task::new(is_symmetric);
    let outcomes = compare("symmetry", &symmetry, &options, Symmetry::zeroed, FlatSymmetry::zeroed)?;
    let learned = || outcomes.iter().filter(|outcome| outcome.sweeps.is_some());
    match learned().min_by_key(|outcome| outcome.sweeps) {
        Some(outcome) => show_weights(&outcome.net)?,
        None => println!("no start has learned it: there are no weights to show"),
    }
    let weights = learned().map(|outcome| outcome.net.tensor("fc1.weight"));
    let alike = weights.collect::<Result<Vec<_>>>()?.iter().filter(|weight| is_papers_ratio(&weight.values)).count();
    println!("Sizes of 1 : 2 : 4, to a tenth, have {alike} of the {} starts that learned it.", learned().count());
    Ok(())
}

/// Whether the right half of a pattern mirrors the left half.
fn is_symmetric(pattern: &[f32; 6]) -> bool {
    (0..3).all(|i| pattern[i] == pattern[5 - i])
}

/// Trains a network with hidden units and one without from several starts, and tells how they did.
fn compare<N, Flat, const INPUTS: usize>(
    name: &str,
    task: &Task<INPUTS>,
    options: &Options,
    deep: impl Fn() -> N,
    flat: impl Fn() -> Flat,
) -> Result<Vec<Outcome<N>>>
where
    N: Network<Input = [f32; INPUTS], Output = [f32; 1]>,
    Flat: Network<Input = [f32; INPUTS], Output = [f32; 1]>,
{
    let patterns = task.patterns.len();
    println!("{name}: {patterns} patterns, {} starts of at most {} sweeps", options.starts, options.descent.sweeps);
    println!("  always the commoner answer: {} of {patterns} right", task.commonest());
    // Without hidden units there is nothing but one minimum to find: one start tells as much as twenty.
    let right = learn(flat(), task, options.descent, options.seed)?.right;
    println!("  no hidden units:            {right} of {patterns} right");

    let starts = 0..options.starts as u64;
    let outcomes = starts.map(|start| learn(deep(), task, options.descent, options.seed.wrapping_add(start << 32)));
    let outcomes: Vec<Outcome<N>> = outcomes.collect::<Result<_>>()?;
    let mut sweeps: Vec<usize> = outcomes.iter().filter_map(|outcome| outcome.sweeps).collect();
    sweeps.sort_unstable();
    println!("  two hidden units:           {patterns} of {patterns} right from {} starts", sweeps.len());
    if let [first, .., last] = sweeps[..] {
        println!("    after {first} to {last} sweeps, half of them within {}", sweeps[(sweeps.len() - 1) / 2]);
    }
    let stuck: Vec<usize> = outcomes.iter().filter(|outcome| outcome.sweeps.is_none()).map(|o| o.right).collect();
    if !stuck.is_empty() {
        println!("    stuck, with so many right: {stuck:?}");
    }
    println!();
    Ok(outcomes)
}

/// Prints the weights as figure 1 of the paper has them.
fn show_weights(net: &Symmetry) -> Result<()> {
    let (weight, bias) = (net.tensor("fc1.weight")?.values, net.tensor("fc1.bias")?.values);
    println!(
        "the weights of the start that was first (in the paper's figure 14.2 -3.6 7.2 | -7.1 3.6 -14.2, bias -1.1):"
    );
    for (unit, weight) in weight.chunks(6).enumerate() {
        let [a, b, c, d, e, f] = [0, 1, 2, 3, 4, 5].map(|i| weight[i]);
        println!(
            "  hidden unit {}  {a:+6.1} {b:+6.1} {c:+6.1} | {d:+6.1} {e:+6.1} {f:+6.1}   bias {:+.1}   sizes {}",
            unit + 1,
            bias[unit],
            ratio(weight)
        );
    }
    let (weight, bias) = (net.tensor("fc2.weight")?.values, net.tensor("fc2.bias")?.values);
    println!("  output         {:+6.1} {:+6.1}   bias {:+.1}", weight[0], weight[1], bias[0]);
    println!(
        "\nOpposite each other about the middle are weights of one size and opposite signs: a symmetric pattern leaves both
hidden units at their negative bias, off, and the output on. Sizes such as 1 : 2 : 4 give every half of a pattern a sum
of its own, so that nothing else balances; and of an imbalance one hidden unit or the other comes on."
    );
    Ok(())
}

/// The sizes of the three pairs of weights, from the smallest, whose size is 1: "1.0 : 2.0 : 4.0".
fn ratio(weight: &[f32]) -> String {
    sizes(weight).map(|size| format!("{size:.1}")).join(" : ")
}

/// Whether the weights of every hidden unit have sizes of 1 : 2 : 4, to a tenth.
fn is_papers_ratio(weights: &[f32]) -> bool {
    weights.chunks(6).map(sizes).all(|[_, b, c]| (b / 2.0 - 1.0).abs() <= 0.1 && (c / 4.0 - 1.0).abs() <= 0.1)
}

/// The mean sizes of the three pairs of weights, in units of the smallest, in order.
fn sizes(weight: &[f32]) -> [f32; 3] {
    let mut sizes = [0, 1, 2].map(|i| (weight[i].abs() + weight[5 - i].abs()) / 2.0);
    sizes.sort_by(f32::total_cmp);
    sizes.map(|size| size / sizes[0])
}

struct Options {
    starts: usize,
    descent: Descent,
    seed: u64,
}

impl Options {
    /// What the command line asks for; `None` if it asks for help.
    fn from_arguments() -> std::result::Result<Option<Self>, Box<dyn std::error::Error>> {
        use lexopt::prelude::*;
        let mut options = Self { starts: 20, descent: Descent { epsilon: 0.1, alpha: 0.9, sweeps: 5000 }, seed: 1 };
        let mut arguments = lexopt::Parser::from_env();
        while let Some(argument) = arguments.next()? {
            match argument {
                Long("starts") => options.starts = arguments.value()?.parse()?,
                Long("sweeps") => options.descent.sweeps = arguments.value()?.parse()?,
                Long("epsilon") => options.descent.epsilon = arguments.value()?.parse()?,
                Long("alpha") => options.descent.alpha = arguments.value()?.parse()?,
                Long("seed") => options.seed = arguments.value()?.parse()?,
                Short('h') | Long("help") => return Ok(None),
                _ => return Err(argument.unexpected().into()),
            }
        }
        let Descent { epsilon, alpha, sweeps } = options.descent;
        check::count("--starts", options.starts, 100_000)?;
        if sweeps == 0 {
            return Err("--sweeps is 0, expected at least 1".into());
        }
        check::above_zero("--epsilon", epsilon)?;
        if !(0.0..1.0).contains(&alpha) {
            return Err(format!("--alpha is {alpha}, expected 0 or more and less than 1").into());
        }
        Ok(Some(options))
    }
}
