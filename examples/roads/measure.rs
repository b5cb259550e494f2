//! Precision and recall with some slack (Wiedemann et al., 1998: correctness and completeness), as in the paper: a
//! pixel counts as right within three pixels of one that is.

use crate::town::{Map, SIDE};

pub(crate) const SLACK: usize = 3;

/// The part of a picture that counts: predictions need context, so its border does not.
#[derive(Clone, Copy)]
pub(crate) struct Part {
    pub(crate) from: usize,
    pub(crate) to: usize,
}

/// The share of pixels predicted as roads that lie within the slack of a road, and of road pixels that lie within the
/// slack of a predicted one, where the two meet as the threshold falls over all levels: the break-even point. The
/// former falls and the latter rises, so they meet where the smaller of them is largest.
pub(crate) fn break_even<'a>(pairs: impl IntoIterator<Item = (&'a Map, &'a Map)>, part: Part, slack: usize) -> f32 {
    const LEVELS: usize = 1 << 12;
    let level = |score: f32| (score.clamp(0.0, 1.0) * (LEVELS - 1) as f32) as usize;
    // How many predicted pixels there are at each level, how many of them are right; and to which level roads are
    // found.
    let [mut predicted, mut right, mut found] = [(); 3].map(|()| vec![0; LEVELS]);
    let mut roads = 0;
    for (scores, truth) in pairs {
        // A pixel near a road is one of a truth that is spread out; a road is near a predicted pixel at a threshold
        // if the largest score near it is.
        let (near_road, near_score) = (spread(truth, slack), spread(scores, slack));
        for (y, x) in (part.from..part.to).flat_map(|y| (part.from..part.to).map(move |x| (y, x))) {
            let score = level(scores[y][x][0]);
            predicted[score] += 1;
            right[score] += usize::from(near_road[y][x][0] > 0.5);
            if truth[y][x][0] > 0.5 {
                roads += 1;
                found[level(near_score[y][x][0])] += 1;
            }
        }
    }
    let (mut sums, mut best) = ([0; 3], 0.0_f32);
    for level in (0..LEVELS).rev() {
        for (sum, counts) in sums.iter_mut().zip([&predicted, &right, &found]) {
            *sum += counts[level];
        }
        let [predicted, right, found] = sums;
        if predicted > 0 && roads > 0 {
            let (precision, recall) = (right as f32 / predicted as f32, found as f32 / roads as f32);
            best = best.max(precision.min(recall));
        }
    }
    best
}

/// Every pixel becomes the largest within a distance.
fn spread(map: &Map, distance: usize) -> Box<Map> {
    let reach = distance as isize;
    let disc: Vec<(isize, isize)> = (-reach..=reach)
        .flat_map(|down| (-reach..=reach).map(move |right| (down, right)))
        .filter(|(down, right)| down * down + right * right <= reach * reach)
        .collect();
    let mut wide = Box::new(*map);
    for (down, right) in disc {
        for (y, row) in wide.iter_mut().enumerate() {
            let Some(from) = y.checked_add_signed(down).and_then(|y| map.get(y)) else { continue };
            let (start, end) = (right.unsigned_abs(), SIDE - right.unsigned_abs());
            let (to, from) =
                if right < 0 { (&mut row[start..], &from[..end]) } else { (&mut row[..end], &from[start..]) };
            to.iter_mut().zip(from).for_each(|([largest], [value])| *largest = largest.max(*value));
        }
    }
    wide
}

#[cfg(test)]
mod tests {
    use cnn::Sample as _;

    use super::*;
    use crate::random::Random;

    const ALL: Part = Part { from: 0, to: SIDE };

    fn empty() -> Box<Map> {
        Map::zeroed_box()
    }

    #[test]
    fn spread_is_the_largest_around() {
        let mut random = Random::new(1);
        let mut map = empty();
        map.as_flattened_mut().as_flattened_mut().iter_mut().for_each(|value| *value = random.between(0.0, 1.0));
        let wide = spread(&map, 3);
        for (y, x) in [(0, 0), (100, 77), (2, SIDE - 1), (SIDE - 1, 120)] {
            let mut largest = 0.0_f32;
            for (i, j) in (0..SIDE).flat_map(|i| (0..SIDE).map(move |j| (i, j))) {
                if i.abs_diff(y).pow(2) + j.abs_diff(x).pow(2) <= 9 {
                    largest = largest.max(map[i][j][0]);
                }
            }
            assert_eq!(wide[y][x][0], largest);
        }
    }

    #[test]
    fn slack_forgives_a_road_that_is_a_little_beside() {
        let (mut truth, mut scores) = (empty(), empty());
        truth[100] = [[1.0]; SIDE];
        scores[102] = [[0.9]; SIDE];
        assert_eq!(break_even([(&*scores, &*truth)], ALL, 3), 1.0);
        assert!(break_even([(&*scores, &*truth)], ALL, 1) < 0.02);
        assert_eq!(break_even([(&*truth, &*truth)], ALL, 0), 1.0);
    }

    #[test]
    fn break_even_by_hand() {
        // Four road pixels far from each other; the scores rank them 1, 2, 4 and last, and a wrong one 3.
        let (mut truth, mut scores) = (empty(), empty());
        for (x, score) in [(10, 0.9), (20, 0.8), (30, 0.6), (40, 0.0)] {
            truth[50][x] = [1.0];
            scores[50][x] = [score];
        }
        scores[150][10] = [0.7];
        // Above 0.5: three of four are right, three of four are found.
        assert_eq!(break_even([(&*scores, &*truth)], ALL, 0), 0.75);
        // What lies outside does not count: with a second wrong pixel there, above all right ones, all is the same.
        scores[200][10] = [1.0];
        assert_eq!(break_even([(&*scores, &*truth)], Part { from: 0, to: 160 }, 0), 0.75);
    }
}
