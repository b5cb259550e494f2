//! Players, and matches of many games at once.

use rayon::prelude::*;

use cnn::Network;

use crate::breakout::{self, Action, Game, Stack};
use crate::planner::Planner;
use crate::random::Random;

/// A game that is being played: its state, which a planner may look into, and the frames, which are all a network sees.
#[derive(Clone, Debug)]
pub(crate) struct Match {
    game: Game,
    pub(crate) stack: Stack,
    random: Random,
}

impl Match {
    pub(crate) fn new(seed: u64) -> Self {
        let game = Game::new(seed);
        Self { game, stack: breakout::stack(&game), random: Random::new(!seed) }
    }

    pub(crate) fn act(&mut self, action: Action) {
        self.game.steer(action);
        for _ in 0..breakout::REPEAT {
            self.game.fly();
            breakout::push(&mut self.stack, &self.game);
        }
    }
}

/// Plays the games of some seeds to their ends, side by side; the mean score. `choose` decides in each of the games
/// that it is given.
pub(crate) fn play(seeds: std::ops::Range<u64>, mut choose: impl FnMut(&mut [Match]) -> Vec<Action>) -> f64 {
    let games = seeds.end - seeds.start;
    let mut matches: Vec<Match> = seeds.map(Match::new).collect();
    let mut score = 0;
    while !matches.is_empty() {
        let actions = choose(&mut matches);
        matches.iter_mut().zip(actions).for_each(|(r#match, action)| r#match.act(action));
        matches.retain(|Match { game, .. }| {
            score += if game.is_over() { game.score } else { 0 };
            !game.is_over()
        });
    }
    f64::from(score) / games as f64
}

/// Any action.
pub(crate) fn by_chance(matches: &mut [Match]) -> Vec<Action> {
    matches.iter_mut().map(|Match { random, .. }| Action::ALL[random.below(Action::ALL.len())]).collect()
}

/// The paddle follows the ball.
pub(crate) fn by_following(matches: &mut [Match]) -> Vec<Action> {
    matches.iter().map(|Match { game, .. }| game.towards_ball()).collect()
}

/// The search decides, on all cores.
pub(crate) fn by_planning(planner: Planner, matches: &mut [Match]) -> Vec<Action> {
    matches.par_iter_mut().map(|Match { game, random, .. }| planner.choose(game, random)).collect()
}

/// The network decides, from frames alone.
pub(crate) fn by_seeing<N: Network<Input = Stack, Output = [f32; 3]>>(net: &mut N, matches: &[Match]) -> Vec<Action> {
    let stacks: Vec<Stack> = matches.iter().map(|Match { stack, .. }| *stack).collect();
    let mut scores = vec![[0.0; 3]; stacks.len()];
    net.model_mut().forward_batch(&stacks, &mut scores);
    scores.iter().map(|scores| Action::ALL[cnn::argmax(scores)]).collect()
}
