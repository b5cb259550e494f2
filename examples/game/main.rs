//! Guo, Singh, Lee, Lewis, Wang, *Deep learning for real-time Atari game play using offline Monte-Carlo tree search
//! planning*, 2014: a slow planner plays a game, a convolutional network learns from the frames alone what the planner
//! does, and then plays by itself, in a fraction of the time.
//!
//!     cargo run --release --example game
//!
//! The paper's UCTtoClassification, and UCTtoClassification-Interleaved, where from the second round on the network
//! plays and the planner only says what it would have done: so the network learns about the situations that its own
//! mistakes lead to, which the planner never gets into. In the end it agrees with the planner less often (stderr says
//! how often) than the one that has only watched, and plays twice as well.

mod breakout;
#[path = "../common/outcome.rs"]
mod outcome;
mod planner;
mod players;
#[path = "../common/random.rs"]
mod random;

use std::ops::Range;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use cnn::data::{self, Dataset};
use cnn::{AdamW, Error, Fit, Schedule, SoftmaxCrossEntropy, Trainer, Volume, network};

use breakout::{Action, FRAMES, HEIGHT, Stack, WIDTH, mirrored};
use planner::Planner;
use players::{Match, by_chance, by_following, by_planning, by_seeing, play};

network! {
    /// From four frames to the action that the planner would take: two convolutions and a hidden layer, as in the
    /// paper.
    pub struct Player: 12x8x4 =>
        conv(16, 4, s2, p1) relu
        conv(32, 3, p1)     relu
        fc(64) relu fc(3);
}

const HELP: &str = "\
A network learns to play Breakout from a planner that looks ahead (Guo et al., 2014).

cargo run --release --example game -- [OPTIONS]

  --lessons N  decisions of the planner that the network learns from, in each round (default 3000)
  --rounds N   rounds of lessons (default 4)
  --epochs N   passes over all lessons so far after each round (default 3)
  --trials N   games that the planner tries out for a decision (default 200)
  --test N     games to measure the players in (default 48)
  --seed N     where all random numbers come from (default 1)
  --help       print this";

/// Decisions that the planner looks ahead: 40 frames, in which the ball flies to the wall and back twice.
const HORIZON: usize = 20;

fn main() -> ExitCode {
    outcome::finish(run())
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let Some(options) = Options::from_arguments()? else {
        println!("{HELP}");
        return Ok(());
    };
    println!("{}", Player::summary());
    let planner = Planner { trials: options.trials, horizon: HORIZON };
    let mut games = Games(options.seed.wrapping_mul(1 << 32));
    let held_out = games.next(options.test);
    let mut shown = Lessons::default();
    let planned = shown.watch(planner, held_out.clone());
    let school = School { planner, test: shown.dataset()?, options: &options };

    let mut interleaved = school.interleaved(&mut games)?;
    let mut watching = school.watching(&mut games)?;

    println!("\n{} games that nobody has learnt from      bricks  a decision takes", options.test);
    let mut moments: Vec<Match> = held_out.clone().map(Match::new).collect();
    let mut row = |name: &str, choose: &mut dyn FnMut(&mut [Match]) -> Vec<Action>, score: Option<f64>| {
        let score = score.unwrap_or_else(|| play(held_out.clone(), &mut *choose));
        println!("{name:<42}{score:>6.1}  {:>16.1?}", time_of(&mut moments, choose));
    };
    row("chance", &mut |matches| by_chance(matches), None);
    row("a paddle that follows the ball", &mut |matches| by_following(matches), None);
    row("the planner, UCT", &mut |matches| by_planning(planner, matches), Some(planned));
    row("a network that has watched the planner", &mut |matches| by_seeing(&mut watching, matches), None);
    row("a network, interleaved", &mut |matches| by_seeing(&mut interleaved, matches), None);

    println!("\nwhat the last one sees and does");
    let mut seen = Match::new(held_out.start);
    for _ in 0..3 {
        let actions = by_seeing(&mut interleaved, std::slice::from_ref(&seen));
        println!("{}{:?}\n", data::to_text(&side_by_side(&seen.stack)), actions[0]);
        (0..4).for_each(|_| seen.act(by_seeing(&mut interleaved, std::slice::from_ref(&seen))[0]));
    }
    Ok(())
}

/// Seeds of games, none of them twice.
struct Games(u64);

impl Games {
    fn next(&mut self, games: usize) -> Range<u64> {
        let first = self.0;
        self.0 = first.wrapping_add(games as u64);
        first..self.0
    }
}

/// How networks are taught.
struct School<'a> {
    planner: Planner,
    /// What the planner does in the held-out games, to compare with.
    test: Dataset<Stack>,
    options: &'a Options,
}

impl School<'_> {
    /// UCTtoClassification-Interleaved: the planner plays the first round, and the network the others, in which the
    /// planner says what it would have done.
    fn interleaved(&self, games: &mut Games) -> Result<Player, Error> {
        let (mut lessons, mut player) = (Lessons::default(), Player::new(self.options.seed));
        for round in 1..=self.options.rounds {
            let before = lessons.decisions;
            let (mut scores, mut groups) = (0.0, 0);
            while lessons.decisions - before < self.options.lessons {
                let seeds = games.next(GROUP);
                scores += if round == 1 {
                    lessons.watch(self.planner, seeds)
                } else {
                    lessons.correct(self.planner, seeds, &mut player)
                };
                groups += 1;
            }
            let (who, mean) = (if round == 1 { "planner" } else { "network" }, scores / f64::from(groups));
            println!("round {round}: the {who} plays, {mean:4.1} bricks a game; {} lessons so far", lessons.decisions);
            player = self.learn(player, &lessons, self.options.epochs)?;
        }
        Ok(player)
    }

    /// UCTtoClassification: as many lessons, all of them games that the planner plays, and about as many steps.
    fn watching(&self, games: &mut Games) -> Result<Player, Error> {
        let Options { lessons: of_round, rounds, epochs, seed, .. } = *self.options;
        let mut lessons = Lessons::default();
        while lessons.decisions < of_round * rounds {
            lessons.watch(self.planner, games.next(GROUP));
        }
        self.learn(Player::new(seed), &lessons, (epochs * (rounds + 1)).div_ceil(2))
    }

    /// Teaches a network to do what the planner does; stderr shows how often it does so in games that it has not seen.
    fn learn(&self, player: Player, lessons: &Lessons, epochs: usize) -> Result<Player, Error> {
        let mut trainer = Trainer::new(player, SoftmaxCrossEntropy, AdamW::new(2e-4))
            .schedule(Schedule::OneCycle { peak: 2e-3, warm: 0.25 });
        trainer.fit(&lessons.dataset()?, &self.test, Fit::epochs(epochs).batch(64).seed(self.options.seed))?;
        Ok(trainer.into_net())
    }
}

/// Games that are played side by side.
const GROUP: usize = 16;

/// What was on the screen, and what the planner would do then; each of them also in a mirror, in which the game is the
/// same.
#[derive(Default)]
struct Lessons {
    decisions: usize,
    stacks: Vec<Stack>,
    actions: Vec<usize>,
}

impl Lessons {
    /// The planner plays; its mean score.
    fn watch(&mut self, planner: Planner, seeds: Range<u64>) -> f64 {
        play(seeds, |matches| {
            let actions = by_planning(planner, matches);
            self.add(matches, &actions);
            actions
        })
    }

    /// The network plays, and the planner says what it would have done; the network's mean score.
    fn correct(&mut self, planner: Planner, seeds: Range<u64>, player: &mut Player) -> f64 {
        play(seeds, |matches| {
            let advice = by_planning(planner, matches);
            self.add(matches, &advice);
            by_seeing(player, matches)
        })
    }

    fn add(&mut self, matches: &[Match], actions: &[Action]) {
        self.decisions += matches.len();
        for (seen, action) in matches.iter().zip(actions) {
            self.stacks.extend([seen.stack, mirrored(&seen.stack)]);
            self.actions.extend([*action as usize, action.mirrored() as usize]);
        }
    }

    fn dataset(&self) -> Result<Dataset<Stack>, Error> {
        Dataset::new(self.stacks.clone(), self.actions.clone())
    }
}

/// The mean time of a decision, one game after the other.
fn time_of(matches: &mut [Match], choose: &mut dyn FnMut(&mut [Match]) -> Vec<Action>) -> Duration {
    let start = Instant::now();
    for one in matches.chunks_mut(1) {
        choose(one);
    }
    start.elapsed() / matches.len() as u32
}

/// The frames of a stack in a row, a grey frame around each.
fn side_by_side(stack: &Stack) -> Volume<{ HEIGHT + 2 }, { FRAMES * (WIDTH + 2) }, 1> {
    let mut row = [[[0.75]; FRAMES * (WIDTH + 2)]; HEIGHT + 2];
    for (y, pixels) in stack.iter().enumerate() {
        for (x, frames) in pixels.iter().enumerate() {
            for (frame, &pixel) in frames.iter().enumerate() {
                row[y + 1][frame * (WIDTH + 2) + x + 1] = [pixel];
            }
        }
    }
    row
}

struct Options {
    lessons: usize,
    rounds: usize,
    epochs: usize,
    trials: usize,
    test: usize,
    seed: u64,
}

impl Options {
    /// What the command line asks for; `None` if it asks for help.
    fn from_arguments() -> Result<Option<Self>, Box<dyn std::error::Error>> {
        use lexopt::prelude::*;
        let mut options = Self { lessons: 3_000, rounds: 4, epochs: 3, trials: 200, test: 48, seed: 1 };
        let mut arguments = lexopt::Parser::from_env();
        while let Some(argument) = arguments.next()? {
            let (name, number, range) = match argument {
                Long("lessons") => ("lessons", &mut options.lessons, 1..=100_000),
                Long("rounds") => ("rounds", &mut options.rounds, 1..=100),
                Long("epochs") => ("epochs", &mut options.epochs, 1..=1_000),
                // Each of the three actions is tried at least once.
                Long("trials") => ("trials", &mut options.trials, 3..=1_000_000),
                Long("test") => ("test", &mut options.test, 1..=10_000),
                Long("seed") => {
                    options.seed = arguments.value()?.parse()?;
                    continue;
                }
                Short('h') | Long("help") => return Ok(None),
                _ => return Err(argument.unexpected().into()),
            };
            *number = arguments.value()?.parse()?;
            if !range.contains(number) {
                return Err(format!("--{name} is {number}, expected {} to {}", range.start(), range.end()).into());
            }
        }
        Ok(Some(options))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_learns_to_play_better_than_chance_and_than_following_the_ball() {
        let options = Options { lessons: 1_500, rounds: 3, epochs: 3, trials: 100, test: 64, seed: 1 };
        let planner = Planner { trials: options.trials, horizon: HORIZON };
        let mut games = Games(0);
        let held_out = games.next(options.test);
        let mut shown = Lessons::default();
        let planned = shown.watch(planner, held_out.clone());
        let school = School { planner, test: shown.dataset().expect("lessons"), options: &options };
        let mut player = school.interleaved(&mut games).expect("it learns");
        let [chance, following] = [by_chance, |matches: &mut [Match]| by_following(matches)]
            .map(|choose: fn(&mut [Match]) -> Vec<Action>| play(held_out.clone(), choose));
        let seeing = play(held_out, |matches| by_seeing(&mut player, matches));
        assert!(seeing > 2.0 * chance.max(following), "{seeing} against {chance} and {following}");
        assert!(planned > seeing, "{planned}");
    }
}
