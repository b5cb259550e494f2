//! The slow player: UCT (Kocsis, Szepesvari, *Bandit based Monte-Carlo planning*, 2006), a search of the game tree.
//!
//! It knows all of the game's state and can try out in a copy what would happen, many times for each decision. It needs
//! no learning. The paper's planner was far from real time; in this small game it takes some ten times as long as the
//! network, and more with more trials.

use crate::breakout::{Action, Game};
use crate::random::Random;

/// How often the planner tries, and how many decisions it looks ahead.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Planner {
    pub(crate) trials: usize,
    pub(crate) horizon: usize,
}

/// A state that a trial has reached. Its game is not kept: the actions from the root lead to it again.
#[derive(Clone, Copy, Debug, Default)]
struct Node {
    actions: [Edge; 3],
}

#[derive(Clone, Copy, Debug, Default)]
struct Edge {
    trials: u32,
    /// Sum of the bricks that trials have broken from here on.
    bricks: u32,
    /// The place of the next node; 0, where the root is, if there is none yet.
    next: usize,
}

impl Edge {
    fn mean(&self) -> f32 {
        self.bricks as f32 / self.trials as f32
    }
}

/// How much an action is worth that was tried less than others: sqrt(2) bricks, UCB1's constant (Auer et al., 2002) for
/// rewards from 0 to 1.
const CURIOSITY: f32 = std::f32::consts::SQRT_2;

impl Planner {
    /// The action after which trials have broken most bricks on average.
    pub(crate) fn choose(&self, game: &Game, random: &mut Random) -> Action {
        let mut tree = vec![Node::default()];
        for _ in 0..self.trials {
            self.try_out(&mut tree, *game, random);
        }
        let edges = tree[0].actions;
        let best = (0..3).fold(0, |best, i| if edges[i].mean() > edges[best].mean() { i } else { best });
        Action::ALL[best]
    }

    /// One trial: through the tree by upper confidence bounds, one node beyond it, and on at random to the horizon.
    fn try_out(&self, tree: &mut Vec<Node>, mut game: Game, random: &mut Random) {
        // Where the path has come by: a node, the action taken there, and the score before it.
        let mut path = Vec::with_capacity(self.horizon);
        let mut node = 0;
        while path.len() < self.horizon && !game.is_over() {
            let action = select(&tree[node], random);
            path.push((node, action, game.score));
            game.act(Action::ALL[action]);
            node = tree[node].actions[action].next;
            if node == 0 {
                break;
            }
        }
        if path.len() < self.horizon && !game.is_over() {
            let (parent, action, _) = path[path.len() - 1];
            tree[parent].actions[action].next = tree.len();
            tree.push(Node::default());
        }
        for _ in path.len()..self.horizon {
            game.act(Action::ALL[random.below(3)]);
        }
        for (node, action, score) in path {
            let edge = &mut tree[node].actions[action];
            edge.trials += 1;
            edge.bricks += game.score - score;
        }
    }
}

/// UCB1: the action with the highest mean + c sqrt(ln(all trials) / its trials); untried ones first, at random.
fn select(node: &Node, random: &mut Random) -> usize {
    let untried = || (0..3).filter(|&i| node.actions[i].trials == 0);
    let count = untried().count();
    if count > 0 {
        return untried().nth(random.below(count)).unwrap_or(0);
    }
    let all: u32 = node.actions.iter().map(|edge| edge.trials).sum();
    let bound = |edge: &Edge| edge.mean() + CURIOSITY * ((all as f32).ln() / edge.trials as f32).sqrt();
    cnn::argmax(&node.actions.each_ref().map(bound))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The most bricks that any sequence of decisions breaks: all are tried.
    fn most(game: Game, decisions: usize) -> u32 {
        if decisions == 0 || game.is_over() {
            return game.score;
        }
        Action::ALL.into_iter().map(|action| most(after(game, action), decisions - 1)).max().unwrap_or(0)
    }

    fn after(mut game: Game, action: Action) -> Game {
        game.act(action);
        game
    }

    #[test]
    fn trials_find_what_trying_everything_finds() {
        let planner = Planner { trials: 2_000, horizon: 9 };
        let mut decisive = 0;
        for seed in 0..20 {
            let (mut game, mut random) = (Game::new(seed), Random::new(seed));
            while !game.is_over() {
                let values = Action::ALL.map(|action| most(after(game, action), planner.horizon - 1));
                let best = values.into_iter().max().unwrap_or(0);
                let chosen = planner.choose(&game, &mut random);
                if values.iter().any(|&value| value < best) {
                    decisive += 1;
                    assert_eq!(values[chosen as usize], best, "{chosen:?} of {values:?}: {game:?}");
                }
                game.act(game.towards_ball());
            }
        }
        assert!(decisive > 20, "{decisive} moments in which it matters what the player does");
    }
}
