//! The game: a ball, a paddle and a wall of bricks on a grid of 12x8 pixels, after Breakout (Atari, 1976).
//!
//! The serve and the wall of a game come from its seed; from there on all is determined by what the player does, as in
//! the Arcade Learning Environment of the paper. A game knows nothing of who plays it.

use cnn::Volume;

use crate::random::Random;

pub(crate) const HEIGHT: usize = 12;
pub(crate) const WIDTH: usize = 8;
/// The wall: rows of bricks below a free one, and bricks of a row, two pixels wide each.
const ROWS: usize = 2;
const TOP: usize = 1;
const BRICKS: usize = WIDTH / 2;
/// Pixels of the paddle. Where the ball meets it decides which way it flies.
const PADDLE: usize = 4;
const AIM: [i32; PADDLE] = [-1, -1, 1, 1];
/// Frames that a decision lasts. The paddle moves one column in this time, and the ball as many as there are frames:
/// who only follows the ball comes too late.
pub(crate) const REPEAT: usize = 2;
/// A game ends after so many frames at the latest.
pub(crate) const LIMIT: usize = 300;
/// Frames that the network sees at once, as in the paper. From one alone, nobody can tell which way the ball flies.
pub(crate) const FRAMES: usize = 4;

pub(crate) type Stack = Volume<HEIGHT, WIDTH, FRAMES>;

/// What a player can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    Stay,
    Left,
    Right,
}

impl Action {
    pub(crate) const ALL: [Self; 3] = [Self::Stay, Self::Left, Self::Right];

    /// What it is in a mirror.
    pub(crate) fn mirrored(self) -> Self {
        match self {
            Self::Stay => Self::Stay,
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }
}

/// Everything there is to know about a moment of a game.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Game {
    wall: [[bool; BRICKS]; ROWS],
    /// Row and column of the ball, and how many it moves in a frame.
    ball: [i32; 2],
    speed: [i32; 2],
    /// Leftmost column of the paddle.
    paddle: usize,
    frames: usize,
    lost: bool,
    /// Bricks that the player has broken.
    pub(crate) score: u32,
}

impl Game {
    /// A game of its own for every seed: where the ball is served, where the paddle stands, and three bricks of four.
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        Self {
            wall: [[(); BRICKS]; ROWS].map(|row| row.map(|()| random.below(4) > 0)),
            ball: [(HEIGHT / 2) as i32, random.below(WIDTH) as i32],
            speed: [-1, AIM[random.below(PADDLE)]],
            paddle: random.below(WIDTH - PADDLE + 1),
            frames: 0,
            lost: false,
            score: 0,
        }
    }

    pub(crate) fn is_over(&self) -> bool {
        self.lost || self.frames == LIMIT
    }

    /// What follows from a decision.
    pub(crate) fn act(&mut self, action: Action) {
        self.steer(action);
        (0..REPEAT).for_each(|_| self.fly());
    }

    /// Moves the paddle.
    pub(crate) fn steer(&mut self, action: Action) {
        self.paddle = match action {
            Action::Stay => self.paddle,
            Action::Left => self.paddle.saturating_sub(1),
            Action::Right => (self.paddle + 1).min(WIDTH - PADDLE),
        };
    }

    /// Moves the ball: one frame. Nothing happens any more when the game is over.
    pub(crate) fn fly(&mut self) {
        if self.is_over() {
            return;
        }
        self.frames += 1;
        let [mut row, mut column] = [self.ball[0] + self.speed[0], self.ball[1] + self.speed[1]];
        let [bottom, right] = [HEIGHT as i32 - 1, WIDTH as i32 - 1];
        if column < 0 || column > right {
            column = if column < 0 { -column } else { 2 * right - column };
            self.speed[1] = -self.speed[1];
        }
        if row < 0 {
            row = 1;
            self.speed[0] = 1;
        }
        if self.breaks_brick(row, column) {
            // The ball stays where it was for this frame and flies back.
            self.speed[0] = -self.speed[0];
            return;
        }
        if row == bottom {
            let Some(aim) = (column as usize).checked_sub(self.paddle).and_then(|place| AIM.get(place)) else {
                self.ball = [row, column];
                self.lost = true;
                return;
            };
            row = bottom - 1;
            self.speed = [-1, *aim];
            if self.wall == [[false; BRICKS]; ROWS] {
                self.wall = [[true; BRICKS]; ROWS];
            }
        }
        self.ball = [row, column];
    }

    fn breaks_brick(&mut self, row: i32, column: i32) -> bool {
        let row = usize::try_from(row).ok().and_then(|row| row.checked_sub(TOP));
        let Some(row) = row.and_then(|row| self.wall.get_mut(row)) else { return false };
        let is_hit = std::mem::take(&mut row[column as usize / 2]);
        self.score += u32::from(is_hit);
        is_hit
    }

    /// Where a player who just follows the ball would go.
    pub(crate) fn towards_ball(&self) -> Action {
        let middle = self.paddle as i32 + PADDLE as i32 / 2;
        match self.ball[1] {
            column if column < middle - 1 => Action::Left,
            column if column > middle => Action::Right,
            _ => Action::Stay,
        }
    }

    /// The picture on the screen.
    pub(crate) fn frame(&self) -> Volume<HEIGHT, WIDTH, 1> {
        let mut frame = [[[0.0]; WIDTH]; HEIGHT];
        for (row, bricks) in frame[TOP..].iter_mut().zip(&self.wall) {
            for (pixels, &brick) in row.chunks_exact_mut(2).zip(bricks) {
                pixels.fill([if brick { 0.5 } else { 0.0 }]);
            }
        }
        frame[HEIGHT - 1][self.paddle..][..PADDLE].fill([1.0]);
        frame[self.ball[0] as usize][self.ball[1] as usize] = [1.0];
        frame
    }
}

/// The first frame of a game, seen `FRAMES` times.
pub(crate) fn stack(game: &Game) -> Stack {
    game.frame().map(|row| row.map(|[pixel]| [pixel; FRAMES]))
}

/// Puts the newest frame behind the others; the oldest goes.
pub(crate) fn push(stack: &mut Stack, game: &Game) {
    for (seen, [new]) in stack.as_flattened_mut().iter_mut().zip(game.frame().as_flattened()) {
        seen.rotate_left(1);
        seen[FRAMES - 1] = *new;
    }
}

/// What a mirror shows of it.
pub(crate) fn mirrored(stack: &Stack) -> Stack {
    stack.map(|mut row| {
        row.reverse();
        row
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn empty(ball: [i32; 2], speed: [i32; 2], paddle: usize) -> Game {
        Game { wall: [[false; BRICKS]; ROWS], ball, speed, paddle, frames: 0, lost: false, score: 0 }
    }

    /// Where the ball is in the frames that follow.
    fn flight(game: &mut Game, frames: usize) -> Vec<[i32; 2]> {
        let mut fly = || {
            game.fly();
            game.ball
        };
        (0..frames).map(|_| fly()).collect()
    }

    #[test]
    fn the_ball_flies_straight_and_comes_back_from_the_walls() {
        let mut game = empty([3, 5], [-1, 1], 0);
        let expected = [[2, 6], [1, 7], [0, 6], [1, 5], [2, 4], [3, 3], [4, 2], [5, 1], [6, 0], [7, 1]];
        assert_eq!(flight(&mut game, 10), expected);
        assert_eq!((game.speed, game.score), ([1, 1], 0));
    }

    #[test]
    fn a_brick_breaks_once_and_throws_the_ball_back() {
        let mut game = empty([3, 3], [-1, 1], 0);
        game.wall[1][2] = true;
        assert_eq!(flight(&mut game, 2), [[3, 3], [4, 4]]);
        assert_eq!((game.wall[1][2], game.score), (false, 1));
    }

    #[test]
    fn the_paddle_aims_and_misses() {
        for (column, aim) in [(3, -1), (4, -1), (5, 1), (6, 1)] {
            let mut game = empty([10, column - 1], [1, 1], 3);
            game.wall[0][0] = true;
            game.fly();
            assert_eq!((game.ball, game.speed, game.is_over()), ([10, column], [-1, aim], false));
        }
        for column in [2, 7] {
            let mut game = empty([10, column - 1], [1, 1], 3);
            game.fly();
            assert!(game.is_over());
            assert_eq!(flight(&mut game, 2), [[11, column]; 2]);
        }
    }

    #[test]
    fn the_paddle_moves_a_column_in_a_decision_and_stays_on_the_court() {
        let mut game = empty([6, 1], [-1, 1], 1);
        let actions = [Action::Left, Action::Left, Action::Stay, Action::Right];
        let places = actions.map(|action| {
            game.act(action);
            game.paddle
        });
        assert_eq!((places, game.frames), ([0, 0, 0, 1], 4 * REPEAT));
        game.paddle = WIDTH - PADDLE;
        game.steer(Action::Right);
        assert_eq!(game.paddle, WIDTH - PADDLE);
    }

    #[test]
    fn a_new_wall_stands_when_the_last_brick_is_gone_and_the_ball_is_back() {
        let mut game = empty([10, 4], [1, 1], 4);
        game.fly();
        assert_eq!(game.wall, [[true; BRICKS]; ROWS]);
    }

    #[test]
    fn one_frame_does_not_say_which_way_the_ball_flies_and_a_stack_does() {
        let (mut up, mut down) = (empty([7, 3], [-1, 1], 3), empty([5, 5], [1, -1], 3));
        let mut stacks = [stack(&up), stack(&down)];
        up.fly();
        down.fly();
        assert_eq!(up.frame(), down.frame());
        push(&mut stacks[0], &up);
        push(&mut stacks[1], &down);
        assert_ne!(stacks[0], stacks[1]);
        assert_eq!((stacks[0][7][3], stacks[0][6][4]), ([1.0, 1.0, 1.0, 0.0], [0.0, 0.0, 0.0, 1.0]));
    }

    #[test]
    fn a_seed_gives_one_game_and_the_limit_ends_it() {
        assert_eq!(Game::new(3).frame(), Game::new(3).frame());
        assert_ne!(Game::new(3).frame(), Game::new(4).frame());
        let mut game = empty([6, 4], [-1, 1], 4);
        game.frames = LIMIT - 1;
        game.fly();
        assert!(game.is_over() && !game.lost);
    }

    #[test]
    fn a_game_in_a_mirror_is_the_game_of_mirrored_actions() {
        let mut game = empty([6, 2], [-1, 1], 1);
        let mut other = empty([6, 5], [-1, -1], WIDTH - PADDLE - 1);
        for action in [Action::Right, Action::Right, Action::Stay, Action::Left, Action::Right, Action::Left] {
            game.act(action);
            other.act(action.mirrored());
            assert_eq!(mirrored(&stack(&game)), stack(&other));
        }
    }
}
