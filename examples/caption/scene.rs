//! Scenes: one or two shapes of some size and colour, where they are, a picture of them, and the sentences that are
//! true of it.

use cnn::Volume;

use crate::random::Random;

pub(crate) const SIDE: usize = 32;
pub(crate) type Picture = Volume<SIDE, SIDE, 3>;

/// All words. The first one ends a sentence, and is also what stands before every sentence.
pub(crate) const WORDS: [&str; 17] = [
    ".", "a", "of", "small", "large", "red", "green", "blue", "yellow", "disc", "square", "triangle", "cross", "left",
    "right", "above", "below",
];
pub(crate) const STOP: usize = 0;
/// Where the words of a kind begin, and how many they are.
pub(crate) const SIZES: [usize; 2] = [3, 2];
pub(crate) const COLOURS: [usize; 2] = [5, 4];
pub(crate) const KINDS: [usize; 2] = [9, 4];
pub(crate) const PLACES: [usize; 2] = [13, 4];
/// Words of the longest sentence, its end included.
pub(crate) const LONGEST: usize = 11;

/// Words by number, without the end.
pub(crate) type Sentence = Vec<usize>;

/// A sentence as one writes it.
pub(crate) fn to_text(sentence: &[usize]) -> String {
    sentence.iter().map(|&word| WORDS[word]).collect::<Vec<_>>().join(" ")
}

/// A shape: its size, colour and kind, each counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Thing {
    size: usize,
    colour: usize,
    kind: usize,
}

impl Thing {
    pub(crate) fn any(random: &mut Random) -> Self {
        Self { size: random.below(SIZES[1]), colour: random.below(COLOURS[1]), kind: random.below(KINDS[1]) }
    }

    /// One of 32 numbers, one for each combination.
    pub(crate) fn number(self) -> usize {
        (self.kind * COLOURS[1] + self.colour) * SIZES[1] + self.size
    }

    fn words(self) -> [usize; 4] {
        [1, SIZES[0] + self.size, COLOURS[0] + self.colour, KINDS[0] + self.kind]
    }

    /// Puts it into a picture, `edge` pixels wide and high from `corner` (row, column).
    fn draw(self, edge: usize, corner: [usize; 2], picture: &mut Picture, random: &mut Random) {
        const TINTS: [[f32; 3]; COLOURS[1]] = [[1.0, 0.1, 0.1], [0.1, 0.9, 0.1], [0.2, 0.3, 1.0], [1.0, 0.9, 0.1]];
        let light = 0.6 + random.below(40) as f32 / 100.0;
        // From -1 to 1 in the shape's square.
        let place = |i: usize| (2 * i + 1) as f32 / edge as f32 - 1.0;
        for (y, row) in picture[corner[0]..][..edge].iter_mut().enumerate() {
            for (x, pixel) in row[corner[1]..][..edge].iter_mut().enumerate() {
                let (v, u) = (place(y), place(x));
                let is_inside = match self.kind {
                    0 => u * u + v * v <= 1.0,
                    1 => true,
                    2 => u.abs() <= (v + 1.0) / 2.0,
                    _ => u.abs().min(v.abs()) <= 0.35,
                };
                if is_inside {
                    *pixel = TINTS[self.colour].map(|tint| tint * light);
                }
            }
        }
    }
}

/// A thing, or two of which the first is at some place (left, right, above, below) of the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scene {
    first: Thing,
    second: Option<(usize, Thing)>,
}

impl Scene {
    /// Any scene; three of four have two things.
    fn any(random: &mut Random) -> Self {
        let first = Thing::any(random);
        let second = (random.below(4) > 0).then(|| (random.below(PLACES[1]), Thing::any(random)));
        Self { first, second }
    }

    /// Any scene to learn from, or any that is not.
    pub(crate) fn any_that_is_new(is_new: bool, random: &mut Random) -> Self {
        loop {
            let scene = Self::any(random);
            if scene.is_new() == is_new {
                return scene;
            }
        }
    }

    /// A thing alone.
    pub(crate) fn of(first: Thing) -> Self {
        Self { first, second: None }
    }

    /// Whether its two shapes are one of the pairs, one in four, that no scene to learn from has: what is true of it is
    /// then a sentence that nobody has read.
    fn is_new(&self) -> bool {
        self.second.is_some_and(|(_, second)| {
            let [a, b] = [self.first.number(), second.number()];
            Random::new((32 * a.min(b) + a.max(b)) as u64).below(4) == 0
        })
    }

    /// What can be said about it: of two things, either may come first.
    pub(crate) fn sentences(&self) -> Vec<Sentence> {
        let Some((place, second)) = self.second else { return vec![self.first.words().to_vec()] };
        let say = |first: Thing, place: usize, second: Thing| {
            let mut sentence = first.words().to_vec();
            sentence.push(PLACES[0] + place);
            if place < 2 {
                sentence.push(2);
            }
            sentence.extend(second.words());
            sentence
        };
        // Left and right, above and below are each other's opposites.
        vec![say(self.first, place, second), say(second, place ^ 1, self.first)]
    }

    /// A picture of it, before a dark and noisy background.
    pub(crate) fn picture(&self, random: &mut Random) -> Picture {
        let mut picture = [[[0.0; 3]; SIDE]; SIDE];
        picture.as_flattened_mut().as_flattened_mut().fill_with(|| random.below(16) as f32 / 100.0);
        let edges = [self.first, self.second.map_or(self.first, |(_, second)| second)]
            .map(|thing| [9, 14][thing.size] + random.below(2));
        let Some((place, second)) = self.second else {
            let corner = [(); 2].map(|()| random.below(SIDE - edges[0] + 1));
            self.first.draw(edges[0], corner, &mut picture, random);
            return picture;
        };
        // Along the axis on which they differ each thing has a half; across it their middles are at most 3 pixels
        // apart.
        let middle = 10 + random.below(SIDE - 20 + 1);
        let things = if place % 2 == 0 {
            [(self.first, edges[0]), (second, edges[1])]
        } else {
            [(second, edges[1]), (self.first, edges[0])]
        };
        for (half, (thing, edge)) in things.into_iter().enumerate() {
            let along = half * SIDE / 2 + random.below(SIDE / 2 - edge + 1);
            let across = (middle + random.below(4)).saturating_sub(1 + edge / 2).min(SIDE - edge);
            let corner = if place < 2 { [across, along] } else { [along, across] };
            thing.draw(edge, corner, &mut picture, random);
        }
        picture
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RED_DISC: Thing = Thing { size: 0, colour: 0, kind: 0 };
    const BLUE_CROSS: Thing = Thing { size: 1, colour: 2, kind: 3 };

    #[test]
    fn either_thing_may_come_first_in_a_sentence() {
        let say = |scene: Scene| scene.sentences().iter().map(|sentence| to_text(sentence)).collect::<Vec<_>>();
        assert_eq!(say(Scene::of(RED_DISC)), ["a small red disc"]);
        let expected = ["a small red disc left of a large blue cross", "a large blue cross right of a small red disc"];
        assert_eq!(say(Scene { first: RED_DISC, second: Some((0, BLUE_CROSS)) }), expected);
        let expected = ["a small red disc below a large blue cross", "a large blue cross above a small red disc"];
        assert_eq!(say(Scene { first: RED_DISC, second: Some((3, BLUE_CROSS)) }), expected);
    }

    /// The mean row and column of what is more red than blue, or more blue than red.
    fn middle(picture: &Picture, channel: usize) -> [f32; 2] {
        let (mut sum, mut n) = ([0.0; 2], 0.0);
        for (y, row) in picture.iter().enumerate() {
            for (x, pixel) in row.iter().enumerate() {
                if pixel[channel] > pixel[2 - channel] + 0.3 {
                    sum = [sum[0] + y as f32, sum[1] + x as f32];
                    n += 1.0;
                }
            }
        }
        sum.map(|sum| sum / n)
    }

    #[test]
    fn things_are_where_the_scene_says() {
        let mut random = Random::new(1);
        for i in 0..200 {
            let place = i % PLACES[1];
            let scene = Scene { first: RED_DISC, second: Some((place, BLUE_CROSS)) };
            let picture = scene.picture(&mut random);
            let (red, blue) = (middle(&picture, 0), middle(&picture, 2));
            let [down, right] = [blue[0] - red[0], blue[1] - red[1]];
            let [along, across] = [[right, down], [-right, down], [down, right], [-down, right]][place];
            assert!(along > across.abs(), "{place}: {red:?} and {blue:?}");
        }
    }

    #[test]
    fn one_pair_in_four_is_new_whichever_comes_first() {
        let mut random = Random::new(1);
        let scenes: Vec<Scene> = (0..4_000).map(|_| Scene::any(&mut random)).collect();
        let pairs = scenes.iter().filter(|scene| scene.second.is_some());
        let new = pairs.clone().filter(|scene| scene.is_new()).count() as f32 / pairs.clone().count() as f32;
        assert!((0.2..0.3).contains(&new), "{new}");
        for &Scene { first, second } in pairs {
            let (place, second) = second.expect("a pair");
            let turned = Scene { first: second, second: Some((place ^ 1, first)) };
            assert_eq!(turned.is_new(), Scene { first, second: Some((place, second)) }.is_new());
        }
    }
}
